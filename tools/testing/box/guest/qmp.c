// SPDX-License-Identifier: GPL-2.0-only
/*
 * qmp - one command for a running QEMU, and its answer
 *
 * Speaks QEMU's machine protocol over its UNIX socket: a greeting, the
 * handshake, then a line for the command and a line for the answer; events,
 * which may come at any time, are left out.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static FILE *dial(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (fd < 0)
		return NULL;
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)))
		return NULL;
	return fdopen(fd, "r+");
}

/* The next line that is not an event. */
static int answer(FILE *qemu, char *line, int size)
{
	do {
		if (!fgets(line, size, qemu))
			return -1;
	} while (strstr(line, "\"event\": "));
	return 0;
}

int main(int argc, char **argv)
{
	char line[65536];
	FILE *qemu;

	if (argc < 3 || argc > 4) {
		fputs("qmp SOCKET COMMAND [ARGUMENTS-IN-JSON]\n", stderr);
		return 2;
	}
	qemu = dial(argv[1]);
	if (!qemu) {
		fprintf(stderr, "qmp: %s: %s\n", argv[1], strerror(errno));
		return 1;
	}
	setlinebuf(qemu);
	if (answer(qemu, line, sizeof(line)) ||
	    fputs("{\"execute\": \"qmp_capabilities\"}\n", qemu) < 0 ||
	    answer(qemu, line, sizeof(line)))
		return 1;
	fprintf(qemu, "{\"execute\": \"%s\", \"arguments\": %s}\n", argv[2],
		argc > 3 ? argv[3] : "{}");
	if (answer(qemu, line, sizeof(line)))
		return 1;
	fputs(line, stdout);
	return strstr(line, "\"error\": ") ? 1 : 0;
}
