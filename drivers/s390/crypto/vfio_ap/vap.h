/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap - the driver's objects, and who may touch what when
 *
 * Everything is kept by value: an assignment is three masks, the state of all
 * queues a handful of bit tables.  There is no list of queues by mediated
 * device and no pointer from a queue to its owner; both follow from the masks.
 */
#ifndef VAP_H
#define VAP_H

#include <linux/device.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/mdev.h>
#include <linux/types.h>
#include <linux/vfio.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include "core/filter.h"
#include "core/hostcfg.h"
#include "core/matrix.h"
#include "core/plan.h"
#include "core/refusal.h"
#include "core/resetfsm.h"
#include "core/table.h"
#include "core/why.h"
#include "locks.h"
#include "port/guest.h"

/* Names that clients know; the mdev type is called after the driver. */
#define VAP_NAME		"vfio_ap"
#define VAP_TYPE_NAME		"passthrough"
#define VAP_TYPE_TITLE		"VFIO AP Passthrough Device"

/* As many mediated devices as there can be queues. */
#define VAP_MAX_MDEVS		(APM_IDS * APM_IDS)

struct eventfd_ctx;

/* Interrupt indexes of the VFIO device (uapi: VFIO_AP_*_IRQ_INDEX). */
#define VAP_EVENTS		2

/**
 * struct vap_range - guest memory in which nothing is to be pinned for a moment
 * @first: its first byte, a guest absolute address
 * @last: its last byte
 * @until: the end of the moment, in jiffies
 * @hurries: how often in a row something was left pinned in what is unmapped
 */
struct vap_range {
	u64 first;
	u64 last;
	unsigned long until;
	unsigned int hurries;
};

/**
 * struct vap_told - what user space knows of a mediated device
 * @assigned: what it was assigned
 * @visible: what its guest sees, or would see
 * @withheld: vap_withheld_mark(), 0 if nothing is withheld
 * @attached: there is a guest
 */
struct vap_told {
	struct apm_matrix assigned;
	struct apm_matrix visible;
	u64 withheld;
	bool attached;
};

/**
 * struct vap_mdev - a mediated device: an assignment and maybe a guest
 * @vdev: VFIO's part; owns the memory
 * @node: entry of vap.mdevs
 * @limits: highest ids that can be assigned; constant
 * @assigned: what the administrator wants; guarded by vap.config
 * @kvm: the guest while the device is open, else NULL; guarded by vap.config
 * @format: what the guest's CRYCB can hold; valid while @kvm is set
 * @withdrawn: the device is being removed and its guest gets nothing any more;
 *	guarded by vap.config
 * @last_error: why somebody was refused last, a line or nothing; guarded by
 *	vap.config
 * @told: what user space was told last; guarded by vap.config
 * @unpolled: what changed since those who poll were woken
 * @poll_work: wakes them
 * @unsettled: somebody had the guest's lock, @settle_work will settle; guarded
 *	by vap.config
 * @settle_work: settles when the guest's lock is free
 * @iommufd: the device is open through iommufd; set before it is open
 * @link: how the guest finds us; used while @kvm is set
 * @state: guards all that follows, for those without vap.config: what the guest
 *	can reach, and where it and its user space are told of things
 * @plugged: what is in the guest's CRYCB, empty without a guest; written with
 *	vap.config held, too
 * @event: eventfds by interrupt index, NULL where user space gave none
 * @nibs: notification bytes (struct vap_nib) that the machine may write
 * @unmap: where no byte may be for now
 * @nib_fresh: a byte began to end since @quiet_work last looked
 * @nib_wait: the workers and those who wait for them; has a lock of its own
 * @quiet_work: turns interruptions off, see quiet.c
 * @release_work: gives back what bytes hold
 */
struct vap_mdev {
	struct vfio_device vdev;
	struct list_head node;
	struct apm_limits limits;
	struct apm_matrix assigned;
	struct kvm *kvm;
	struct apm_limits format;
	bool withdrawn;
	char last_error[APM_REFUSAL_LEN];
	struct vap_told told;
	atomic_t unpolled;
	struct delayed_work poll_work;
	bool unsettled;
	struct work_struct settle_work;
	bool iommufd;
	struct vap_guest_link link;
	spinlock_t state;	/* see locks.h */
	struct apm_matrix plugged;
	struct eventfd_ctx *event[VAP_EVENTS];
	struct list_head nibs;
	struct vap_range unmap;
	bool nib_fresh;
	wait_queue_head_t nib_wait;
	struct work_struct quiet_work;
	struct work_struct release_work;
};

/**
 * enum vap_reset_aim - what a reset is for
 * @VAP_RESET_ONLY: its guest keeps the queue: the end of the reset is enough
 * @VAP_RESET_PROOF: the queue changes hands: it has to be proven clean
 */
enum vap_reset_aim {
	VAP_RESET_ONLY,
	VAP_RESET_PROOF,
};

/**
 * enum vap_reset_stage - how a reset looks to those who want the queue
 * @VAP_RESET_RUNNING: worth waiting for
 * @VAP_RESET_LATE: took longer than anybody waits; the queue is quarantined
 * @VAP_RESET_AWAY: impossible for now: deconfigured, checkstopped, not there
 * @VAP_RESET_OVER: nothing more to do
 */
enum vap_reset_stage {
	VAP_RESET_RUNNING,
	VAP_RESET_LATE,
	VAP_RESET_AWAY,
	VAP_RESET_OVER,
};

/**
 * struct vap_queue - a queue device that is bound to us
 * @apqn: which one; constant
 * @busy: entry of engine.begun or .busy; guarded by engine.lock, like all that follows
 * @news: entry of engine.news
 * @aim: what the reset is for
 * @state: where it is
 * @stage: what that means to others
 * @known: the stage that its owner knows of; written with vap.config held, too
 * @rc: the last response code that was not 00, 0: there was none; while the stage
 *	is away, the one that says why
 * @since: when it began, in jiffies
 * @began: the same, to the microsecond
 * @issued: it was told to begin since then
 * @unsaid: it is late, and the log does not say so yet
 *
 * A queue that is neither in a guest nor proven clean is being reset, for as
 * long as it takes.
 */
struct vap_queue {
	u16 apqn;
	struct list_head busy;
	struct list_head news;
	enum vap_reset_aim aim;
	enum apm_reset_state state;
	enum vap_reset_stage stage;
	enum vap_reset_stage known;
	u8 rc;
	unsigned long since;
	ktime_t began;
	bool issued;
	bool unsaid;
};

/**
 * struct vap_engine - the one worker that resets queues
 * @lock: guards all other members
 * @begun: queues whose reset begins
 * @busy: queues being reset
 * @news: queues whose stage changed and whose owners were not told yet
 * @pending: queues whose reset is running as far as owners know, and those about
 *	to be bound; written with vap.config held, too, so holding that is
 *	enough to read it
 * @late: quarantined queues, likewise
 * @away: queues that cannot be reset for now, likewise
 * @used: queues that are in the masks of some guest, likewise
 * @held: queues whose interruptions have to end before they are reset
 * @kick: the worker sleeps here between two looks at the hardware
 * @fresh: something was added since the worker last looked
 * @unheld: something left @held since then
 * @idle: waiters of vap_reset_wait()
 * @wq: where @work runs
 * @work: looks at the hardware until nothing is busy
 */
struct vap_engine {
	spinlock_t lock;	/* see locks.h */
	struct list_head begun;
	struct list_head busy;
	struct list_head news;
	struct apm_table pending;
	struct apm_table late;
	struct apm_table away;
	struct apm_table used;
	struct apm_table held;
	wait_queue_head_t kick;
	bool fresh;
	bool unheld;
	wait_queue_head_t idle;
	struct workqueue_struct *wq;
	struct work_struct work;
};

/**
 * struct vap - the driver
 * @matrix: parent of all mediated devices
 * @config: see locks.h; guards all that follows
 * @host: what the host has
 * @mdevs: all mediated devices
 * @queues: struct vap_queue by APQN
 * @taken: queues assigned to some mediated device, bound or not
 * @bound: queues whose device is bound to us
 * @clean: bound queues proven clean and used by nobody since
 * @owed: queues that a guest has used and that were not proven clean since,
 *	bound or not, there or not
 * @engine: the reset engine
 */
struct vap {
	struct device *matrix;
	struct mutex config;	/* see locks.h */
	struct apm_host host;
	struct list_head mdevs;
	struct xarray queues;
	struct apm_table taken;
	struct apm_table bound;
	struct apm_table clean;
	struct apm_table owed;
	struct vap_engine engine;
};

/* The one instance. */
extern struct vap vap;

static inline struct vap_mdev *to_vap_mdev(struct vfio_device *vdev)
{
	return container_of(vdev, struct vap_mdev, vdev);
}

/* matrix.c */
int vap_matrix_init(void);
void vap_matrix_exit(void);

/* mdev.c */
int vap_mdev_init(void);
void vap_mdev_exit(void);
struct vap_mdev *vap_mdev_owning(u16 apqn);
struct vap_mdev *vap_mdev_of_guest(struct kvm *kvm);

/* vfio.c */
extern const struct vfio_device_ops vap_vfio_ops;

/* signal.c */
void vap_signal_config(struct vap_mdev *mdev);
void vap_signal_request(struct vap_mdev *mdev, unsigned int count);
long vap_signal_set_irqs(struct vap_mdev *mdev, void __user *arg);
void vap_signal_release(struct vap_mdev *mdev);

/* sysfs_matrix.c, sysfs_queue.c */
extern const struct attribute_group *vap_mdev_groups[];
extern const struct attribute_group *vap_matrix_groups[];
extern const struct attribute_group *vap_queue_groups[];

/* withheld.c */
extern struct device_attribute vap_attr_withheld;
u64 vap_withheld_mark(const struct vap_mdev *mdev);

/* tell.c */
void vap_tell(struct vap_mdev *mdev, const char *cause);
void vap_poll_work(struct work_struct *work);

/* log.c */
void vap_log_change(const struct vap_mdev *mdev, const char *cause,
		    const struct vap_told *old, const struct vap_told *new);

/* assignable.c */
extern struct device_attribute vap_attr_assignable;
extern struct device_attribute vap_attr_assignable_config;

/* refuse.c */
int vap_refuse(struct vap_mdev *mdev, const struct apm_refusal *refusal);
int vap_refuse_text(struct vap_mdev *mdev, const char *what, bool masks, int err);
extern struct device_attribute vap_attr_last_error;

/* settle.c */
struct apm_world vap_world(const struct vap_mdev *mdev);
struct apm_matrix vap_guest_matrix(const struct vap_mdev *mdev);
void vap_settle(struct vap_mdev *mdev, const char *cause);
void vap_settle_owners(const struct apm_table *queues, const char *cause);
void vap_unplug(struct vap_mdev *mdev);
void vap_settle_work(struct work_struct *work);
void vap_reassign(struct vap_mdev *mdev, const char *what,
		  const struct apm_plan *plan);

/* host.c */
void vap_host_recheck(void);

/* edit.c */
int vap_edit(struct vap_mdev *mdev, const char *what, const struct apm_edit *edit);

/* attach.c */
int vap_attach(struct vap_mdev *mdev, struct kvm *kvm);
void vap_detach(struct vap_mdev *mdev);
int vap_reset_mdev(struct vap_mdev *mdev);
void vap_withdraw(struct vap_mdev *mdev);

/* nib.c, quiet.c */
void vap_nib_end_region(struct vap_mdev *mdev, const struct apm_region *region);
void vap_nib_unmap(struct vap_mdev *mdev, u64 iova, u64 length);
void vap_nib_release(struct vap_mdev *mdev);
void vap_nib_drain(struct vap_mdev *mdev);
void vap_nib_off(u16 apqn);
void vap_quiet_kick(struct vap_mdev *mdev);
void vap_quiet_work(struct work_struct *work);
void vap_release_work(struct work_struct *work);
void vap_wait_for(struct work_struct *work);
int vap_quiet_init(void);
void vap_quiet_exit(void);

/* reset.c, engine.c */
int vap_reset_init(void);
void vap_reset_exit(void);
unsigned int vap_reset_limit_ms(void);
void vap_reset_note(struct vap_queue *queue);
void vap_reset_work(struct work_struct *unused);
void vap_reset_start(struct vap_queue *queue, enum vap_reset_aim aim);
void vap_reset_region(const struct apm_region *region, enum vap_reset_aim aim);
bool vap_reset_wait(const struct apm_region *region);
bool vap_reset_wait_settled(const struct vap_mdev *mdev);
void vap_reset_forget(struct vap_queue *queue);
void vap_reset_expect(u16 apqn);
void vap_reset_unexpect(u16 apqn);
void vap_reset_hold(u16 apqn);
void vap_reset_unhold(u16 apqn);
void vap_reset_use(const struct apm_region *region);
void vap_reset_unuse(const struct apm_region *region);
bool vap_reset_is_used(u16 apqn);
enum apm_why vap_reset_why(u16 apqn);
u8 vap_reset_code(u16 apqn);

/* queue.c */
void vap_queue_proven(u16 apqn);
bool vap_queues_pure(const struct apm_region *region);

#endif /* VAP_H */
