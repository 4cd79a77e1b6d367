// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim.ko in the box: start and end
 *
 * For a kernel on a machine without AP instructions, such as QEMU's TCG.  To
 * be loaded before the AP bus and KVM, to be removed after them.
 */
#include <linux/module.h>

#include "../kernel/machine.h"
#include "front.h"

static bool builtin_ap;
module_param(builtin_ap, bool, 0444);
MODULE_PARM_DESC(builtin_ap, "Start the AP bus that is built into the kernel");

static int start_builtin_ap(void)
{
	int rc;

	if (!builtin_ap)
		return 0;
	rc = apsim_builtin_ap();
	if (rc)
		return rc;
	/* The bus stays for ever, and so must its instructions. */
	__module_get(THIS_MODULE);
	return 0;
}

static void take_down(void)
{
	apsim_facility_exit();
	apsim_traps_exit();
	apsim_machine_exit();
	apsim_interrupt_exit();
}

static int __init apsim_init(void)
{
	int rc;

	rc = apsim_machine_init();
	if (rc)
		return rc;
	rc = apsim_traps_init();
	if (rc) {
		apsim_machine_exit();
		return rc;
	}
	rc = apsim_facility_init() ?: start_builtin_ap();
	if (rc)
		take_down();
	return rc;
}

static void __exit apsim_exit(void)
{
	take_down();
}

module_init(apsim_init);
module_exit(apsim_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Simulated Crypto Express adapters");
