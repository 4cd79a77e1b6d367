// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - what the host has, step by step
 */
#include <kunit/test.h>

#include "../core/hostcfg.h"
#include "testlib.h"

#define STEPS	6

enum event { NONE, CHANGED, SCANNED };

/* One report of the AP bus and what may be used afterwards. */
struct step {
	enum event event;
	const char *has[3];
	const char *usable[3];
};

static const struct story {
	const char *desc;
	struct step steps[STEPS];
} stories[] = {
	{
		"what is there from the beginning can be used", {
			{ SCANNED, { "4 5", "4 71", "4" }, { "4 5", "4 71", "4" } },
		},
	}, {
		"what goes, goes at once", {
			{ SCANNED, { "4 5", "4 71", "4" }, { "4 5", "4 71", "4" } },
			{ CHANGED, { "4", "71", "" }, { "4", "71", "" } },
			{ SCANNED, { "4", "71", "" }, { "4", "71", "" } },
		},
	}, {
		"what comes, comes after the scan", {
			{ SCANNED, { "4", "4", "4" }, { "4", "4", "4" } },
			{ CHANGED, { "4 5", "4 71", "4 71" }, { "4", "4", "4" } },
			{ SCANNED, { "4 5", "4 71", "4 71" },
				   { "4 5", "4 71", "4 71" } },
		},
	}, {
		"one comes while another goes", {
			{ SCANNED, { "4 5", "4", "" }, { "4 5", "4", "" } },
			{ CHANGED, { "5 6", "4", "" }, { "5", "4", "" } },
			{ SCANNED, { "5 6", "4", "" }, { "5 6", "4", "" } },
		},
	}, {
		"what goes before it was scanned never came", {
			{ SCANNED, { "4", "4", "" }, { "4", "4", "" } },
			{ CHANGED, { "4 5", "4", "" }, { "4", "4", "" } },
			{ CHANGED, { "4", "4", "" }, { "4", "4", "" } },
			{ SCANNED, { "4", "4", "" }, { "4", "4", "" } },
		},
	}, {
		"what goes and comes back was never scanned away", {
			{ SCANNED, { "4 5", "4", "" }, { "4 5", "4", "" } },
			{ CHANGED, { "4", "4", "" }, { "4", "4", "" } },
			{ CHANGED, { "4 5", "4", "" }, { "4 5", "4", "" } },
		},
	}, {
		"what is scanned away must be scanned again", {
			{ SCANNED, { "4 5", "4", "" }, { "4 5", "4", "" } },
			{ CHANGED, { "4", "4", "" }, { "4", "4", "" } },
			{ SCANNED, { "4", "4", "" }, { "4", "4", "" } },
			{ CHANGED, { "4 5", "4", "" }, { "4", "4", "" } },
			{ SCANNED, { "4 5", "4", "" }, { "4 5", "4", "" } },
		},
	}, {
		"a scan alone tells of changes too", {
			{ SCANNED, { "", "", "" }, { "", "", "" } },
			{ SCANNED, { "4", "4", "4" }, { "4", "4", "4" } },
		},
	},
};

KUNIT_ARRAY_PARAM_DESC(story, stories, desc);

static void the_host_changes(struct kunit *test)
{
	const struct story *story = test->param_value;
	struct apm_host host = {};

	for (unsigned int i = 0; i < STEPS; i++) {
		const struct step *step = &story->steps[i];
		const struct apm_hostcfg cfg = {
			.has = matrix_of(step->has[0], step->has[1], step->has[2]),
			.limits = { .max_apid = 40 + i, .max_apqi = 80 + i },
		};

		switch (step->event) {
		case NONE:
			return;
		case CHANGED:
			apm_host_changed(&host, &cfg);
			break;
		case SCANNED:
			apm_host_scanned(&host, &cfg);
			break;
		}
		KUNIT_EXPECT_MATRIX_EQ(test, apm_host_usable(&host),
				       matrix_of(step->usable[0],
						 step->usable[1],
						 step->usable[2]));
		KUNIT_EXPECT_EQ(test, host.now.limits.max_apid, 40 + i);
		KUNIT_EXPECT_EQ(test, host.now.limits.max_apqi, 80 + i);
	}
}

static struct kunit_case hostcfg_cases[] = {
	KUNIT_CASE_PARAM(the_host_changes, story_gen_params),
	{}
};

static struct kunit_suite hostcfg_suite = {
	.name = "vfio_ap-hostcfg",
	.test_cases = hostcfg_cases,
};

kunit_test_suite(hostcfg_suite);
