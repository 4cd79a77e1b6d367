/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sim - the simulated machine, the AP bus above it, and the kernel's log
 */
#ifndef VFIO_AP_TEST_SIM_H
#define VFIO_AP_TEST_SIM_H

#define SIM		"/sys/module/apsim/parameters/"
#define AP_BUS		"/sys/bus/ap/"
#define VFIO_AP_DRIVER	AP_BUS "drivers/vfio_ap/"
#define PATIENCE	"/sys/module/vfio_ap/parameters/reset_timeout_ms"

int sim(const char *format, ...);
unsigned long sim_count(const char *what);
unsigned long sim_breaches(void);
int sim_time_is_virtual(void);

int bus_scan(void);
int bus_quiet(void);
int bus_bind(const char *queue);
int bus_unbind(const char *queue);
int bus_has(const char *queue);
int bus_has_bound(const char *queue);

long now_ms(void);

int log_open(void);
unsigned int log_count(int log, const char *queue, const char *word);

#endif /* VFIO_AP_TEST_SIM_H */
