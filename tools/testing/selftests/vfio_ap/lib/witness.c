// SPDX-License-Identifier: GPL-2.0-only
/*
 * witness - what the kernel has said since: uevents, the log, the trace
 *
 * A uevent is one line, "add@/devices/...", the first string of its message;
 * a line of the log is one as /dev/kmsg has it.
 */
#include <fcntl.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "witness.h"

/* The multicast group of the kernel itself; udev has another. */
#define KERNEL_GROUP	1

/* What is traced is what somebody has enabled; not all kernels can. */
#define TRACE		"/sys/kernel/tracing/trace_pipe"

static int uevents = -1;
static int kmsg = -1;
static int trace = -1;
static char heard[65536];

/* What does not fit any more is not what anybody waits for. */
static void hear(const char *line)
{
	size_t len = strlen(heard);

	snprintf(heard + len, sizeof(heard) - len, "%s\n", line);
}

static void listen_to(int fd)
{
	char line[8192];
	ssize_t len;

	while ((len = read(fd, line, sizeof(line) - 1)) > 0) {
		line[len] = '\0';
		hear(line);
	}
}

static void listen_now(void)
{
	listen_to(uevents);
	listen_to(kmsg);
	listen_to(trace);
}

/**
 * witness_begin() - listen from now on
 *
 * Return: 0, or -1 if that cannot be done.
 */
int witness_begin(void)
{
	struct sockaddr_nl kernel = {
		.nl_family = AF_NETLINK,
		.nl_groups = KERNEL_GROUP,
	};

	uevents = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC,
			 NETLINK_KOBJECT_UEVENT);
	kmsg = open("/dev/kmsg", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	trace = open(TRACE, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (uevents < 0 || kmsg < 0 ||
	    bind(uevents, (struct sockaddr *)&kernel, sizeof(kernel)) ||
	    lseek(kmsg, 0, SEEK_END) < 0)
		return -1;
	return 0;
}

/**
 * witness_end() - listen no longer
 */
void witness_end(void)
{
	if (uevents >= 0)
		close(uevents);
	if (kmsg >= 0)
		close(kmsg);
	if (trace >= 0)
		close(trace);
	uevents = -1;
	kmsg = -1;
	trace = -1;
}

/**
 * witness_forget() - what was said until now does not count
 */
void witness_forget(void)
{
	listen_now();
	*heard = '\0';
}

/**
 * witness_saw() - was this said since witness_forget()?
 * @what: a part of a line
 *
 * Return: 1 or 0.
 */
int witness_saw(const char *what)
{
	listen_now();
	return !!strstr(heard, what);
}

/**
 * witness_log() - write a line to the kernel's log
 * @text: the line, without a newline
 */
void witness_log(const char *text)
{
	char line[128];
	int len = snprintf(line, sizeof(line), "%s\n", text);

	if (write(kmsg, line, len) != len)
		perror("/dev/kmsg");
}
