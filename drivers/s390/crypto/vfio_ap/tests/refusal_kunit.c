// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - why somebody was refused
 */
#include <kunit/test.h>

#include "../core/refusal.h"
#include "testlib.h"

#define UUID "11111111-2222-4333-8444-555555555555"

static const struct {
	enum apm_refused why;
	int err;
	const char *line;
} reasons[] = {
	{ APM_REFUSED_NUMBER, -EINVAL, "EINVAL act not-a-number\n" },
	{ APM_REFUSED_MASKS, -EINVAL, "EINVAL act not-three-masks\n" },
	{ APM_REFUSED_BITS, -ERANGE, "ERANGE act more-than-64-bits\n" },
	{ APM_REFUSED_RANGE, -ENODEV, "ENODEV act not-on-this-machine\n" },
	{ APM_REFUSED_HOST, -EADDRNOTAVAIL, "EADDRNOTAVAIL act reserved-for-host\n" },
	{ APM_REFUSED_TAKEN, -EADDRINUSE, "EADDRINUSE act assigned-to\n" },
	{ APM_REFUSED_NO_KVM, -EINVAL, "EINVAL act no-kvm\n" },
	{ APM_REFUSED_SECOND, -EPERM, "EPERM act guest-already-has\n" },
};

static void every_reason_has_an_errno_and_a_word(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, ARRAY_SIZE(reasons), APM_REFUSED);
	for (unsigned int i = 0; i < ARRAY_SIZE(reasons); i++) {
		struct apm_refusal refusal = {
			.why = reasons[i].why, .what = "act", .ids = "",
		};
		char buf[APM_REFUSAL_LEN];
		struct apm_text text = { .buf = buf, .size = sizeof(buf) };

		KUNIT_EXPECT_EQ(test, apm_refused_errno(reasons[i].why),
				reasons[i].err);
		KUNIT_EXPECT_TRUE(test, apm_text_refusal(&text, &refusal));
		KUNIT_EXPECT_STREQ(test, buf, reasons[i].line);
		KUNIT_EXPECT_EQ(test, text.len, strlen(reasons[i].line));
	}
}

static void a_text_is_refused_for_what_its_parser_said(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, apm_refused_text(false, -EINVAL), APM_REFUSED_NUMBER);
	KUNIT_EXPECT_EQ(test, apm_refused_text(true, -EINVAL), APM_REFUSED_MASKS);
	KUNIT_EXPECT_EQ(test, apm_refused_text(false, -ERANGE), APM_REFUSED_BITS);
}

static void the_longest_line_has_room(struct kunit *test)
{
	char ids[APM_REFUSAL_IDS];
	struct apm_refusal refusal = {
		.what = "unassign_control_domain", .ids = ids, .owner = UUID,
	};

	memset(ids, 'x', sizeof(ids) - 1);
	ids[sizeof(ids) - 1] = 0;
	for (refusal.why = 0; refusal.why < APM_REFUSED; refusal.why++) {
		char buf[APM_REFUSAL_LEN];
		struct apm_text text = { .buf = buf, .size = sizeof(buf) };

		KUNIT_EXPECT_TRUE(test, apm_text_refusal(&text, &refusal));
		KUNIT_EXPECT_EQ(test, text.len, strlen(buf));
	}
}

/* Whole words, wherever it ends, and never beyond the buffer. */
static void a_line_without_room_is_not_a_line(struct kunit *test)
{
	static const char whole[] =
		"EADDRINUSE act queue 05.0004 assigned-to " UUID "\n";
	struct apm_refusal refusal = {
		.why = APM_REFUSED_TAKEN, .what = "act",
		.ids = "queue 05.0004", .owner = UUID,
	};
	char buf[sizeof(whole)];

	for (size_t size = 0; size <= sizeof(whole); size++) {
		struct apm_text text = { .buf = buf, .size = size };

		memset(buf, '#', sizeof(buf));
		KUNIT_EXPECT_EQ(test, apm_text_refusal(&text, &refusal),
				size == sizeof(whole));
		if (size < sizeof(whole))
			KUNIT_EXPECT_EQ(test, buf[size], '#');
		if (size)
			KUNIT_EXPECT_EQ(test, strncmp(buf, whole, text.len), 0);
	}
}

static const struct beyond {
	const char *desc;
	enum apm_edit_kind kind;
	unsigned long id;
	const char *adapters;
	const char *domains;
	const char *controls;
	const char *text;
} beyonds[] = {
	{ "adapter", APM_ADD_ADAPTER, 64, .text = "adapter 40" },
	{ "adapter, unassigned", APM_DEL_ADAPTER, 0x123, .text = "adapter 123" },
	{ "domain", APM_ADD_DOMAIN, 16, .text = "domain 0010" },
	{ "domain, unassigned", APM_DEL_DOMAIN, 0x12345, .text = "domain 12345" },
	{ "control", APM_ADD_CONTROL, 16, .text = "control-domain 0010" },
	{ "control, unassigned", APM_DEL_CONTROL, -1UL,
	  .text = sizeof(long) == 8 ? "control-domain ffffffffffffffff"
				    : "control-domain ffffffff" },
	{ "adapters", APM_REPLACE, 0, "4 64-67 70", "4 20", "30",
	  "adapter 40-43,46" },
	{ "domains", APM_REPLACE, 0, "4", "4 20", "30", "domain 0014" },
	{ "controls", APM_REPLACE, 0, "4", "4", "15 16", "control-domain 0010" },
};

KUNIT_ARRAY_PARAM_DESC(beyond, beyonds, desc);

static void what_is_too_high_is_named(struct kunit *test)
{
	static const struct apm_limits limits = { 63, 15 };
	const struct beyond *beyond = test->param_value;
	struct apm_edit edit = {
		.kind = beyond->kind, .id = beyond->id,
		.whole = matrix_of(beyond->adapters, beyond->domains,
				   beyond->controls),
	};
	size_t len = strlen(beyond->text);
	char buf[APM_REFUSAL_IDS];

	for (size_t size = 1; size <= sizeof(buf); size++) {
		struct apm_text text = { .buf = buf, .size = size };
		bool whole = apm_text_beyond(&text, &limits, &edit);

		KUNIT_EXPECT_LE(test, text.len, size - 1);
		if (size <= len)
			KUNIT_EXPECT_FALSE(test, whole);
		if (!whole)
			continue;
		KUNIT_EXPECT_STREQ(test, buf, beyond->text);
	}
	KUNIT_EXPECT_STREQ(test, buf, beyond->text);
}

static struct kunit_case refusal_cases[] = {
	KUNIT_CASE(every_reason_has_an_errno_and_a_word),
	KUNIT_CASE(a_text_is_refused_for_what_its_parser_said),
	KUNIT_CASE(the_longest_line_has_room),
	KUNIT_CASE(a_line_without_room_is_not_a_line),
	KUNIT_CASE_PARAM(what_is_too_high_is_named, beyond_gen_params),
	{}
};

static struct kunit_suite refusal_suite = {
	.name = "vfio_ap-refusal",
	.test_cases = refusal_cases,
};

kunit_test_suite(refusal_suite);
