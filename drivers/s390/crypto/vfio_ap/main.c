// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - the module: what is set up in which order, and torn down in reverse
 *
 * Queues of Crypto Express adapters for KVM guests.  Documentation/
 * driver-api/vfio-ap/architecture.rst is the map of the house.
 */
#include <linux/init.h>
#include <linux/module.h>

#include "port/dbf.h"
#include "port/hw.h"
#include "vap.h"
#include "version.h"

struct vap vap = {
	.config = __MUTEX_INITIALIZER(vap.config),
	.mdevs = LIST_HEAD_INIT(vap.mdevs),
};

static int __init vap_init(void)
{
	int rc;

	if (!vap_hw_present())
		return -ENODEV;
	xa_init(&vap.queues);
	vap_dbf_init();
	rc = vap_reset_init();
	if (rc)
		goto dbf;
	rc = vap_quiet_init();
	if (rc)
		goto reset;
	rc = vap_matrix_init();
	if (rc)
		goto quiet;
	rc = vap_bus_register(vap_queue_groups);
	if (rc)
		goto matrix;
	vap_host_recheck();
	rc = vap_mdev_init();
	if (rc)
		goto bus;
	/* A kernel may have another driver of this name: say which one this is. */
	pr_info(VAP_NAME ": version " VAP_VERSION ", out of the kernel's tree\n");
	return 0;

bus:
	vap_bus_unregister();
matrix:
	vap_matrix_exit();
quiet:
	vap_quiet_exit();
reset:
	vap_reset_exit();
dbf:
	vap_dbf_exit();
	return rc;
}

static void __exit vap_exit(void)
{
	vap_mdev_exit();
	vap_bus_unregister();
	vap_matrix_exit();
	vap_reset_exit();
	vap_quiet_exit();
	vap_dbf_exit();
	xa_destroy(&vap.queues);
}

module_init(vap_init);
module_exit(vap_exit);

MODULE_DESCRIPTION("Crypto Express queues for KVM guests on IBM Z");
MODULE_LICENSE("GPL");
MODULE_VERSION(VAP_VERSION);
