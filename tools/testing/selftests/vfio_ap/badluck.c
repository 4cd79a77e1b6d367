// SPDX-License-Identifier: GPL-2.0-only
/*
 * badluck - zeroizing fails, with every response code, at every place
 *
 * A table: where the driver zeroizes a queue or has to notice what happened to
 * it, times the instruction that goes wrong, times what it answers, times how
 * often.  In each cell the same has to be true: nobody is kept waiting, nobody
 * gets the queue without a proof, its neighbours do not notice, and when bad
 * luck ends it comes back by itself and works.
 *
 * The AP bus issues TAPQ in its scans, too.  An answer that it does not know
 * there, or 01, means to it that the queue is gone: it removes the device until
 * the next scan, and that is right then.
 */
#include <errno.h>
#include <stdbool.h>
#include <unistd.h>

#include "kselftest_harness.h"
#include "lib/luck.h"

#define PATIENCE_MS	100
#define RECOVERY_MS	6000
#define RESET_POLL_MS	50
#define RC_NOT_THERE	0x01

/* The whole table takes long, but of a time that passes only in sleep. */
#define LIMIT_S		200

/* Enough to see what is wrong. */
#define WRONG_MAX	10

/* Of today; 35 and 36 come with the A bit; 7f is none. */
static const unsigned int codes[] = {
	0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b,
	0x10, 0x35, 0x36, 0x7f,
};

static const unsigned int times[] = { 1, 3, FOR_EVER };

#define CODES	(sizeof(codes) / sizeof(*codes))
#define TIMES	(sizeof(times) / sizeof(*times))

/* Names of requests. */
enum {
	LEFT_BEHIND = 1,
	UNDER_WAY,
	AFTERWARDS,
};

/**
 * struct place - where bad luck comes
 * @before: makes the situation; all is well yet
 * @act: what happens while it is not
 * @given: mdev TWO is given the queue afterwards; else it is ONE's, as before
 * @keeps: the guest keeps the queue all the time
 * @ends: the guest ends, or all that is on its queues
 * @unused: no guest left anything on the queue
 * @clean: the queue is proven clean before; only TAPQ can say it is not
 */
struct place {
	void (*before)(struct luck *luck);
	void (*act)(struct luck *luck);
	bool given;
	bool keeps;
	bool ends;
	bool unused;
	bool clean;
};

static void take_away(struct luck *luck)
{
	STEP(luck, 0, mdev_write(ONE, "unassign_adapter", "4"));
}

static void take_away_domain(struct luck *luck)
{
	STEP(luck, 0, mdev_write(ONE, "unassign_domain", "4"));
}

static void bind(struct luck *luck)
{
	STEP(luck, 0, bus_bind(QUEUE));
}

static void unbind(struct luck *luck)
{
	STEP(luck, 0, bus_unbind(QUEUE));
}

/* Bound anew it is not clean, as the host could have used it. */
static void rebind(struct luck *luck)
{
	unbind(luck);
	bind(luck);
}

static void end_guest(struct luck *luck)
{
	STEP(luck, 0, lodger_close(&luck->one));
}

static void new_guest(struct luck *luck)
{
	STEP(luck, 0, lodger_open(&luck->one));
}

/* The bus cannot be asked for a queue that nobody has. */
static void unbind_take_away_bind(struct luck *luck)
{
	unbind(luck);
	take_away(luck);
	bind(luck);
}

static void replace_by_less(struct luck *luck)
{
	STEP(luck, 0, mdev_write(ONE, "ap_config", CONFIG_LESS));
}

static void replace_by_more(struct luck *luck)
{
	rebind(luck);
	STEP(luck, 0, mdev_write(ONE, "ap_config", CONFIG_ONE));
}

static void assign_adapter(struct luck *luck)
{
	STEP(luck, 0, mdev_write(ONE, "assign_adapter", "4"));
}

static void assign_domain(struct luck *luck)
{
	rebind(luck);
	STEP(luck, 0, mdev_write(ONE, "assign_domain", "4"));
}

static void next_guest(struct luck *luck)
{
	end_guest(luck);
	new_guest(luck);
}

static void remove_mdev(struct luck *luck)
{
	end_guest(luck);
	STEP(luck, 0, mdev_write(ONE, "remove", "1"));
}

/* What is away has nothing of the guest's left in it. */
static bool means_away(unsigned int code)
{
	return code == 0x01 || code == 0x03 || code == 0x04;
}

static void reset_device(struct luck *luck)
{
	bool stuck = luck->times == FOR_EVER && !means_away(luck->code);

	STEP(luck, stuck ? -EIO : 0, lodger_reset(&luck->one));
}

static void open_after_bind(struct luck *luck)
{
	rebind(luck);
	new_guest(luck);
}

static void card_off_and_on(struct luck *luck)
{
	STEP(luck, 0, sim("off 4"));
	STEP(luck, 0, bus_scan());
	STEP(luck, 0, sim("on 4"));
	STEP(luck, 0, bus_scan());
}

static void take_away_card_off_and_on(struct luck *luck)
{
	take_away(luck);
	card_off_and_on(luck);
}

static void standby_and_on(struct luck *luck)
{
	STEP(luck, 0, sim("standby 4"));
	STEP(luck, 0, sim("on 4"));
}

static void checkstop_and_on(struct luck *luck)
{
	STEP(luck, 0, sim("checkstop 4"));
	STEP(luck, 0, sim("on 4"));
}

static void standby_and_end(struct luck *luck)
{
	STEP(luck, 0, sim("standby 4"));
	end_guest(luck);
}

static void checkstop_and_end(struct luck *luck)
{
	STEP(luck, 0, sim("checkstop 4"));
	end_guest(luck);
}

static void on_and_new_guest(struct luck *luck)
{
	STEP(luck, 0, sim("on 4"));
	new_guest(luck);
}

static void scan(struct luck *luck)
{
	STEP(luck, 0, bus_scan());
}

FIXTURE(bad_luck) {
	struct luck luck;
};

FIXTURE_VARIANT(bad_luck) {
	unsigned int nr;
	struct place place;
};

#define BADLUCK(name, ...)						\
	FIXTURE_VARIANT_ADD(bad_luck, name) {				\
		.nr = __COUNTER__,					\
		.place = { __VA_ARGS__ },				\
	}

BADLUCK(bind, .before = unbind, .act = bind);
BADLUCK(bind_free, .before = take_away, .act = rebind, .given = true,
	.unused = true);
BADLUCK(unbind, .act = rebind);
BADLUCK(unbind_and_unassign, .act = unbind_take_away_bind, .given = true);
BADLUCK(unassign_adapter, .act = take_away, .given = true);
BADLUCK(unassign_domain, .act = take_away_domain, .given = true);
BADLUCK(assign_adapter, .before = take_away, .act = assign_adapter,
	.clean = true);
BADLUCK(assign_domain, .before = take_away_domain, .act = assign_domain);
BADLUCK(ap_config_drops, .act = replace_by_less, .given = true);
BADLUCK(ap_config_adds, .before = take_away, .act = replace_by_more);
BADLUCK(close, .act = end_guest, .ends = true);
BADLUCK(close_and_open, .act = next_guest, .ends = true);
BADLUCK(remove, .act = remove_mdev, .ends = true, .given = true);
BADLUCK(device_reset, .act = reset_device, .ends = true, .keeps = true);
BADLUCK(open, .before = end_guest, .act = new_guest, .ends = true,
	.clean = true);
BADLUCK(open_after_bind, .before = end_guest, .act = open_after_bind,
	.ends = true);
BADLUCK(card_off_and_on, .act = card_off_and_on);
BADLUCK(unassign_card_off_and_on, .act = take_away_card_off_and_on,
	.given = true);
BADLUCK(standby_and_on, .act = standby_and_on, .keeps = true);
BADLUCK(checkstop_and_on, .act = checkstop_and_on, .keeps = true);
BADLUCK(standby_close_on_open, .before = standby_and_end,
	.act = on_and_new_guest, .ends = true);
BADLUCK(checkstop_close_on_open, .before = checkstop_and_end,
	.act = on_and_new_guest, .ends = true);
BADLUCK(scan, .act = scan, .keeps = true);

FIXTURE_SETUP(bad_luck)
{
	if (access(SIM "command", F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, luck_begin(&self->luck, PATIENCE_MS));
}

FIXTURE_TEARDOWN(bad_luck)
{
	luck_end(&self->luck);
}

/* Something is on the queues when it happens. */
static void leave_requests(struct luck *luck)
{
	if (lodger_sees(&luck->one, QUEUE_APQN) == 1 && luck->one.open)
		lodger_send(&luck->one, QUEUE_APQN, LEFT_BEHIND);
	if (luck->one.open)
		SAME(luck, 0, lodger_send(&luck->one, NEXT, UNDER_WAY));
	SAME(luck, 0, lodger_send(&luck->two, OTHER, UNDER_WAY));
}

/* Neighbours were not away for a moment: their replies are there. */
static void check_neighbours(struct luck *luck, const struct place *place)
{
	if (!place->ends)
		SAME(luck, 0, lodger_receive(&luck->one, NEXT, UNDER_WAY, 1000));
	SAME(luck, 0, lodger_receive(&luck->two, OTHER, UNDER_WAY, 1000));
	if (luck->one.open)
		SAME(luck, 0, lodger_tapq(&luck->one, NEXT));
	SAME(luck, 0, lodger_tapq(&luck->two, OTHER));
}

static void check_hidden(struct luck *luck, struct lodger *lodger)
{
	if (lodger_sees(lodger, QUEUE_APQN) == 1)
		luck_wrong(luck, QUEUE " is in the matrix of %s", lodger->uuid);
	if (lodger->open &&
	    lodger_tapq(lodger, QUEUE_APQN) != RC_NOT_THERE)
		luck_wrong(luck, "the guest of %s reaches " QUEUE, lodger->uuid);
}

/* The bus may have taken the device away meanwhile. */
static void check_kept(struct luck *luck)
{
	SAME(luck, bus_has_bound(QUEUE), lodger_sees(&luck->one, QUEUE_APQN));
}

static bool keeps(const struct luck *luck, const struct place *place)
{
	return place->keeps || (place->clean && luck->insn == LUCK_ZAPQ);
}

static void check_nobody_has_it(struct luck *luck, const struct place *place)
{
	if (keeps(luck, place)) {
		check_kept(luck);
		return;
	}
	check_hidden(luck, &luck->one);
	check_hidden(luck, &luck->two);
}

static void give_to_two(struct luck *luck)
{
	STEP(luck, 0, mdev_write(TWO, "assign_adapter", "4"));
}

/* For as long as it lasts, and when everybody's patience is at its end */
static void check_during(struct luck *luck, const struct place *place)
{
	unsigned int lines;

	/* A new reset is a new line; repeated questions are not. */
	check_nobody_has_it(luck, place);
	usleep(2 * PATIENCE_MS * 1000);
	check_nobody_has_it(luck, place);
	if (place->given && !place->unused)
		STEP(luck, -EBUSY, sysfs_write(AP_BUS "apmask", "+4"));
	if (place->given) {
		give_to_two(luck);
		check_nobody_has_it(luck, place);
	}
	lines = log_count(luck->log, QUEUE, "quarantined");
	if (lines > luck->steps)
		luck_wrong(luck, "%u lines in the log about %u steps", lines,
			   luck->steps);
}

/* One request and its reply; the last response code */
static int ask(struct lodger *lodger)
{
	return lodger_send(lodger, QUEUE_APQN, AFTERWARDS) ?:
	       lodger_receive(lodger, QUEUE_APQN, AFTERWARDS, 1000);
}

/* A guest that keeps its queue can lose what it sends before the reset is over. */
static int ask_again(struct lodger *lodger)
{
	int rc, left = RECOVERY_MS / RESET_POLL_MS;

	while ((rc = ask(lodger)) && left--)
		usleep(RESET_POLL_MS * 1000);
	return rc;
}

/* Not from what was there before: a new guest, a new request */
static void check_after(struct luck *luck, const struct place *place)
{
	struct lodger *heir = place->given ? &luck->two : &luck->one;

	if (!bus_has(QUEUE))
		bus_scan();
	if (!heir->open)
		SAME(luck, 0, lodger_open(heir));
	if (!lodger_gets(heir, QUEUE_APQN, RECOVERY_MS)) {
		luck_wrong(luck, QUEUE " does not come back");
		return;
	}
	if (keeps(luck, place)) {
		lodger_receive(heir, QUEUE_APQN, LEFT_BEHIND, 0);
		SAME(luck, 0, ask_again(heir));
	} else {
		SAME(luck, 0, lodger_tapq(heir, QUEUE_APQN));
		SAME(luck, 0, ask(heir));
	}
}

static void try_cell(struct luck *luck, const struct place *place)
{
	unsigned int wrong = luck->wrong;

	if (luck_prepare(luck)) {
		luck_wrong(luck, "two guests cannot be had");
		return;
	}
	if (place->before)
		place->before(luck);
	leave_requests(luck);
	SAME(luck, 0, luck_strikes(luck));
	place->act(luck);
	check_neighbours(luck, place);
	if (luck->times == FOR_EVER)
		check_during(luck, place);
	else if (place->given)
		give_to_two(luck);
	SAME(luck, 0, luck_turns(luck));
	check_after(luck, place);
	SAME(luck, 0, luck_was_breached(luck));
	if (luck->wrong != wrong)
		SAME(luck, 0, luck_restart(luck));
}

/*
 * Each place has each instruction with each code, and each of them so often
 * that all three are there.  Where time is real, one code has to do.
 */
static void try_some(struct luck *luck, const struct place *place,
		     unsigned int nr)
{
	unsigned int i, step = 1;

	if (!sim_time_is_virtual()) {
		step = CODES;
		printf("# only code %02x here: time is real\n", codes[nr % CODES]);
	}
	for (i = nr % step; i < CODES && luck->wrong < WRONG_MAX; i += step) {
		luck->code = codes[i];
		luck->times = times[(nr + luck->insn + i) % TIMES];
		try_cell(luck, place);
	}
	SAME(luck, 0, luck_end(luck));
}

TEST_F_TIMEOUT(bad_luck, zapq, LIMIT_S)
{
	self->luck.insn = LUCK_ZAPQ;
	try_some(&self->luck, &variant->place, variant->nr);
	EXPECT_EQ(0, self->luck.wrong);
}

TEST_F_TIMEOUT(bad_luck, tapq, LIMIT_S)
{
	self->luck.insn = LUCK_TAPQ;
	try_some(&self->luck, &variant->place, variant->nr);
	EXPECT_EQ(0, self->luck.wrong);
}

TEST_HARNESS_MAIN
