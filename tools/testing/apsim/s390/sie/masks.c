// SPDX-License-Identifier: GPL-2.0-only
/*
 * How often KVM writes the masks of a guest
 */
#include <linux/kprobes.h>

#include "../../kernel/machine.h"
#include "entry.h"

static int masks_written(struct kprobe *probe, struct pt_regs *regs)
{
	apsim_machine_masks();
	return 0;
}

static struct kprobe set_probe = {
	.symbol_name = "kvm_arch_crypto_set_masks",
	.pre_handler = masks_written,
};

static struct kprobe clear_probe = {
	.symbol_name = "kvm_arch_crypto_clear_masks",
	.pre_handler = masks_written,
};

static struct kprobe *probes[] = { &set_probe, &clear_probe };

int sie_masks_init(void)
{
	return register_kprobes(probes, ARRAY_SIZE(probes));
}

void sie_masks_exit(void)
{
	unregister_kprobes(probes, ARRAY_SIZE(probes));
}
