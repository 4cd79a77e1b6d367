/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * witness - what the kernel has said since: uevents, the log, the trace
 */
#ifndef VFIO_AP_TEST_WITNESS_H
#define VFIO_AP_TEST_WITNESS_H

int witness_begin(void);
void witness_end(void);
void witness_forget(void);
int witness_saw(const char *what);
void witness_log(const char *text);

#endif /* VFIO_AP_TEST_WITNESS_H */
