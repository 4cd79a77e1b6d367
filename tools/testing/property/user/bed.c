// SPDX-License-Identifier: GPL-2.0-only
/*
 * property, user space - the bed: commands for the real driver in a small world
 */
#include <stdio.h>
#include <stdlib.h>

#include "../run.h"
#include "world.h"

/* How long anybody waits for a queue, in ms: interruptions may need a second. */
#define PATIENCE_MS	1500

/* After so long nothing can be under way: the engine asks once a second. */
#define SETTLED_NS	8000000000ULL

/* How long is slow, in us: replies are still not there when all has settled. */
#define SLOW_LAG_US	300000
#define SLOW_RESET_US	400000
#define SLOW_REPLY_US	12000000
#define RESET_US	1000
#define REPLY_US	200

/* A reply is waited for, and an interruption, so many times. */
#define WAITS		100
#define WAIT_NS		1000000000ULL

/*
 * What a stuck queue says to a ZAPQ; what one says that is not there; an empty one
 * to DQAP; one with an asynchronous error
 */
#define RC_BUSY		5
#define RC_NOT_THERE	1
#define RC_EMPTY	0x10
#define RC_FAILED	0x36

#define RC(word)	((word) >> 16 & 0xff)

static bool there;

/* Nobody can keep what everybody can have zeroized. */
static void recover(void)
{
	unsigned int i;

	for (i = 0; i < DOMAINS; i++)
		world_command("domain %u both", prop_domain[i]);
	for (i = 0; i < ADAPTERS; i++)
		if (world_has_card(prop_adapter[i]))
			world_command("on %u", prop_adapter[i]);
		else
			world_command("card %u CEX8 A 8", prop_adapter[i]);
	world_command("nofault");
	world_scan();
	world_all_ours();
	world_pass(SETTLED_NS);
}

static const char *end(void)
{
	unsigned int i;

	if (!there)
		return NULL;
	there = false;
	for (i = 0; i < MDEVS; i++)
		if (world_mdev(i) && world_mdev(i)->kvm)
			world_close(i);
	recover();
	user_module_end();
	world_guests_end();
	world_machine_end();
	return user_alarms ? user_alarm_text : NULL;
}

/* A module that is loaded again has forgotten everything. */
static void forget_all(void)
{
	static struct vap fresh;
	static bool known;

	if (known)
		vap = fresh;
	fresh = vap;
	known = true;
}

static int begin(bool small_vm)
{
	int rc;

	end();
	forget_all();
	user_alarms = 0;
	user_now = 1000000000;
	there = true;
	world_machine_begin();
	world_guests_begin(small_vm);
	world_bus_begin();
	rc = user_module_begin();
	user_set_reset_timeout_ms(PATIENCE_MS);
	return rc;
}

static int old_begin(void)
{
	world_new_bus = false;
	return begin(false);
}

static int new_begin(void)
{
	world_new_bus = true;
	return begin(true);
}

static int write_config(const unsigned char *arg)
{
	char text[PROP_CONFIG_LEN];

	prop_config(text, arg);
	return world_write(arg[0], "ap_config", text);
}

static int edit(const struct prop_cmd *cmd)
{
	const char *file = prop_ops[cmd->op].name;
	bool adapter = prop_ops[cmd->op].args[1] == 'A';
	char text[16];

	switch (cmd->op) {
	case OP_CREATE:
		return world_create(cmd->arg[0]);
	case OP_REMOVE:
		world_remove(cmd->arg[0]);
		return 0;
	case OP_CONFIG:
		return write_config(cmd->arg);
	case OP_WRONG:
		return world_write(cmd->arg[0], prop_wrongs[cmd->arg[1]].file,
				   prop_wrongs[cmd->arg[1]].text);
	default:
		snprintf(text, sizeof(text), "0x%x",
			 adapter ? prop_adapter[cmd->arg[1]] :
				   prop_domain[cmd->arg[1]]);
		return world_write(cmd->arg[0], file, text);
	}
}

static int bus(const struct prop_cmd *cmd)
{
	bool domain = cmd->op == OP_GIVE_DOMAIN || cmd->op == OP_TAKE_DOMAIN;
	bool take = cmd->op == OP_TAKE_ADAPTER || cmd->op == OP_TAKE_DOMAIN;

	switch (cmd->op) {
	case OP_BIND:
		return world_bind(cmd->arg[0]);
	case OP_UNBIND:
		world_unbind(cmd->arg[0]);
		return 0;
	case OP_PROBE:
		world_probe(cmd->arg[0]);
		return 0;
	case OP_OVERRIDE:
		return world_override(cmd->arg[0], cmd->arg[1]);
	case OP_STEER:
		return world_steer(cmd->arg[0], cmd->arg[1]);
	default:
		return world_mask(domain, cmd->arg[0], take);
	}
}

static int disturb(const struct prop_cmd *cmd)
{
	unsigned int apqn = prop_apqn(cmd->arg[0]);
	unsigned int count = cmd->arg[1];

	if (cmd->op == OP_ASYNC)
		return world_command("async %02x.%04x %u", apqn >> 8,
				     apqn & 0xff, RC_FAILED);
	if (cmd->op == OP_LAG)
		return world_command("lag %02x.%04x %u", apqn >> 8, apqn & 0xff,
				     cmd->arg[1] ? SLOW_LAG_US : 0);
	world_command("inject %02x.%04x 2 5 0", apqn >> 8, apqn & 0xff);
	if (cmd->op == OP_UNSTUCK)
		return 0;
	if (cmd->op == OP_STUCK)
		count = 0xffffffff;
	return world_command("inject %02x.%04x 2 5 %u", apqn >> 8, apqn & 0xff,
			     count);
}

static int machine(const struct prop_cmd *cmd)
{
	unsigned int n = cmd->arg[0];

	switch (cmd->op) {
	case OP_STUCK:
	case OP_UNSTUCK:
	case OP_BUSY:
	case OP_ASYNC:
	case OP_LAG:
		return disturb(cmd);
	case OP_RESETS:
		return world_command("reset %u", n ? SLOW_RESET_US : RESET_US);
	case OP_REPLIES:
		return world_command("latency %u", n ? SLOW_REPLY_US : REPLY_US);
	case OP_PLUG:
		world_command("card %u CEX8 A 8", prop_adapter[n]);
		break;
	case OP_UNPLUG:
		world_command("nocard %u", prop_adapter[n]);
		break;
	case OP_DOMAIN:
		world_command("domain %u %s", prop_domain[n],
			      cmd->arg[1] == 0 ? "usage" :
			      cmd->arg[1] == 1 ? "control" : "both");
		break;
	case OP_NODOMAIN:
		world_command("nodomain %u", prop_domain[n]);
		break;
	default:
		world_command("%s %u", prop_ops[cmd->op].name, prop_adapter[n]);
	}
	world_scan();
	return 0;
}

/* A busy queue that is not stuck lets a guest's own ZAPQ through. */
static int zapq(const struct prop_order *order, struct kvm *kvm, u16 apqn)
{
	if (order->want != RC_BUSY && order->want != RC_NOT_THERE)
		world_command("inject %02x.%04x 2 5 0", apqn >> 8, apqn & 0xff);
	return RC(world_pqap(2, apqn, kvm));
}

static int receive(const struct prop_order *order, struct kvm *kvm, u16 apqn)
{
	unsigned int waits = WAITS;
	u32 id;
	int rc;

	while ((rc = RC(world_dqap(apqn, &id, kvm))) == RC_EMPTY &&
	       rc != order->want && waits--)
		world_pass(WAIT_NS);
	return rc || id == order->id ? rc : -EBADMSG;
}

static int guest(const struct prop_order *order)
{
	const struct prop_cmd *cmd = order->cmd;
	struct kvm *kvm = &world_kvm[cmd->arg[0]];
	unsigned int q = cmd->arg[1];
	u16 apqn = prop_apqn(q);

	switch (cmd->op) {
	case OP_NQAP:
		return RC(world_nqap(apqn, order->id, kvm));
	case OP_DQAP:
		return receive(order, kvm, apqn);
	case OP_RAPQ:
		return RC(world_pqap(1, apqn, kvm));
	case OP_ZAPQ:
		return zapq(order, kvm, apqn);
	case OP_AQIC_ON:
		return world_aqic(kvm, apqn, NIB_AT + q * PAGE_SIZE + NIB_OFFSET);
	default:
		return world_aqic(kvm, apqn, 0);
	}
}

static int order(const struct prop_order *order)
{
	const struct prop_cmd *cmd = order->cmd;

	if (cmd->op <= OP_WRONG)
		return edit(cmd);
	if (cmd->op <= OP_STEER)
		return bus(cmd);
	if (cmd->op <= OP_REPLIES)
		return machine(cmd);
	switch (cmd->op) {
	case OP_OPEN:
		return world_open(cmd->arg[0], &world_kvm[cmd->arg[1]]);
	case OP_CLOSE:
		world_close(cmd->arg[0]);
		return 0;
	case OP_RESET:
		return world_reset(cmd->arg[0]);
	case OP_MAP:
	case OP_UNMAP:
		world_map(&world_kvm[cmd->arg[0]], cmd->op == OP_MAP);
		return 0;
	default:
		return guest(order);
	}
}

static void read_text(unsigned int n, const char *file, char end_of_line,
		      char *text)
{
	static char page[4096 + 1];
	char *at;

	world_read(n, file, page);
	for (at = page; *at; at++)
		if (*at == '\n')
			*at = end_of_line;
	snprintf(text, SEEN_TEXT, "%.255s", page);
}

static int read_status(unsigned int q)
{
	struct device_attribute *attr =
		container_of(vap_queue_groups[0]->attrs[0],
			     struct device_attribute, attr);
	static char page[4096];

	if (!world_is_ours(q))
		return STATUS_NONE;
	attr->show(&world_queue_device[q], attr, page);
	if (!strcmp(page, "unassigned\n"))
		return STATUS_UNASSIGNED;
	return strcmp(page, "in use\n") ? STATUS_ASSIGNED : STATUS_IN_USE;
}

static int tapq(struct kvm *kvm, unsigned int q)
{
	u32 word;

	if (!kvm->link)
		return PROP_UNKNOWN;
	word = world_pqap(0, prop_apqn(q), kvm);
	if (RC(word))
		return RC(word);
	return (word & 0x01000000 ? 0x100 : 0) | (word & 0x80000000 ? 0x200 : 0);
}

static void look_at_queues(struct prop_seen *seen)
{
	struct apsim_irq irq;
	unsigned int i, q;

	for (q = 0; q < QUEUES; q++) {
		seen->status[q] = read_status(q);
		if (apsim_may_interrupt(world_machine, prop_apqn(q), &irq) &&
		    irq.gisa && !world_is_pinned(irq.nib))
			user_alarm("a page is not pinned that may be written");
		for (i = 0; i < VMS; i++) {
			seen->tapq[i][q] = tapq(&world_kvm[i], q);
			seen->pins += world_kvm[i].page[q].pins;
			seen->rung[i][q] = world_kvm[i].rung[q];
		}
	}
}

/* Is somebody to be interrupted who was not? */
static bool anybody_waits(const struct prop_seen *want)
{
	unsigned int i, q;

	for (i = 0; i < VMS; i++)
		for (q = 0; q < QUEUES; q++)
			if (want->rung[i][q] == 1 && !world_kvm[i].rung[q])
				return true;
	return false;
}

static void forget_interruptions(void)
{
	unsigned int i;

	for (i = 0; i < VMS; i++) {
		memset(world_kvm[i].rung, 0, sizeof(world_kvm[i].rung));
		world_kvm[i].woken = false;
	}
}

static void look(const struct prop_seen *want, struct prop_seen *seen)
{
	unsigned int waits = WAITS;
	struct apsim_stats stats;
	unsigned int i;

	world_pass(SETTLED_NS);
	while (anybody_waits(want) && waits--)
		world_pass(WAIT_NS);
	memset(seen, 0, sizeof(*seen));
	for (i = 0; i < MDEVS; i++) {
		struct prop_seen_mdev *mdev = &seen->mdev[i];

		mdev->exists = world_mdev(i) && !world_is_leaving(i);
		if (!mdev->exists)
			continue;
		read_text(i, "matrix", ' ', mdev->matrix);
		read_text(i, "guest_matrix", ' ', mdev->guest_matrix);
		read_text(i, "control_domains", ' ', mdev->controls);
		read_text(i, "withheld", ';', mdev->withheld);
	}
	look_at_queues(seen);
	for (i = 0; i < VMS; i++)
		seen->woken[i] = world_kvm[i].link ? world_kvm[i].woken :
						     PROP_UNKNOWN;
	forget_interruptions();
	apsim_get_stats(world_machine, &stats);
	seen->armed = stats.armed;
	seen->breaches = stats.foreign_replies + stats.unzeroized +
			 stats.unpinned + user_alarms;
}

const struct prop_bed world_bed = {
	.begin = new_begin,
	.order = order,
	.look = look,
	.end = end,
	.new_bus = true,
	.small_vm = true,
};

/* As it was before 7.3, and all masks are large */
const struct prop_bed world_old_bed = {
	.begin = old_begin,
	.order = order,
	.look = look,
	.end = end,
};
