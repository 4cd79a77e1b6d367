/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap port - the machine's own debug feature: facts are kept in memory
 *
 * May be called from any context, and costs little.  None of it can fail: facts
 * for which there is no place are not kept.
 */
#ifndef VAP_PORT_DBF_H
#define VAP_PORT_DBF_H

#include "../core/matrix.h"

void vap_dbf_init(void);
void vap_dbf_exit(void);

/*
 * @mdev is the beginning of a UUID, @what a constant string.  Calls about queues
 * tell the response code, and a time in microseconds or 0.
 */
void vap_dbf_mdev(u32 mdev, const char *what, int err);
void vap_dbf_matrix(u32 mdev, const char *what, const struct apm_matrix *matrix);
void vap_dbf_change(u32 mdev, const char *what, const struct apm_matrix *old,
		    const struct apm_matrix *new);
void vap_dbf_queue(u16 apqn, const char *what, u8 rc, u64 us);

/* What is not worth a place unless somebody looks for it. */
void vap_dbf_ask(u16 apqn, const char *insn, u8 rc);

#endif /* VAP_PORT_DBF_H */
