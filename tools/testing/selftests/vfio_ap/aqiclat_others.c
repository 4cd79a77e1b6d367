// SPDX-License-Identifier: GPL-2.0-only
/*
 * aqiclat - what goes on while AQIC is measured
 *
 * Each runs in a process of its own.  All but the controls use the driver, and
 * with another mediated device than the one that is measured.
 */
#include <errno.h>
#include <linux/vfio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "aqiclat.h"
#include "lib/bell.h"
#include "lib/dma.h"
#include "lib/sim.h"

/* Domains of the default machine, so an adapter has three queues. */
static const unsigned char domains[] = { DOMAIN, 0x47, 0xab };

/* B's queues that are armed, and how often until a reset comes between */
#define ARMED		8
#define RESET_EVERY	4
#define ISC		5

/* What is a turn of who is busy with nothing */
#define SPINS		1000

/* A queue comes when it is clean, with all those before it. */
#define ARRIVAL_MS	60000

#define RC_NORMAL	0x00
#define RC_BUSY		0x05

/* Resets take an hour. */
#define ENDLESS		"reset 3600000000"

/* 256 bits as ap_config has them */
#define MASK_TEXT	67
#define CONFIG_TEXT	(3 * MASK_TEXT)

static void add_bit(char *digits, unsigned int bit)
{
	static const char hex[] = "0123456789abcdef";
	char *digit = &digits[bit / 4];

	*digit = hex[(strchr(hex, *digit) - hex) | 8 >> bit % 4];
}

/* Adapters of B, all three domains */
static void print_config(char *text, unsigned int cards)
{
	char adapter[65], domain[65];
	unsigned int i;

	memset(adapter, '0', 64);
	memset(domain, '0', 64);
	adapter[64] = '\0';
	domain[64] = '\0';
	for (i = 0; i < cards; i++)
		add_bit(adapter, CARD_B + i);
	for (i = 0; i < sizeof(domains); i++)
		add_bit(domain, domains[i]);
	snprintf(text, CONFIG_TEXT, "0x%s,0x%s,", adapter, domain);
}

static int configure(unsigned int cards)
{
	char text[CONFIG_TEXT];

	print_config(text, cards);
	return mdev_write(MDEV_B, "ap_config", text);
}

/* All at once, so that the bus looks once. */
static int plug(const char *format, unsigned int cards)
{
	char text[4000];
	unsigned int i;
	int len = 0;

	for (i = 0; i < cards; i++)
		len += snprintf(text + len, sizeof(text) - len, format,
				CARD_B + i);
	return sysfs_write(SIM "command", text);
}

/* Adapters of both belong to guests, or to the host again. */
static int to_guests(char sign, unsigned int cards)
{
	char text[32];

	snprintf(text, sizeof(text), "%c%u-%u", sign, CARD_A,
		 CARD_B + cards - 1);
	return sysfs_write(AP_BUS "apmask", text);
}

/**
 * others_prepare() - plug the adapters, make the mdev of B
 * @cards: how many adapters B gets
 *
 * Return: 0 or -errno.
 */
int others_prepare(unsigned int cards)
{
	struct lodger b = { .uuid = MDEV_B };
	unsigned int last = (CARD_B + cards - 1) << 8 | 0xab;
	int rc = to_guests('-', cards);

	rc = rc ?: sim("card %u CEX8 A", CARD_A);
	rc = rc ?: plug("card %u CEX8 A;", cards);
	bus_scan();
	rc = rc ?: mdev_create(MDEV_B);
	rc = rc ?: configure(cards);
	if (rc)
		return rc;
	return lodger_gets(&b, last, ARRIVAL_MS) ? 0 : -ETIMEDOUT;
}

/**
 * others_clean() - the machine is as it was before others_prepare()
 * @cards: how many adapters B has
 */
void others_clean(unsigned int cards)
{
	sim("reset 1000");
	mdev_remove(MDEV_B);
	sim("nocard %u", CARD_A);
	plug("nocard %u;", cards);
	bus_scan();
	to_guests('+', cards);
}

/* Where time is virtual it passes only if everybody sleeps. */
static bool goes_on(struct others *others)
{
	atomic_store(&others->ready, true);
	atomic_fetch_add(&others->turns, 1);
	if (sim_time_is_virtual())
		usleep(1);
	return !atomic_load(&others->stop);
}

static int do_nothing(struct others *others)
{
	atomic_store(&others->ready, true);
	while (!atomic_load(&others->stop))
		usleep(10000);
	return 0;
}

static int spin(struct others *others)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned int i;

	while (--cpus > 0)
		if (!fork())
			break;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (goes_on(others))
		for (i = 0; i < SPINS; i++)
			atomic_load(&others->stop);
	return 0;
}

static int command(struct others *others)
{
	int rc = 0;

	while (!rc && goes_on(others)) {
		rc = sim("latency 200");
		sim_count("armed");
	}
	return rc;
}

static int churn(struct others *others)
{
	struct lodger b = { .uuid = MDEV_B };
	int rc = 0;

	while (!rc && goes_on(others)) {
		rc = lodger_open(&b);
		if (!rc)
			lodger_close(&b);
	}
	return rc;
}

/* It closes when told that the machine's resets do not end. */
static int close_and_wait(struct others *others, const char *trouble)
{
	struct lodger b = { .uuid = MDEV_B };
	int rc = lodger_open(&b);

	rc = rc ?: sim("%s", trouble);
	if (rc)
		return rc;
	atomic_store(&others->waits, true);
	goes_on(others);
	lodger_close(&b);
	atomic_store(&others->waits, false);
	return 0;
}

static int reset_card(struct lodger *b, unsigned int card)
{
	struct ap_call calls[sizeof(domains)] = {};
	unsigned int i;

	for (i = 0; i < sizeof(domains); i++) {
		calls[i].insn = AP_PQAP;
		calls[i].gr0 = AP_FC_ZAPQ | card << 8 | domains[i];
	}
	return bell_ask(b, calls, sizeof(domains));
}

/* The machine looks at all queues that are busy, after each instruction. */
static int reset_itself(struct others *others)
{
	struct lodger b = { .uuid = MDEV_B };
	int rc = lodger_open(&b);
	unsigned int i;

	rc = rc ?: sim(ENDLESS);
	for (i = 0; !rc && i < others->cards; i++)
		rc = reset_card(&b, CARD_B + i);
	atomic_store(&others->waits, true);
	while (!rc && goes_on(others))
		usleep(10000);
	lodger_close(&b);
	return rc;
}

static int hang(struct others *others)
{
	return close_and_wait(others, "inject a1.0004 0 2 0xffffffff");
}

static int end_hang(void)
{
	return sim("inject a1.0004 0 0 0");
}

static int hang_all(struct others *others)
{
	return close_and_wait(others, ENDLESS);
}

static int end_hang_all(void)
{
	return sim("reset 1000");
}

static int edit(struct others *others)
{
	struct lodger b = { .uuid = MDEV_B };
	int rc = lodger_open(&b);

	while (!rc && goes_on(others))
		rc = configure(1) ?: configure(others->cards);
	lodger_close(&b);
	return rc;
}

/* Just after an unmapping the driver may ask to try again: not the machine's. */
static int arm(struct lodger *b, unsigned int queue)
{
	struct bell bell = { queue, ISC, BELL_NIB(queue >> 8 & 7) };
	int rc, tries;

	for (tries = 0; tries < 100; tries++) {
		rc = bell_arm(b, &bell);
		if (rc != RC_BUSY)
			break;
		usleep(5000);
	}
	return rc <= 0 ? rc : -EPROTO;
}

static int unmap_once(struct others *others, struct lodger *b, struct dma *dma)
{
	unsigned int cards = others->cards < ARMED ? others->cards : ARMED;
	unsigned long turn = atomic_load(&others->turns);
	unsigned int i;
	int rc = 0;

	for (i = 0; !rc && i < cards; i++)
		rc = arm(b, (CARD_B + i) << 8 | DOMAIN);
	if (rc)
		return rc;
	/* Each was turned on, and the driver turns it off. */
	atomic_fetch_add(&others->aqics, 2 * cards);
	if (turn % RESET_EVERY == 0)
		rc = lodger_reset(b);
	return rc ?: dma_unmap(dma, 0, VM_SIZE) ?:
	       dma_map(dma, b->vm.mem, 0, VM_SIZE);
}

static int unmap(struct others *others)
{
	struct lodger b = { .uuid = MDEV_B, .way = VFIO_BY_CDEV };
	struct dma dma;
	int rc = lodger_open(&b);

	rc = rc ?: dma_init(&dma, &b.file);
	while (!rc && goes_on(others))
		rc = unmap_once(others, &b, &dma);
	lodger_close(&b);
	return rc;
}

static int run_command(struct others *others)
{
	setpgid(0, 0);
	goes_on(others);
	execl("/bin/sh", "sh", "-c", others->command, NULL);
	return -errno;
}

const struct background backgrounds[] = {
	{
		.name = "alone",
		.what = "nobody else does anything",
		.run = do_nothing,
	}, {
		.name = "spin",
		.what = "control: as many processes as CPUs, busy with nothing",
		.run = spin,
	}, {
		.name = "command",
		.what = "control: the simulator is told things, no driver",
		.run = command,
	}, {
		.name = "resets",
		.what = "control: B's guest resets its queues, no reset ends",
		.run = reset_itself,
		.end = end_hang_all,
	}, {
		.name = "churn",
		.what = "B opens and closes all its queues",
		.run = churn,
	}, {
		.name = "hang",
		.what = "B's close waits for a queue whose reset never ends",
		.run = hang,
		.end = end_hang,
	}, {
		.name = "hang-all",
		.what = "B's close waits for all its queues, no reset ends",
		.run = hang_all,
		.end = end_hang_all,
	}, {
		.name = "edit",
		.what = "all of B's queues but three come and go by ap_config",
		.run = edit,
	}, {
		.name = "unmap",
		.what = "B arms queues, unmaps their bytes, resets them",
		.run = unmap,
	}, {
		.name = "while",
		.what = "the given command",
		.run = run_command,
		.by_itself = true,
	},
};

const unsigned int background_count = sizeof(backgrounds) /
				      sizeof(*backgrounds);
