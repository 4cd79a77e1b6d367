// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - an accelerator: type 50 requests, type 80 replies
 *
 * Operands have the full size of their format, right-justified, and so has the
 * result.  An operand's size is not the modulus' size, so leading zeros count
 * as nothing.
 */
#include "apsim_priv.h"

#define TYPE_50			0x50
#define TYPE_80			0x80
#define HEADER			16

/* Requests are far shorter than this, so the result has a place behind them. */
#define RESULT			(APSIM_MSG_MAX - 512)

/**
 * struct rsa_format - a layout of the operands
 * @type: keyblock type
 * @size: bytes of the modulus
 * @crt: p, q, dp, dq, u, each half as long, then the message; else exponent,
 *	modulus, message
 */
struct rsa_format {
	u16 type;
	u16 size;
	bool crt;
};

static const struct rsa_format formats[] = {
	{ 0x0001, 128, false },
	{ 0x0002, 256, false },
	{ 0x0003, 512, false },
	{ 0x0011, 128, true },
	{ 0x0012, 256, true },
	{ 0x0013, 512, true },
	{}
};

static const struct rsa_format *find_format(u32 type)
{
	const struct rsa_format *format = formats;

	while (format->size && format->type != type)
		format++;
	return format->size ? format : NULL;
}

static u32 request_len(const struct rsa_format *format)
{
	u32 operands = format->crt ? format->size / 2 * 5 : format->size * 2;

	return HEADER + operands + format->size;
}

static bool all_zero(const u8 *bytes, u32 len)
{
	while (len--)
		if (*bytes++)
			return false;
	return true;
}

/* Reply code for what is wrong with the request, 0: nothing. */
static unsigned int check_header(const struct apsim_job *job,
				 const struct rsa_format **format)
{
	const u8 *msg = job->msg;

	if (job->len < HEADER)
		return APSIM_RY_MESSAGE_LEN;
	if (msg[1] != TYPE_50)
		return APSIM_RY_MESSAGE_TYPE;
	if (msg[0] || msg[4] || !all_zero(msg + 6, 2) || !all_zero(msg + 10, 6))
		return APSIM_RY_RESERVED;
	*format = find_format(apsim_get16(msg + 8));
	if (!*format)
		return APSIM_RY_FORMAT;
	if (apsim_get16(msg + 2) != job->len ||
	    job->len != request_len(*format))
		return APSIM_RY_LENGTH;
	return 0;
}

static unsigned int bn_code(int rc)
{
	if (!rc)
		return 0;
	return rc == -EINVAL ? APSIM_RY_OPERAND : APSIM_RY_MACHINE;
}

static unsigned int modexp(u8 *result, const u8 *operands, u32 size)
{
	const u8 *exponent = operands;
	const u8 *modulus = exponent + size;
	const u8 *message = modulus + size;

	if (!(modulus[size - 1] & 1))
		return APSIM_RY_EVEN_MODULUS;
	if (memcmp(message, modulus, size) >= 0)
		return APSIM_RY_OPERAND;
	return bn_code(apsim_bn_modexp(result, message, exponent, modulus,
				       size));
}

static unsigned int crt(u8 *result, const u8 *operands, u32 size)
{
	u32 half = size / 2;
	const struct apsim_bn_crt key = {
		.p = operands,
		.q = operands + half,
		.dp = operands + 2 * half,
		.dq = operands + 3 * half,
		.u = operands + 4 * half,
	};

	if (!(key.p[half - 1] & key.q[half - 1] & 1))
		return APSIM_RY_EVEN_MODULUS;
	return bn_code(apsim_bn_modexp_crt(result, operands + 5 * half, &key,
					   size));
}

/**
 * apsim_rsa() - compute a type 50 request
 * @job: the request, then the reply
 */
void apsim_rsa(struct apsim_job *job)
{
	const struct rsa_format *format;
	u8 *result = job->msg + RESULT;
	unsigned int code;

	code = check_header(job, &format);
	if (!code && format->crt)
		code = crt(result, job->msg + HEADER, format->size);
	else if (!code)
		code = modexp(result, job->msg + HEADER, format->size);
	if (code) {
		job->len = apsim_error_reply(job->msg, code);
		return;
	}

	job->len = HEADER + format->size;
	memset(job->msg, 0, HEADER);
	job->msg[1] = TYPE_80;
	apsim_put16(job->msg + 2, job->len);
	memcpy(job->msg + HEADER, result, format->size);
}
