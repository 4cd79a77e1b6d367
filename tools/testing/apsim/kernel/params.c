// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine's module parameters: description, commands, counters
 *
 *	machine=	commands that make the machine, at load time
 *	command		one or more commands, at run time
 *	stats		what the machine did so far
 *	answers		how often an instruction ended with which response code
 *	faults		rules that are left, as commands; what does not fit is cut
 *
 * Commands are separated by semicolons; tools/testing/apsim/core/command.c
 * has their grammar.
 */
#include <linux/export.h>
#include <linux/moduleparam.h>
#include <linux/sysfs.h>

#include "control.h"
#include "params.h"

static char *description = "card 4 CEX8 A 8; card 5 CEX8 A 8; "
	"card 6 CEX7 P 8; card 7 CEX6 C 8; "
	"domain 4 both; domain 0x47 both; domain 0xab both; "
	"latency 200; reset 1000";
module_param_named(machine, description, charp, 0444);
MODULE_PARM_DESC(machine, "Commands that make the machine");

const char *apsim_machine_description(void)
{
	return description;
}

static int command_set(const char *val, const struct kernel_param *kp)
{
	bool changed = false;
	int rc = apsim_machine_command(val, &changed);

	if (changed)
		apsim_front_changed();
	return rc;
}

static const struct kernel_param_ops command_ops = {
	.set = command_set,
};

module_param_cb(command, &command_ops, NULL, 0200);
MODULE_PARM_DESC(command, "Commands that change the machine");

static int stats_get(char *buf, const struct kernel_param *kp)
{
	struct apsim_stats stats;
	u64 masks, kicks;
	int rc, fc, len = 0;

	rc = apsim_machine_stats(&stats);
	if (rc)
		return rc;
	for (fc = 0; fc < ARRAY_SIZE(stats.pqap); fc++)
		len += sysfs_emit_at(buf, len, "pqap%d %llu\n", fc,
				     stats.pqap[fc]);
	len += sysfs_emit_at(buf, len, "nqap %llu\ndqap %llu\n", stats.nqap,
			     stats.dqap);
	len += sysfs_emit_at(buf, len, "irqs %llu\njobs %llu\n", stats.irqs,
			     stats.jobs);
	len += sysfs_emit_at(buf, len, "foreign_replies %llu\nunzeroized %llu\n",
			     stats.foreign_replies, stats.unzeroized);
	len += sysfs_emit_at(buf, len, "unpinned %llu\narmed %llu\n",
			     stats.unpinned, stats.armed);
	len += sysfs_emit_at(buf, len, "shared %llu\nunregistered %llu\n",
			     stats.shared, stats.unregistered);
	apsim_machine_written(&masks, &kicks);
	len += sysfs_emit_at(buf, len, "masks %llu\nkicks %llu\n", masks,
			     kicks);
	len += sysfs_emit_at(buf, len, "failed_rules %llu\n",
			     stats.failed_rules);
	return len;
}

static const struct kernel_param_ops stats_ops = {
	.get = stats_get,
};

int apsim_control_stats(char *buf)
{
	return stats_get(buf, NULL);
}
EXPORT_SYMBOL_GPL(apsim_control_stats);

module_param_cb(stats, &stats_ops, NULL, 0444);
MODULE_PARM_DESC(stats, "Instructions, interruptions, requests and breaches of isolation so far");

static int faults_get(char *buf, const struct kernel_param *kp)
{
	char line[APSIM_RULE_LINE];
	u64 after = 0;
	int len = 0;

	while (!apsim_machine_rule(&after, line, sizeof(line)))
		len += sysfs_emit_at(buf, len, "%s\n", line);
	return len;
}

static const struct kernel_param_ops faults_ops = {
	.get = faults_get,
};

module_param_cb(faults, &faults_ops, NULL, 0444);
MODULE_PARM_DESC(faults, "Rules for instructions to come that are left");

static int answers_get(char *buf, const struct kernel_param *kp)
{
	static const unsigned int insns[] = { 0, 1, 2, 3, 5, APSIM_NQAP, APSIM_DQAP };
	int i, rc, len = 0;

	for (i = 0; i < ARRAY_SIZE(insns); i++) {
		for (rc = 0; rc < 256; rc++) {
			u32 count = apsim_machine_answers(insns[i], rc);

			if (count)
				len += sysfs_emit_at(buf, len, "%s %02x %u\n",
						     apsim_function_name(insns[i]),
						     rc, count);
		}
	}
	return len;
}

static const struct kernel_param_ops answers_ops = {
	.get = answers_get,
};

module_param_cb(answers, &answers_ops, NULL, 0444);
MODULE_PARM_DESC(answers, "Instructions by response code so far");
