// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench - the machine, mediated devices and guests that are measured
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "lib/sim.h"

/* Commands have room in one page. */
#define COMMANDS	4000

/* Nothing more happens if nothing did so often; sleeping costs nothing. */
#define LOOK_US		50000
#define LOOKS		4

/* All at once, so that the bus looks once. */
static void each(const char *format, unsigned int first, unsigned int count)
{
	char text[COMMANDS];
	unsigned int i;
	int len = 0;

	for (i = first; i < first + count; i++)
		len += snprintf(text + len, sizeof(text) - len, format, i);
	must(sysfs_write(SIM "command", text), text);
}

static bool is_there(unsigned int card)
{
	char path[64];

	snprintf(path, sizeof(path), "/sys/bus/ap/devices/card%02x", card);
	return !access(path, F_OK);
}

/**
 * machine_make() - the machine gets another shape, if it has not got it yet
 * @cards: how many adapters, accelerators, none of them the host's
 * @domains: how many domains
 */
void machine_make(unsigned int cards, unsigned int domains)
{
	unsigned int i;

	shape = (struct shape){ cards, domains };
	must(bus_quiet(), "config_time");
	must(sysfs_write(AP_BUS "apmask", "-0-126,-128-255"), "apmask");
	must(sim("reset 1000; latency 200; aqic 0"), "command");
	if (!is_there(CARD + cards - 1) || is_there(CARD + cards)) {
		for (i = 0; i < IDLE_CARD; i++)
			sim("nocard %u", i);
		bus_scan();
		for (i = 0; i < 256; i++)
			sim("nodomain %u", i);
		each("domain %u;", 0, domains);
		each("card %u CEX8 A;", CARD, cards);
		bus_scan();
	}
	settle();
}

static unsigned long work(void)
{
	return sim_count("pqap0") + sim_count("pqap1") + sim_count("pqap2") +
	       sim_count("pqap3");
}

/* Until nobody does anything with queues any more. */
void settle(void)
{
	unsigned long before = work();
	unsigned int same = 0;

	while (same < LOOKS) {
		usleep(LOOK_US);
		same = work() == before ? same + 1 : 0;
		before = work();
	}
}

const char *uuid(unsigned int number)
{
	static char text[4][UUID_LEN];
	static unsigned int next;

	next = (next + 1) % 4;
	snprintf(text[next], UUID_LEN,
		 "%08x-2222-4333-8444-555555555555", number);
	return text[next];
}

static void add_bits(char *digits, unsigned int first, unsigned int count)
{
	static const char hex[] = "0123456789abcdef";
	unsigned int bit;

	for (bit = first; bit < first + count; bit++) {
		char *digit = &digits[bit / 4];

		*digit = hex[(strchr(hex, *digit) - hex) | 8 >> bit % 4];
	}
}

/* As ap_config has it */
void config_text(char *text, unsigned int card, unsigned int cards,
		 unsigned int domain, unsigned int domains)
{
	char apm[65], aqm[65], none[65];

	memset(none, '0', 64);
	none[64] = '\0';
	memcpy(apm, none, sizeof(apm));
	memcpy(aqm, none, sizeof(aqm));
	add_bits(apm, card, cards);
	add_bits(aqm, domain, domains);
	snprintf(text, CONFIG_LEN, "0x%s,0x%s,0x%s", apm, aqm, none);
}

void mdev_fill(unsigned int number, unsigned int card, unsigned int cards,
	       unsigned int domain, unsigned int domains)
{
	char text[CONFIG_LEN];

	config_text(text, card, cards, domain, domains);
	must(mdev_write(uuid(number), "ap_config", text), "ap_config");
}

/* They have a queue each, which the machine does not have. */
void idle_make(unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		must(mdev_create(uuid(1 + i)), "create");
		mdev_fill(1 + i, IDLE_CARD + i / 16, 1, i % 16, 1);
	}
}

void idle_remove(unsigned int count)
{
	while (count)
		mdev_remove(uuid(count--));
}

void guest_open(struct lodger *guest, unsigned int number)
{
	*guest = (struct lodger){ .way = VFIO_BY_GROUP };
	guest->uuid = strdup(uuid(number));
	must(lodger_open(guest), "open");
}
