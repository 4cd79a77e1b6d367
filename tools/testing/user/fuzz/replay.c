// SPDX-License-Identifier: GPL-2.0-only
/*
 * user bed - gives a fuzzer inputs without libFuzzer
 *
 *	replay-NAME HEX...		these inputs
 *	replay-NAME			those on standard input, one a line
 *	replay-NAME -u FOLDER		write those to files of the folder
 */
#include "fuzz.h"

#define ROOM	4096

static unsigned int inputs;

/* Bytes of a line of digits; lines that begin with '#' have none. */
static long bytes_of(const char *hex, u8 *bytes)
{
	long count = 0;
	unsigned int byte;

	if (*hex == '#')
		return -1;
	for (; sscanf(hex, "%2x", &byte) == 1 && count < ROOM; hex += 2)
		bytes[count++] = byte;
	return count;
}

static void one(const char *hex, const char *folder)
{
	u8 bytes[ROOM];
	long size = bytes_of(hex, bytes);
	char name[ROOM];
	FILE *file;
	u8 *copy;

	if (size < 0)
		return;
	inputs++;
	if (!folder) {
		copy = malloc(size);
		if (!copy)
			exit(2);
		memcpy(copy, bytes, size);
		LLVMFuzzerTestOneInput(copy, size);
		free(copy);
		return;
	}
	snprintf(name, sizeof(name), "%s/%04u", folder, inputs);
	file = fopen(name, "w");
	if (!file || fwrite(bytes, 1, size, file) != size || fclose(file)) {
		perror(name);
		exit(2);
	}
}

int main(int argc, char **argv)
{
	const char *folder = argc == 3 && !strcmp(argv[1], "-u") ? argv[2] : NULL;
	char line[2 * ROOM + 2];

	if (argc > 1 && !folder) {
		for (int i = 1; i < argc; i++)
			one(argv[i], NULL);
	} else {
		while (fgets(line, sizeof(line), stdin))
			one(line, folder);
	}
	printf("%u inputs\n", inputs);
	return !inputs;
}
