// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzzsysfs - text that is nearly what a file takes, or is nothing at all
 *
 * It is made after the grammar first, with numbers that are good and numbers that
 * are not, and then some of it is spoilt.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/compiler.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fuzzsysfs.h"

#define ITEMS(array)	(sizeof(array) / sizeof(*(array)))

/* One in so many texts is spoilt, and one in so many is junk. */
#define SPOILT		4
#define JUNK		24

static void add(struct fuzz_text *text, const void *bytes, size_t len)
{
	if (len > FUZZ_ROOM - text->len)
		len = FUZZ_ROOM - text->len;
	memcpy(text->bytes + text->len, bytes, len);
	text->len += len;
}

__printf(2, 3)
static void print(struct fuzz_text *text, const char *format, ...)
{
	char line[128];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	add(text, line, strlen(line));
}

static const char *one_of(struct rand *rand, const char *const *words,
			  unsigned int count)
{
	return words[rand_below(rand, count)];
}

/* Bytes that mean something to somebody come more often. */
static char draw_byte(struct rand *rand)
{
	static const char special[] = " 0123456789abcdefABCDEFxX,+-\n\t\r";

	if (rand_one_in(rand, 4))
		return rand_next(rand);
	return special[rand_below(rand, sizeof(special))];
}

/* A byte is changed, comes, goes, or a part of the text is repeated. */
static void spoil(struct rand *rand, struct fuzz_text *text)
{
	size_t at = rand_below(rand, text->len + 1);
	size_t behind = text->len - at;

	switch (rand_below(rand, 4)) {
	case 0:
		if (behind)
			text->bytes[at] = draw_byte(rand);
		break;
	case 1:
		if (text->len == FUZZ_ROOM)
			break;
		memmove(text->bytes + at + 1, text->bytes + at, behind);
		text->bytes[at] = draw_byte(rand);
		text->len++;
		break;
	case 2:
		if (!behind)
			break;
		memmove(text->bytes + at, text->bytes + at + 1, behind - 1);
		text->len--;
		break;
	default:
		add(text, text->bytes + at, behind);
	}
}

/* From nothing to more than a page, with its size and what is next to it */
void fuzz_junk(struct rand *rand, struct fuzz_text *text)
{
	static const unsigned int ends[] = {
		0, 1, 2, 35, 36, 37, 38, 201, 202, 4094, 4095, 4096, 4097,
		FUZZ_ROOM,
	};
	unsigned int len = rand_below(rand, 64);

	if (rand_one_in(rand, 2))
		len = ends[rand_below(rand, ITEMS(ends))];
	text->len = 0;
	while (text->len < len)
		text->bytes[text->len++] = draw_byte(rand);
}

/* Sometimes it is not what it was. */
static void and_perhaps_spoil(struct rand *rand, struct fuzz_text *text)
{
	if (rand_one_in(rand, JUNK))
		fuzz_junk(rand, text);
	while (rand_one_in(rand, SPOILT))
		spoil(rand, text);
}

static unsigned long long draw_number(struct rand *rand)
{
	static const unsigned long long corners[] = {
		0, 4, 4, 5, 6, 7, 0x20, 0x20, 0x47, 0x47, 0xab, 199, 200, 254,
		255, 256, 257, 0xffff, 0xffffffff, 0x100000000, 0x100000004,
		~0ULL, ~0ULL >> 1,
	};

	switch (rand_below(rand, 8)) {
	case 0:
		return rand_next(rand) >> rand_below(rand, 64);
	case 1:
	case 2:
	case 3:
		return corners[rand_below(rand, ITEMS(corners))];
	default:
		return rand_below(rand, 256);
	}
}

/**
 * fuzz_id() - a number, as assign_adapter and its like read one
 * @rand: the choices
 * @text: filled in
 */
void fuzz_id(struct rand *rand, struct fuzz_text *text)
{
	static const char *const before[] = {
		"", "", "", "", "", "", "+", "-", " ", "0", "00", "++", "+-",
	};
	static const char *const format[] = {
		"%llu", "%llu", "%llu", "0x%llx", "0x%llX", "0X%llx", "0%llo",
		"%llx", "0x%020llx", "%024llu", "%llu0",
	};
	static const char *const behind[] = {
		"", "", "", "\n", "\n", "\n\n", " ", "\r\n", "x", ",",
	};
	static const char nul[] = { 0, '5', 0 };

	text->len = 0;
	print(text, "%s", one_of(rand, before, ITEMS(before)));
	print(text, one_of(rand, format, ITEMS(format)), draw_number(rand));
	print(text, "%s", one_of(rand, behind, ITEMS(behind)));
	/* The end of a C string, and what may lie behind it */
	if (rand_one_in(rand, 6))
		add(text, nul, 1 + rand_below(rand, 2));
	and_perhaps_spoil(rand, text);
}

/* Few numbers, or any; leading digits are enough. */
static void print_mask(struct rand *rand, struct fuzz_text *text)
{
	static const char *const before[] = { "0x", "0x", "0x", "0X", "" };
	static const char digits[] = "0123456789abcdefABCDEF";
	unsigned int len = rand_below(rand, 66);
	unsigned int few = rand_below(rand, 16);

	if (rand_one_in(rand, 2))
		len = 64;
	print(text, "%s", one_of(rand, before, ITEMS(before)));
	while (len--) {
		char digit = digits[rand_below(rand, sizeof(digits) - 1)];

		if (few && !rand_one_in(rand, 1 + 4 * few))
			digit = '0';
		add(text, &digit, 1);
	}
}

/**
 * fuzz_config() - three masks, as ap_config reads them
 * @rand: the choices
 * @text: filled in
 */
void fuzz_config(struct rand *rand, struct fuzz_text *text)
{
	static const char *const behind[] = { "\n", "\n", "", "\n\n", "," };
	unsigned int masks = rand_one_in(rand, 12) ? rand_below(rand, 6) : 3;
	unsigned int i;

	text->len = 0;
	for (i = 0; i < masks; i++) {
		if (i)
			add(text, ",", 1);
		print_mask(rand, text);
	}
	print(text, "%s", one_of(rand, behind, ITEMS(behind)));
	and_perhaps_spoil(rand, text);
}

/**
 * fuzz_uuid() - a name for a mediated device
 * @rand: the choices
 * @text: filled in
 * @uuid: what a good one is
 */
void fuzz_uuid(struct rand *rand, struct fuzz_text *text, const char *uuid)
{
	size_t i;

	text->len = 0;
	print(text, "%s", uuid);
	for (i = 0; i < text->len; i++)
		if (rand_one_in(rand, 2))
			text->bytes[i] = toupper(text->bytes[i]);
	if (rand_one_in(rand, 2))
		add(text, "\n", 1);
	and_perhaps_spoil(rand, text);
}

/**
 * fuzz_bus_mask() - a change of apmask or aqmask, relative or as a whole
 * @rand: the choices
 * @text: filled in
 */
void fuzz_bus_mask(struct rand *rand, struct fuzz_text *text)
{
	unsigned int terms = 1 + rand_below(rand, 4);

	text->len = 0;
	if (rand_one_in(rand, 3)) {
		print_mask(rand, text);
	} else {
		while (terms--) {
			print(text, "%c%llu", "+-"[rand_below(rand, 2)],
			      draw_number(rand));
			if (rand_one_in(rand, 3))
				print(text, "-%llu", draw_number(rand));
			if (terms)
				add(text, ",", 1);
		}
	}
	if (rand_one_in(rand, 2))
		add(text, "\n", 1);
	and_perhaps_spoil(rand, text);
}

/* How much of it a store is shown */
size_t fuzz_shown(const struct fuzz_text *text)
{
	return text->len < FUZZ_PAGE ? text->len : FUZZ_PAGE;
}

/* ... and how much is before a NUL */
size_t fuzz_string(const struct fuzz_text *text)
{
	return strnlen(text->bytes, fuzz_shown(text));
}

/**
 * fuzz_write() - write it in one write()
 * @path: the attribute
 * @text: what to write
 *
 * Return: how many bytes were taken, or -errno.
 */
int fuzz_write(const char *path, const struct fuzz_text *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return -errno;
	rc = write(fd, text->bytes, text->len);
	if (rc < 0)
		rc = -errno;
	close(fd);
	return rc;
}

/* It as C has strings, cut where nobody would read on; of one thread */
const char *fuzz_quote(const struct fuzz_text *text)
{
	static char line[320];
	size_t i, at = 0;

	for (i = 0; i < text->len && at < sizeof(line) - 32; i++) {
		unsigned char byte = text->bytes[i];

		at += snprintf(line + at, sizeof(line) - at,
			       isprint(byte) ? "%c" : "\\x%02x", byte);
	}
	snprintf(line + at, sizeof(line) - at, " (%zu bytes)", text->len);
	return line;
}
