// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench - another process that does something when it is told to
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#define LOOK_US	1000
/* What it took is known exactly whenever that is seen. */
#define WAIT_US	20000

/**
 * other_start() - begin a process
 * @run: what it does; it calls other_ready() after its preparations
 *
 * Return: the process, when it is ready.
 */
struct other *other_start(void (*run)(struct other *other))
{
	struct other *other = mmap(NULL, sizeof(*other),
				   PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t pid;

	must(other == MAP_FAILED ? -ENOMEM : 0, "mmap");
	fflush(stdout);
	/* Not yet where both would write to it. */
	pid = fork();
	must(pid < 0 ? -errno : 0, "fork");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		run(other);
		fflush(stdout);
		_exit(0);
	}
	other->pid = pid;
	while (!other->ready) {
		must(waitpid(pid, NULL, WNOHANG) ? -ECHILD : 0,
		     "another process");
		usleep(LOOK_US);
	}
	return other;
}

/* Called by the process: wait until it is told. */
void other_ready(struct other *other)
{
	other->ready = true;
	while (!other->go)
		usleep(LOOK_US);
}

void other_go(struct other *other)
{
	other->go = true;
}

/**
 * other_wait() - wait until it has done it
 * @other: the process
 * @limit_ms: for how long
 *
 * Return: how long it took in nanoseconds, @limit_ms if it is not done.
 */
unsigned long other_wait(struct other *other, unsigned int limit_ms)
{
	unsigned long limit = limit_ms * 1000000UL, begun = now_ns();

	while (!other->ended && now_ns() - begun < limit)
		usleep(WAIT_US);
	return other->ended ? other->ended - other->begun : limit;
}

/**
 * other_end() - let it end
 * @other: the process; gone afterwards
 * @limit_ms: for how long to wait until it is killed
 */
void other_end(struct other *other, unsigned int limit_ms)
{
	unsigned long limit = limit_ms * 1000000UL, begun = now_ns();

	other->stop = true;
	while (!waitpid(other->pid, NULL, WNOHANG)) {
		if (now_ns() - begun > limit)
			kill(other->pid, SIGKILL);
		usleep(WAIT_US);
	}
	munmap(other, sizeof(*other));
}
