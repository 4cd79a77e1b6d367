// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - notification indicator bytes that the machine may write
 *
 * With interruptions on the machine stores into guest memory and counts on a
 * subclass of the guest, so both are held: from before an enablement is tried
 * until it is certain that the machine does not write any more, which is some
 * time after it was told so.  Each attempt has an object of its own.  It takes
 * the place of the one before only when the machine has accepted it, and what
 * loses is released, so a guest whose attempt fails keeps what worked.
 *
 * The state lock makes one step of "the guest has the queue", the instruction,
 * and what follows from its answer.  No lock is held while a page is pinned or
 * unpinned: VFIO takes locks there that it holds while it calls dma_unmap(),
 * and waits for the guest's memory with them.
 */
#include <linux/iommu.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "nib.h"
#include "note.h"
#include "port/hw.h"

/*
 * VFIO's type 1 IOMMU calls dma_unmap() again while pages are pinned, but at
 * most ten times in a row, and then it is a BUG.  So a call waits as long as the
 * machine may need (UNMAP_PATIENCE), and afterwards nothing is pinned there for
 * a moment (UNMAP_PAUSE).
 *
 * Pages are unpinned by a worker, which needs the IOMMU's lock.  If that is in
 * the hands of a second thread that unmaps something, this one waits for the
 * first to come back.  So the first does soon (UNMAP_HURRY), to be called again;
 * but not more than a few times in a row.
 */
#define UNMAP_PATIENCE	msecs_to_jiffies(2000)
#define UNMAP_PAUSE	msecs_to_jiffies(50)
#define UNMAP_HURRY	msecs_to_jiffies(10)
#define UNMAP_HURRIES	3

static bool may_be_written(const struct vap_nib *nib)
{
	return nib->stage == VAP_NIB_ON || nib->stage == VAP_NIB_ENDING;
}

/* The byte that the machine writes for a queue: there is one at most. */
static struct vap_nib *current_of(struct vap_mdev *mdev, u16 apqn)
{
	struct vap_nib *nib;

	lockdep_assert_held(&mdev->state);
	list_for_each_entry(nib, &mdev->nibs, node)
		if (nib->apqn == apqn && may_be_written(nib))
			return nib;
	return NULL;
}

/* Pages are pinned, so pages are compared. */
static bool page_meets(u64 addr, u64 first, u64 last)
{
	return (addr | ~PAGE_MASK) >= first && (addr & PAGE_MASK) <= last;
}

static bool is_being_unmapped(const struct vap_mdev *mdev, u64 addr)
{
	lockdep_assert_held(&mdev->state);
	return time_before(jiffies, mdev->unmap.until) &&
	       page_meets(addr, mdev->unmap.first, mdev->unmap.last);
}

/**
 * vap_nib_new - a guest wants to enable interruptions
 * @mdev: its mediated device
 * @kvm: the guest
 * @aqic: what it asks for
 *
 * Return: the byte, not pinned yet, or NULL if it cannot be had now: no memory,
 * or what it lies in is just being unmapped.
 */
struct vap_nib *vap_nib_new(struct vap_mdev *mdev, struct kvm *kvm,
			    const struct apm_aqic *aqic)
{
	struct vap_nib *nib __free(kfree) = kzalloc(sizeof(*nib), GFP_KERNEL_ACCOUNT);

	if (!nib)
		return NULL;
	nib->kvm = kvm;
	nib->apqn = aqic->apqn;
	nib->addr = aqic->nib;
	nib->bell.gisc = aqic->isc;
	vap_nib_enter(nib, VAP_NIB_NEW);
	guard(spinlock)(&mdev->state);
	if (is_being_unmapped(mdev, nib->addr))
		return NULL;
	list_add_tail(&nib->node, &mdev->nibs);
	return no_free_ptr(nib);
}

/**
 * vap_nib_pin - pin the page that a byte lies in
 * @mdev: the mediated device
 * @nib: a new byte
 *
 * Waits for the guest's memory.  Call without locks.
 *
 * Return: true if it is pinned.
 */
bool vap_nib_pin(struct vap_mdev *mdev, struct vap_nib *nib)
{
	const int prot = IOMMU_READ | IOMMU_WRITE;
	struct page *page;

	lockdep_assert_not_held(&mdev->state);
	if (vfio_pin_pages(&mdev->vdev, nib->addr & PAGE_MASK, 1, prot, &page) != 1)
		return false;
	nib->page = page;
	nib->bell.nib = page_to_phys(page) + offset_in_page(nib->addr);
	return true;
}

/**
 * vap_nib_count - count the guest's subclass
 * @nib: a new byte
 *
 * Return: true if the guest can be interrupted.
 */
bool vap_nib_count(struct vap_nib *nib)
{
	nib->has_isc = !vap_guest_isc_get(nib->kvm, &nib->bell);
	return nib->has_isc;
}

static struct apm_status turn_on(const struct vap_nib *nib)
{
	struct apm_status status = vap_hw_aqic_on(nib->apqn, &nib->bell);

	vap_note_ask(nib->apqn, "aqic-on", status.rc);
	return status;
}

/**
 * vap_nib_enable - let the machine write a byte
 * @mdev: the mediated device
 * @nib: a new byte, pinned and counted
 *
 * Who loses, this one or the one before, is to be released: vap_nib_release().
 *
 * Return: the machine's answer; 01 if the guest does not have the queue any
 * more, 05 if the page is being unmapped.
 */
struct apm_status vap_nib_enable(struct vap_mdev *mdev, struct vap_nib *nib)
{
	struct apm_status status = {};
	struct vap_nib *old;

	guard(spinlock)(&mdev->state);
	if (!apm_matrix_has(&mdev->plugged, nib->apqn))
		status.rc = APM_RC_NOT_AVAILABLE;
	else if (nib->doomed)
		status.rc = APM_RC_BUSY;
	else
		status = turn_on(nib);
	/* With the A bit the code is that of an earlier error, and nothing was done. */
	if (status.rc || status.async) {
		vap_nib_enter(nib, VAP_NIB_SILENT);
		return status;
	}
	/* Accepted: interruptions were off, so the machine writes no other. */
	old = current_of(mdev, nib->apqn);
	if (old)
		vap_nib_enter(old, VAP_NIB_SILENT);
	vap_nib_off(nib->apqn);
	vap_nib_enter(nib, VAP_NIB_ON);
	nib->seen = status.irq;
	vap_quiet_one(mdev, nib);
	return status;
}

/**
 * vap_nib_fail - a new byte will not be enabled
 * @mdev: the mediated device
 * @nib: the byte; to be released by vap_nib_release()
 */
void vap_nib_fail(struct vap_mdev *mdev, struct vap_nib *nib)
{
	guard(spinlock)(&mdev->state);
	vap_nib_enter(nib, VAP_NIB_SILENT);
}

/*
 * What the machine says to AQIC: is it turning interruptions off, or are they?
 * "Already so, or being changed" (07) is neither if they were never seen on: then
 * what is being done may be to turn them on.
 */
static bool is_ending(const struct vap_nib *nib, enum apm_quiet_state quiet)
{
	switch (quiet) {
	case APM_QUIET_WATCH:
	case APM_QUIET_OVER:
		return true;
	case APM_QUIET_DOUBT:
		return nib->seen;
	default:
		return false;
	}
}

/**
 * vap_nib_disable - a guest wants no interruptions any more
 * @mdev: its mediated device
 * @apqn: from this queue
 *
 * Does not wait until they are off.  If the machine does not do it, everything
 * stays as it was.  If it has done it already, the byte is to be released:
 * vap_nib_release().
 *
 * Return: the machine's answer; 01 if the guest does not have the queue.
 */
struct apm_status vap_nib_disable(struct vap_mdev *mdev, u16 apqn)
{
	struct apm_status status = { .rc = APM_RC_NOT_AVAILABLE };
	enum apm_quiet_state quiet;
	struct vap_nib *nib;

	guard(spinlock)(&mdev->state);
	if (!apm_matrix_has(&mdev->plugged, apqn))
		return status;
	status = vap_hw_aqic_off(apqn);
	vap_note_ask(apqn, "aqic-off", status.rc);
	quiet = apm_quiet_aqic(&status);
	nib = current_of(mdev, apqn);
	if (!nib || nib->stage != VAP_NIB_ON || !is_ending(nib, quiet))
		return status;
	vap_nib_enter(nib, VAP_NIB_ENDING);
	nib->quiet = quiet;
	vap_quiet_one(mdev, nib);
	return status;
}

static void end(struct vap_nib *nib)
{
	if (nib->stage != VAP_NIB_ON)
		return;
	vap_nib_enter(nib, VAP_NIB_ENDING);
	nib->quiet = APM_QUIET_ISSUE;
}

/**
 * vap_nib_end_region - no interruptions any more from queues that will be reset
 * @mdev: their mediated device
 * @region: the queues
 *
 * Their resets wait until that is so.  Does not wait.
 */
void vap_nib_end_region(struct vap_mdev *mdev, const struct apm_region *region)
{
	struct vap_nib *nib;
	bool any = false;

	lockdep_assert_held(&vap.config);
	guard(spinlock)(&mdev->state);
	list_for_each_entry(nib, &mdev->nibs, node) {
		if (!may_be_written(nib) || !apm_region_has(region, nib->apqn))
			continue;
		end(nib);
		nib->holds = true;
		vap_reset_hold(nib->apqn);
		any = true;
	}
	if (any)
		vap_quiet_kick(mdev);
}

/* With iommufd nothing can be pinned in a range that is being unmapped. */
static void pin_nothing(struct vap_mdev *mdev, u64 first, u64 last,
			unsigned long time)
{
	guard(spinlock)(&mdev->state);
	if (mdev->iommufd)
		return;
	mdev->unmap.first = first;
	mdev->unmap.last = last;
	mdev->unmap.until = jiffies + time;
}

/* Nothing between @first and @last is to stay.  Is there anything? */
static bool end_range(struct vap_mdev *mdev, u64 first, u64 last)
{
	struct vap_nib *nib;
	bool any = false;

	guard(spinlock)(&mdev->state);
	list_for_each_entry(nib, &mdev->nibs, node) {
		if (!page_meets(nib->addr, first, last))
			continue;
		nib->doomed = true;
		end(nib);
		any = true;
	}
	if (any)
		vap_quiet_kick(mdev);
	return any;
}

static unsigned int count_in_range(struct vap_mdev *mdev, u64 first, u64 last,
				   bool (*which)(const struct vap_nib *nib))
{
	unsigned int count = 0;
	struct vap_nib *nib;

	guard(spinlock)(&mdev->state);
	list_for_each_entry(nib, &mdev->nibs, node)
		if (page_meets(nib->addr, first, last) && which(nib))
			count++;
	return count;
}

static bool any(const struct vap_nib *nib)
{
	return true;
}

static unsigned long time_to_unpin(struct vap_mdev *mdev)
{
	guard(spinlock)(&mdev->state);
	return mdev->unmap.hurries < UNMAP_HURRIES ? UNMAP_HURRY : UNMAP_PATIENCE;
}

static void note_hurry(struct vap_mdev *mdev, bool hurried)
{
	guard(spinlock)(&mdev->state);
	mdev->unmap.hurries = hurried ? mdev->unmap.hurries + 1 : 0;
}

static void wait_for_range(struct vap_mdev *mdev, u64 first, u64 last)
{
	long done;

	if (mdev->iommufd) {
		wait_event(mdev->nib_wait,
			   !count_in_range(mdev, first, last, any));
		return;
	}
	wait_event_timeout(mdev->nib_wait,
			   !count_in_range(mdev, first, last, may_be_written),
			   UNMAP_PATIENCE);
	done = wait_event_timeout(mdev->nib_wait,
				  !count_in_range(mdev, first, last, any),
				  time_to_unpin(mdev));
	note_hurry(mdev, !done);
}

/**
 * vap_nib_unmap - guest memory is being unmapped
 * @mdev: the mediated device
 * @iova: where it begins, a guest absolute address
 * @length: how long it is, in bytes
 *
 * Waits until no byte in it is pinned.  With type 1 that has a limit, see above;
 * with iommufd, which tells a device that is being detached only once, it has
 * none, and needs none.  Takes no lock but this mediated device's.
 */
void vap_nib_unmap(struct vap_mdev *mdev, u64 iova, u64 length)
{
	u64 last = iova + length - 1;

	if (last < iova)
		last = U64_MAX;
	pin_nothing(mdev, iova, last, UNMAP_PATIENCE);
	if (end_range(mdev, iova, last))
		wait_for_range(mdev, iova, last);
	pin_nothing(mdev, iova, last, UNMAP_PAUSE);
}
