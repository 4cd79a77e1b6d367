/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap - notification indicator bytes that the machine may write
 */
#ifndef VAP_NIB_H
#define VAP_NIB_H

#include <linux/jiffies.h>

#include "core/aqic.h"
#include "core/quietfsm.h"
#include "vap.h"

/**
 * enum vap_nib_stage - the life of a notification byte
 * @VAP_NIB_NEW: a CPU of the guest is about to enable interruptions with it
 * @VAP_NIB_ON: the machine writes it when a reply is there
 * @VAP_NIB_ENDING: it is not wanted any more, but the machine may still write it
 * @VAP_NIB_SILENT: the machine does not write it; to be released
 * @VAP_NIB_STRAY: the machine cannot be kept from writing it; to be released but
 *	for its page and the VM, which stay until the queue is proven clean
 * @VAP_NIB_LEAVING: somebody is releasing it
 */
enum vap_nib_stage {
	VAP_NIB_NEW,
	VAP_NIB_ON,
	VAP_NIB_ENDING,
	VAP_NIB_SILENT,
	VAP_NIB_STRAY,
	VAP_NIB_LEAVING,
};

/**
 * struct vap_nib - a notification byte, its page pinned, its subclass counted
 * @node: entry of vap_mdev.nibs
 * @stray: entry of the strays, from @VAP_NIB_STRAY on until its queue is proven
 *	clean, and then of those that have ended
 * @kvm: the guest, which outlives it
 * @apqn: the queue; constant, like all before @stage
 * @addr: guest absolute address of the byte, which is its DMA address, too
 * @page: what it lies in, NULL: not pinned yet
 * @bell: what the machine is told
 * @has_isc: @bell's subclass is counted
 * @stage: where it is; guarded by the mdev's state lock, like all that follows
 * @quiet: @VAP_NIB_ENDING: how far that is
 * @doomed: @VAP_NIB_NEW: its page is being unmapped, so do not enable it
 * @holds: the queue's reset waits for its end
 * @seen: the I bit was seen on since, so that is not still to come
 * @since: when it came into this stage, in jiffies
 * @left: a stray that its mediated device has let go of; guarded by the strays'
 *	lock
 */
struct vap_nib {
	struct list_head node;
	struct list_head stray;
	struct kvm *kvm;
	u16 apqn;
	u64 addr;
	struct page *page;
	struct apm_bell bell;
	bool has_isc;
	enum vap_nib_stage stage;
	enum apm_quiet_state quiet;
	bool doomed;
	bool holds;
	bool seen;
	unsigned long since;
	bool left;
};

static inline void vap_nib_enter(struct vap_nib *nib, enum vap_nib_stage stage)
{
	nib->stage = stage;
	nib->since = jiffies;
}

struct vap_nib *vap_nib_new(struct vap_mdev *mdev, struct kvm *kvm,
			    const struct apm_aqic *aqic);
bool vap_nib_pin(struct vap_mdev *mdev, struct vap_nib *nib);
bool vap_nib_count(struct vap_nib *nib);
void vap_nib_fail(struct vap_mdev *mdev, struct vap_nib *nib);
struct apm_status vap_nib_enable(struct vap_mdev *mdev, struct vap_nib *nib);
struct apm_status vap_nib_disable(struct vap_mdev *mdev, u16 apqn);
void vap_quiet_one(struct vap_mdev *mdev, struct vap_nib *nib);

#endif /* VAP_NIB_H */
