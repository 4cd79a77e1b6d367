/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * failnth - one action again and again, each time with another allocation that
 * fails, until there was none left to fail
 */
#ifndef VFIO_AP_TEST_FAILNTH_H
#define VFIO_AP_TEST_FAILNTH_H

/**
 * struct nth_action - what is done while an allocation fails
 * @name: what it is called in the output
 * @run: the action; 0 or -errno, and then there is nothing to tidy up
 * @undo: the way back after a success; 0 or -errno
 * @mend: an action may succeed and yet have left something out that is not its
 *	own: make up for it, 0 or -errno; may be NULL
 * @works: is all as it should be, done or not done? 0 or -errno; may be NULL
 * @cannot_fail: @run has no way to say that it failed
 * @also: an errno other than ENOMEM that is right, too
 * @seldom: it is slow: of so many failures, only one is made up for
 * @least: so many allocations there are at least
 * @begins: what fails before a kernel that says this does so is not its own, and
 *	is tried here and there only; may be NULL
 * @gap_begins: there are allocations without which the kernel WARNs, shortly after
 *	those for lack of which it says this ...
 * @gap_ends: ... and before it says this if all is well.  What is between the first
 *	of the former and the last without the latter is left out; may be NULL
 */
struct nth_action {
	const char *name;
	int (*run)(void *world);
	int (*undo)(void *world);
	int (*mend)(void *world);
	int (*works)(void *world, int done);
	int cannot_fail;
	int also;
	unsigned int seldom;
	unsigned int least;
	const char *begins;
	const char *gap_begins;
	const char *gap_ends;
};

int nth_available(void);
int nth_sweep(const struct nth_action *action, void *world);

#endif /* VFIO_AP_TEST_FAILNTH_H */
