// SPDX-License-Identifier: GPL-2.0-only
/*
 * nthfaults - what fails: the kernel's allocations, or the driver's calls
 *
 * Of allocations the kernel counts: a number written to a task's fail-nth lets its
 * so many-th one fail and is 0 afterwards.  Tasks that the action has others do
 * (a worker of the driver) are not counted.
 *
 * Of calls the driver counts itself, whoever makes them, if it is the one that was
 * built for it (tools/testing/failport).  VFIO_AP_FAIL=calls asks for that.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failnth.h"
#include "mdev.h"

#define FAIL_NTH	"/proc/thread-self/fail-nth"
#define FAIL_ALL	"/proc/thread-self/make-it-fail"
#define PARAMETERS	"/sys/module/vfio_ap/parameters/"
#define FAIL_CALL	PARAMETERS "failport"
#define PATIENCE	PARAMETERS "reset_timeout_ms"

/* What cannot end keeps nobody so long. */
#define PATIENCE_MS	"100"
#define PATIENCE_ELSE	"10000"

static int nth = -1;
static int all = -1;

static int put(int fd, unsigned int n)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", n);

	return pwrite(fd, text, len, 0) == len ? 0 : -1;
}

static int slab_begin(void)
{
	nth = open(FAIL_NTH, O_RDWR | O_CLOEXEC);
	all = open(FAIL_ALL, O_RDWR | O_CLOEXEC);
	return nth < 0 || all < 0;
}

static void slab_end(void)
{
	close(nth);
	close(all);
}

/* In this order: who counts is not asked whether all fail. */
static int slab_arm(unsigned int n, unsigned int kind, int stays)
{
	(void)kind;
	return put(nth, n) ?: put(all, stays);
}

static int slab_disarm(unsigned int n)
{
	char text[16] = "";

	(void)n;
	if (put(all, 0) || pread(nth, text, sizeof(text) - 1, 0) <= 0 ||
	    put(nth, 0))
		return -1;
	return atoi(text);
}

static const struct nth_faults allocations = {
	.what = "allocation", .kinds = 1, .gaps = 1,
	.begin = slab_begin, .end = slab_end,
	.arm = slab_arm, .disarm = slab_disarm,
};

/* For the driver that is not loaded yet, and which call failed last. */
static char options[96];
static char last[64];

static void set_options(const char *call)
{
	snprintf(options, sizeof(options),
		 "reset_timeout_ms=" PATIENCE_MS " failport=%s", call);
}

static int call_begin(void)
{
	if (!access(FAIL_CALL, F_OK))
		sysfs_write(PATIENCE, PATIENCE_MS);
	return 0;
}

static void call_end(void)
{
	options[0] = '\0';
	sysfs_write(PATIENCE, PATIENCE_ELSE);
}

static int call_arm(unsigned int n, unsigned int kind, int stays)
{
	char text[48];

	snprintf(text, sizeof(text), "%u,%u,%d", n, kind, stays);
	set_options(text);
	return access(FAIL_CALL, F_OK) ? 0 : sysfs_write(FAIL_CALL, text);
}

/* A driver that is not loaded was not, because a call failed. */
static int call_disarm(unsigned int n)
{
	unsigned int calls, failed;
	char text[96];

	snprintf(last, sizeof(last), "?");
	set_options("0,0,0");
	if (access(FAIL_CALL, F_OK))
		return 0;
	if (sysfs_read(FAIL_CALL, text, sizeof(text)) ||
	    sscanf(text, "%u %u %63s", &calls, &failed, last) != 3 ||
	    sysfs_write(FAIL_CALL, "0,0,0"))
		return -1;
	return failed || calls >= n ? 0 : n - calls;
}

static void call_tell(void)
{
	printf("# .. that was %s\n", last);
}

static const struct nth_faults calls = {
	.what = "call", .kinds = 4, .any_errno = 1,
	.begin = call_begin, .end = call_end,
	.arm = call_arm, .disarm = call_disarm, .tell = call_tell,
};

static int calls_are_asked_for(void)
{
	const char *what = getenv("VFIO_AP_FAIL");

	return what && !strcmp(what, "calls");
}

/* What fails in this run */
const struct nth_faults *nth_faults(void)
{
	return calls_are_asked_for() ? &calls : &allocations;
}

/* What a driver is loaded with so that its own calls fail, if they are to. */
const char *nth_load_options(void)
{
	return calls_are_asked_for() ? options : "";
}

/**
 * nth_available() - can this kernel, or this driver, let something fail?
 *
 * Return: 1 or 0.
 */
int nth_available(void)
{
	if (calls_are_asked_for())
		return !access(FAIL_CALL, F_OK);
	return !access(FAIL_NTH, W_OK) &&
	       !access("/sys/kernel/debug/failslab", F_OK);
}
