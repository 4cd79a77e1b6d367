/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * failnth - one action again and again, each time with another allocation, or call
 * of the driver, that fails, until there was none left to fail
 */
#ifndef VFIO_AP_TEST_FAILNTH_H
#define VFIO_AP_TEST_FAILNTH_H

/**
 * struct nth_action - what is done while something fails
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
 * @early: ends before that; what it allocates is left alone: the kernel WARNs if it
 *	has no memory for a module's trace points
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
	int (*early)(void *world);
	const char *gap_begins;
	const char *gap_ends;
};

/**
 * struct nth_faults - what fails
 * @what: what one of them is called
 * @kinds: how many ways there are to fail
 * @gaps: they may be others than the driver's, so @least, @begins and the gap of an
 *	action count
 * @any_errno: an action may end with any
 * @begin: 0, or else it cannot be had
 * @end: no more of it
 * @arm: the @n-th from now on fails, in the @kind-th way, with @stays all after it, too;
 *	0 or -1
 * @disarm: none fails any more: how many were missing, 0 if one failed, -1 on error
 * @tell: print which one it was; may be NULL
 */
struct nth_faults {
	const char *what;
	unsigned int kinds;
	int gaps;
	int any_errno;
	int (*begin)(void);
	void (*end)(void);
	int (*arm)(unsigned int n, unsigned int kind, int stays);
	int (*disarm)(unsigned int n);
	void (*tell)(void);
};

/* nthfaults.c */
const struct nth_faults *nth_faults(void);
const char *nth_load_options(void);
int nth_available(void);
int nth_sweep(const struct nth_action *action, void *world);

#endif /* VFIO_AP_TEST_FAILNTH_H */
