// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - big numbers by libcrypto
 */
#include <openssl/bn.h>

#include "../core/apsim.h"

/* What all arithmetic ends with, for suites that want it to fail */
int bn_failure;

static int put(const BIGNUM *value, u8 *out, size_t len)
{
	return BN_bn2binpad(value, out, len) < 0 ? -EINVAL : 0;
}

static BIGNUM *get(BN_CTX *ctx, const u8 *bytes, size_t len)
{
	BIGNUM *value = BN_CTX_get(ctx);

	return value ? BN_bin2bn(bytes, len, value) : NULL;
}

static int modexp(BN_CTX *ctx, u8 *out, const u8 *base, const u8 *exponent,
		  const u8 *modulus, size_t len)
{
	BIGNUM *b = get(ctx, base, len);
	BIGNUM *e = get(ctx, exponent, len);
	BIGNUM *n = get(ctx, modulus, len);
	BIGNUM *result = BN_CTX_get(ctx);

	if (!b || !e || !n || !result)
		return -ENOMEM;
	if (!BN_is_odd(n))
		return -EINVAL;
	if (!BN_mod_exp(result, b, e, n, ctx))
		return -ENOMEM;
	return put(result, out, len);
}

int apsim_bn_modexp(u8 *out, const u8 *base, const u8 *exponent,
		    const u8 *modulus, size_t len)
{
	BN_CTX *ctx = BN_CTX_new();
	int rc;

	if (!ctx)
		return -ENOMEM;
	BN_CTX_start(ctx);
	rc = bn_failure ?: modexp(ctx, out, base, exponent, modulus, len);
	BN_CTX_end(ctx);
	BN_CTX_free(ctx);
	return rc;
}

/* result = m2 + q * (u * (m1 - m2) mod p), whichever prime is larger. */
static int modexp_crt(BN_CTX *ctx, u8 *out, const u8 *base,
		      const struct apsim_bn_crt *key, size_t len)
{
	BIGNUM *b = get(ctx, base, len);
	BIGNUM *p = get(ctx, key->p, len / 2);
	BIGNUM *q = get(ctx, key->q, len / 2);
	BIGNUM *dp = get(ctx, key->dp, len / 2);
	BIGNUM *dq = get(ctx, key->dq, len / 2);
	BIGNUM *u = get(ctx, key->u, len / 2);
	BIGNUM *m1 = BN_CTX_get(ctx);
	BIGNUM *m2 = BN_CTX_get(ctx);

	if (!b || !p || !q || !dp || !dq || !u || !m1 || !m2)
		return -ENOMEM;
	if (!BN_is_odd(p) || !BN_is_odd(q))
		return -EINVAL;
	if (!BN_mod_exp(m1, b, dp, p, ctx) || !BN_mod_exp(m2, b, dq, q, ctx) ||
	    !BN_mod_sub(m1, m1, m2, p, ctx) || !BN_mod_mul(m1, m1, u, p, ctx) ||
	    !BN_mul(m1, m1, q, ctx) || !BN_add(m1, m1, m2))
		return -ENOMEM;
	return put(m1, out, len);
}

int apsim_bn_modexp_crt(u8 *out, const u8 *base,
			const struct apsim_bn_crt *key, size_t len)
{
	BN_CTX *ctx = BN_CTX_new();
	int rc;

	if (!ctx)
		return -ENOMEM;
	BN_CTX_start(ctx);
	rc = bn_failure ?: modexp_crt(ctx, out, base, key, len);
	BN_CTX_end(ctx);
	BN_CTX_free(ctx);
	return rc;
}
