// SPDX-License-Identifier: GPL-2.0-only
/*
 * aqiclat - how long a guest's AQIC takes while others misbehave
 *
 *	aqiclat [--pairs N] [--cards N] [BACKGROUND...]
 *	aqiclat [--pairs N] [--cards N] --while 'COMMAND'
 *
 * Guest A arms and disarms a queue of its own, N times (2000, or as much
 * less as VFIO_AP_STORM says), while something else goes on: each BACKGROUND in
 * turn, or all, or a shell's COMMAND; in five rounds, a fifth of N each.  The
 * first is always "alone", with which the others are compared.  Guest B has N
 * adapters (86) with three queues each.
 *
 * A sample is one call of vm_execute() with one AQIC: from user space through
 * KVM into the guest, out to KVM and the driver's hook, and all the way back.
 * Before each pair one without any instruction says what the way alone takes at
 * that moment: a CPU that is busy delays both.  So times are
 *
 *	us		by the clock, with whatever had the CPU in between
 *	us of CPU	in which A's thread was running, or was interrupted for
 *			what others had begun, such as their RCU callbacks
 *
 * and what is independent of clocks, in the lines that begin with "fact":
 *
 *	refused		AQICs with another answer than 00
 *	aqics		AQICs of A's that the machine has executed
 *	slept on	how often A's thread slept while it armed: for memory,
 *			or for a lock; not when it was only preempted
 *	slept off	.. while it disarmed
 *	turns		how often the others have done what they do
 *	still		they were there to the end; who waited still waits
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "aqiclat.h"
#include "lib/bell.h"
#include "lib/finding.h"
#include "lib/rand.h"
#include "lib/sim.h"

#define MDEV_A		"aaaaaaaa-2222-4333-8444-555555555555"
#define CONFIG_A	"0x" TEN TEN TEN TEN "8,0x08,"
#define TEN		"0000000000"

#define PAIRS		2000
#define CARDS		86
#define ROUNDS		5

/* A's own worker gives pages back; and pauses so that nothing keeps step. */
#define SOON_MS		2000
#define PAUSE_US	200

/* The bus has ended if no AQIC was seen so often; do not look more often. */
#define BUS_PAUSE_US	200000
#define BUS_ENOUGH	5
#define BUS_LOOKS	50

/* Who takes so long, in nanoseconds, waits for somebody's patience to end. */
#define FOR_EVER	10000000000UL

/* Whoever is to wait does by now. */
#define A_MOMENT	50000

static const struct bell bell = { QUEUE_A, 3, BELL_NIB(0) };

static unsigned long now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec * 1000000000UL + time.tv_nsec;
}

static long sleeps(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return usage.ru_nvcsw;
}

/* The guest does it; the response code of AQIC, or -errno. */
static int take(struct lodger *a, enum kind kind)
{
	struct ap_call none = { .insn = AP_END };

	if (kind == KIND_ARM)
		return bell_arm(a, &bell);
	if (kind == KIND_DISARM)
		return bell_disarm(a, bell.apqn);
	return bell_ask(a, &none, 0);
}

static int sample(struct result *result, struct lodger *a, enum kind kind)
{
	struct series *series = &result->series[kind];
	unsigned long cpu, wall;
	long slept = sleeps();
	int rc;

	cpu = now(CLOCK_THREAD_CPUTIME_ID);
	wall = now(CLOCK_MONOTONIC);
	rc = take(a, kind);
	wall = now(CLOCK_MONOTONIC) - wall;
	series->wall[series->count] = wall;
	series->cpu[series->count] = now(CLOCK_THREAD_CPUTIME_ID) - cpu;
	series->slept += sleeps() - slept;
	series->count++;
	if (!rc && wall > FOR_EVER)
		rc = -ETIMEDOUT;
	if (rc <= 0)
		return rc;
	if (!result->refused++)
		note("%s: the first refusal is %02x", result->background->name,
		     rc);
	return 0;
}

/* With type 1 what VFIO has pinned for a process is locked. */
static bool has_locked(void)
{
	char line[128];
	long kib = 0;
	FILE *file = fopen("/proc/self/status", "r");

	if (!file)
		return false;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "VmLck: %ld", &kib) == 1)
			break;
	fclose(file);
	return kib;
}

static void let_own_worker_end(struct rand *rand)
{
	long end = now_ms() + SOON_MS;

	do
		usleep(rand_below(rand, PAUSE_US));
	while (has_locked() && now_ms() < end);
}

static int measure(struct result *result, struct lodger *a, unsigned int pairs)
{
	struct rand rand = { pairs };
	int rc = 0;

	while (!rc && pairs--) {
		rc = sample(result, a, KIND_NOTHING) ?:
		     sample(result, a, KIND_ARM) ?:
		     sample(result, a, KIND_DISARM);
		let_own_worker_end(&rand);
	}
	return rc;
}

static pid_t begin(const struct background *background, struct others *others)
{
	pid_t pid;
	int rc;

	fflush(stdout);
	pid = fork();
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	rc = background->run(others);
	if (rc)
		finding("%s: the others end with %s", background->name,
			strerrorname_np(-rc));
	_exit(rc ? 1 : 0);
}

/* Return: 0, or -ECHILD if it ended before it had begun. */
static int wait_until_ready(pid_t pid, struct others *others)
{
	while (!atomic_load(&others->ready)) {
		if (waitpid(pid, NULL, WNOHANG))
			return -ECHILD;
		usleep(1000);
	}
	usleep(A_MOMENT);
	return 0;
}

static int end(const struct background *background, struct others *others,
	       pid_t pid)
{
	int status;

	atomic_store(&others->stop, true);
	if (background->end)
		background->end();
	if (background->by_itself)
		kill(-pid, SIGTERM);
	if (waitpid(pid, &status, 0) < 0)
		return -errno;
	return status && !background->by_itself ? -EIO : 0;
}

/* Who is to wait for a reset does so, who does other things does not. */
static bool is_there(const struct background *background,
		     struct others *others, pid_t pid)
{
	siginfo_t info = {};

	waitid(P_PID, pid, &info, WEXITED | WNOHANG | WNOWAIT);
	return !info.si_pid &&
	       atomic_load(&others->waits) == !!background->end;
}

static int measure_while(struct result *result, struct lodger *a,
			 unsigned int pairs, struct others *others)
{
	const struct background *background = result->background;
	long before = sim_count("pqap3");
	pid_t pid = begin(background, others);
	int rc;

	if (pid < 0)
		return -errno;
	rc = wait_until_ready(pid, others);
	if (rc)
		return rc;
	rc = measure(result, a, pairs);
	if (!is_there(background, others, pid))
		result->left = true;
	result->turns += atomic_load(&others->turns);
	rc = end(background, others, pid) ?: rc;
	result->aqics += sim_count("pqap3") - before -
			 atomic_load(&others->aqics);
	return rc;
}

static void clean(struct lodger *a, unsigned int cards, const char *patience)
{
	lodger_close(a);
	mdev_remove(MDEV_A);
	others_clean(cards);
	sysfs_write(PATIENCE, patience);
}

/* The AP bus still works on what others, before, gave back to the host. */
static void let_bus_end(void)
{
	unsigned int left = BUS_LOOKS, same = 0;
	unsigned long before;

	while (same < BUS_ENOUGH && left--) {
		before = sim_count("pqap3");
		usleep(BUS_PAUSE_US);
		same = sim_count("pqap3") == before ? same + 1 : 0;
	}
}

static int prepare(struct lodger *a, unsigned int cards)
{
	int rc = sysfs_write(PATIENCE, PATIENCE_MS);

	bus_quiet();
	rc = rc ?: others_prepare(cards);
	rc = rc ?: mdev_create(MDEV_A);
	rc = rc ?: mdev_write(MDEV_A, "ap_config", CONFIG_A);
	rc = rc ?: lodger_open(a);
	if (rc)
		return rc;
	let_bus_end();
	return lodger_gets(a, QUEUE_A, SOON_MS) ? 0 : -ETIMEDOUT;
}

/**
 * struct plan - what was asked for
 * @pairs: how many
 * @cards: of the others
 * @command: for "while", or NULL
 * @names: of backgrounds
 * @count: how many; 0: all
 */
struct plan {
	unsigned int pairs;
	unsigned int cards;
	const char *command;
	char **names;
	int count;
};

static bool is_wanted(const struct plan *plan, unsigned int i)
{
	int k;

	if (!i)
		return true;
	if (backgrounds[i].by_itself)
		return plan->command;
	if (plan->command)
		return false;
	for (k = 0; k < plan->count; k++)
		if (!strcmp(plan->names[k], backgrounds[i].name))
			return true;
	return !plan->count;
}

static unsigned int choose(const struct plan *plan, struct result *results)
{
	unsigned int i, count = 0;

	for (i = 0; i < background_count; i++)
		if (is_wanted(plan, i))
			results[count++].background = &backgrounds[i];
	return count;
}

/* In turn, because what else the machine has to do changes with time. */
static int measure_all(const struct plan *plan, struct lodger *a,
		       struct others *others, struct result *results,
		       unsigned int count)
{
	unsigned int pairs = (plan->pairs + ROUNDS - 1) / ROUNDS;
	unsigned int i, round;
	long began;
	int rc = 0;

	for (i = 0; !rc && i < count; i++)
		rc = result_init(&results[i], pairs * ROUNDS);
	for (round = 0; !rc && round < ROUNDS; round++) {
		began = now_ms();
		for (i = 0; !rc && i < count; i++) {
			*others = (struct others){
				.cards = plan->cards,
				.command = plan->command,
			};
			rc = measure_while(&results[i], a, pairs, others);
		}
		note("round %u took %ld ms", round + 1, now_ms() - began);
	}
	return rc;
}

static int run(const struct plan *plan)
{
	struct lodger a = { .uuid = MDEV_A, .way = VFIO_BY_GROUP };
	struct result *results = calloc(background_count, sizeof(*results));
	struct others *others = mmap(NULL, sizeof(*others),
				     PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned int count;
	char patience[32];
	long began;
	int rc;

	if (!results || others == MAP_FAILED)
		return -ENOMEM;
	count = choose(plan, results);
	rc = sysfs_read(PATIENCE, patience, sizeof(patience));
	if (rc)
		return rc;
	began = now_ms();
	rc = prepare(&a, plan->cards);
	note("to plug %u adapters took %ld ms", plan->cards + 1,
	     now_ms() - began);
	rc = rc ?: measure_all(plan, &a, others, results, count);
	results_print(results, count);
	clean(&a, plan->cards, patience);
	return rc;
}

/* Not more than a bed has patience for. */
static unsigned int default_pairs(void)
{
	const char *text = getenv("VFIO_AP_STORM");
	double factor = text ? strtod(text, NULL) : 1;

	if (factor > 1)
		factor = 1;
	return factor * PAIRS < 1 ? 1 : factor * PAIRS;
}

static int parse(struct plan *plan, int argc, char **argv)
{
	static const struct option options[] = {
		{ "pairs", required_argument, NULL, 'p' },
		{ "cards", required_argument, NULL, 'c' },
		{ "while", required_argument, NULL, 'w' },
		{ }
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'p')
			plan->pairs = strtoul(optarg, NULL, 0);
		else if (option == 'c')
			plan->cards = strtoul(optarg, NULL, 0);
		else if (option == 'w')
			plan->command = optarg;
		else
			return -EINVAL;
	}
	plan->names = argv + optind;
	plan->count = argc - optind;
	return plan->pairs && plan->cards && plan->cards <= CARDS_MAX ? 0 :
								       -EINVAL;
}

int main(int argc, char **argv)
{
	struct plan plan = { .pairs = default_pairs(), .cards = CARDS };
	int rc;

	if (parse(&plan, argc, argv)) {
		fputs("aqiclat [--pairs N] [--cards N] [BACKGROUND... | --while COMMAND]\n",
		      stderr);
		return 2;
	}
	rc = run(&plan);
	if (rc)
		fprintf(stderr, "aqiclat: %s\n", strerrorname_np(-rc));
	return rc ? 1 : 0;
}
