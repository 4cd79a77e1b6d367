// SPDX-License-Identifier: GPL-2.0-only
/*
 * A default driver for queues, where zcrypt's would be
 *
 * Takes what apmask and aqmask keep for the host, and does nothing with it.
 */
#include <linux/mod_devicetable.h>
#include <linux/module.h>

#include "ap_bus.h"

static int cex4queue_probe(struct ap_device *dev)
{
	struct ap_queue *aq = to_ap_queue(&dev->device);

	ap_queue_init_state(aq);
	return 0;
}

static void cex4queue_remove(struct ap_device *dev)
{
}

#define QUEUE(type)							\
	{ .dev_type = (type), .match_flags = AP_DEVICE_ID_MATCH_QUEUE_TYPE }

static struct ap_device_id ids[] = {
	QUEUE(AP_DEVICE_TYPE_CEX4),
	QUEUE(AP_DEVICE_TYPE_CEX5),
	QUEUE(AP_DEVICE_TYPE_CEX6),
	QUEUE(AP_DEVICE_TYPE_CEX7),
	QUEUE(AP_DEVICE_TYPE_CEX8),
	{ /* end */ },
};

static struct ap_driver driver = {
	.probe = cex4queue_probe,
	.remove = cex4queue_remove,
	.ids = ids,
	.flags = AP_DRIVER_FLAG_DEFAULT,
};

static int __init cex4queue_init(void)
{
	return ap_driver_register(&driver, THIS_MODULE, KBUILD_MODNAME);
}

static void __exit cex4queue_exit(void)
{
	ap_driver_unregister(&driver);
}

module_init(cex4queue_init);
module_exit(cex4queue_exit);

MODULE_DESCRIPTION("Stand-in for the host's AP queue driver");
MODULE_LICENSE("GPL");
