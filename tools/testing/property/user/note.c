// SPDX-License-Identifier: GPL-2.0-only
/*
 * property, user space - facts that nobody traces, counts, keeps or logs
 */
#include "../../../../drivers/s390/crypto/vfio_ap/note.h"
#include "../../../../drivers/s390/crypto/vfio_ap/port/dbf.h"

const struct attribute_group vap_stats_group;

void vap_count(enum vap_count what) { }
void vap_note_edit(const struct vap_mdev *mdev, const char *what, int err) { }
void vap_note_settle(const struct vap_mdev *mdev, const char *cause) { }
void vap_note_plug(const struct vap_mdev *mdev, const struct apm_matrix *matrix) { }
void vap_note_unplug(const struct vap_mdev *mdev) { }
void vap_note_open(const struct vap_mdev *mdev, int err) { }
void vap_note_close(const struct vap_mdev *mdev) { }
void vap_note_host(const char *what, const struct apm_matrix *has) { }
void vap_note_bound(u16 apqn, const char *what) { }
void vap_note_stage(const struct vap_queue *queue) { }
void vap_note_ask(u16 apqn, const char *insn, u8 rc) { }

void vap_note_commit(const struct vap_mdev *mdev, const char *what,
		     const struct apm_matrix *old)
{
}

void vap_note_aqic(const struct vap_mdev *mdev, const struct apm_aqic *aqic, u8 rc)
{
}

void vap_log_change(const struct vap_mdev *mdev, const char *cause,
		    const struct vap_told *old, const struct vap_told *new)
{
}

void vap_dbf_init(void) { }
void vap_dbf_exit(void) { }
