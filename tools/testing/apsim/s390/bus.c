// SPDX-License-Identifier: GPL-2.0-only
/*
 * The AP bus above: starting a built-in one, telling it of changes
 *
 * A built-in AP bus looks for AP instructions once, while the kernel starts.
 * When this module comes (loaded by a helper that the kernel itself runs as it
 * starts) that may have been already, without success, or be still to come.
 * So decide as late as possible: when the kernel is about to throw its start
 * functions away.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/notifier.h>
#include <asm/chsc.h>

#include "../kernel/machine.h"
#include "front.h"

static struct {
	initcall_t start;
	/* The bus's trace area: not NULL while it is there. */
	void **trace;
	void (*free_initmem)(void);
} builtin;

static struct kprobe free_initmem_probe;

/* Called by the kernel instead of free_initmem(). */
static void before_free_initmem(void)
{
	int rc;

	unregister_kprobe(&free_initmem_probe);
	if (!*builtin.trace) {
		rc = builtin.start();
		if (rc)
			pr_err("apsim: starting the AP bus failed with %d\n",
			       rc);
	}
	builtin.free_initmem();
}

/* Not the place to sleep; but the interrupted function's is. */
static int free_initmem_called(struct kprobe *probe, struct pt_regs *regs)
{
	regs->psw.addr = (unsigned long)before_free_initmem;
	return 1;
}

static struct kprobe free_initmem_probe = {
	.symbol_name = "free_initmem",
	.pre_handler = free_initmem_called,
};

int apsim_builtin_ap(void)
{
	if (system_state >= SYSTEM_FREEING_INITMEM)
		return -EBUSY;
	builtin.start = apsim_lookup("ap_module_init");
	builtin.trace = apsim_lookup("ap_dbf_info");
	builtin.free_initmem = apsim_lookup("free_initmem");
	if (!builtin.start || !builtin.trace || !builtin.free_initmem)
		return -ENOENT;
	return register_kprobe(&free_initmem_probe);
}

/* The channel subsystem reports changes; its listeners are what we have. */
void apsim_front_changed(void)
{
	struct blocking_notifier_head *chain = apsim_lookup("chsc_notifiers");

	if (chain)
		blocking_notifier_call_chain(chain, CHSC_NOTIFY_AP_CFG, NULL);
}
