// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap adapter - the s390 debug feature
 *
 * Facts are in /sys/kernel/debug/s390dbf/vfio_ap/sprintf, the last ones that have
 * a place, and in a dump of the machine.
 */
#include <asm/debug.h>

#include "../port/dbf.h"

/* Pages in memory, and room for a format and its arguments in one entry. */
#define DBF_PAGES	8
#define DBF_ENTRY	(8 * sizeof(long))

/* Levels: what is kept, unless somebody writes to the file "level". */
#define DBF_FACT	5
#define DBF_ASK		6

static debug_info_t *dbf;

/**
 * vap_dbf_init - begin to keep facts
 */
void vap_dbf_init(void)
{
	dbf = debug_register("vfio_ap", DBF_PAGES, 1, DBF_ENTRY);
	if (!dbf)
		return;
	debug_register_view(dbf, &debug_sprintf_view);
	debug_set_level(dbf, DBF_FACT);
}

/**
 * vap_dbf_exit - nobody can read them any more
 */
void vap_dbf_exit(void)
{
	if (dbf)
		debug_unregister(dbf);
	dbf = NULL;
}

/**
 * vap_dbf_mdev - something was done to a mediated device
 * @mdev: which: the beginning of its UUID
 * @what: what was done; stays
 * @err: what came of it, 0 or -errno
 */
void vap_dbf_mdev(u32 mdev, const char *what, int err)
{
	if (dbf)
		debug_sprintf_event(dbf, DBF_FACT, "%08lx %s: %ld\n",
				    (unsigned long)mdev, what, (long)err);
}

static void keep_mask(u32 mdev, const char *what, const char *which,
		      const struct apm_mask *mask)
{
	debug_sprintf_event(dbf, DBF_FACT, "%08lx %s: %s %016lx%016lx%016lx%016lx\n",
			    (unsigned long)mdev, what, which,
			    (unsigned long)mask->word[0],
			    (unsigned long)mask->word[1],
			    (unsigned long)mask->word[2],
			    (unsigned long)mask->word[3]);
}

/**
 * vap_dbf_matrix - somebody has other masks now
 * @mdev: who: the beginning of a UUID, 0: the host
 * @what: what happened; stays
 * @matrix: the masks
 */
void vap_dbf_matrix(u32 mdev, const char *what, const struct apm_matrix *matrix)
{
	if (!dbf)
		return;
	keep_mask(mdev, what, "adapters", &matrix->adapters);
	keep_mask(mdev, what, "domains", &matrix->domains);
	keep_mask(mdev, what, "controls", &matrix->controls);
}

/**
 * vap_dbf_change - those of somebody's masks that are not what they were
 * @mdev: who: the beginning of a UUID, 0: the host
 * @what: what happened; stays
 * @old: the masks before
 * @new: the masks
 */
void vap_dbf_change(u32 mdev, const char *what, const struct apm_matrix *old,
		    const struct apm_matrix *new)
{
	if (!dbf)
		return;
	if (!apm_mask_equal(&old->adapters, &new->adapters))
		keep_mask(mdev, what, "adapters", &new->adapters);
	if (!apm_mask_equal(&old->domains, &new->domains))
		keep_mask(mdev, what, "domains", &new->domains);
	if (!apm_mask_equal(&old->controls, &new->controls))
		keep_mask(mdev, what, "controls", &new->controls);
}

/**
 * vap_dbf_queue - something became of a queue
 * @apqn: the queue
 * @what: what; stays
 * @rc: the response code that tells why
 * @us: how long it took, in microseconds
 */
void vap_dbf_queue(u16 apqn, const char *what, u8 rc, u64 us)
{
	if (dbf)
		debug_sprintf_event(dbf, DBF_FACT, "%02lx.%04lx %s: rc %02lx, %lu us\n",
				    (unsigned long)apm_apid(apqn),
				    (unsigned long)apm_apqi(apqn), what,
				    (unsigned long)rc, (unsigned long)us);
}

/**
 * vap_dbf_ask - the driver has issued an instruction
 * @apqn: for this queue
 * @insn: which one; stays
 * @rc: the response code
 */
void vap_dbf_ask(u16 apqn, const char *insn, u8 rc)
{
	if (dbf)
		debug_sprintf_event(dbf, DBF_ASK, "%02lx.%04lx %s: rc %02lx\n",
				    (unsigned long)apm_apid(apqn),
				    (unsigned long)apm_apqi(apqn), insn,
				    (unsigned long)rc);
}
