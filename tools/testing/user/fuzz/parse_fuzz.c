// SPDX-License-Identifier: GPL-2.0-only
/*
 * user bed - fuzzer: whatever is written to the driver's attributes
 *
 * The input is the text, read as a number, as an assignment, and as one mask of
 * an assignment.
 */
#include "../../../../drivers/s390/crypto/vfio_ap/tests/twin_parse.h"
#include "fuzz.h"

#define ROOM	400

static void read_number(const char *text, size_t len)
{
	unsigned long twin = 0x5a5a5a5a;
	unsigned long id = 0x5a5a5a5a;
	int err = apm_text_parse_id(text, len, &id);

	fuzz_must(err == twin_parse_id(text, len, &twin), "the number's error");
	fuzz_must(id == twin, "the number");
}

/* What was understood is the same when it is written and read again. */
static void write_again(const struct apm_matrix *m)
{
	char buf[APM_TEXT_CONFIG_LEN + 1];
	struct apm_text text = { .buf = buf, .size = sizeof(buf) };
	struct apm_matrix again;

	fuzz_must(apm_text_config(&text, m), "the room for a line");
	fuzz_must(text.len == APM_TEXT_CONFIG_LEN, "the length of a line");
	fuzz_must(!apm_text_parse_config(buf, text.len, &again), "what is read");
	fuzz_must(twin_matrix_same(&again, m), "what was read before");
}

static void read_config(const char *text, size_t len)
{
	struct apm_matrix twin = { .adapters.word = { 5, 6, 7, 8 } };
	struct apm_matrix m = twin;
	int err = apm_text_parse_config(text, len, &m);

	fuzz_must(err == twin_parse_config(text, len, &twin),
		  "the assignment's error");
	fuzz_must(twin_matrix_same(&m, &twin), "the assignment");
	if (!err)
		write_again(&m);
}

/* In memory of exactly its length, so that a look behind its end is found. */
static void read_mask(const char *text, size_t len, unsigned int place)
{
	char *line = malloc(len + 2);

	if (!line)
		return;
	memset(line, ',', len + 2);
	memcpy(line + place, text, len);
	read_config(line, len + 2);
	free(line);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	char *text;

	if (size > ROOM)
		return 0;
	text = malloc(size);
	if (!text)
		return 0;
	memcpy(text, data, size);
	read_number(text, size);
	read_config(text, size);
	free(text);
	for (unsigned int place = 0; place < 3; place++)
		read_mask((const char *)data, size, place);
	return 0;
}
