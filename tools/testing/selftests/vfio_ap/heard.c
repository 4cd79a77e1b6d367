// SPDX-License-Identifier: GPL-2.0-only
/*
 * heard - what the kernel tells those who listen
 *
 *	heard events		every change of a mediated device, a line each: its
 *				UUID and what changed, until it is killed; "mark"
 *				if somebody wrote "change" to its file uevent
 *	heard poll FILE MS	waits until who polls a file is woken: "changed", or
 *				"quiet" after so many milliseconds
 *
 * "listening" is said before, when nothing that follows can be missed.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define PLACE	"/devices/vfio_ap/matrix/"
#define CHANGED	"VFIO_AP_CHANGED="
#define MARK	"SYNTH_UUID="

/* Enough for a storm; what is lost is an error that the socket reports. */
#define ROOM	(8 << 20)

static int fail(const char *what)
{
	printf("%s: %s\n", what, strerrorname_np(errno));
	return 1;
}

/* Strings with NUL in between: "ACTION@PLACE", then "NAME=VALUE"s. */
static void print_event(const char *text, ssize_t len)
{
	const char *end = text + len;
	const char *uuid, *at;

	if (strncmp(text, "change@" PLACE, sizeof("change@" PLACE) - 1))
		return;
	uuid = text + sizeof("change@" PLACE) - 1;
	for (at = text; at < end; at += strlen(at) + 1) {
		if (!strncmp(at, CHANGED, sizeof(CHANGED) - 1))
			printf("%s %s\n", uuid, at + sizeof(CHANGED) - 1);
		else if (!strncmp(at, MARK, sizeof(MARK) - 1))
			printf("%s mark\n", uuid);
	}
}

static int hear_events(void)
{
	struct sockaddr_nl all = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC,
			NETLINK_KOBJECT_UEVENT);
	int room = ROOM;
	char text[8192];
	ssize_t len;

	if (fd < 0 || bind(fd, (struct sockaddr *)&all, sizeof(all)))
		return fail("socket");
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)))
		return fail("room");
	puts("listening");
	while ((len = recv(fd, text, sizeof(text) - 1, 0)) >= 0) {
		text[len] = '\0';
		print_event(text, len);
	}
	return fail("events");
}

/* A file has to be read to be told of what is new. */
static int hear_change(const char *path, int ms)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct pollfd wait = { .fd = fd, .events = POLLPRI | POLLERR };
	char text[4096];

	if (fd < 0 || read(fd, text, sizeof(text)) < 0)
		return fail(path);
	puts("listening");
	puts(poll(&wait, 1, ms) > 0 ? "changed" : "quiet");
	return 0;
}

int main(int argc, char **argv)
{
	/* It is the script's; nobody else would know how to end it. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 2 && !strcmp(argv[1], "events"))
		return hear_events();
	if (argc == 4 && !strcmp(argv[1], "poll"))
		return hear_change(argv[2], atoi(argv[3]));
	fputs("heard events\nheard poll FILE MS\n", stderr);
	return 2;
}
