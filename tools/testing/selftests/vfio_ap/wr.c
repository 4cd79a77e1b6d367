// SPDX-License-Identifier: GPL-2.0-only
/*
 * wr - write a string to a file in one write() and name the error
 *
 * A shell says "I/O error" for every errno; a test must tell EADDRINUSE from
 * EADDRNOTAVAIL.  The name of the errno goes to stdout, the exit status is 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int usage(void)
{
	fputs("wr [-n] FILE STRING\n"
	      "wr -a STRING FILE...\n"
	      "writes STRING and a newline (-n: without one) to FILE, or to\n"
	      "all FILEs, whatever becomes of the others; in STRING \\n is a\n"
	      "newline, \\t a tab and \\\\ a backslash\n", stderr);
	return 2;
}

static int complain(int err)
{
	const char *name = strerrorname_np(err);

	puts(name ? name : "?");
	return 1;
}

/* Replaces the escapes in @s in place and returns its new length. */
static size_t unescape(char *s)
{
	char *to = s;
	char *from;

	for (from = s; *from; from++) {
		if (*from == '\\' && from[1]) {
			from++;
			*to++ = *from == 'n' ? '\n' :
				*from == 't' ? '\t' : *from;
		} else {
			*to++ = *from;
		}
	}
	return to - s;
}

static int write_one(const char *path, const char *text, size_t len)
{
	int fd = open(path, O_WRONLY);
	ssize_t done;
	int rc = 0;

	if (fd < 0)
		return complain(errno);
	done = write(fd, text, len);
	if (done < 0) {
		rc = complain(errno);
	} else if ((size_t)done != len) {
		printf("SHORT %zd of %zu\n", done, len);
		rc = 1;
	}
	close(fd);
	return rc;
}

int main(int argc, char **argv)
{
	int all = argc > 1 && !strcmp(argv[1], "-a");
	int bare = argc > 1 && !strcmp(argv[1], "-n");
	char *text;
	size_t len;
	int rc = 0;
	int i;

	argv += all + bare;
	argc -= all + bare;
	if (all ? argc < 3 : argc != 3)
		return usage();

	/* The terminating NUL's place is the newline's. */
	text = argv[all ? 1 : 2];
	len = unescape(text);
	if (!bare)
		text[len++] = '\n';

	if (!all)
		return write_one(argv[1], text, len);
	for (i = 2; i < argc; i++)
		rc |= write_one(argv[i], text, len);
	return rc;
}
