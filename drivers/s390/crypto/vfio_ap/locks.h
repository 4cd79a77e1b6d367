/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap - the locks, and the one order they are taken in
 *
 *	kvm->lock	the VM's own; its user space can keep it for as long as it
 *	  |		likes.  Outermost where it is waited for, with nothing
 *	  |		held (vap_guest_lock()); below vap.config only tried
 *	  v
 *	bus freeze	the AP bus's attribute mutex (vap_bus_freeze()); the bus
 *	  |		holds it around vap_on_claim()
 *	  v
 *	vap.config	who is assigned what, what the host offers, which queues
 *	  |		are bound and clean, which mdev has a guest; sleeps, but
 *	  |		never while waiting for hardware or for user space
 *	  v
 *	mdev->state	what the guest can reach and where it is told of replies:
 *	  |		masks, notification bytes, event triggers; held for one
 *	  |		instruction at most
 *	  v
 *	engine.lock	which queues are being reset; a leaf, like the lock of
 *			stray notification bytes
 *
 * A CPU of the guest that executes PQAP(AQIC) comes from KVM with the VM's hook
 * semaphore and KVM's srcu, takes mdev->state for a moment, and waits for the
 * guest's memory in VFIO with none of the above.  The semaphore is taken for
 * writing below kvm->lock, when a guest comes and goes, never below vap.config.
 *
 * VFIO holds locks of the guest's IOMMU around dma_unmap(), which takes
 * mdev->state only, and takes them while pages are pinned and unpinned, which is
 * done with none of ours held.
 *
 * What others know of resets (engine.pending, engine.late, engine.used) is
 * written with both vap.config and engine.lock held, so either is enough to read
 * it.
 *
 * Telling user space what changed takes locks of sysfs and of uevents below
 * vap.config, and waits for nobody.
 *
 * The driver core's device lock and the AP bus's scan mutex are held by the
 * bus around vap_on_bind(), vap_on_unbind() and the host's events, VFIO's
 * device-set lock around open and close: all of them outside vap.config.
 *
 * Waiting for a reset (vap_reset_wait()) is done with none of these held.
 */
#ifndef VAP_LOCKS_H
#define VAP_LOCKS_H

#include <linux/cleanup.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

#include "port/bus.h"

DEFINE_LOCK_GUARD_0(vap_bus, vap_bus_freeze(), vap_bus_thaw())

#endif /* VAP_LOCKS_H */
