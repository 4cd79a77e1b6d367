// SPDX-License-Identifier: GPL-2.0-only
/*
 * hostile - the keeper: starts VMMs, kills them, and sees all of them end
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hostile.h"
#include "lib/finding.h"

/*
 * A process that was killed ends when its files are closed.  iommufd may need a
 * minute for that, see vmm.container.
 */
#define END_MS		90000
#define STEP_MS		10

static void wrong(struct ledger *ledger, const char *what)
{
	finding("%s", what);
	atomic_fetch_add(&ledger->wrong, 1);
}

/* Wait for @pid, or for everybody if it is -1. */
static int ends(pid_t pid)
{
	unsigned int left = END_MS / STEP_MS;
	pid_t gone;

	for (;;) {
		gone = waitpid(pid, NULL, WNOHANG);
		if (gone == pid || (gone < 0 && errno == ECHILD))
			return 1;
		if (gone > 0)
			continue;
		if (!left--)
			return 0;
		usleep(STEP_MS * 1000);
	}
}

static pid_t start(struct ledger *ledger, unsigned int life)
{
	pid_t pid = fork();

	if (!pid) {
		setpgid(0, 0);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		vmm_live(ledger, rand_stream(ledger->seed, 0x1000 + life));
		_exit(0);
	}
	if (pid > 0)
		setpgid(pid, pid);
	return pid;
}

/* Its children live on, or die with it. */
static void kill_it(struct rand *rand, pid_t pid)
{
	kill(rand_one_in(rand, 2) ? pid : -pid, SIGKILL);
}

static void keep(struct ledger *ledger)
{
	struct rand rand = rand_stream(ledger->seed, 0xbeef);
	unsigned int life;
	pid_t pid;

	/* Whose parent was killed is a child of this one. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	for (life = 0; life < ledger->lives; life++) {
		pid = start(ledger, life);
		if (pid < 0) {
			wrong(ledger, "no VMM can be started");
			break;
		}
		tally(ledger, LIVES);
		usleep(rand_below(&rand, ledger->life_ms * 1000));
		if (!waitpid(pid, NULL, WNOHANG)) {
			tally(ledger, KILLED);
			kill_it(&rand, pid);
			if (!ends(pid)) {
				wrong(ledger, "a VMM that was killed does not end");
				/* The log says who waits, and for what. */
				sysfs_write("/proc/sysrq-trigger", "w");
				break;
			}
		}
	}
	if (!ends(-1))
		wrong(ledger, "children of VMMs do not end");
}

/**
 * keeper_start() - begin to start VMMs
 * @ledger: how many, and so on
 *
 * Call it before anything is opened that they are not to inherit.
 *
 * Return: the keeper, which ends by itself; or -1.
 */
pid_t keeper_start(struct ledger *ledger)
{
	pid_t keeper = fork();

	if (!keeper) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		/* Not before the test has its calm guest */
		raise(SIGSTOP);
		keep(ledger);
		_exit(0);
	}
	return keeper;
}

/**
 * keeper_wait() - let the keeper work, until it and all VMMs are gone
 * @keeper: ...
 */
void keeper_wait(pid_t keeper)
{
	int status;

	if (waitpid(keeper, &status, WUNTRACED) == keeper && WIFSTOPPED(status)) {
		kill(keeper, SIGCONT);
		waitpid(keeper, &status, 0);
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		finding("the keeper ends with %x", status);
}
