// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - filter, reasons and the host over time against their twins
 *
 * The world goes on from case to case, a queue or two at a time: what is seen
 * depends on single queues.
 */
#include <kunit/test.h>

#include "../core/hostcfg.h"
#include "draw.h"
#include "twin_filter.h"

#define SEED	0x6f7261636c65ULL

/**
 * struct scene - a world, and what is asked about it
 * @world: limits, host and tables
 * @table: bound, clean and busy
 * @named: where apm_why_queues() writes
 * @assigned: what the guest is to have
 * @plugged: what it has
 * @held: how often a domain had to wait
 * @lost: how often an adapter was withheld for a queue
 */
struct scene {
	struct apm_world world;
	struct apm_table *table[3];
	struct apm_table *named;
	struct apm_matrix assigned;
	struct apm_matrix plugged;
	unsigned int held;
	unsigned int lost;
};

static struct scene *new_scene(struct kunit *test)
{
	struct scene *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, s);
	for (unsigned int i = 0; i < 3; i++)
		s->table[i] = new_table(test);
	s->named = new_table(test);
	s->world.bound = s->table[0];
	s->world.clean = s->table[1];
	s->world.busy = s->table[2];
	return s;
}

/* Queues of the guest, most of the time. */
static u16 draw_queue(u64 *seed, const struct apm_matrix *m)
{
	unsigned int apid = apm_mask_next(&m->adapters, draw_id(seed));
	unsigned int apqi = apm_mask_next(&m->domains, draw_id(seed));

	return apm_apqn(apid % APM_IDS, apqi % APM_IDS);
}

/* All is bound and clean; then something is not, and that is being removed. */
static void draw_queues(u64 *seed, struct scene *s)
{
	unsigned int count = draw_below(seed, 4);

	if (draw_one_in(seed, 8)) {
		memset(s->table[0], 0xff, sizeof(*s->table[0]));
		memset(s->table[1], 0xff, sizeof(*s->table[1]));
		memset(s->table[2], 0, sizeof(*s->table[2]));
	}
	while (count--) {
		u16 apqn = draw_queue(seed, &s->assigned);
		bool dirt = draw_below(seed, 4);

		apm_table_del(s->table[dirt ? 1 : draw_below(seed, 3)], apqn);
		if (draw_below(seed, 4))
			apm_table_add(s->table[2], apqn);
	}
}

/* It has all but a domain, which may have to wait. */
static void draw_newcomer(u64 *seed, struct scene *s)
{
	u16 apqn = draw_queue(seed, &s->assigned);

	s->plugged = s->assigned;
	apm_mask_del(&s->plugged.domains, apm_apqi(apqn));
	apm_table_del(s->table[1], apqn);
	apm_table_add(s->table[2], apqn);
}

static void draw_case(u64 *seed, struct scene *s)
{
	switch (draw_below(seed, 10)) {
	case 0:
		draw_assignment(seed, &s->assigned);
		break;
	case 1:
		draw_assignment_like(seed, &s->world.host, &s->assigned);
		break;
	case 2:
		s->world.host = apm_matrix_upto(&(struct apm_limits) { 255, 255 });
		break;
	case 3:
		s->world.limits = draw_limits(seed);
		break;
	case 4:
		draw_assignment_like(seed, &s->assigned, &s->assigned);
		break;
	case 5:
	case 6:
		draw_newcomer(seed, s);
		break;
	default:
		draw_assignment_like(seed, &s->plugged, &s->assigned);
	}
	draw_queues(seed, s);
}

static const char *what_a_guest_sees(u64 *seed, void *priv)
{
	struct scene *s = priv;
	struct apm_matrix guest;
	struct apm_matrix twin;

	draw_case(seed, s);
	guest = apm_within(&s->world, &s->assigned);
	twin = twin_within(&s->world, &s->assigned);
	if (!twin_matrix_same(&guest, &twin))
		return "apm_within()";
	s->held += apm_mask_count(&guest.domains);
	s->lost += apm_mask_count(&guest.adapters);
	guest = apm_visible(&s->world, &s->assigned, &s->plugged);
	twin = twin_visible(&s->world, &s->assigned, &s->plugged);
	s->held -= apm_mask_count(&guest.domains);
	s->lost -= apm_mask_count(&guest.adapters);
	return twin_matrix_same(&guest, &twin) ? NULL : "apm_visible()";
}

static void a_guest_sees_what_the_twin_says(struct kunit *test)
{
	struct scene *s = new_scene(test);

	if (!ask_oracle(test, SEED, what_a_guest_sees, s))
		return;
	/* Else nothing was asked. */
	KUNIT_EXPECT_GT(test, s->held, 0);
	KUNIT_EXPECT_GT(test, s->lost, 0);
}

static const char *rows_wrong(const struct twin_view *v, unsigned int apid)
{
	struct apm_mask lacks = apm_lacking_row(v->world, v->wanted, v->plugged,
						apid);
	struct apm_mask waits = apm_awaited_row(v->world, v->wanted, v->plugged,
						apid);
	struct apm_mask twin = twin_lacking_row(v, apid);

	if (!twin_same(&lacks, &twin))
		return "apm_lacking_row()";
	if (!twin_adapter_waits(v, apid))
		memset(&twin, 0, sizeof(twin));
	return twin_same(&waits, &twin) ? NULL : "apm_awaited_row()";
}

static const char *rows_of_the_filter(u64 *seed, void *priv)
{
	struct scene *s = priv;
	struct twin_view v = {
		.world = &s->world,
		.wanted = &s->assigned,
		.plugged = &s->plugged,
	};
	struct apm_mask wait;
	struct apm_mask twin;

	draw_case(seed, s);
	twin_look(&v);
	wait = apm_awaited(v.world, v.wanted, v.plugged);
	twin = twin_awaited(&v);
	if (!twin_same(&wait, &twin))
		return "apm_awaited()";
	return rows_wrong(&v, draw_queue(seed, &s->assigned) / APM_IDS);
}

static void rows_are_as_the_twin_says(struct kunit *test)
{
	ask_oracle(test, SEED, rows_of_the_filter, new_scene(test));
}

static const char *reasons_of_numbers(u64 *seed, void *priv)
{
	struct scene *s = priv;
	enum apm_why why = draw_below(seed, APM_WHYS);
	struct apm_matrix m;
	struct apm_matrix twin;

	draw_case(seed, s);
	if (draw_below(seed, 2))
		why = draw_below(seed, 2) ? APM_WHY_NOT_IN_HOST :
					    APM_WHY_FORMAT_LIMIT;
	m = apm_why_matrix(&s->world, &s->assigned, why);
	twin = twin_why_matrix(&s->world, &s->assigned, why);
	return twin_matrix_same(&m, &twin) ? NULL : "apm_why_matrix()";
}

static void numbers_are_withheld_for_the_twins_reasons(struct kunit *test)
{
	ask_oracle(test, SEED, reasons_of_numbers, new_scene(test));
}

static const char *row_of_blame_wrong(const struct twin_view *v,
				      const struct apm_mask *row,
				      unsigned int apid)
{
	for (unsigned int apqi = 0; apqi < APM_IDS; apqi++)
		if (twin_in(row, apqi) != twin_blamed(v, apid * 256 + apqi))
			return "apm_why_queues()";
	return NULL;
}

static const char *reasons_of_queues(u64 *seed, void *priv)
{
	struct scene *s = priv;
	struct apm_matrix within;
	struct twin_view v = {
		.world = &s->world,
		.wanted = &within,
		.plugged = &s->plugged,
	};

	draw_case(seed, s);
	within = twin_within(&s->world, &s->assigned);
	twin_look(&v);
	if (draw_one_in(seed, 16))
		memset(s->named, 0xff, sizeof(*s->named));
	apm_why_queues(&s->world, &s->assigned, &s->plugged, s->named);
	for (unsigned int apid = 0; apid < APM_IDS; apid++) {
		const struct apm_mask *row = &s->named->row[apid];
		const char *wrong = NULL;

		if (twin_in(&within.adapters, apid))
			wrong = row_of_blame_wrong(&v, row, apid);
		else if (row->word[0] | row->word[1] | row->word[2] | row->word[3])
			wrong = "an adapter that is not wanted";
		if (wrong)
			return wrong;
	}
	return NULL;
}

static void queues_are_blamed_as_by_the_twin(struct kunit *test)
{
	ask_oracle(test, SEED, reasons_of_queues, new_scene(test));
}

/**
 * struct years - a host over time, and what its twin remembers
 * @host: the host
 * @now: the last report
 * @settled: the last one after a scan
 */
struct years {
	struct apm_host host;
	struct apm_hostcfg now;
	struct apm_hostcfg settled;
};

static const char *a_report_of_the_bus(u64 *seed, void *priv)
{
	struct years *y = priv;
	struct apm_matrix usable;

	draw_assignment_like(seed, &y->now.has, draw_below(seed, 2) ?
			     &y->now.has : &y->settled.has);
	y->now.limits = draw_limits(seed);
	if (draw_below(seed, 2)) {
		apm_host_changed(&y->host, &y->now);
	} else {
		y->settled = y->now;
		apm_host_scanned(&y->host, &y->now);
	}
	usable = apm_host_usable(&y->host);
	for (unsigned int id = 0; id < APM_IDS; id++) {
		const struct apm_matrix *a = &y->now.has;
		const struct apm_matrix *b = &y->settled.has;

		if (twin_in(&usable.adapters, id) != (twin_in(&a->adapters, id) &&
						      twin_in(&b->adapters, id)) ||
		    twin_in(&usable.domains, id) != (twin_in(&a->domains, id) &&
						     twin_in(&b->domains, id)) ||
		    twin_in(&usable.controls, id) != (twin_in(&a->controls, id) &&
						      twin_in(&b->controls, id)))
			return "apm_host_usable()";
	}
	return y->host.now.limits.max_apid == y->now.limits.max_apid &&
	       y->host.now.limits.max_apqi == y->now.limits.max_apqi ?
	       NULL : "the limits";
}

static void a_host_has_what_the_twin_remembers(struct kunit *test)
{
	struct years *y = kunit_kzalloc(test, sizeof(*y), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, y);
	ask_oracle(test, SEED, a_report_of_the_bus, y);
}

static struct kunit_case filter_oracle_cases[] = {
	KUNIT_CASE(a_guest_sees_what_the_twin_says),
	KUNIT_CASE(rows_are_as_the_twin_says),
	KUNIT_CASE(numbers_are_withheld_for_the_twins_reasons),
	KUNIT_CASE(queues_are_blamed_as_by_the_twin),
	KUNIT_CASE(a_host_has_what_the_twin_remembers),
	{}
};

static struct kunit_suite filter_oracle_suite = {
	.name = "vfio_ap-filter-oracle",
	.test_cases = filter_oracle_cases,
};

kunit_test_suite(filter_oracle_suite);
