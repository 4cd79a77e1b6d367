// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - coprocessors: type 6 requests, and as few replies as will do
 *
 * A CCA coprocessor gives random numbers, because Linux asks for them on its
 * own and takes silence for a dead queue.  They come from a small generator,
 * the same after every start: good for nothing but tests.  All other commands
 * get a type 82 reply that says so; RSA gets one that makes Linux try another
 * adapter.
 */
#include "apsim_priv.h"

#define TYPE_06			0x06
#define TYPE_86			0x86
#define FORMAT_2		0x02

/* Offsets in the type 6 header and its length. */
#define T6_OFFSET1		16
#define T6_AGENT		32
#define T6_FUNCTION		52
#define T6_FROMCARD2		76
#define T6_LEN			88

/* Offsets in the CPRBX (CCA). */
#define CPRBX_VERSION		2
#define CPRBX_FUNC_ID		6
#define CPRBX_RPLD_PARM		24
#define CPRBX_RPLD_DATA		32
#define CPRBX_RETURN		144	/* return and reason code */
#define CPRBX_DOMAIN		170
#define CPRBX_LEN		220

/* Offsets in the EP11 CPRB. */
#define EP11_FLAGS		5
#define EP11_FLAG_ADMIN		0x80
#define EP11_TARGET		12
#define EP11_LEN		32

/* The type 86 reply: header, CPRBX, parameters, then random bytes. */
#define T86_COUNT1		16
#define T86_OFFSET1		20
#define T86_COUNT2		24
#define T86_OFFSET2		28
#define T86_LEN			48
#define PARM_LEN		6
#define RANDOM_AT		(T86_LEN + CPRBX_LEN + PARM_LEN + 2)
#define RANDOM_MAX		4096

/* Is it a type 6 request whose first block has at least @len bytes? */
static const u8 *first_block(const u8 *msg, u32 msg_len, u32 len)
{
	u32 offset;

	if (msg_len < T6_LEN + len || msg[1] != TYPE_06)
		return NULL;
	offset = apsim_get32(msg + T6_OFFSET1);
	if (offset < T6_LEN || offset > msg_len - len)
		return NULL;
	return msg + offset;
}

/* CCA commands for administrators have function ids T3, T5, T6, and T7. */
static bool is_admin(const u8 *cprbx)
{
	switch (apsim_get16(cprbx + CPRBX_FUNC_ID)) {
	case 0x5433:
	case 0x5435:
	case 0x5436:
	case 0x5437:
		return true;
	}
	return false;
}

/**
 * apsim_cprb_domain() - the domain that a command wants to control
 * @msg: a request
 * @len: its length in bytes
 * @mode: what kind of adapter it goes to
 * @domain: its number, as it stands there
 *
 * Return: false: it is no command for an administrator.
 */
bool apsim_cprb_domain(const u8 *msg, u32 len, enum apsim_mode mode,
		       u32 *domain)
{
	const u8 *cprb;

	if (mode == APSIM_CCA) {
		cprb = first_block(msg, len, CPRBX_LEN);
		if (!cprb || !is_admin(cprb))
			return false;
		*domain = apsim_get16(cprb + CPRBX_DOMAIN);
		return true;
	}
	if (mode == APSIM_EP11) {
		cprb = first_block(msg, len, EP11_LEN);
		if (!cprb || !(cprb[EP11_FLAGS] & EP11_FLAG_ADMIN))
			return false;
		*domain = apsim_get32(cprb + EP11_TARGET);
		return true;
	}
	return false;
}

/* xorshift64*: any seed but 0 will do. */
static void fill_random(u8 *to, u32 len, u64 seed)
{
	while (len--) {
		seed ^= seed >> 12;
		seed ^= seed << 25;
		seed ^= seed >> 27;
		*to++ = seed * 0x2545f4914f6cdd1dull >> 56;
	}
}

/* The request's own CPRBX is the reply's, with the lengths filled in. */
static void random_reply(struct apsim_job *job, const u8 *cprbx)
{
	u32 count = apsim_get32(job->msg + T6_FROMCARD2);
	u8 *msg = job->msg;
	u8 *reply;

	if (count > RANDOM_MAX)
		count = RANDOM_MAX;
	reply = msg + T86_LEN;
	memmove(reply, cprbx, CPRBX_LEN);
	apsim_put32(reply + CPRBX_RPLD_PARM, PARM_LEN);
	apsim_put32(reply + CPRBX_RPLD_DATA, count);
	apsim_put32(reply + CPRBX_RETURN, 0);

	memset(msg, 0, T86_LEN);
	msg[1] = TYPE_86;
	msg[2] = FORMAT_2;
	apsim_put32(msg + T86_COUNT1, CPRBX_LEN + PARM_LEN);
	apsim_put32(msg + T86_OFFSET1, T86_LEN);
	apsim_put32(msg + T86_COUNT2, count);
	apsim_put32(msg + T86_OFFSET2, RANDOM_AT);

	/* Function code, an empty rule array, an empty key block. */
	reply += CPRBX_LEN;
	memcpy(reply, "RL\0\2\0\2\0\0", RANDOM_AT - T86_LEN - CPRBX_LEN);
	fill_random(msg + RANDOM_AT, count, job->serial << 16 | job->apqn | 1);
	job->len = RANDOM_AT + count;
}

static unsigned int cca(struct apsim_job *job)
{
	const u8 *cprbx = first_block(job->msg, job->len, CPRBX_LEN);

	if (!cprbx || cprbx[CPRBX_VERSION] != 2)
		return APSIM_RY_MALFORMED;
	switch (apsim_get16(job->msg + T6_FUNCTION)) {
	case 0x524c:	/* RL: random number, long */
		if (!apsim_get32(job->msg + T6_FROMCARD2))
			return APSIM_RY_LENGTH;
		random_reply(job, cprbx);
		return 0;
	case 0x504b:	/* PK: public key */
	case 0x5044:	/* PD: private key */
		return APSIM_RY_MESSAGE_TYPE;
	}
	return APSIM_RY_FILTERED;
}

static unsigned int ep11(const struct apsim_job *job)
{
	const u8 *cprb = first_block(job->msg, job->len, EP11_LEN);

	return cprb ? APSIM_RY_FILTERED : APSIM_RY_MALFORMED;
}

/**
 * apsim_cprb() - answer a coprocessor's request
 * @job: the request, then the reply
 */
void apsim_cprb(struct apsim_job *job)
{
	unsigned int code;

	if (job->len < T6_LEN)
		code = APSIM_RY_MESSAGE_LEN;
	else if (job->msg[1] != TYPE_06)
		code = APSIM_RY_MESSAGE_TYPE;
	else if (job->mode == APSIM_CCA)
		code = cca(job);
	else
		code = ep11(job);
	if (code)
		job->len = apsim_error_reply(job->msg, code);
}
