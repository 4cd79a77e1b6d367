/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - which queues, by adapter, in as few lines as possible
 */
#ifndef APM_ROWS_H
#define APM_ROWS_H

#include "text.h"

struct apm_matrix apm_rows_matrix(const struct apm_table *queues);
bool apm_text_rows(struct apm_text *text, const struct apm_table *queues);

#endif /* APM_ROWS_H */
