// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine in debugfs, to be read
 *
 *	apsim/machine	commands that would make it as it is now
 *	apsim/queues	one line for each queue: its name, the status word of a
 *			TAPQ, how many messages are on it
 *
 * Here, because a machine may be larger than a page of sysfs.  A file shows one
 * adapter, domain or queue after the other; the machine may change in between.
 * Messages and what is under way are not commands that make a machine, so
 * "machine" is without them.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/seq_file.h>

#include "control.h"
#include "debugfs.h"
#include "words.h"

/* Positions in "machine": the delays, domains, adapters, and rules. */
#define POS_DOMAINS	1
#define POS_CARDS	(POS_DOMAINS + APSIM_IDS)
#define POS_RULES	(POS_CARDS + APSIM_IDS)
#define POS_END		(POS_RULES + 1)
#define QUEUES_END	0x10000

/* A position is never NULL. */
static void *position(loff_t *pos, loff_t end)
{
	return *pos < end ? pos : NULL;
}

static void *machine_start(struct seq_file *file, loff_t *pos)
{
	return position(pos, POS_END);
}

static void *machine_next(struct seq_file *file, void *v, loff_t *pos)
{
	++*pos;
	return position(pos, POS_END);
}

static void no_stop(struct seq_file *file, void *v)
{
}

static void show_tuning(struct seq_file *file)
{
	struct apsim_tuning tuning;

	if (apsim_control_get_tuning(&tuning))
		return;
	seq_printf(file, "latency %llu\nreset %llu\naqic %llu\nunbind %llu\n",
		   tuning.latency_ns / 1000, tuning.reset_ns / 1000,
		   tuning.aqic_ns / 1000, tuning.unbind_ns / 1000);
}

static void show_domain(struct seq_file *file, u8 apqi)
{
	struct apsim_control_domain domain = { .apqi = apqi };

	if (apsim_control_get_domain(&domain) ||
	    !(domain.usage || domain.control))
		return;
	seq_printf(file, "domain 0x%02x %s\n", apqi, !domain.usage ? "control" :
		   !domain.control ? "usage" : "both");
}

static void show_queue_settings(struct seq_file *file, u16 apqn)
{
	struct apsim_queue_look look;
	unsigned int apid = apqn >> 8, apqi = apqn & 0xff;

	if (apsim_control_get_queue(apqn, &look))
		return;
	if (look.async)
		seq_printf(file, "async %02x.%04x 0x%02x\n", apid, apqi,
			   look.async);
	if (look.bind_state)
		seq_printf(file, "bound %02x.%04x %u\n", apid, apqi,
			   look.bind_state);
	if (look.lag_ns)
		seq_printf(file, "lag %02x.%04x %llu\n", apid, apqi,
			   look.lag_ns / 1000);
}

static void show_card(struct seq_file *file, u8 apid)
{
	struct apsim_control_card card = { .info.apid = apid };
	char word[APSIM_TYPE_WORD];
	unsigned int apqi;

	if (apsim_control_get_card(&card))
		return;
	seq_printf(file, "card 0x%02x %s %c %u\n", apid,
		   apsim_type_word(card.info.type, word),
		   apsim_mode_letters[card.info.mode], card.info.depth);
	if (card.state != APSIM_CARD_ON)
		seq_printf(file, "%s 0x%02x\n", apsim_state_words[card.state],
			   apid);
	for (apqi = 0; apqi < APSIM_IDS; apqi++)
		show_queue_settings(file, apid << 8 | apqi);
}

static void show_rules(struct seq_file *file)
{
	char line[APSIM_RULE_LINE];
	u64 after = 0;

	while (!apsim_machine_rule(&after, line, sizeof(line)))
		seq_printf(file, "%s\n", line);
}

static int machine_show(struct seq_file *file, void *v)
{
	loff_t pos = *(loff_t *)v;

	if (pos >= POS_RULES)
		show_rules(file);
	else if (pos >= POS_CARDS)
		show_card(file, pos - POS_CARDS);
	else if (pos >= POS_DOMAINS)
		show_domain(file, pos - POS_DOMAINS);
	else
		show_tuning(file);
	return 0;
}

static const struct seq_operations machine_sops = {
	.start = machine_start,
	.next = machine_next,
	.stop = no_stop,
	.show = machine_show,
};
DEFINE_SEQ_ATTRIBUTE(machine);

static void *queues_start(struct seq_file *file, loff_t *pos)
{
	return position(pos, QUEUES_END);
}

/* Most adapters are not there: go past all of their queues at once. */
static void *queues_next(struct seq_file *file, void *v, loff_t *pos)
{
	struct apsim_control_card card;

	++*pos;
	while (*pos < QUEUES_END && !(*pos & 0xff)) {
		card.info.apid = *pos >> 8;
		if (!apsim_control_get_card(&card))
			break;
		*pos += APSIM_IDS;
	}
	return position(pos, QUEUES_END);
}

static int queues_show(struct seq_file *file, void *v)
{
	struct apsim_queue_look look;
	u16 apqn = *(loff_t *)v;

	if (!apsim_control_get_queue(apqn, &look))
		seq_printf(file, "%02x.%04x %08x %u\n", apqn >> 8, apqn & 0xff,
			   look.status, look.count);
	return 0;
}

static const struct seq_operations queues_sops = {
	.start = queues_start,
	.next = queues_next,
	.stop = no_stop,
	.show = queues_show,
};
DEFINE_SEQ_ATTRIBUTE(queues);

static struct dentry *folder;

void apsim_debugfs_init(void)
{
	folder = debugfs_create_dir("apsim", NULL);
	debugfs_create_file("machine", 0400, folder, NULL, &machine_fops);
	debugfs_create_file("queues", 0400, folder, NULL, &queues_fops);
}

void apsim_debugfs_exit(void)
{
	debugfs_remove(folder);
}
