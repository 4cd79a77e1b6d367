// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - facts worth noting: traced, counted, and kept by the machine's own
 * debug feature
 */
#include <linux/ktime.h>
#include <linux/unaligned.h>

#include "note.h"
#include "port/dbf.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

static const char *name_of(const struct vap_mdev *mdev)
{
	return dev_name(mdev->vdev.dev);
}

/* The first eight digits of the UUID. */
static u32 id_of(const struct vap_mdev *mdev)
{
	return get_unaligned_le32(to_mdev_device(mdev->vdev.dev)->uuid.b);
}

/**
 * vap_note_edit - somebody has written to a mediated device
 * @mdev: the mediated device
 * @what: the file
 * @err: what came of it, 0 or -errno
 *
 * For the debug feature a success is what it has changed, see vap_note_commit().
 */
void vap_note_edit(const struct vap_mdev *mdev, const char *what, int err)
{
	trace_vfio_ap_edit(name_of(mdev), what, err);
	if (err)
		vap_dbf_mdev(id_of(mdev), what, err);
}

/**
 * vap_note_commit - an assignment has changed
 * @mdev: the mediated device
 * @what: the file that was written
 * @old: what it was
 */
void vap_note_commit(const struct vap_mdev *mdev, const char *what,
		     const struct apm_matrix *old)
{
	trace_vfio_ap_commit(name_of(mdev), &mdev->assigned);
	vap_dbf_change(id_of(mdev), what, old, &mdev->assigned);
}

/**
 * vap_note_settle - it is computed what a guest should see
 * @mdev: its mediated device
 * @cause: what made that necessary
 */
void vap_note_settle(const struct vap_mdev *mdev, const char *cause)
{
	vap_count(VAP_COUNT_SETTLES);
	trace_vfio_ap_settle(name_of(mdev), cause);
}

/**
 * vap_note_plug - a guest has other masks
 * @mdev: its mediated device
 * @matrix: the masks
 */
void vap_note_plug(const struct vap_mdev *mdev, const struct apm_matrix *matrix)
{
	vap_count(VAP_COUNT_UPDATES);
	vap_count(VAP_COUNT_KICKS);
	trace_vfio_ap_plug(name_of(mdev), matrix);
	vap_dbf_matrix(id_of(mdev), "guest has", matrix);
}

/**
 * vap_note_unplug - a guest that goes has no masks any more
 * @mdev: its mediated device
 */
void vap_note_unplug(const struct vap_mdev *mdev)
{
	const struct apm_matrix nothing = {};

	vap_count(VAP_COUNT_KICKS);
	trace_vfio_ap_plug(name_of(mdev), &nothing);
	vap_dbf_matrix(id_of(mdev), "guest has", &nothing);
}

/**
 * vap_note_open - somebody has opened a mediated device for a guest
 * @mdev: the mediated device
 * @err: what came of it, 0 or -errno
 */
void vap_note_open(const struct vap_mdev *mdev, int err)
{
	trace_vfio_ap_open(name_of(mdev), "open", err);
	vap_dbf_mdev(id_of(mdev), "open", err);
}

/**
 * vap_note_close - a mediated device is closed
 * @mdev: the mediated device
 */
void vap_note_close(const struct vap_mdev *mdev)
{
	trace_vfio_ap_close(name_of(mdev), "close", 0);
	vap_dbf_mdev(id_of(mdev), "close", 0);
}

/**
 * vap_note_host - the AP bus told what the host has
 * @what: when: "changed" or "scanned"
 * @has: what it has
 */
void vap_note_host(const char *what, const struct apm_matrix *has)
{
	trace_vfio_ap_host(what, has);
	vap_dbf_matrix(0, what, has);
}

/**
 * vap_note_bound - the AP bus gives a queue, or takes it back
 * @apqn: the queue
 * @what: "bind" or "unbind"
 */
void vap_note_bound(u16 apqn, const char *what)
{
	trace_vfio_ap_queue(apqn, what, 0, 0);
	vap_dbf_queue(apqn, what, 0, 0);
}

static const char *const stages[] = {
	[VAP_RESET_RUNNING] = "reset-running",
	[VAP_RESET_LATE] = "reset-late",
	[VAP_RESET_AWAY] = "reset-away",
	[VAP_RESET_OVER] = "reset-over",
};

/**
 * vap_note_stage - a reset has come to another stage
 * @queue: the queue
 */
void vap_note_stage(const struct vap_queue *queue)
{
	const char *what = stages[queue->stage];
	u64 us;

	/* What began is in the line about its end, with the time it took. */
	if (queue->stage == VAP_RESET_RUNNING) {
		trace_vfio_ap_queue(queue->apqn, what, queue->rc, 0);
		vap_dbf_ask(queue->apqn, what, queue->rc);
		return;
	}
	if (queue->stage == VAP_RESET_OVER)
		vap_count(VAP_COUNT_RESETS);
	else if (queue->stage == VAP_RESET_LATE)
		vap_count(VAP_COUNT_FAILURES);
	us = ktime_us_delta(ktime_get(), queue->began);
	trace_vfio_ap_queue(queue->apqn, what, queue->rc, us);
	vap_dbf_queue(queue->apqn, what, queue->rc, us);
}

/**
 * vap_note_ask - the driver has issued an instruction
 * @apqn: for this queue
 * @insn: which one
 * @rc: the response code
 */
void vap_note_ask(u16 apqn, const char *insn, u8 rc)
{
	trace_vfio_ap_ask(apqn, insn, rc);
	vap_dbf_ask(apqn, insn, rc);
}

/**
 * vap_note_aqic - a guest is answered
 * @mdev: its mediated device
 * @aqic: what it asked for
 * @rc: the response code
 *
 * For the debug feature it is an instruction: no guest is to fill its few pages.
 */
void vap_note_aqic(const struct vap_mdev *mdev, const struct apm_aqic *aqic,
		   u8 rc)
{
	if (!rc)
		vap_count(aqic->enable ? VAP_COUNT_AQIC_ON : VAP_COUNT_AQIC_OFF);
	trace_vfio_ap_aqic(name_of(mdev), aqic->apqn, aqic->enable, rc);
	vap_dbf_ask(aqic->apqn, aqic->enable ? "guest's AQIC on" :
					       "guest's AQIC off", rc);
}
