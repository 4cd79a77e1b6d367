// SPDX-License-Identifier: GPL-2.0-only
/*
 * sie_unknown - let a guest execute what is no instruction
 *
 *	sie_unknown HEX...
 *
 * Succeeds if each is an operation exception; what the kernel says of it is in its
 * log.  In the box, as root.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

static unsigned int read_hex(const char *hex, unsigned char *text, size_t size)
{
	unsigned int len = 0, byte;

	for (; len < size && sscanf(hex, "%2x", &byte) == 1; hex += 2)
		text[len++] = byte;
	return len;
}

int main(int argc, char **argv)
{
	unsigned char text[6];
	int rc = machines_open(), i;

	if (rc) {
		fprintf(stderr, "sie_unknown: no KVM here: %s\n", strerror(-rc));
		return EXIT_FAILURE;
	}
	for (i = 1; i < argc; i++) {
		if (machines_refuse(text, read_hex(argv[i], text, sizeof(text))))
			continue;
		fprintf(stderr, "sie_unknown: %s is no operation exception\n",
			argv[i]);
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
