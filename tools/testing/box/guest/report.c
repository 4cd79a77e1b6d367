// SPDX-License-Identifier: GPL-2.0-only
/*
 * report - the guest's report as text, one finding a line
 *
 * Reads what QEMU's monitor saved of guest storage at GUEST_REPORT.
 */
#include <endian.h>
#include <stdio.h>

#include "guest.h"

/* Where things are in the reply, a type 80 message. */
#define REPLY_TYPE	1
#define REPLY_CODE	4

static void print_outcome(const char *what, unsigned int apqn,
			  const struct guest_outcome *outcome)
{
	unsigned int status = be32toh(outcome->status);

	printf("%s %02x.%04x: cc %u, response code %02x\n", what, apqn >> 8,
	       apqn & 0xff, be32toh(outcome->cc), status >> 16 & 0xff);
}

static void print_hex(const char *what, const uint8_t *bytes, unsigned int len)
{
	printf("%s ", what);
	while (len--)
		printf("%02x", *bytes++);
	putchar('\n');
}

/* The subclass is in bits 2-4 of the interruption word. */
static void print_counts(const struct guest_report *report)
{
	printf("started %u, rounds %u, armed %u, woken %u, lost %u\n",
	       be32toh(report->starts), be32toh(report->rounds),
	       be32toh(report->armed), be32toh(report->woken),
	       be32toh(report->lost));
	printf("interruption word %08x: subclass %u, notification byte %02x\n",
	       be32toh(report->word), be32toh(report->word) >> 27 & 7,
	       be32toh(report->indicator));
}

/* The RSA result, 64 digits a line, behind a line of its own. */
static void print_number(const uint8_t *number)
{
	unsigned int i;

	puts("RSA");
	for (i = 0; i < GUEST_RSA_LEN; i++)
		printf("%02x%s", number[i], i % 32 == 31 ? "\n" : "");
}

int main(int argc, char **argv)
{
	struct guest_report report;
	unsigned int foreign;
	unsigned int own;
	unsigned long len;
	FILE *file;

	file = argc == 2 ? fopen(argv[1], "r") : NULL;
	if (!file || fread(&report, sizeof(report), 1, file) != 1) {
		fputs("report: cannot read a guest's report\n", stderr);
		return 1;
	}
	fclose(file);
	if (be32toh(report.magic) != GUEST_REPORT_MAGIC) {
		fputs("report: the guest did not come to its end\n", stderr);
		return 1;
	}

	own = be16toh(report.orders.own);
	foreign = be16toh(report.orders.foreign);
	len = be64toh(report.reply_len);
	print_outcome("TAPQ", own, &report.own);
	print_outcome("TAPQ", foreign, &report.foreign);
	print_outcome("NQAP", foreign, &report.foreign_nqap);
	printf("QCI: cc %u\n", be32toh(report.qci.cc));
	print_hex("QCI adapters       ", report.block + 0x10, 32);
	print_hex("QCI domains        ", report.block + 0x30, 32);
	print_hex("QCI control domains", report.block + 0x50, 32);
	print_outcome("AQIC", own, &report.aqic);
	print_outcome("NQAP", own, &report.nqap);
	print_outcome("DQAP", own, &report.dqap);
	print_counts(&report);
	if (len < GUEST_RSA_LEN || len > sizeof(report.reply))
		return 1;
	printf("reply type %02x, code %02x, %lu bytes, asked for %u times\n",
	       report.reply[REPLY_TYPE], report.reply[REPLY_CODE], len,
	       be32toh(report.polls));
	print_number(report.reply + len - GUEST_RSA_LEN);
	return 0;
}
