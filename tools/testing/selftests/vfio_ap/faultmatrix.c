// SPDX-License-Identifier: GPL-2.0-only
/*
 * faultmatrix - every answer to every AP instruction of the driver, at every place
 *
 * badluck's table, made whole: interruptions are on everywhere, AQIC goes wrong,
 * too, all codes are given, and some that are none, once, a few times and for
 * ever.  A case is a place and an instruction; its cells are the codes and times,
 * in an order that is drawn.  All of them take minutes where sleeping costs
 * nothing: VFIO_AP_STORM says how many are tried.
 *
 * In each cell nobody waits too long, what the driver says of the guest is what
 * the guest finds, what the guest does not have has a reason, and the machine sees
 * no breach.  Without the fault all comes back by itself: the queue, its replies,
 * its interruptions, and no page is pinned too many.
 */
#include <errno.h>
#include <string.h>

#include "kselftest_harness.h"
#include "faultmatrix.h"
#include "lib/finding.h"
#include "lib/rand.h"
#include "lib/world.h"

#define LIMIT_S		300
#define RECOVERY_MS	6000

/* Where time is real, other things take some, too. */
#define SLACK_MS	4000

/* So many cells of a case with VFIO_AP_STORM=1, and when to stop */
#define CELLS		1
#define WRONG_MAX	10

/* What QCI stores where: adapters, domains */
#define QCI_APM		0x10
#define QCI_AQM		0x30

enum {
	LEFT_BEHIND = 1,
	AFTERWARDS,
};

/* All there are, and some that nobody has ever seen. */
static const unsigned char codes[] = {
	0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b,
	0x0c, 0x10, 0x11, 0x12, 0x13, 0x15, 0x16, 0x30, 0x31, 0x32, 0x33, 0x34,
	0x35, 0x36, 0x42, 0x7f, 0x80, 0xff,
};

/* Other things that happen at an instruction, where the machine takes rules. */
static const char * const deeds[] = {
	"late 300000", "do off 4", "do standby 4", "do checkstop 4",
	"do nodomain 4", "do async " QUEUE " 0x35", "do lag " QUEUE " 2000000",
	"do bound " QUEUE " 1",
};

/* .. and what the host is told of the machine. */
static const char * const lies[] = {
	"without card 4", "without domain 4", "without card 4 5 6", "with card 9",
	"without card 4 with card 9 with domain 5",
};

static const unsigned int times[] = { 1, 3, FOR_EVER };

#define CODES	ARRAY_SIZE(codes)
#define TIMES	ARRAY_SIZE(times)
#define DEEDS	ARRAY_SIZE(deeds)
#define LIES	ARRAY_SIZE(lies)

/* Codes, codes with the A bit, deeds */
#define CELLS_MAX	((2 * CODES + DEEDS) * TIMES)

FIXTURE(fault) {
	struct scene scene;
	struct rand rand;
};

FIXTURE_VARIANT(fault) {
	enum place_nr place;
};

#define PLACE(name, nr)							\
	FIXTURE_VARIANT_ADD(fault, name) { .place = nr }

PLACE(open, OPEN);
PLACE(close, CLOSE);
PLACE(assign_adapter, ASSIGN_ADAPTER);
PLACE(assign_domain, ASSIGN_DOMAIN);
PLACE(unassign_adapter, UNASSIGN_ADAPTER);
PLACE(unassign_domain, UNASSIGN_DOMAIN);
PLACE(ap_config_drops, CONFIG_DROPS);
PLACE(ap_config_adds, CONFIG_ADDS);
PLACE(bind, BIND);
PLACE(bind_unused, BIND_UNUSED);
PLACE(unbind, UNBIND);
PLACE(scan, SCAN);
PLACE(card_off_and_on, CARD_OFF_AND_ON);
PLACE(standby_and_on, STANDBY_AND_ON);
PLACE(checkstop_and_on, CHECKSTOP_AND_ON);
PLACE(aqic_on, AQIC_ON);
PLACE(aqic_off, AQIC_OFF);
PLACE(aqic_again, AQIC_AGAIN);
PLACE(device_reset, DEVICE_RESET);
PLACE(remove, REMOVE);
PLACE(remove_open, REMOVE_OPEN);
PLACE(unmap, UNMAP);

/* Each VM holds the module that makes it; where that is built in nobody counts. */
static long count_machines(void)
{
	char text[32];

	if (sysfs_read("/sys/module/apsim/refcnt", text, sizeof(text)) &&
	    sysfs_read("/sys/module/kvm/refcnt", text, sizeof(text)))
		return -1;
	return atol(text);
}

FIXTURE_SETUP(fault)
{
	if (access(SIM "command", F_OK))
		SKIP(return, "runs on the simulated machine only");
	self->rand = rand_stream(world_seed(), variant->place);
	self->scene = (struct scene){ .pages = bell_pages() };
	self->scene.machines = count_machines();
	ASSERT_EQ(0, luck_begin(&self->scene.luck, PATIENCE_MS));
	self->scene.luck.limit += QUIET_MS + places[variant->place].extra_ms;
	if (!sim_time_is_virtual())
		self->scene.luck.limit += SLACK_MS;
}

/* Nothing is left of the guests. */
FIXTURE_TEARDOWN(fault)
{
	EXPECT_EQ(0, luck_end(&self->scene.luck));
	EXPECT_TRUE(bell_pages_become(self->scene.pages));
	EXPECT_TRUE(bell_machine_quiet());
	EXPECT_EQ(self->scene.machines, count_machines());
	EXPECT_EQ(0, findings());
}

static bool has_4(const unsigned char *mask)
{
	return mask[0] >> 3 & 1;
}

/* Does the guest find the queue in its configuration? -1: it cannot look. */
static int guest_finds(struct lodger *lodger)
{
	struct ap_call qci = {
		.insn = AP_PQAP, .gr0 = AP_FC_QCI, .gr2 = VM_BLOCK,
	};

	if (!lodger->open || bell_ask(lodger, &qci, 1))
		return -1;
	return has_4(lodger->vm.mem + VM_BLOCK + QCI_APM) &&
	       has_4(lodger->vm.mem + VM_BLOCK + QCI_AQM);
}

/* Nothing goes and comes, answers are wrong. */
static bool is_stable(const struct luck *luck)
{
	return !luck->rule || !strncmp(luck->rule, "rc ", 3);
}

/* What the driver says, what the guest finds, and why not. */
static void check_truth(struct luck *luck, struct lodger *lodger)
{
	char path[128], why[4096] = "";
	int sees, finds, has;

	snprintf(path, sizeof(path), MATRIX "%s/withheld", lodger->uuid);
	if (!mdev_exists(lodger->uuid))
		return;
	has = bus_has_bound(QUEUE);
	sees = lodger_sees(lodger, QUEUE_APQN);
	finds = guest_finds(lodger);
	sysfs_read(path, why, sizeof(why));
	/* Nothing else happens here, but the driver's workers may be at it. */
	if (lodger_sees(lodger, QUEUE_APQN) != sees || bus_has_bound(QUEUE) != has)
		return;
	if (finds > sees || (finds == 0 && sees == 1 && is_stable(luck)))
		luck_wrong(luck, "guest_matrix of %s is a lie: %d, not %d",
			   lodger->uuid, sees, finds);
	if (sees == 1 && !has)
		luck_wrong(luck, QUEUE " is in %s, but not bound", lodger->uuid);
	if (sees != 1 && lodger == &luck->one && !strstr(why, "04.") &&
	    !strstr(why, "adapter 04") && !strstr(why, "domain 0004"))
		luck_wrong(luck, QUEUE " is withheld for no reason: '%s'", why);
}

static bool is_assigned(struct luck *luck)
{
	char text[256], *domains;

	if (!luck->one.open ||
	    sysfs_read(MATRIX ONE "/ap_config", text, sizeof(text)))
		return false;
	domains = strchr(text, ',');
	return !strncmp(text, "0x0c", 4) && !strncmp(domains, ",0x08", 5);
}

static void check_during(struct scene *scene)
{
	struct luck *luck = &scene->luck;

	if (is_assigned(luck))
		check_truth(luck, &luck->one);
	if (lodger_sees(&luck->one, QUEUE_APQN) == 1 &&
	    lodger_sees(&luck->two, QUEUE_APQN) == 1)
		luck_wrong(luck, QUEUE " is in two guests");
	if (is_stable(luck))
		SAME(luck, 1, lodger_sees(&luck->two, OTHER));
}

/* A guest is told what the machine says, and only that. */
static void check_answer(struct scene *scene, const struct place *place)
{
	struct luck *luck = &scene->luck;
	int want = place->normal;

	if (!place->guest || !is_stable(luck))
		return;
	if (luck->insn == LUCK_AQIC || luck->insn == LUCK_ASYNC)
		want = luck->code;
	luck_same(luck, "the guest's AQIC", scene->rc, want);
}

static void come_back(struct scene *scene, struct lodger *heir)
{
	struct luck *luck = &scene->luck;

	if (!bus_has(QUEUE))
		bus_scan();
	if (!bus_has_bound(QUEUE))
		bus_bind(QUEUE);
	if (heir == &luck->two)
		SAME(luck, 0, mdev_write(TWO, "assign_adapter", "4"));
	if (!heir->open)
		SAME(luck, 0, lodger_open(heir));
}

/* Everything works, from the beginning: nothing is believed. */
static void check_after(struct scene *scene, const struct place *place)
{
	struct luck *luck = &scene->luck;
	struct lodger *heir = place->given ? &luck->two : &luck->one;
	long armed = 2;

	come_back(scene, heir);
	if (!lodger_gets(heir, QUEUE_APQN, RECOVERY_MS) ||
	    !lodger_gets(&luck->two, OTHER, RECOVERY_MS)) {
		luck_wrong(luck, QUEUE " does not come back");
		return;
	}
	/* If it was there all the time so is this. */
	if (lodger_tapq(heir, QUEUE_APQN) == -EBUSY)
		lodger_receive(heir, QUEUE_APQN, LEFT_BEHIND, 100);
	place_rings(scene, heir, &own);
	place_rings(scene, &luck->two, &other);
	if (luck->one.open && lodger_gets(&luck->one, NEXT, RECOVERY_MS)) {
		place_rings(scene, &luck->one, &next);
		armed++;
	}
	SAME(luck, 1, bell_pages_become(scene->pages + armed));
}

/* A ZAPQ that does nothing and says it did is not the driver's mistake. */
static void check_breaches(struct luck *luck)
{
	if (luck->insn == LUCK_ZAPQ && !luck->code && !luck->rule)
		return;
	SAME(luck, 0, luck_was_breached(luck));
}

static void all_ring(struct scene *scene)
{
	struct luck *luck = &scene->luck;

	place_rings(scene, &luck->one, &own);
	place_rings(scene, &luck->one, &next);
	place_rings(scene, &luck->two, &other);
	SAME(luck, 1, bell_pages_become(scene->pages + 3));
}

/* A kernel that does not survive it says in its log which one it was. */
static void announce(const struct luck *luck)
{
	char line[120];

	snprintf(line, sizeof(line),
		 "faultmatrix: instruction %d, code %02x, %s, x %u", luck->insn,
		 luck->code, luck->rule ? luck->rule : "-", luck->times);
	sysfs_write("/dev/kmsg", line);
}

static void try_cell(struct scene *scene, const struct place *place)
{
	struct luck *luck = &scene->luck;
	unsigned int wrong = luck->wrong;
	unsigned int found = findings();

	announce(luck);
	if (luck_prepare(luck)) {
		luck_wrong(luck, "two guests cannot be had");
		return;
	}
	all_ring(scene);
	if (place->before)
		place->before(scene);
	if (luck->one.open && lodger_sees(&luck->one, QUEUE_APQN) == 1)
		lodger_send(&luck->one, QUEUE_APQN, LEFT_BEHIND);
	SAME(luck, 0, luck_strikes(luck));
	place->act(scene);
	check_answer(scene, place);
	check_during(scene);
	if (luck->times == FOR_EVER) {
		usleep(2 * PATIENCE_MS * 1000);
		check_during(scene);
	}
	luck_turns(luck);
	if (place->after)
		place->after(scene);
	check_after(scene, place);
	check_breaches(luck);
	if (findings() != found)
		luck_wrong(luck, "see above");
	if (luck->wrong != wrong)
		SAME(luck, 0, luck_restart(luck));
}

/*
 * What no machine says.  It turns off itself what it does not have any more, so
 * after AQIC has said that the driver need not look; CARD_OFF_AND_ON and its like do
 * what they say.  And who is on already cannot be turned on.
 */
static bool is_a_lie(const struct luck *luck, enum place_nr nr)
{
	if (luck->insn == LUCK_ASYNC)
		return !luck->code;
	/* Nothing begins with it that could be late. */
	if (luck->insn == LUCK_TAPQ && luck->rule)
		return !strncmp(luck->rule, "late", 4);
	if (luck->insn != LUCK_AQIC || luck->rule)
		return false;
	return luck->code == 0x01 || luck->code == 0x03 || luck->code == 0x04 ||
	       (!luck->code && nr == AQIC_AGAIN);
}

/* How many cells there are for the instruction that goes wrong. */
static unsigned int count_cells(const struct luck *luck)
{
	switch (luck->insn) {
	case LUCK_ASYNC:
		return CODES;
	case LUCK_QCI:
		return LIES * TIMES;
	default:
		return luck_has_rules() ? CELLS_MAX : CODES * TIMES;
	}
}

/* The A bit by itself ends with a reset and not before. */
static void choose(struct luck *luck, unsigned int cell)
{
	static char rule[32];
	unsigned int what = cell / TIMES;

	luck->times = times[cell % TIMES];
	luck->code = 0;
	luck->rule = NULL;
	if (luck->insn == LUCK_ASYNC) {
		luck->code = codes[cell];
		luck->times = FOR_EVER;
	} else if (luck->insn == LUCK_QCI) {
		luck->rule = lies[what];
	} else if (what < CODES) {
		luck->code = codes[what];
	} else if (what < 2 * CODES) {
		luck->code = codes[what - CODES];
		snprintf(rule, sizeof(rule), "rc %u async", luck->code);
		luck->rule = rule;
	} else {
		luck->rule = deeds[what - 2 * CODES];
	}
}

/* The cells of a case, in the order in which they are tried. */
static void shuffle(struct rand *rand, unsigned int *cells, unsigned int count)
{
	unsigned int i, other, cell;

	for (i = 0; i < count; i++)
		cells[i] = i;
	for (i = count; i > 1; i--) {
		other = rand_below(rand, i);
		cell = cells[i - 1];
		cells[i - 1] = cells[other];
		cells[other] = cell;
	}
}

static void try_cells(struct scene *scene, enum place_nr nr, struct rand *rand)
{
	double scale = world_scale() * CELLS;
	struct luck *luck = &scene->luck;
	unsigned int count, all, i, tried = 0;
	unsigned int cells[CELLS_MAX];
	long began = now_ms();

	/* Instructions do not draw the same. */
	for (i = 0; i < luck->insn; i++)
		rand_next(rand);
	all = count_cells(luck);
	shuffle(rand, cells, all);
	count = all;
	if (scale < count)
		count = scale + rand_below(rand, 1000) / 1000.0;
	for (i = 0; i < all && tried < count && luck->wrong < WRONG_MAX; i++) {
		choose(luck, cells[i]);
		if (is_a_lie(luck, nr))
			continue;
		try_cell(scene, &places[nr]);
		tried++;
	}
	printf("# %u cells, %ld ms\n", tried, now_ms() - began);
	luck->times = 0;
}

#define INSTRUCTION(name, nr)						\
TEST_F_TIMEOUT(fault, name, LIMIT_S)					\
{									\
	self->scene.luck.insn = nr;					\
	try_cells(&self->scene, variant->place, &self->rand);		\
	EXPECT_EQ(0, self->scene.luck.wrong);				\
}

INSTRUCTION(tapq, LUCK_TAPQ)
INSTRUCTION(zapq, LUCK_ZAPQ)
INSTRUCTION(aqic, LUCK_AQIC)
INSTRUCTION(async, LUCK_ASYNC)

/* QCI is asked for when the bus scans. */
TEST_F_TIMEOUT(fault, qci, LIMIT_S)
{
	if (!luck_has_rules())
		SKIP(return, "this machine always tells the truth");
	self->scene.luck.insn = LUCK_QCI;
	try_cells(&self->scene, variant->place, &self->rand);
	EXPECT_EQ(0, self->scene.luck.wrong);
}

TEST_HARNESS_MAIN
