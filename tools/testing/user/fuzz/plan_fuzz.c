// SPDX-License-Identifier: GPL-2.0-only
/*
 * user bed - fuzzer: worlds and edits
 *
 * The input is a list of events; after each one the core is asked what its
 * twins are asked: the plan, what the guest sees and why not more, and that as
 * text in a buffer that may be too small.
 */
#include "../../../../drivers/s390/crypto/vfio_ap/core/hostcfg.h"
#include "../../../../drivers/s390/crypto/vfio_ap/tests/twin_filter.h"
#include "../../../../drivers/s390/crypto/vfio_ap/tests/twin_plan.h"
#include "../../../../drivers/s390/crypto/vfio_ap/tests/twin_text.h"
#include "core.h"

#define EVENTS	12

static struct apm_table tables[3];
static struct apm_table named;
static struct apm_table taken;
static struct twin_text twin;
static struct apm_host host;
static struct apm_matrix assigned;
static struct apm_matrix plugged;

static struct apm_world world = {
	.bound = &tables[0],
	.clean = &tables[1],
	.busy = &tables[2],
};

/* A guest that waits for a domain; nobody has reached it yet. */
static void begin(void)
{
	struct apm_region own;

	memset(&tables[0], 0xff, 2 * sizeof(tables[0]));
	memset(&tables[2], 0, sizeof(tables[2]));
	memset(&taken, 0, sizeof(taken));
	memset(&host, 0, sizeof(host));
	memset(&assigned, 0, sizeof(assigned));
	for (unsigned int id = 4; id < 8; id++) {
		twin_put(&assigned.adapters, id, true);
		twin_put(&assigned.domains, id, id < 7);
	}
	plugged = assigned;
	twin_put(&plugged.domains, 6, false);
	own = apm_region_of(&assigned);
	twin_table_put(&taken, &own, true);
	memset(&world.host, 0xff, sizeof(world.host));
	world.limits = (struct apm_limits) { 255, 255 };
}

/* A number in one byte, with another one to make it large. */
static unsigned long number(struct fuzz_input *in)
{
	unsigned long id = fuzz_take(in, 1);
	unsigned int high = fuzz_take(in, 1);

	return high & 0x80 ? id << (high & 0x3f) : id + (high & 1) * 256;
}

/* Like the driver: who joins must not be taken, who leaves is not any more. */
static void commit(const struct apm_plan *plan)
{
	struct apm_region own = apm_region_of(&assigned);
	bool met = apm_table_meets(&taken, &plan->joining, NULL);

	fuzz_must(met == (twin_first(&taken, &plan->joining) < 65536),
		  "who has what joins");
	apm_table_del_region(&taken, &plan->leaving);
	apm_table_add_region(&taken, &plan->joining);
	assigned = plan->assigned;
	own = apm_region_of(&assigned);
	twin_table_put(&taken, &own, false);
	fuzz_must(apm_table_empty(&taken), "all that was taken is assigned");
	twin_table_put(&taken, &own, true);
}

static void edit(struct fuzz_input *in, unsigned int kind)
{
	struct apm_edit wish = { .kind = kind };
	struct apm_plan plan;
	int err;

	if (kind == APM_REPLACE)
		wish.whole = fuzz_matrix(in);
	else
		wish.id = number(in);
	memset(&plan, 0x5a, sizeof(plan));
	err = apm_plan(&world.limits, &assigned, &wish, &plan);
	fuzz_expect("apm_plan()", twin_plan_wrong(&world.limits, &assigned,
						  &wish, err, &plan));
	if (!err)
		commit(&plan);
}

/* One of the guest's to begin with, by default. */
static u16 some_queue(struct fuzz_input *in)
{
	unsigned int apqn = fuzz_take(in, 1);

	if (apqn & 0x80)
		return fuzz_take(in, 2);
	return (4 + (apqn >> 2 & 3)) << 8 | (4 + (apqn & 3));
}

static void queue(struct fuzz_input *in, unsigned int what)
{
	struct apm_table *table = &tables[what % 3];
	u16 apqn = some_queue(in);

	if (what & 0x80) {
		apm_table_add(table, apqn);
		fuzz_must(twin_table_has(table, apqn), "who is added is there");
	} else {
		apm_table_del(table, apqn);
		fuzz_must(!twin_table_has(table, apqn), "who is removed is gone");
	}
}

static void change_host(struct fuzz_input *in, bool done)
{
	struct apm_hostcfg cfg = { .has = fuzz_matrix(in) };
	struct apm_matrix *usable = &world.host;

	if (done)
		apm_host_scanned(&host, &cfg);
	else
		apm_host_changed(&host, &cfg);
	*usable = apm_host_usable(&host);
	for (unsigned int id = 0; id < 256; id++)
		fuzz_must(twin_in(&usable->adapters, id) ==
			  (twin_in(&host.settled.has.adapters, id) &&
			   twin_in(&cfg.has.adapters, id)), "the usable adapters");
}

static void check_reasons(void)
{
	struct apm_matrix within = twin_within(&world, &assigned);
	struct twin_view v = {
		.world = &world,
		.wanted = &within,
		.plugged = &plugged,
	};

	twin_look(&v);
	apm_why_queues(&world, &assigned, &plugged, &named);
	for (unsigned int apid = 0; apid < 256; apid++) {
		const struct apm_mask *row = &named.row[apid];

		if (!twin_in(&within.adapters, apid)) {
			fuzz_must(!(row->word[0] | row->word[1] | row->word[2] |
				    row->word[3]), "only wanted ones are blamed");
			continue;
		}
		for (unsigned int apqi = 0; apqi < 256; apqi++)
			fuzz_must(twin_in(row, apqi) ==
				  twin_blamed(&v, apid * 256 + apqi),
				  "who is blamed");
	}
}

/* In a buffer of its own, for the sanitizer. */
static void check_text(size_t size, unsigned int more)
{
	struct apm_text text = { .buf = malloc(size), .size = size };
	enum apm_why why = more % APM_WHYS;
	struct apm_matrix whole = apm_why_matrix(&world, &assigned, why);
	struct apm_matrix same = twin_why_matrix(&world, &assigned, why);
	const char *word = apm_why_text(why);

	if (!text.buf)
		return;
	twin.size = size;
	twin.len = 0;
	fuzz_must(twin_matrix_same(&whole, &same), "the reasons of numbers");
	fuzz_must(apm_text_why_matrix(&text, &whole, why) ==
		  twin_why_list(&twin, &whole, word), "the list of numbers fits");
	fuzz_must(apm_text_why_queues(&text, &named, why, more) ==
		  twin_why_queues(&twin, &named, word, more),
		  "the list of queues fits");
	fuzz_must(apm_text_matrix(&text, &assigned) ==
		  twin_text_matrix(&twin, &assigned), "the assignment fits");
	fuzz_expect("text", twin_text_wrong(&twin, &text));
	free(text.buf);
}

static void check_guest(bool settle)
{
	struct apm_matrix guest = apm_visible(&world, &assigned, &plugged);
	struct apm_matrix same = twin_visible(&world, &assigned, &plugged);

	fuzz_must(twin_matrix_same(&guest, &same), "what the guest sees");
	if (!settle)
		return;
	plugged = guest;
	guest = apm_visible(&world, &assigned, &plugged);
	fuzz_must(twin_matrix_same(&guest, &plugged), "it stays so");
}

static void change_limits(struct fuzz_input *in)
{
	world.limits.max_apid = fuzz_take(in, 1);
	world.limits.max_apqi = fuzz_take(in, 1);
}

static void event(struct fuzz_input *in)
{
	unsigned int what = fuzz_take(in, 1);
	unsigned int kind = what & 0x0f;

	if (kind <= APM_REPLACE + 1)
		edit(in, kind);
	else if (kind == 15)
		change_host(in, what & 0x80);
	else if (kind == 14)
		plugged = fuzz_matrix(in);
	else if (kind == 13)
		change_limits(in);
	else
		queue(in, fuzz_take(in, 1));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct fuzz_input in = { data, size };

	begin();
	for (unsigned int i = 0; i < EVENTS && in.left; i++) {
		event(&in);
		check_guest(fuzz_take(&in, 1) & 1);
		check_reasons();
		check_text(fuzz_take(&in, 1), i);
	}
	return 0;
}
