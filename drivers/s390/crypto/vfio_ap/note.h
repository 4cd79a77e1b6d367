/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap - facts worth noting: traced, counted, and kept by the machine's own
 * debug feature
 *
 * One call where something happens; who is interested in it is decided behind.
 * Nothing here sleeps or takes a lock.
 */
#ifndef VAP_NOTE_H
#define VAP_NOTE_H

#include "vap.h"

/**
 * enum vap_count - what is counted
 * @VAP_COUNT_RESETS: resets that ended as they should
 * @VAP_COUNT_RETRIES: times that a reset had to be issued once more
 * @VAP_COUNT_FAILURES: resets that took longer than anybody waits
 * @VAP_COUNT_AQIC_ON: enablements by guests that the machine accepted
 * @VAP_COUNT_AQIC_OFF: the same for turning interruptions off
 * @VAP_COUNT_SETTLES: times that it was computed what a guest should see
 * @VAP_COUNT_UPDATES: times that it was something else
 * @VAP_COUNT_KICKS: times that a guest's CPUs were stopped for it
 * @VAP_COUNT_REFUSALS: writes and opens that were refused
 * @VAP_COUNT_EVENTS: changes that user space was told
 * @VAP_COUNTS: how many there are
 */
enum vap_count {
	VAP_COUNT_RESETS,
	VAP_COUNT_RETRIES,
	VAP_COUNT_FAILURES,
	VAP_COUNT_AQIC_ON,
	VAP_COUNT_AQIC_OFF,
	VAP_COUNT_SETTLES,
	VAP_COUNT_UPDATES,
	VAP_COUNT_KICKS,
	VAP_COUNT_REFUSALS,
	VAP_COUNT_EVENTS,
	VAP_COUNTS,
};

extern const struct attribute_group vap_stats_group;

void vap_count(enum vap_count what);

void vap_note_edit(const struct vap_mdev *mdev, const char *what, int err);
void vap_note_commit(const struct vap_mdev *mdev, const char *what,
		     const struct apm_matrix *old);
void vap_note_settle(const struct vap_mdev *mdev, const char *cause);
void vap_note_plug(const struct vap_mdev *mdev, const struct apm_matrix *matrix);
void vap_note_unplug(const struct vap_mdev *mdev);
void vap_note_open(const struct vap_mdev *mdev, int err);
void vap_note_close(const struct vap_mdev *mdev);
void vap_note_host(const char *what, const struct apm_matrix *has);
void vap_note_bound(u16 apqn, const char *what);
void vap_note_stage(const struct vap_queue *queue);
void vap_note_ask(u16 apqn, const char *insn, u8 rc);
void vap_note_aqic(const struct vap_mdev *mdev, const struct apm_aqic *aqic,
		   u8 rc);

#endif /* VAP_NOTE_H */
