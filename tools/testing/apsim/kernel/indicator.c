// SPDX-License-Identifier: GPL-2.0-only
/*
 * May a guest's notification indicator byte be stored?
 *
 * A real machine would store it.  This one tells, and rather does not.
 */
#include <linux/bug.h>
#include <linux/mm.h>
#include <linux/pfn.h>

#include "indicator.h"

bool apsim_indicator_pinned(u64 nib)
{
	struct page *page;

	if (WARN_ONCE(!pfn_valid(PHYS_PFN(nib)),
		      "indicator %#llx is not in storage\n", nib))
		return false;
	page = pfn_to_page(PHYS_PFN(nib));
	return folio_maybe_dma_pinned(page_folio(page));
}
