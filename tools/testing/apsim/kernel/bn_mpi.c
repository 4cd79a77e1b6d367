// SPDX-License-Identifier: GPL-2.0-only
/*
 * Big numbers: the kernel's multi-precision integers
 *
 * Everything here may sleep (it allocates and reschedules).
 */
#include <linux/cleanup.h>
#include <linux/mpi.h>

#include "../core/apsim.h"

DEFINE_FREE(mpi, MPI, mpi_free(_T))

/* Right-aligned in @len bytes, zeroes in front. */
static int bn_write(u8 *out, size_t len, MPI value)
{
	unsigned int size = DIV_ROUND_UP(mpi_get_nbits(value), BITS_PER_BYTE);

	if (size > len)
		return -EINVAL;
	memset(out, 0, len);
	if (!size)
		return 0;
	return mpi_read_buffer(value, out + len - size, size, &size, NULL);
}

/* @base may be larger than @modulus, which mpi_powm() does not always like. */
static int bn_powm(MPI result, MPI base, MPI exponent, MPI modulus)
{
	struct gcry_mpi *reduced __free(mpi) = mpi_alloc(0);
	struct gcry_mpi *zero __free(mpi) = mpi_alloc(0);

	if (!reduced || !zero)
		return -ENOMEM;
	/* Also sees to a modulus of zero. */
	if (!mpi_get_nbits(modulus) || !mpi_test_bit(modulus, 0))
		return -EINVAL;
	return mpi_addm(reduced, base, zero, modulus) ?:
	       mpi_powm(result, reduced, exponent, modulus);
}

int apsim_bn_modexp(u8 *out, const u8 *base, const u8 *exponent,
		    const u8 *modulus, size_t len)
{
	struct gcry_mpi *b __free(mpi) = mpi_read_raw_data(base, len);
	struct gcry_mpi *e __free(mpi) = mpi_read_raw_data(exponent, len);
	struct gcry_mpi *m __free(mpi) = mpi_read_raw_data(modulus, len);
	struct gcry_mpi *result __free(mpi) = mpi_alloc(0);

	if (!b || !e || !m || !result)
		return -ENOMEM;
	return bn_powm(result, b, e, m) ?: bn_write(out, len, result);
}

/* c^d mod pq = m2 + q * (u * (m1 - m2) mod p) */
static int bn_garner(MPI result, MPI m1, MPI m2, MPI p, MPI q, MPI u)
{
	struct gcry_mpi *difference __free(mpi) = mpi_alloc(0);
	struct gcry_mpi *h __free(mpi) = mpi_alloc(0);
	struct gcry_mpi *qh __free(mpi) = mpi_alloc(0);

	if (!difference || !h || !qh)
		return -ENOMEM;
	return mpi_subm(difference, m1, m2, p) ?:
	       mpi_mulm(h, difference, u, p) ?:
	       mpi_mul(qh, h, q) ?:
	       mpi_add(result, qh, m2);
}

int apsim_bn_modexp_crt(u8 *out, const u8 *base,
			const struct apsim_bn_crt *key, size_t len)
{
	struct gcry_mpi *b __free(mpi) = mpi_read_raw_data(base, len);
	struct gcry_mpi *p __free(mpi) = mpi_read_raw_data(key->p, len / 2);
	struct gcry_mpi *q __free(mpi) = mpi_read_raw_data(key->q, len / 2);
	struct gcry_mpi *dp __free(mpi) = mpi_read_raw_data(key->dp, len / 2);
	struct gcry_mpi *dq __free(mpi) = mpi_read_raw_data(key->dq, len / 2);
	struct gcry_mpi *u __free(mpi) = mpi_read_raw_data(key->u, len / 2);
	struct gcry_mpi *m1 __free(mpi) = mpi_alloc(0);
	struct gcry_mpi *m2 __free(mpi) = mpi_alloc(0);
	struct gcry_mpi *result __free(mpi) = mpi_alloc(0);

	if (!b || !p || !q || !dp || !dq || !u || !m1 || !m2 || !result)
		return -ENOMEM;
	return bn_powm(m1, b, dp, p) ?:
	       bn_powm(m2, b, dq, q) ?:
	       bn_garner(result, m1, m2, p, q, u) ?:
	       bn_write(out, len, result);
}
