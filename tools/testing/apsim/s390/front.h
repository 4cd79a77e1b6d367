/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The pieces of the s390 front end
 *
 * Each pair sets something up and takes it down again; all can sleep.
 */
#ifndef APSIM_S390_FRONT_H
#define APSIM_S390_FRONT_H

#include <linux/types.h>

/* Operation exceptions become AP instructions.  0 or -errno. */
int apsim_traps_init(void);
void apsim_traps_exit(void);

/* The kernel believes in AP instructions, SIE and alerts.  0 or -errno. */
int apsim_facility_init(void);
void apsim_facility_exit(void);

/**
 * apsim_gib() - the guest information block KVM announced
 *
 * Return: its absolute address, 0: none.
 */
u32 apsim_gib(void);

/* Waits for interruptions that are still to be presented. */
void apsim_interrupt_exit(void);

/**
 * apsim_builtin_ap() - see to it that a built-in AP bus starts
 *
 * It is started again before the kernel discards its start functions, unless
 * it is there by then.  This module must not go away after success.
 *
 * Return: 0; -EBUSY: too late; -ENOENT: there is no such bus; or what
 * register_kprobe() returned.
 */
int apsim_builtin_ap(void);

/**
 * apsim_lookup() - the address of something in the kernel or a module
 * @name: its name; need not be exported
 *
 * Return: NULL if there is no such thing.
 */
void *apsim_lookup(const char *name);

#endif /* APSIM_S390_FRONT_H */
