// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - the module: what is set up in which order, and torn down in reverse
 *
 * Queues of Crypto Express adapters for KVM guests.  Documentation/
 * driver-api/vfio-ap/architecture.rst is the map of the house.
 */
#include <linux/init.h>
#include <linux/module.h>

#include "port/hw.h"
#include "vap.h"

struct vap vap = {
	.config = __MUTEX_INITIALIZER(vap.config),
	.mdevs = LIST_HEAD_INIT(vap.mdevs),
};

/*
 * The bus tells only about changes, and only once we are registered: ask for
 * the configuration before, and once more afterwards, so that none is lost.
 */
static int host_init(void)
{
	struct apm_hostcfg cfg = {
		.limits = { APM_NOAPXA_MAX_APID, APM_NOAPXA_MAX_APQI },
	};
	int rc = vap_hw_qci(&cfg);

	if (rc == -EOPNOTSUPP)
		pr_warn(VAP_NAME ": no PQAP(QCI) on this machine, guests will get no queue\n");
	guard(mutex)(&vap.config);
	apm_host_reset(&vap.host, &cfg);
	return 0;
}

static void host_recheck(void)
{
	struct apm_hostcfg cfg;

	if (vap_hw_qci(&cfg))
		return;
	vap_on_host_changed(&cfg);
	vap_on_host_scanned(&cfg);
}

static int __init vap_init(void)
{
	int rc;

	if (!vap_hw_present())
		return -ENODEV;
	xa_init(&vap.queues);
	host_init();
	rc = vap_reset_init();
	if (rc)
		return rc;
	rc = vap_matrix_init();
	if (rc)
		goto reset;
	rc = vap_bus_register(vap_queue_groups);
	if (rc)
		goto matrix;
	host_recheck();
	rc = vap_mdev_init();
	if (rc)
		goto bus;
	return 0;

bus:
	vap_bus_unregister();
matrix:
	vap_matrix_exit();
reset:
	vap_reset_exit();
	return rc;
}

static void __exit vap_exit(void)
{
	vap_mdev_exit();
	vap_bus_unregister();
	vap_matrix_exit();
	vap_reset_exit();
	xa_destroy(&vap.queues);
}

module_init(vap_init);
module_exit(vap_exit);

MODULE_DESCRIPTION("Crypto Express queues for KVM guests on IBM Z");
MODULE_LICENSE("GPL");
