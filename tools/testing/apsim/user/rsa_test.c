// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - RSA by an accelerator, against answers found elsewhere
 *
 * The signatures were computed by another program; the way back, with the
 * public exponent, is checked by the arithmetic of primary school below.
 */
#include "fixture.h"
#include "rsa_vectors.h"

#define HEADER		16
#define SIZE_MAX_RSA	512

KUNIT_ARRAY_PARAM_DESC(rsa, rsa_vectors, name);

#define NUMBER(hex)	((const char *[]){ hex, NULL })

/* A number, right-justified in @len bytes. */
static void put_hex(u8 *to, const char *const *parts, size_t len)
{
	memset(to, 0, len);
	for (; *parts; parts++) {
		size_t bytes = strlen(*parts) / 2;

		memmove(to, to + bytes, len - bytes);
		for (size_t i = 0; i < bytes; i++) {
			const char hex[3] = {
				(*parts)[2 * i], (*parts)[2 * i + 1]
			};

			to[len - bytes + i] = strtoul(hex, NULL, 16);
		}
	}
}

static u32 header(u8 *msg, u16 type, u32 len)
{
	memset(msg, 0, HEADER);
	msg[1] = 0x50;
	msg[2] = len >> 8;
	msg[3] = len;
	msg[8] = type >> 8;
	msg[9] = type;
	return len;
}

static u32 plain_request(u8 *msg, u16 type, size_t size,
			 const char *const *exponent,
			 const char *const *modulus,
			 const char *const *message)
{
	put_hex(msg + HEADER, exponent, size);
	put_hex(msg + HEADER + size, modulus, size);
	put_hex(msg + HEADER + 2 * size, message, size);
	return header(msg, type, HEADER + 3 * size);
}

static u32 crt_request(u8 *msg, u16 type, size_t size,
		       const struct rsa_vector *key,
		       const char *const *message)
{
	const char *const * const parts[] = {
		key->p, key->q, key->dp, key->dq, key->u
	};
	u8 *at = msg + HEADER;

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++, at += size / 2)
		put_hex(at, parts[i], size / 2);
	put_hex(at, message, size);
	return header(msg, type, at + size - msg);
}

/* The request goes to the queue; the reply replaces it; its length. */
static u32 ask(struct kunit *test, u8 *msg, u32 len)
{
	struct fixture *f = test->priv;

	KUNIT_ASSERT_EQ(test, fx_nqap(f, FX_APQN, 1, msg, len), 0);
	KUNIT_ASSERT_EQ(test, fx_work(f), 1);
	memset(msg, 0xee, APSIM_MSG_MAX);
	KUNIT_ASSERT_EQ(test, fx_dqap(f, FX_APQN, msg, APSIM_MSG_MAX), FX_E);
	return APSIM_MSG_MAX - f->op.gr[7];
}

static void expect_number(struct kunit *test, const u8 *msg, u32 len,
			  size_t size, const char *const *value)
{
	u8 want[HEADER + SIZE_MAX_RSA] = { 0, 0x80 };

	want[2] = (HEADER + size) >> 8;
	want[3] = HEADER + size;
	put_hex(want + HEADER, value, size);
	KUNIT_EXPECT_EQ(test, len, HEADER + size);
	KUNIT_EXPECT_MEMEQ(test, msg, want, HEADER + size);
}

static void expect_error(struct kunit *test, const u8 *msg, u32 len, u8 code)
{
	const u8 want[8] = { 0, 0x82, 0, 0, code, 0, 0, 0 };

	KUNIT_EXPECT_EQ(test, len, 8);
	KUNIT_EXPECT_MEMEQ(test, msg, want, 8);
}

static u8 *message_buffer(struct kunit *test)
{
	return kunit_kzalloc(test, APSIM_MSG_MAX, GFP_KERNEL);
}

static void rsa_plain(struct kunit *test)
{
	const struct rsa_vector *v = test->param_value;
	u8 *msg = message_buffer(test);
	u32 len;

	len = plain_request(msg, v->plain, v->size, v->d, v->n, v->m);
	len = ask(test, msg, len);
	expect_number(test, msg, len, v->size, v->s);
	len = plain_request(msg, v->plain, v->size, NUMBER("010001"), v->n, v->s);
	len = ask(test, msg, len);
	expect_number(test, msg, len, v->size, v->m);
}

static void rsa_crt(struct kunit *test)
{
	const struct rsa_vector *v = test->param_value;
	struct rsa_vector swapped;
	u8 *msg = message_buffer(test);
	u32 len;

	len = ask(test, msg, crt_request(msg, v->crt, v->size, v, v->m));
	expect_number(test, msg, len, v->size, v->s);

	memcpy(swapped.p, v->q, sizeof(v->q));
	memcpy(swapped.q, v->p, sizeof(v->p));
	memcpy(swapped.dp, v->dq, sizeof(v->dq));
	memcpy(swapped.dq, v->dp, sizeof(v->dp));
	memcpy(swapped.u, v->v, sizeof(v->v));
	len = ask(test, msg, crt_request(msg, v->crt, v->size, &swapped, v->m));
	expect_number(test, msg, len, v->size, v->s);
}

/* A key in a format that is too large for it. */
static void rsa_short_key(struct kunit *test)
{
	const struct rsa_vector *v = &rsa_vectors[0];
	const struct rsa_vector *large = test->param_value;
	u8 *msg = message_buffer(test);
	u32 len;

	len = plain_request(msg, large->plain, large->size, v->d, v->n, v->m);
	len = ask(test, msg, len);
	expect_number(test, msg, len, large->size, v->s);
	len = ask(test, msg, crt_request(msg, large->crt, large->size, v, v->m));
	expect_number(test, msg, len, large->size, v->s);
}

/* a = a * 2^8 + b, then a mod n, by subtraction; a has one byte more than n. */
static void reduce_step(u8 *a, const u8 *n, size_t size)
{
	for (;;) {
		int borrow = 0;
		u8 less[SIZE_MAX_RSA + 1];

		for (size_t i = size + 1; i-- > 0;) {
			int digit = a[i] - borrow - (i ? n[i - 1] : 0);

			borrow = digit < 0;
			less[i] = digit;
		}
		if (borrow)
			return;
		memcpy(a, less, size + 1);
	}
}

/* out = x * y mod n, digit by digit, a digit being a byte. */
static void school_multiply(u8 *out, const u8 *x, const u8 *y, const u8 *n,
			    size_t size)
{
	u8 sum[SIZE_MAX_RSA + 1] = {};

	for (size_t i = 0; i < size * 8; i++) {
		int carry = 0;

		for (size_t k = size + 1; k-- > 0;) {
			int digit = sum[k] * 2 + carry;

			sum[k] = digit;
			carry = digit >> 8;
		}
		reduce_step(sum, n, size);
		if (!(x[i / 8] & 0x80 >> i % 8))
			continue;
		carry = 0;
		for (size_t k = size + 1; k-- > 0;) {
			int digit = sum[k] + (k ? y[k - 1] : 0) + carry;

			sum[k] = digit;
			carry = digit >> 8;
		}
		reduce_step(sum, n, size);
	}
	memcpy(out, sum + 1, size);
}

/* The CRT reply of the machine to the power of 65537 is the message. */
static void rsa_school(struct kunit *test)
{
	const struct rsa_vector *v = test->param_value;
	u8 power[SIZE_MAX_RSA];
	u8 want[SIZE_MAX_RSA];
	u8 n[SIZE_MAX_RSA];
	u8 *msg = message_buffer(test);

	ask(test, msg, crt_request(msg, v->crt, v->size, v, v->m));
	put_hex(n, v->n, v->size);
	put_hex(want, v->m, v->size);
	memcpy(power, msg + HEADER, v->size);
	for (int i = 0; i < 16; i++)
		school_multiply(power, power, power, n, v->size);
	school_multiply(power, power, msg + HEADER, n, v->size);
	KUNIT_EXPECT_MEMEQ(test, power, want, v->size);
}

/* Small numbers that can be computed in one's head. */
static void rsa_by_hand(struct kunit *test)
{
	static const struct {
		const char *exponent, *modulus, *message, *result;
	} cases[] = {
		{ "05", "23", "03", "21" },	/* 3^5 = 243 = 6*35 + 33 */
		{ "00", "23", "03", "01" },
		{ "01", "23", "00", "00" },
		{ "00", "01", "00", "00" },
		{ "02", "ffffffff", "fffffffe", "01" },
	};
	u8 *msg = message_buffer(test);

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		u32 len = plain_request(msg, 1, 128, NUMBER(cases[i].exponent),
					NUMBER(cases[i].modulus),
					NUMBER(cases[i].message));

		len = ask(test, msg, len);
		expect_number(test, msg, len, 128, NUMBER(cases[i].result));
	}
}

/**
 * struct flaw - what makes a good request a bad one
 * @name: of the test
 * @at: offset of a byte
 * @value: its new value
 * @len: length given to NQAP
 * @code: reply code
 */
struct flaw {
	const char *name;
	u16 at;
	u8 value;
	u16 len;
	u8 code;
};

/* Of a plain request of 1024 bits: 16 + 3 * 128 bytes. */
static const struct flaw flaws[] = {
	{ "1 byte", 0, 0, 1, 0x23 },
	{ "15 bytes", 0, 0, 15, 0x23 },
	{ "type 6", 1, 0x06, 400, 0x20 },
	{ "type 4", 1, 0x04, 400, 0x20 },
	{ "byte 0", 0, 1, 400, 0x24 },
	{ "byte 4", 4, 1, 400, 0x24 },
	{ "byte 5 is ignored", 5, 1, 400, 0 },
	{ "byte 6", 6, 1, 400, 0x24 },
	{ "byte 7", 7, 1, 400, 0x24 },
	{ "byte 10", 10, 1, 400, 0x24 },
	{ "byte 15", 15, 1, 400, 0x24 },
	{ "keyblock type 0", 9, 0, 400, 0x29 },
	{ "keyblock type 4", 9, 4, 400, 0x29 },
	{ "keyblock type 0x14", 9, 0x14, 400, 0x29 },
	{ "keyblock type 0x101", 8, 1, 400, 0x29 },
	{ "larger keyblock type", 9, 2, 400, 0x80 },
	{ "keyblock type of CRT", 9, 0x11, 400, 0x80 },
	{ "length field", 3, 0x91, 400, 0x80 },
	{ "length field 0", 2, 0, 400, 0x80 },
	{ "too short", 0, 0, 399, 0x80 },
	{ "too long", 0, 0, 401, 0x80 },
	{ "header alone", 0, 0, 16, 0x80 },
	{ "longest", 0, 0, APSIM_MSG_MAX, 0x80 },
	{ "even modulus", 271, 2, 400, 0x85 },
	{ "message too large", 272, 0xff, 400, 0x82 },
};

KUNIT_ARRAY_PARAM_DESC(flaws, flaws, name);

static void rsa_flaws(struct kunit *test)
{
	const struct flaw *flaw = test->param_value;
	u8 *msg = message_buffer(test);
	u32 len;

	plain_request(msg, 1, 128, NUMBER("03"), rsa_vectors[0].n,
		      NUMBER("02"));
	msg[flaw->at] = flaw->value;
	len = ask(test, msg, flaw->len);
	if (flaw->code)
		expect_error(test, msg, len, flaw->code);
	else
		expect_number(test, msg, len, 128, NUMBER("08"));
}

static void rsa_operands(struct kunit *test)
{
	const struct rsa_vector *v = &rsa_vectors[0];
	struct rsa_vector bad = *v;
	u8 *msg = message_buffer(test);
	u32 len;

	/* A message that is the modulus; no modulus at all. */
	len = plain_request(msg, 1, 128, NUMBER("03"), v->n, v->n);
	len = ask(test, msg, len);
	expect_error(test, msg, len, 0x82);
	len = plain_request(msg, 1, 128, NUMBER("03"), NUMBER("00"),
			    NUMBER("02"));
	len = ask(test, msg, len);
	expect_error(test, msg, len, 0x85);
	/* Primes that are none. */
	memcpy(bad.p, NUMBER("02"), sizeof(NUMBER("02")));
	len = ask(test, msg, crt_request(msg, 0x11, 128, &bad, v->m));
	expect_error(test, msg, len, 0x85);
	bad = *v;
	memcpy(bad.q, NUMBER("00"), sizeof(NUMBER("00")));
	len = ask(test, msg, crt_request(msg, 0x11, 128, &bad, v->m));
	expect_error(test, msg, len, 0x85);
}

/* Numbers that are none, or no memory for them: an error of the adapter's */
static void rsa_failures(struct kunit *test)
{
	const struct { int rc; u8 code; } cases[] = {
		{ -EINVAL, 0x82 }, { -ENOMEM, 0x10 },
	};
	const struct rsa_vector *v = &rsa_vectors[0];
	u8 *msg = message_buffer(test);
	u32 len;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		bn_failure = cases[i].rc;
		len = plain_request(msg, 1, 128, NUMBER("03"), v->n,
				    NUMBER("02"));
		len = ask(test, msg, len);
		expect_error(test, msg, len, cases[i].code);
		len = ask(test, msg, crt_request(msg, 0x11, 128, v, v->m));
		expect_error(test, msg, len, cases[i].code);
	}
	bn_failure = 0;
}

static struct kunit_case rsa_cases[] = {
	KUNIT_CASE_PARAM(rsa_plain, rsa_gen_params),
	KUNIT_CASE_PARAM(rsa_crt, rsa_gen_params),
	KUNIT_CASE_PARAM(rsa_short_key, rsa_gen_params),
	KUNIT_CASE_PARAM(rsa_school, rsa_gen_params),
	KUNIT_CASE(rsa_by_hand),
	KUNIT_CASE_PARAM(rsa_flaws, flaws_gen_params),
	KUNIT_CASE(rsa_operands),
	KUNIT_CASE(rsa_failures),
	{}
};

static struct kunit_suite rsa_suite = {
	.name = "apsim-rsa",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = rsa_cases,
};

kunit_test_suite(rsa_suite);
