// SPDX-License-Identifier: GPL-2.0-only
/*
 * qmp - one command for a running QEMU and its answer, or one of its events
 *
 * Speaks QEMU's machine protocol over its UNIX socket: a greeting, the
 * handshake, then a line for the command and a line for the answer.  Events may
 * come at any time; who does not wait for one leaves them out.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Nothing takes longer, in seconds. */
#define PATIENCE	60

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

static int command(FILE *qemu, const char *name, const char *arguments)
{
	char line[65536];

	fprintf(qemu, "{\"execute\": \"%s\", \"arguments\": %s}\n", name,
		arguments);
	if (answer(qemu, line, sizeof(line)))
		return 1;
	fputs(line, stdout);
	return strstr(line, "\"error\": ") ? 1 : 0;
}

/* Who hears "listening" knows that no event will be missed. */
static int wait_for(FILE *qemu, const char *event)
{
	char line[65536], want[128];

	puts("listening");
	fflush(stdout);
	snprintf(want, sizeof(want), "\"event\": \"%s\"", event);
	do {
		if (!fgets(line, sizeof(line), qemu))
			return 1;
	} while (!strstr(line, want));
	fputs(line, stdout);
	return 0;
}

int main(int argc, char **argv)
{
	int listen = argc == 4 && !strcmp(argv[1], "-e");
	char line[65536];
	FILE *qemu;

	if (argc < 3 || argc > 4) {
		fputs("qmp SOCKET COMMAND [ARGUMENTS-IN-JSON]\n"
		      "qmp -e EVENT SOCKET\n", stderr);
		return 2;
	}
	alarm(PATIENCE);
	qemu = dial(argv[listen ? 3 : 1]);
	if (!qemu) {
		fprintf(stderr, "qmp: %s: %s\n", argv[listen ? 3 : 1],
			strerror(errno));
		return 1;
	}
	setlinebuf(qemu);
	if (answer(qemu, line, sizeof(line)) ||
	    fputs("{\"execute\": \"qmp_capabilities\"}\n", qemu) < 0 ||
	    answer(qemu, line, sizeof(line)))
		return 1;
	if (listen)
		return wait_for(qemu, argv[2]);
	return command(qemu, argv[2], argc > 3 ? argv[3] : "{}");
}
