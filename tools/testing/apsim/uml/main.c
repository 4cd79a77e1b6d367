// SPDX-License-Identifier: GPL-2.0-only
/*
 * The simulated machine as a module of a User Mode Linux kernel
 */
#include <linux/module.h>

#include "../kernel/machine.h"
#include "front.h"

static int __init apsim_init(void)
{
	int rc;

	rc = apsim_machine_init();
	if (rc)
		return rc;
	rc = apsim_kvm_dev_init();
	if (rc)
		apsim_machine_exit();
	return rc;
}

static void __exit apsim_exit(void)
{
	apsim_kvm_dev_exit();
	apsim_machine_exit();
	apsim_airq_exit();
}

module_init(apsim_init);
module_exit(apsim_exit);

MODULE_DESCRIPTION("Simulated machine with Crypto Express adapters, for UML");
MODULE_LICENSE("GPL");
