/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * modexp - a modular exponentiation to compare somebody else's with
 */
#ifndef VFIO_AP_TEST_MODEXP_H
#define VFIO_AP_TEST_MODEXP_H

#include <stdint.h>

int modexp(uint8_t *out, const uint8_t *base, uint64_t exponent,
	   const uint8_t *modulus, unsigned int len);

#endif /* VFIO_AP_TEST_MODEXP_H */
