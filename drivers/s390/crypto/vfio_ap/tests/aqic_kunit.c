// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - a guest's PQAP(AQIC), taken apart
 */
#include <kunit/test.h>

#include "../core/aqic.h"
#include "testlib.h"

#define IR	0x0000800000000000ULL

static const struct request {
	const char *desc;
	u64 gr0;
	u64 gr1;
	u64 gr2;
	struct apm_aqic aqic;
} requests[] = {
	{ "enable as Linux does", 0x03000547, IR | 6, 0x12345,
	  { .apqn = 0x0547, .enable = true, .isc = 6, .nib = 0x12345 } },
	{ "disable with all zero", 0x03000547, 0, 0, { .apqn = 0x0547 } },
	{ "the last queue", 0x0300ffff, IR | 7, ~0ULL,
	  { .apqn = 0xffff, .enable = true, .isc = 7, .nib = ~0ULL } },
	{ "the first queue", 0x03000000, IR, 1,
	  { .apqn = 0, .enable = true, .isc = 0, .nib = 1 } },
	{ "the high half of GR0 is ignored", 0xffffffff03000547ULL, 0, 0,
	  { .apqn = 0x0547 } },
	{ "the T bit is not part of the APQN", 0x03800547, 0, 0,
	  { .apqn = 0x0547 } },
	{ "all of GR1 but IR is no enablement", 0x03000547, ~IR, 0x1000,
	  { .apqn = 0x0547, .enable = false, .isc = 7, .nib = 0x1000 } },
	{ "a hypervisor's fields are not the guest's subclass", 0x03000547,
	  IR | 0x0000070300000000ULL | 0x7ffffff0 | 2, 0x1000,
	  { .apqn = 0x0547, .enable = true, .isc = 2, .nib = 0x1000 } },
};

KUNIT_ARRAY_PARAM_DESC(request, requests, desc);

static void a_guest_asks(struct kunit *test)
{
	const struct request *r = test->param_value;
	struct apm_aqic aqic = apm_aqic_decode(r->gr0, r->gr1, r->gr2);

	KUNIT_EXPECT_EQ(test, aqic.apqn, r->aqic.apqn);
	KUNIT_EXPECT_EQ(test, aqic.enable, r->aqic.enable);
	KUNIT_EXPECT_EQ(test, aqic.isc, r->aqic.isc);
	KUNIT_EXPECT_EQ(test, aqic.nib, r->aqic.nib);
}

/* The guest has adapters 4 and 5, domains 4 and 71, and controls 6 too. */
static const struct refusal {
	const char *desc;
	struct apm_aqic aqic;
	u8 rc;
} refusals[] = {
	{ "enabling is fine", { 0x0547, true, 6, 0x1000 }, 0x00 },
	{ "disabling is fine", { 0x0547, false, 0, 0 }, 0x00 },
	{ "a byte anywhere is fine", { 0x0547, true, 6, ~0ULL }, 0x00 },
	{ "no byte to enable with", { 0x0547, true, 6, 0 }, 0x06 },
	{ "not the guest's adapter", { 0x0647, true, 6, 0x1000 }, 0x01 },
	{ "not the guest's domain", { 0x0548, true, 6, 0x1000 }, 0x01 },
	{ "a control domain is not enough", { 0x0506, true, 6, 0x1000 }, 0x01 },
	{ "nobody's queue, no byte", { 0x0647, true, 6, 0 }, 0x01 },
	{ "disabling nobody's queue", { 0x0647, false, 0, 0 }, 0x01 },
};

KUNIT_ARRAY_PARAM_DESC(refusal, refusals, desc);

static void a_guest_is_told(struct kunit *test)
{
	const struct refusal *r = test->param_value;
	struct apm_matrix plugged = matrix_of("4 5", "4 71", "6");
	struct apm_status status = { .rc = 0x5a, .irq = true };
	bool refused = apm_aqic_refuse(&plugged, &r->aqic, &status);

	KUNIT_EXPECT_EQ(test, refused, r->rc != 0x00);
	KUNIT_EXPECT_EQ(test, apm_status_word(&status),
			refused ? (u32)r->rc << 16 : 0x015a0000);
}

static void nothing_plugged_is_always_refused(struct kunit *test)
{
	struct apm_matrix plugged = {};

	for (unsigned int apqn = 0; apqn <= 0xffff; apqn++) {
		struct apm_aqic aqic = { apqn, true, 6, 0x1000 };
		struct apm_status status = {};

		KUNIT_ASSERT_TRUE(test, apm_aqic_refuse(&plugged, &aqic, &status));
		KUNIT_ASSERT_EQ(test, status.rc, APM_RC_NOT_AVAILABLE);
	}
}

static struct kunit_case aqic_cases[] = {
	KUNIT_CASE_PARAM(a_guest_asks, request_gen_params),
	KUNIT_CASE_PARAM(a_guest_is_told, refusal_gen_params),
	KUNIT_CASE(nothing_plugged_is_always_refused),
	{}
};

static struct kunit_suite aqic_suite = {
	.name = "vfio_ap-aqic",
	.test_cases = aqic_cases,
};

kunit_test_suite(aqic_suite);
