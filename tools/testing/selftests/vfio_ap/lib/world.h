/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * world - the simulated machine and the AP bus, for programs
 */
#ifndef VFIO_AP_TEST_WORLD_H
#define VFIO_AP_TEST_WORLD_H

#define MACHINE		"/sys/module/apsim/parameters/command"
#define STATS		"/sys/module/apsim/parameters/stats"
#define PATIENCE	"/sys/module/vfio_ap/parameters/reset_timeout_ms"
#define BUS		"/sys/bus/ap/"
#define DRIVER		BUS "drivers/vfio_ap/"

/* How long what comes by itself may take, in milliseconds */
#define SOON		8000

unsigned long world_seed(void);
double world_scale(void);
int machine(const char *format, ...);
int bus_write(const char *file, const char *text);
int rescan(void);
long machine_stat(const char *name);
void queue_name(unsigned int apqn, char *name);
int queue_read(unsigned int apqn, const char *file, char *text, int size);
int queue_is_ours(unsigned int apqn);
int wait_for_text(const char *path, const char *want, char *got, int size);

/* Room for a queue's name, AA.DDDD */
#define QUEUE_NAME	8

#endif /* VFIO_AP_TEST_WORLD_H */
