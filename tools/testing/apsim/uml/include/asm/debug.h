/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changed on purpose: the s390 debug feature, printing errors that pass the level
 * instead of keeping everything in memory
 */
#ifndef APSIM_UML_ASM_DEBUG_H
#define APSIM_UML_ASM_DEBUG_H

#include <linux/printk.h>
#include <linux/slab.h>

typedef struct debug_info {
	int level;
} debug_info_t;

struct debug_view {
	int unused;
};

static struct debug_view debug_sprintf_view __maybe_unused;

static inline debug_info_t *debug_register(const char *name, int pages,
					   int areas, int size)
{
	return kzalloc(sizeof(debug_info_t), GFP_KERNEL);
}

static inline void debug_unregister(debug_info_t *info)
{
	kfree(info);
}

static inline int debug_register_view(debug_info_t *info,
				      struct debug_view *view)
{
	return 0;
}

static inline void debug_set_level(debug_info_t *info, int level)
{
	info->level = level;
}

/* What is more than that is no error, whatever level somebody wants to keep. */
#define APSIM_DEBUG_ERROR	3

#define debug_sprintf_event(info, lvl, fmt, ...)			\
	do {								\
		if ((lvl) <= APSIM_DEBUG_ERROR &&			\
		    (lvl) <= (info)->level)				\
			printk(KERN_INFO "dbf: " fmt, ##__VA_ARGS__);	\
	} while (0)

#endif /* APSIM_UML_ASM_DEBUG_H */
