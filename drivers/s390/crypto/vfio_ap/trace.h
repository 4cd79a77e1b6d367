/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap - trace points: what the driver was told, decided and asked
 *
 * Called through note.h.  A settle names what made it necessary; what comes of
 * it follows.  Masks are as in ap_config.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vfio_ap

#if !defined(VAP_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define VAP_TRACE_H

#include <linux/tracepoint.h>

#include "core/matrix.h"

#define VAP_TRACE_MASK	"0x%016llx%016llx%016llx%016llx"

/* Something was done to a mediated device; 0 or -errno. */
DECLARE_EVENT_CLASS(vfio_ap_mdev,
		    TP_PROTO(const char *mdev, const char *what, int err),
		    TP_ARGS(mdev, what, err),
		    TP_STRUCT__entry(__string(mdev, mdev)
				     __string(what, what)
				     __field(int, err)),
		    TP_fast_assign(__assign_str(mdev);
				   __assign_str(what);
				   __entry->err = err;),
		    TP_printk("mdev=%s what=%s err=%d", __get_str(mdev), __get_str(what),
			      __entry->err));

DEFINE_EVENT(vfio_ap_mdev, vfio_ap_edit,
	     TP_PROTO(const char *mdev, const char *what, int err),
	     TP_ARGS(mdev, what, err));

DEFINE_EVENT(vfio_ap_mdev, vfio_ap_open,
	     TP_PROTO(const char *mdev, const char *what, int err),
	     TP_ARGS(mdev, what, err));

DEFINE_EVENT(vfio_ap_mdev, vfio_ap_close,
	     TP_PROTO(const char *mdev, const char *what, int err),
	     TP_ARGS(mdev, what, err));

TRACE_EVENT(vfio_ap_settle,
	    TP_PROTO(const char *mdev, const char *cause),
	    TP_ARGS(mdev, cause),
	    TP_STRUCT__entry(__string(mdev, mdev)
			     __string(cause, cause)),
	    TP_fast_assign(__assign_str(mdev);
			   __assign_str(cause);),
	    TP_printk("mdev=%s cause=%s", __get_str(mdev), __get_str(cause)));

/* Whoever has something has this from now on. */
DECLARE_EVENT_CLASS(vfio_ap_masks,
		    TP_PROTO(const char *who, const struct apm_matrix *matrix),
		    TP_ARGS(who, matrix),
		    TP_STRUCT__entry(__string(who, who)
				     __array(u64, adapters, APM_WORDS)
				     __array(u64, domains, APM_WORDS)
				     __array(u64, controls, APM_WORDS)),
		    TP_fast_assign(__assign_str(who);
				   memcpy(__entry->adapters, matrix->adapters.word,
					  sizeof(matrix->adapters));
				   memcpy(__entry->domains, matrix->domains.word,
					  sizeof(matrix->domains));
				   memcpy(__entry->controls, matrix->controls.word,
					  sizeof(matrix->controls));),
		    TP_printk("who=%s masks=" VAP_TRACE_MASK "," VAP_TRACE_MASK "," VAP_TRACE_MASK,
			      __get_str(who),
			      __entry->adapters[0], __entry->adapters[1],
			      __entry->adapters[2], __entry->adapters[3],
			      __entry->domains[0], __entry->domains[1],
			      __entry->domains[2], __entry->domains[3],
			      __entry->controls[0], __entry->controls[1],
			      __entry->controls[2], __entry->controls[3]));

DEFINE_EVENT(vfio_ap_masks, vfio_ap_commit,
	     TP_PROTO(const char *who, const struct apm_matrix *matrix),
	     TP_ARGS(who, matrix));

DEFINE_EVENT(vfio_ap_masks, vfio_ap_plug,
	     TP_PROTO(const char *who, const struct apm_matrix *matrix),
	     TP_ARGS(who, matrix));

DEFINE_EVENT(vfio_ap_masks, vfio_ap_host,
	     TP_PROTO(const char *who, const struct apm_matrix *matrix),
	     TP_ARGS(who, matrix));

/* Something became of a queue: a word, the last code, and how long it took. */
TRACE_EVENT(vfio_ap_queue,
	    TP_PROTO(u16 apqn, const char *what, u8 rc, u64 us),
	    TP_ARGS(apqn, what, rc, us),
	    TP_STRUCT__entry(__field(u16, apqn)
			     __string(what, what)
			     __field(u8, rc)
			     __field(u64, us)),
	    TP_fast_assign(__entry->apqn = apqn;
			   __assign_str(what);
			   __entry->rc = rc;
			   __entry->us = us;),
	    TP_printk("queue=%02x.%04x what=%s rc=%02x us=%llu",
		      __entry->apqn >> 8, __entry->apqn & 0xff, __get_str(what), __entry->rc,
		      __entry->us));

/* An instruction was issued: its name, and its response code. */
TRACE_EVENT(vfio_ap_ask,
	    TP_PROTO(u16 apqn, const char *insn, u8 rc),
	    TP_ARGS(apqn, insn, rc),
	    TP_STRUCT__entry(__field(u16, apqn)
			     __string(insn, insn)
			     __field(u8, rc)),
	    TP_fast_assign(__entry->apqn = apqn;
			   __assign_str(insn);
			   __entry->rc = rc;),
	    TP_printk("queue=%02x.%04x insn=%s rc=%02x",
		      __entry->apqn >> 8, __entry->apqn & 0xff, __get_str(insn), __entry->rc));

/* A guest wanted interruptions, or none, and was answered. */
TRACE_EVENT(vfio_ap_aqic,
	    TP_PROTO(const char *mdev, u16 apqn, bool enable, u8 rc),
	    TP_ARGS(mdev, apqn, enable, rc),
	    TP_STRUCT__entry(__string(mdev, mdev)
			     __field(u16, apqn)
			     __field(bool, enable)
			     __field(u8, rc)),
	    TP_fast_assign(__assign_str(mdev);
			   __entry->apqn = apqn;
			   __entry->enable = enable;
			   __entry->rc = rc;),
	    TP_printk("mdev=%s queue=%02x.%04x enable=%d rc=%02x", __get_str(mdev),
		      __entry->apqn >> 8, __entry->apqn & 0xff,
		      __entry->enable, __entry->rc));

#endif /* VAP_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
