// SPDX-License-Identifier: GPL-2.0-only
/*
 * The platform around the AP hardware: facilities, channel subsystem, SCLP
 *
 * What the machine's owner does to its adapters reaches Linux as a channel
 * subsystem event, and Linux's own wishes reach the machine through SCLP.
 */
#include <linux/export.h>
#include <linux/kernel.h>

#include <asm/chsc.h>
#include <asm/facility.h>
#include <asm/sclp.h>

#include "../kernel/machine.h"

/* Facility bits: QCI; adapter information in TAPQ; AP interruptions. */
#define FACILITY_QCI	12
#define FACILITY_APFT	15
#define FACILITY_APIRQ	65

static BLOCKING_NOTIFIER_HEAD(chsc_chain);

/**
 * test_facility - STFLE
 * @nr: facility bit
 *
 * Return: 1 if the machine has it.
 */
int test_facility(unsigned long nr)
{
	switch (nr) {
	case FACILITY_QCI:
	case FACILITY_APFT:
	case FACILITY_APIRQ:
		return 1;
	default:
		return 0;
	}
}
EXPORT_SYMBOL_GPL(test_facility);

/**
 * chsc_notifier_register - ask for channel subsystem events
 * @nb: called in task context, may sleep
 *
 * Return: 0 or -EEXIST.
 */
int chsc_notifier_register(struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&chsc_chain, nb);
}
EXPORT_SYMBOL_GPL(chsc_notifier_register);

/**
 * chsc_notifier_unregister - no more events
 * @nb: the same
 *
 * Return: 0 or -ENOENT.
 */
int chsc_notifier_unregister(struct notifier_block *nb)
{
	return blocking_notifier_chain_unregister(&chsc_chain, nb);
}
EXPORT_SYMBOL_GPL(chsc_notifier_unregister);

void apsim_front_changed(void)
{
	blocking_notifier_call_chain(&chsc_chain, CHSC_NOTIFY_AP_CFG, NULL);
}

static int adapter_command(const char *word, u32 apid)
{
	char line[32];

	snprintf(line, sizeof(line), "%s %u", word, apid);
	return apsim_machine_command(line, NULL) ? -EIO : 0;
}

/**
 * sclp_ap_configure - end an adapter's standby
 * @apid: the adapter
 *
 * Return: 0, or -EIO if the machine refuses.
 */
int sclp_ap_configure(u32 apid)
{
	return adapter_command("on", apid);
}
EXPORT_SYMBOL_GPL(sclp_ap_configure);

/**
 * sclp_ap_deconfigure - put an adapter in standby
 * @apid: the adapter
 *
 * Return: 0, or -EIO if the machine refuses.
 */
int sclp_ap_deconfigure(u32 apid)
{
	return adapter_command("standby", apid);
}
EXPORT_SYMBOL_GPL(sclp_ap_deconfigure);
