/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * state - all that user space can see of the driver, as one text to compare
 */
#ifndef VFIO_AP_TEST_STATE_H
#define VFIO_AP_TEST_STATE_H

#define STATE_SIZE	65536

void state_read(char *text);
void state_settled(char *text);
int state_becomes(const char *want, char *text);
void state_differs(const char *was, const char *is);
long state_instances(void);

#endif /* VFIO_AP_TEST_STATE_H */
