// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap adapter - queues that the AP bus has not let go of yet
 *
 * When a scan has made a queue's device, the bus starts to work on the queue as
 * if it were the host's, whichever driver has it: it resets it, and enables
 * interrupts with a notification byte of its own, some time later.  It does so
 * again whenever the adapter comes back from standby or checkstop, also under a
 * guest's feet.  Only a queue that was unbound from a driver once is left alone.
 *
 * So a queue is first taken for nothing but to be unbound and bound again, when
 * the scan that may have made it is over.  The rest of the driver hears that it
 * will come, and gets it the second time.  Which queues were unbound before the driver
 * was there is not known; those go round once in vain.
 *
 * What an administrator does stays possible: a write to a queue's "reset" makes
 * the bus work on it again.
 */
#include <linux/cleanup.h>
#include <linux/notifier.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "../core/table.h"
#include "../port/bus.h"
#include "ap_bus.h"
#include "letgo.h"

static const struct device_driver *our_driver;
static void go_round(struct work_struct *unused);
static DECLARE_WORK(work, go_round);

/*
 * let_go: unbound from some driver since their devices were made.
 * held: bound to our driver, to be unbound once more.
 * turning: the one that is, or NOBODY.
 */
#define NOBODY	(APM_IDS * APM_IDS)

static DEFINE_SPINLOCK(lock);
static struct apm_table let_go;
static struct apm_table held;
static unsigned int turning = NOBODY;

/**
 * vap_letgo_apqn - which queue is a device?
 * @dev: a device on the AP bus
 * @apqn: the queue
 *
 * Queue devices are named AA.DDDD: the only thing all kernels agree on.
 *
 * Return: 0, or -ENODEV if it is no queue.
 */
int vap_letgo_apqn(const struct device *dev, u16 *apqn)
{
	unsigned int apid, apqi;

	if (sscanf(dev_name(dev), "%02x.%04x", &apid, &apqi) != 2 ||
	    apid >= APM_IDS || apqi >= APM_IDS)
		return -ENODEV;
	*apqn = apm_apqn(apid, apqi);
	return 0;
}

/* The lowest held queue from @apqn on, or one that there cannot be. */
static unsigned int next_held(unsigned int apqn)
{
	guard(spinlock)(&lock);
	while (apqn < NOBODY) {
		unsigned int apid = apm_apid(apqn);
		unsigned int apqi = apm_mask_next(&held.row[apid], apm_apqi(apqn));

		if (apqi < APM_IDS)
			return apm_apqn(apid, apqi);
		apqn = apm_apqn(apid, 0) + APM_IDS;
	}
	return apqn;
}

static void turn(unsigned int apqn)
{
	guard(spinlock)(&lock);
	turning = apqn;
}

static void unbind_and_bind(u16 apqn)
{
	struct device *dev;
	char name[8];

	snprintf(name, sizeof(name), "%02x.%04x", apm_apid(apqn), apm_apqi(apqn));
	dev = bus_find_device_by_name(our_driver->bus, NULL, name);
	if (!dev)
		return;
	turn(apqn);
	if (READ_ONCE(dev->driver) == our_driver && device_reprobe(dev))
		dev_warn_ratelimited(dev, "cannot be bound again, bind it by hand\n");
	turn(NOBODY);
	put_device(dev);
	vap_on_unexpect(apqn);
}

/*
 * Asking the bus for a scan waits for the one that is going on, if any: after
 * that the bus has begun to work on all queues that there are.
 */
static void go_round(struct work_struct *unused)
{
	unsigned int apqn;

	ap_bus_force_rescan();
	for (apqn = next_held(0); apqn < NOBODY; apqn = next_held(apqn + 1))
		unbind_and_bind(apqn);
}

static int notify(struct notifier_block *nb, unsigned long event, void *data)
{
	u16 apqn;

	if (vap_letgo_apqn(data, &apqn))
		return NOTIFY_DONE;
	guard(spinlock)(&lock);
	if (event == BUS_NOTIFY_UNBOUND_DRIVER)
		apm_table_add(&let_go, apqn);
	else if (event == BUS_NOTIFY_REMOVED_DEVICE)
		apm_table_del(&let_go, apqn);
	return NOTIFY_DONE;
}

static struct notifier_block notifier = {
	.notifier_call = notify,
};

/**
 * vap_letgo_hold - is a queue to go round once before it is used?
 * @apqn: a queue that is being bound
 *
 * Return: true if the bus has not let go of it; it will be unbound and bound
 * again.  False: it can be used.
 */
bool vap_letgo_hold(u16 apqn)
{
	scoped_guard(spinlock, &lock) {
		if (apm_table_test(&let_go, apqn))
			return false;
		apm_table_add(&held, apqn);
	}
	vap_on_expect(apqn);
	if (our_driver)
		queue_work(system_long_wq, &work);
	return true;
}

/**
 * vap_letgo_release - a queue is being unbound; was it still held?
 * @apqn: the queue
 *
 * Return: true if it was, and nobody has used it.
 */
bool vap_letgo_release(u16 apqn)
{
	bool was, comes_back;

	scoped_guard(spinlock, &lock) {
		was = apm_table_test(&held, apqn);
		apm_table_del(&held, apqn);
		comes_back = turning == apqn;
	}
	if (was && !comes_back)
		vap_on_unexpect(apqn);
	return was;
}

/**
 * vap_letgo_init - begin to make the bus let go
 * @driver: our driver, registered
 *
 * Return: 0 or -errno of the driver core.
 */
int vap_letgo_init(const struct device_driver *driver)
{
	int rc = bus_register_notifier(driver->bus, &notifier);

	if (rc)
		return rc;
	our_driver = driver;
	queue_work(system_long_wq, &work);
	return 0;
}

/**
 * vap_letgo_exit - the driver is not registered any more
 */
void vap_letgo_exit(void)
{
	cancel_work_sync(&work);
	bus_unregister_notifier(our_driver->bus, &notifier);
}
