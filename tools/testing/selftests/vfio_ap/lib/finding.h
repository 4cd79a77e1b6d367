/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * finding - what is wrong, noted by any thread, judged by the test in the end
 */
#ifndef VFIO_AP_TEST_FINDING_H
#define VFIO_AP_TEST_FINDING_H

void finding(const char *format, ...);
unsigned int findings(void);
void note(const char *format, ...);

#endif /* VFIO_AP_TEST_FINDING_H */
