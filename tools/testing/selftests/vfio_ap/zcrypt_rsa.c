// SPDX-License-Identifier: GPL-2.0-only
/*
 * zcrypt_rsa - one RSA operation through the host's own zcrypt device
 *
 * Operands come as hex digits and the result goes out as hex digits; who
 * calls it knows what it should be.
 */
#include <asm/zcrypt.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lib/hex.h"

#define RSA_MAX		512

/* zcrypt reads p, dp and u with 8 more bytes, zero, on the left. */
#define CRT_EXTRA	8

static int usage(void)
{
	fputs("zcrypt_rsa modexp BITS MESSAGE EXPONENT MODULUS\n"
	      "zcrypt_rsa crt BITS MESSAGE P Q DP DQ U\n"
	      "BITS is the length of the modulus; numbers are hex digits\n",
	      stderr);
	return 2;
}

static int modexp(int fd, int len, char **number)
{
	static uint8_t message[RSA_MAX], exponent[RSA_MAX], modulus[RSA_MAX];
	static uint8_t result[RSA_MAX];
	struct ica_rsa_modexpo request = {
		.inputdata = message,
		.inputdatalength = len,
		.outputdata = result,
		.outputdatalength = len,
		.b_key = exponent,
		.n_modulus = modulus,
	};

	if (hex_read(message, len, number[0]) ||
	    hex_read(exponent, len, number[1]) ||
	    hex_read(modulus, len, number[2]))
		return usage();
	if (ioctl(fd, ICARSAMODEXPO, &request)) {
		puts(strerrorname_np(errno));
		return 1;
	}
	hex_print(stdout, result, len);
	return 0;
}

static int crt(int fd, int len, char **number)
{
	static uint8_t message[RSA_MAX], result[RSA_MAX];
	static uint8_t p[RSA_MAX], q[RSA_MAX], dp[RSA_MAX], dq[RSA_MAX];
	static uint8_t u[RSA_MAX];
	int half = len / 2;
	struct ica_rsa_modexpo_crt request = {
		.inputdata = message,
		.inputdatalength = len,
		.outputdata = result,
		.outputdatalength = len,
		.bp_key = dp,
		.bq_key = dq,
		.np_prime = p,
		.nq_prime = q,
		.u_mult_inv = u,
	};

	if (hex_read(message, len, number[0]) ||
	    hex_read(p, half + CRT_EXTRA, number[1]) ||
	    hex_read(q, half, number[2]) ||
	    hex_read(dp, half + CRT_EXTRA, number[3]) ||
	    hex_read(dq, half, number[4]) ||
	    hex_read(u, half + CRT_EXTRA, number[5]))
		return usage();
	if (ioctl(fd, ICARSACRT, &request)) {
		puts(strerrorname_np(errno));
		return 1;
	}
	hex_print(stdout, result, len);
	return 0;
}

int main(int argc, char **argv)
{
	int bits = argc > 2 ? atoi(argv[2]) : 0;
	int is_crt = argc > 1 && !strcmp(argv[1], "crt");
	int fd;

	if (argc != (is_crt ? 9 : 6) || bits < 64 || bits > 8 * RSA_MAX ||
	    bits % 16 || (!is_crt && strcmp(argv[1], "modexp")))
		return usage();
	fd = open("/dev/z90crypt", O_RDWR);
	if (fd < 0) {
		puts(strerrorname_np(errno));
		return 1;
	}
	return is_crt ? crt(fd, bits / 8, argv + 3) :
			modexp(fd, bits / 8, argv + 3);
}
