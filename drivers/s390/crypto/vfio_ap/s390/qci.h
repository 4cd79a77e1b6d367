/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap adapter - the QCI block as the core wants it
 */
#ifndef VAP_S390_QCI_H
#define VAP_S390_QCI_H

#include <asm/ap.h>

#include "../core/hostcfg.h"

/*
 * The block's masks are 32-bit words with the lowest numbers in the first
 * one's highest bit; two of them are one word of the core's, by value and so
 * on a machine of either byte order.
 */
static inline struct apm_mask vap_qci_mask(const unsigned int *words)
{
	struct apm_mask mask;
	unsigned int i;

	for (i = 0; i < APM_WORDS; i++)
		mask.word[i] = (u64)words[2 * i] << 32 | words[2 * i + 1];
	return mask;
}

static inline struct apm_hostcfg vap_qci_decode(const struct ap_config_info *info)
{
	struct apm_hostcfg cfg = {
		.has.adapters = vap_qci_mask(info->apm),
		.has.domains = vap_qci_mask(info->aqm),
		.has.controls = vap_qci_mask(info->adm),
		.limits.max_apid = APM_NOAPXA_MAX_APID,
		.limits.max_apqi = APM_NOAPXA_MAX_APQI,
	};

	if (info->apxa && info->na)
		cfg.limits.max_apid = info->na;
	if (info->apxa && info->nd)
		cfg.limits.max_apqi = info->nd;
	return cfg;
}

#endif /* VAP_S390_QCI_H */
