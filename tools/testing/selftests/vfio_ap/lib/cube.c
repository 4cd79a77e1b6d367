// SPDX-License-Identifier: GPL-2.0-only
/*
 * cube - a request to an accelerator whose reply tells which request it was
 *
 * It is RSA as far as the adapter knows: a number to the power of 3, modulo
 * something so large that it does not matter.
 */
#include <string.h>

#include "cube.h"

#define HEADER	16

/* Big-endian, up to @end. */
static void put_number(unsigned char *end, unsigned long long number)
{
	for (; number; number >>= 8)
		*--end = number & 0xff;
}

/**
 * cube_request() - ask for a cube
 * @request: %CUBE_REQUEST_LEN bytes
 * @number: below 2^20
 */
void cube_request(unsigned char *request, unsigned int number)
{
	unsigned char *exponent = request + HEADER;
	unsigned char *modulus = exponent + CUBE_LEN;
	unsigned char *message = modulus + CUBE_LEN;

	memset(request, 0, CUBE_REQUEST_LEN);
	request[1] = 0x50;
	request[2] = CUBE_REQUEST_LEN >> 8;
	request[3] = CUBE_REQUEST_LEN & 0xff;
	request[9] = 0x01;
	put_number(exponent + CUBE_LEN, 3);
	memset(modulus, 0xff, CUBE_LEN);
	put_number(message + CUBE_LEN, number);
}

/**
 * cube_is_reply() - is this the answer?
 * @reply: %CUBE_REPLY_LEN bytes
 * @number: what was asked
 *
 * Return: 1 if it is, 0 if not.
 */
int cube_is_reply(const unsigned char *reply, unsigned int number)
{
	unsigned char want[CUBE_LEN] = {};
	unsigned long long n = number;

	put_number(want + CUBE_LEN, n * n * n);
	return reply[1] == 0x80 && !memcmp(reply + HEADER, want, CUBE_LEN);
}
