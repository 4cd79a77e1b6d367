// SPDX-License-Identifier: GPL-2.0-only
/*
 * The UML front end's own tests: instructions, words in storage, interruptions
 *
 * They need the default machine, and nobody else on it: no AP bus yet.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/io.h>

#include <asm/airq.h>
#include <asm/ap.h>
#include <asm/facility.h>
#include <asm/sclp.h>

#define OWN		AP_MKQID(4, 0x47)
#define ABSENT		AP_MKQID(9, 4)
#define TEST_ISC	3

#define RC_NORMAL	0x00
#define RC_NOT_THERE	0x01
#define RC_DECONFIGURED	0x03
#define RC_NO_REPLY	0x10
#define RC_TRUNCATED	0xff

/* A type 50 message: header, exponent, modulus, base; its reply: header, n. */
#define HEADER_LEN	16
#define RSA_LEN		256
#define REQUEST_LEN	(HEADER_LEN + 3 * RSA_LEN)
#define REPLY_LEN	(HEADER_LEN + RSA_LEN)

#define TIMEOUT		msecs_to_jiffies(5000)

static DECLARE_COMPLETION(interrupted);

static void handler(struct airq_struct *airq, struct tpi_info *info)
{
	*airq->lsi_ptr = 0;
	complete(&interrupted);
}

/* A bit field has no type that KUnit could use. */
static unsigned int rc_of(struct ap_queue_status status)
{
	return status.response_code;
}

/* 2 ^ 3 mod a large odd number. */
static u8 *request(struct kunit *test)
{
	u8 *msg = kunit_kzalloc(test, REQUEST_LEN, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, msg);
	msg[1] = 0x50;
	msg[2] = REQUEST_LEN >> 8;
	msg[3] = REQUEST_LEN & 0xff;
	msg[9] = 0x02;
	msg[HEADER_LEN + RSA_LEN - 1] = 3;
	memset(msg + HEADER_LEN + RSA_LEN, 0xff, RSA_LEN);
	msg[REQUEST_LEN - 1] = 2;
	return msg;
}

static struct ap_queue_status wait_reply(void *buf, size_t size, size_t *len,
					 unsigned long *psmid, size_t *left,
					 unsigned long *gr0)
{
	struct ap_queue_status status;
	int tries = 500;

	do {
		usleep_range(1000, 2000);
		status = ap_dqap(OWN, psmid, buf, size, len, left, gr0);
	} while (rc_of(status) == RC_NO_REPLY && --tries);
	return status;
}

static void qci_has_the_words_of_a_big_endian_machine(struct kunit *test)
{
	struct ap_config_info info = {};

	KUNIT_ASSERT_EQ(test, ap_qci(&info), 0);
	KUNIT_EXPECT_TRUE(test, info.apxa);
	KUNIT_EXPECT_EQ(test, info.apm[0], 0x0f000000);
	KUNIT_EXPECT_EQ(test, info.apm[1], 0);
	KUNIT_EXPECT_EQ(test, info.aqm[0], 0x08000000);
	KUNIT_EXPECT_EQ(test, info.aqm[0x47 / 32], 0x80000000 >> 0x47 % 32);
	KUNIT_EXPECT_EQ(test, info.aqm[0xab / 32], 0x80000000 >> 0xab % 32);
	KUNIT_EXPECT_EQ(test, info.adm[0], 0x08000000);
}

static void tapq_describes_the_adapter(struct kunit *test)
{
	struct ap_tapq_hwinfo info = {};
	struct ap_queue_status status;

	status = ap_test_queue(OWN, 1, &info);
	KUNIT_EXPECT_EQ(test, rc_of(status), RC_NORMAL);
	KUNIT_EXPECT_TRUE(test, status.queue_empty);
	KUNIT_EXPECT_FALSE(test, status.irq_enabled);
	KUNIT_EXPECT_EQ(test, (int)info.at, 14);
	KUNIT_EXPECT_TRUE(test, info.accel);
	KUNIT_EXPECT_FALSE(test, info.cca);
	KUNIT_EXPECT_EQ(test, (int)info.qd, 7);

	ap_test_queue(AP_MKQID(6, 4), 1, &info);
	KUNIT_EXPECT_EQ(test, (int)info.at, 13);
	KUNIT_EXPECT_TRUE(test, info.ep11);
}

static void an_absent_queue_is_not_there(struct kunit *test)
{
	struct ap_queue_status status;

	status = ap_tapq(ABSENT, NULL);
	KUNIT_EXPECT_EQ(test, rc_of(status), RC_NOT_THERE);
	status = ap_zapq(ABSENT, 0);
	KUNIT_EXPECT_EQ(test, rc_of(status), RC_NOT_THERE);
}

static void a_request_is_computed(struct kunit *test)
{
	u8 *reply = kunit_kzalloc(test, REQUEST_LEN, GFP_KERNEL);
	unsigned long psmid = 0;
	struct ap_queue_status status;
	size_t len = 0;

	KUNIT_ASSERT_NOT_NULL(test, reply);
	status = ap_nqap(OWN, 0x123456789abcdef0ULL, request(test), REQUEST_LEN);
	KUNIT_ASSERT_EQ(test, rc_of(status), RC_NORMAL);
	status = wait_reply(reply, REQUEST_LEN, &len, &psmid, NULL, NULL);
	KUNIT_ASSERT_EQ(test, rc_of(status), RC_NORMAL);
	KUNIT_EXPECT_EQ(test, psmid, 0x123456789abcdef0UL);
	KUNIT_ASSERT_EQ(test, len, REPLY_LEN);
	KUNIT_EXPECT_EQ(test, reply[REPLY_LEN - 1], 8);
	KUNIT_EXPECT_EQ(test, reply[REPLY_LEN - 2], 0);
}

static void a_reply_can_be_taken_in_parts(struct kunit *test)
{
	u8 *reply = kunit_kzalloc(test, REPLY_LEN, GFP_KERNEL);
	size_t len = 0, left = 0;
	unsigned long psmid = 0, gr0 = 0;
	struct ap_queue_status status;

	KUNIT_ASSERT_NOT_NULL(test, reply);
	status = ap_nqap(OWN, 7, request(test), REQUEST_LEN);
	KUNIT_ASSERT_EQ(test, rc_of(status), RC_NORMAL);
	status = wait_reply(reply, 100, &len, &psmid, &left, &gr0);
	KUNIT_ASSERT_EQ(test, rc_of(status), RC_TRUNCATED);
	KUNIT_EXPECT_EQ(test, len, 100);
	KUNIT_EXPECT_EQ(test, left, REPLY_LEN - 100);
	KUNIT_ASSERT_NE(test, gr0, 0);

	status = ap_dqap(OWN, &psmid, reply + 100, REPLY_LEN - 100, &len, &left,
			 &gr0);
	KUNIT_EXPECT_EQ(test, rc_of(status), RC_NORMAL);
	KUNIT_EXPECT_EQ(test, len, REPLY_LEN - 100);
	KUNIT_EXPECT_EQ(test, psmid, 7);
	KUNIT_EXPECT_EQ(test, gr0, 0);
	KUNIT_EXPECT_EQ(test, reply[REPLY_LEN - 1], 8);
}

static void a_reply_interrupts(struct kunit *test)
{
	union ap_qirq_ctrl on = { .isc = TEST_ISC, .ir = 1 };
	struct airq_struct airq = { .handler = handler, .isc = TEST_ISC };
	struct ap_queue_status status;
	unsigned long waited;

	reinit_completion(&interrupted);
	KUNIT_ASSERT_EQ(test, register_adapter_interrupt(&airq), 0);
	status = ap_aqic(OWN, on, virt_to_phys(airq.lsi_ptr));
	KUNIT_EXPECT_EQ(test, rc_of(status), RC_NORMAL);
	status = ap_tapq(OWN, NULL);
	KUNIT_EXPECT_TRUE(test, status.irq_enabled);
	ap_nqap(OWN, 1, request(test), REQUEST_LEN);
	waited = wait_for_completion_timeout(&interrupted, TIMEOUT);
	KUNIT_EXPECT_NE(test, waited, 0);
	status = ap_tapq(OWN, NULL);
	KUNIT_EXPECT_TRUE(test, status.replies_waiting);

	/* A reset takes the reply and the enablement. */
	ap_zapq(OWN, 0);
	msleep(20);
	status = ap_tapq(OWN, NULL);
	KUNIT_EXPECT_EQ(test, rc_of(status), RC_NORMAL);
	KUNIT_EXPECT_TRUE(test, status.queue_empty);
	KUNIT_EXPECT_FALSE(test, status.irq_enabled);
	unregister_adapter_interrupt(&airq);
}

static void an_adapter_goes_to_standby_and_back(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, sclp_ap_deconfigure(4), 0);
	KUNIT_EXPECT_EQ(test, rc_of(ap_tapq(OWN, NULL)), RC_DECONFIGURED);
	KUNIT_EXPECT_EQ(test, sclp_ap_configure(4), 0);
	KUNIT_EXPECT_EQ(test, rc_of(ap_tapq(OWN, NULL)), RC_NORMAL);
	KUNIT_EXPECT_EQ(test, sclp_ap_deconfigure(9), -EIO);
}

static void the_facilities_are_there(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, ap_instructions_available());
	KUNIT_EXPECT_TRUE(test, test_facility(12));
	KUNIT_EXPECT_TRUE(test, test_facility(65));
	KUNIT_EXPECT_FALSE(test, test_facility(76));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(the_facilities_are_there),
	KUNIT_CASE(qci_has_the_words_of_a_big_endian_machine),
	KUNIT_CASE(tapq_describes_the_adapter),
	KUNIT_CASE(an_absent_queue_is_not_there),
	KUNIT_CASE(a_request_is_computed),
	KUNIT_CASE(a_reply_can_be_taken_in_parts),
	KUNIT_CASE(a_reply_interrupts),
	KUNIT_CASE(an_adapter_goes_to_standby_and_back),
	{}
};

static struct kunit_suite suite = {
	.name = "apsim-uml",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("Tests of the simulated machine's UML front end");
MODULE_LICENSE("GPL");
