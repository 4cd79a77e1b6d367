// SPDX-License-Identifier: GPL-2.0-only
/*
 * luck - two lodgers, a queue that bad luck comes to, and an eye on the clock
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "luck.h"

/*
 * Virtual time passes only while somebody sleeps; real time also otherwise, and with
 * lockdep and KASAN on a busy machine a card takes a second to come.
 */
#define SLACK_VIRTUAL	60
#define SLACK_REAL	4000
#define QUICK_VIRTUAL	100

#define ARRIVAL_MS	6000
#define NEW_REQUEST	4711
#define PATIENCE_MS	10000

static const char * const insns[] = {
	[LUCK_TAPQ] = "TAPQ", [LUCK_ZAPQ] = "ZAPQ", [LUCK_AQIC] = "AQIC",
	[LUCK_ASYNC] = "A bit", [LUCK_QCI] = "QCI",
};

/**
 * luck_have_patience() - how long users wait
 * @luck: what is measured by it
 * @patience: the driver's reset_timeout_ms
 *
 * Where time is real, what does not wait may take half as long as what does.
 *
 * Return: 0 or -errno.
 */
int luck_have_patience(struct luck *luck, unsigned int patience)
{
	char text[16];

	luck->limit = patience + SLACK_REAL;
	luck->quick = patience / 2;
	if (sim_time_is_virtual()) {
		luck->limit = patience + SLACK_VIRTUAL;
		luck->quick = QUICK_VIRTUAL;
	}
	snprintf(text, sizeof(text), "%u", patience);
	return sysfs_write(PATIENCE, text);
}

/* Does this machine take rules, or only codes? */
int luck_has_rules(void)
{
	return !access(SIM "faults", F_OK);
}

/* Everything is the host's, as all tests want it. */
static int tidy_up(struct luck *luck)
{
	sim("inject " QUEUE " 0 0 0; inject " QUEUE " 2 0 0");
	sim("inject " QUEUE " 3 0 0; async " QUEUE " 0");
	if (luck_has_rules())
		sim("nofault");
	sim("reset 1000; on 4");
	lodger_close(&luck->one);
	lodger_close(&luck->two);
	mdev_remove(ONE);
	mdev_remove(TWO);
	bus_scan();
	return sysfs_write(AP_BUS "apmask", "+4,+5,+6");
}

/**
 * luck_begin() - adapters for guests, and users who wait briefly
 * @luck: initialised
 * @patience: the driver's reset_timeout_ms
 *
 * Return: 0 or -errno; call luck_end() in any case.
 */
int luck_begin(struct luck *luck, unsigned int patience)
{
	*luck = (struct luck){
		.one = { .uuid = ONE },
		.two = { .uuid = TWO },
	};
	luck->log = log_open();
	if (luck->log < 0)
		return luck->log;
	return luck_restart(luck) ?: luck_have_patience(luck, patience);
}

/**
 * luck_restart() - back to the beginning, after something went wrong
 * @luck: after luck_begin()
 *
 * Return: 0 or -errno.
 */
int luck_restart(struct luck *luck)
{
	tidy_up(luck);
	return sysfs_write(AP_BUS "apmask", "-4,-5,-6");
}

/**
 * luck_end() - back to what was before luck_begin()
 * @luck: after luck_begin()
 *
 * Return: 0, or -errno if the host does not get its queues back.
 */
int luck_end(struct luck *luck)
{
	int rc = tidy_up(luck);

	luck_have_patience(luck, PATIENCE_MS);
	return rc;
}

/* A guest at work, with exactly these queues */
static int settle(struct lodger *lodger, const char *config)
{
	int rc = 0;

	if (!mdev_exists(lodger->uuid))
		rc = mdev_create(lodger->uuid);
	rc = rc ?: mdev_write(lodger->uuid, "ap_config", config);
	if (!rc && !lodger->open)
		rc = lodger_open(lodger);
	return rc;
}

/**
 * luck_prepare() - two guests at work, whatever was before
 * @luck: after luck_begin()
 *
 * Return: 0, or -1 if there is not what should be.
 */
int luck_prepare(struct luck *luck)
{
	luck->steps = 0;
	luck->breaches = sim_breaches();
	if (bus_quiet() || settle(&luck->two, CONFIG_TWO) ||
	    settle(&luck->one, CONFIG_ONE))
		return -1;
	if (!bus_has(QUEUE))
		bus_scan();
	if (!bus_has_bound(QUEUE))
		bus_bind(QUEUE);
	if (!lodger_gets(&luck->one, QUEUE_APQN, ARRIVAL_MS) ||
	    !lodger_gets(&luck->one, NEXT, ARRIVAL_MS) ||
	    !lodger_gets(&luck->two, OTHER, ARRIVAL_MS))
		return -1;
	log_count(luck->log, QUEUE, "");
	return 0;
}

/* Did somebody get what was another's, since luck_prepare()? */
int luck_was_breached(const struct luck *luck)
{
	return sim_breaches() != luck->breaches;
}

/**
 * luck_recovers() - all is well again, and the queue works
 * @luck: after bad luck
 */
void luck_recovers(struct luck *luck)
{
	SAME(luck, 0, luck_prepare(luck));
	SAME(luck, 0, lodger_send(&luck->one, QUEUE_APQN, NEW_REQUEST));
	SAME(luck, 0, lodger_receive(&luck->one, QUEUE_APQN, NEW_REQUEST, 1000));
	SAME(luck, 0, luck_was_breached(luck));
}

static int strike_by_rule(const struct luck *luck)
{
	static const char * const names[] = {
		[LUCK_TAPQ] = QUEUE " tapq", [LUCK_ZAPQ] = QUEUE " zapq",
		[LUCK_AQIC] = QUEUE " aqic", [LUCK_QCI] = "qci",
	};

	if (luck->times == FOR_EVER)
		return sim("fault %s forever %s", names[luck->insn], luck->rule);
	return sim("fault %s times %u %s", names[luck->insn], luck->times,
		   luck->rule);
}

int luck_strikes(struct luck *luck)
{
	if (luck->rule)
		return strike_by_rule(luck);
	if (luck->insn == LUCK_ASYNC)
		return sim("async " QUEUE " %u", luck->code);
	return sim("inject " QUEUE " %d %u %u", luck->insn, luck->code,
		   luck->times);
}

int luck_turns(struct luck *luck)
{
	if (luck->rule) {
		sim("nofault");
		sim("domain 4");
		sim("lag " QUEUE " 0; bound " QUEUE " 0; async " QUEUE " 0");
		return sim("on 4") ?: bus_scan();
	}
	if (luck->insn == LUCK_ASYNC)
		return sim("async " QUEUE " 0");
	return sim("inject " QUEUE " %d 0 0", luck->insn);
}

/**
 * luck_wrong() - something is not as it should be
 * @luck: where
 * @format: what
 */
void luck_wrong(struct luck *luck, const char *format, ...)
{
	va_list args;

	luck->wrong++;
	printf("# ");
	if (luck->times && luck->rule)
		printf("%s %s ", insns[luck->insn], luck->rule);
	else if (luck->times)
		printf("%s %02x ", insns[luck->insn], luck->code);
	if (luck->times == FOR_EVER)
		printf("for ever: ");
	else if (luck->times)
		printf("x %u: ", luck->times);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	fflush(stdout);
}

/* A result below 0 is an errno. */
static const char *name(int value, char *buf, size_t size)
{
	const char *errno_name = value < 0 ? strerrorname_np(-value) : NULL;

	if (errno_name)
		return errno_name;
	snprintf(buf, size, "%d", value);
	return buf;
}

/**
 * luck_same() - compare; use SAME()
 * @luck: where
 * @what: what it is, as it was written
 * @got: the value
 * @want: what it should be
 */
void luck_same(struct luck *luck, const char *what, int got, int want)
{
	char is[16], should[16];

	if (got != want)
		luck_wrong(luck, "%s is %s, should be %s", what,
			   name(got, is, sizeof(is)),
			   name(want, should, sizeof(should)));
}

/**
 * luck_step() - judge a step; use STEP()
 * @luck: where
 * @what: the step, as it was written
 * @got: what it returned
 * @want: what it should have
 * @took: milliseconds
 */
void luck_step(struct luck *luck, const char *what, int got, int want,
	       long took)
{
	luck->steps++;
	luck_same(luck, what, got, want);
	if (took > luck->limit)
		luck_wrong(luck, "%s took %ld ms", what, took);
}

/**
 * luck_at_once() - judge a step that does not wait; use AT_ONCE()
 * @luck: where
 * @what: the step, as it was written
 * @got: what it returned
 * @want: what it should have
 * @took: milliseconds
 */
void luck_at_once(struct luck *luck, const char *what, int got, int want,
		  long took)
{
	luck->steps++;
	luck_same(luck, what, got, want);
	if (took > luck->quick)
		luck_wrong(luck, "%s took %ld ms", what, took);
}
