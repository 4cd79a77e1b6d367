// SPDX-License-Identifier: GPL-2.0-only
/*
 * hold - a guest that has an mdev and does what a script tells it
 *
 *	hold UUID [group|cdev]
 *
 * Opens the mdev for a guest and says "ready".  Then reads commands from stdin
 * and answers each line with one line.  A queue is AA.DDDD, a response code two
 * hex digits; what fails is answered with the name of its errno.
 *
 *	tapq QUEUE		response code
 *	nqap QUEUE NUMBER	response code; a request to cube NUMBER
 *	dqap QUEUE		response code; with a reply, 00 and its NUMBER
 *	zapq QUEUE		response code
 *	arm QUEUE, disarm QUEUE	response code of AQIC; a byte for all queues
 *	qci			adapters, domains and control domains in QCI
 *	queues			those of the host's queues that the guest reaches
 *	events, requests	how often the eventfds for changes, and for removal,
 *				were signalled since last asked
 *	masks			how often masks were set, and cleared (UML only)
 *	reset			0
 *	unload MODULE		0; what the kernel says, not what rmmod thinks
 *	also UUID		0; another mdev is opened for the guest, and closed
 *	alone UUID		0; the same for no guest
 *	close, open [WAY]	0; the guest stays, without queues in between
 *	quit			0, the last answer
 *
 * If the mdev cannot be opened at first, the errno's name is the only answer
 * and the exit status is 1.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/cube.h"
#include "lib/mdev.h"

#define QUEUES		"/sys/bus/ap/devices"
#define RC_NOT_THERE	0x01
#define ISC		3

/* Nothing that is asked of it may take longer, in seconds. */
#define PATIENCE	60

/* VFIO's interrupt indexes, which older headers do not know. */
enum {
	EVENT_REMOVAL,
	EVENT_CHANGE,
	EVENTS,
};

/**
 * struct hold - the guest and what it has
 * @uuid: its mdev
 * @vm: the guest
 * @file: the mdev, while it is open
 * @event: eventfds
 * @words: the command's words after the first
 */
struct hold {
	const char *uuid;
	struct vm vm;
	struct mdev_file file;
	int event[EVENTS];
	const char *words;
};

struct command {
	const char *name;
	void (*run)(struct hold *hold);
};

static void answer_errno(int err)
{
	const char *name = err ? strerrorname_np(err) : "0";

	puts(name ? name : "?");
}

static int parse_queue(const char *word, unsigned int *apqn)
{
	unsigned int apid, apqi;

	if (sscanf(word, " %2x.%4x", &apid, &apqi) != 2 || apqi > 0xff)
		return -EINVAL;
	*apqn = apid << 8 | apqi;
	return 0;
}

/* Let the guest execute @call on the queue that was named.  0 or -errno. */
static int on_queue(struct hold *hold, struct ap_call *call)
{
	unsigned int apqn;
	int rc = parse_queue(hold->words, &apqn);

	if (rc)
		return rc;
	call->gr0 |= apqn;
	return vm_execute(&hold->vm, call, 1);
}

static void answer_rc(int rc, const struct ap_call *call)
{
	if (rc)
		answer_errno(-rc);
	else
		printf("%02x\n", ap_rc(call));
}

static void do_tapq(struct hold *hold)
{
	struct ap_call call = { .insn = AP_PQAP, .gr0 = AP_FC_TAPQ };

	answer_rc(on_queue(hold, &call), &call);
}

static void do_zapq(struct hold *hold)
{
	struct ap_call call = { .insn = AP_PQAP, .gr0 = AP_FC_ZAPQ };

	answer_rc(on_queue(hold, &call), &call);
}

static void do_arm(struct hold *hold)
{
	struct ap_call call = {
		.insn = AP_PQAP,
		.gr0 = AP_FC_AQIC,
		.gr1 = AP_AQIC_ON | ISC,
		.gr2 = VM_BLOCK,
	};

	answer_rc(on_queue(hold, &call), &call);
}

static void do_disarm(struct hold *hold)
{
	struct ap_call call = { .insn = AP_PQAP, .gr0 = AP_FC_AQIC };

	answer_rc(on_queue(hold, &call), &call);
}

static void do_nqap(struct hold *hold)
{
	struct ap_call call = {
		.insn = AP_NQAP,
		.gr0 = AP_NQAP_LAST,
		.gr6 = VM_REQUEST,
		.gr7 = CUBE_REQUEST_LEN,
	};
	unsigned int number;

	if (sscanf(hold->words, "%*s %5u", &number) != 1) {
		answer_errno(EINVAL);
		return;
	}
	cube_request(hold->vm.mem + VM_REQUEST, number);
	call.gr5 = number;
	answer_rc(on_queue(hold, &call), &call);
}

static void do_dqap(struct hold *hold)
{
	struct ap_call call = {
		.insn = AP_DQAP,
		.gr0 = AP_DQAP_FIRST,
		.gr6 = VM_REPLY,
		.gr7 = CUBE_REPLY_LEN,
	};
	int rc = on_queue(hold, &call);

	if (rc || ap_rc(&call))
		answer_rc(rc, &call);
	else if (cube_is_reply(hold->vm.mem + VM_REPLY, call.gr5))
		printf("00 %u\n", (unsigned int)call.gr5);
	else
		puts("00 wrong");
}

/* Hex numbers of @digits with commas, or a dash: none. */
static void print_mask(const unsigned char *mask, int digits)
{
	const char *comma = "";
	unsigned int id;

	for (id = 0; id < 256; id++) {
		if (!(mask[id / 8] & 0x80 >> id % 8))
			continue;
		printf("%s%0*x", comma, digits, id);
		comma = ",";
	}
	if (!*comma)
		putchar('-');
}

static void do_qci(struct hold *hold)
{
	const unsigned char *masks = hold->vm.mem + VM_BLOCK + 16;
	struct ap_call call = {
		.insn = AP_PQAP,
		.gr0 = AP_FC_QCI,
		.gr2 = VM_BLOCK,
	};
	int rc = vm_execute(&hold->vm, &call, 1);

	if (rc) {
		answer_errno(-rc);
		return;
	}
	print_mask(masks, 2);
	putchar(' ');
	print_mask(masks + 32, 4);
	putchar(' ');
	print_mask(masks + 64, 4);
	putchar('\n');
}

static int reaches(struct hold *hold, const char *queue)
{
	struct ap_call call = { .insn = AP_PQAP, .gr0 = AP_FC_TAPQ };

	hold->words = queue;
	return !on_queue(hold, &call) && ap_rc(&call) != RC_NOT_THERE;
}

/* What tells queues from cards is the point in their names. */
static int is_queue(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && strchr(entry->d_name, '.');
}

static void do_queues(struct hold *hold)
{
	const char *blank = "";
	struct dirent **entry;
	int i, count;

	count = scandir(QUEUES, &entry, is_queue, alphasort);
	if (count < 0) {
		answer_errno(errno);
		return;
	}
	for (i = 0; i < count; i++) {
		if (reaches(hold, entry[i]->d_name)) {
			printf("%s%s", blank, entry[i]->d_name);
			blank = " ";
		}
		free(entry[i]);
	}
	free(entry);
	putchar('\n');
}

static void answer_event(const struct hold *hold, int index)
{
	uint64_t count;

	if (read(hold->event[index], &count, sizeof(count)) != sizeof(count))
		count = 0;
	printf("%llu\n", (unsigned long long)count);
}

static void do_events(struct hold *hold)
{
	answer_event(hold, EVENT_CHANGE);
}

static void do_requests(struct hold *hold)
{
	answer_event(hold, EVENT_REMOVAL);
}

static void do_masks(struct hold *hold)
{
	uint64_t sets, clears;

	/* One number has more than one name, and which is said depends. */
	if (vm_mask_writes(&hold->vm, &sets, &clears))
		puts("unknown");
	else
		printf("%llu %llu\n", (unsigned long long)sets,
		       (unsigned long long)clears);
}

static void do_reset(struct hold *hold)
{
	answer_errno(ioctl(hold->file.device, VFIO_DEVICE_RESET) ? errno : 0);
}

static int install_events(struct hold *hold)
{
	struct {
		struct vfio_irq_set set;
		int32_t fd;
	} irq = {
		.set = {
			.argsz = sizeof(irq),
			.flags = VFIO_IRQ_SET_DATA_EVENTFD |
				 VFIO_IRQ_SET_ACTION_TRIGGER,
			.count = 1,
		},
	};
	int i;

	for (i = 0; i < EVENTS; i++) {
		irq.set.index = i;
		irq.fd = hold->event[i];
		if (ioctl(hold->file.device, VFIO_DEVICE_SET_IRQS, &irq))
			return -errno;
	}
	return 0;
}

static int open_mdev(struct hold *hold)
{
	enum vfio_way way = strstr(hold->words, "cdev") ? VFIO_BY_CDEV :
							  VFIO_BY_GROUP;
	int rc;

	rc = mdev_open(&hold->file, way, hold->uuid, &hold->vm);
	if (!rc)
		rc = install_events(hold);
	if (rc)
		mdev_close(&hold->file);
	return rc;
}

static void do_open(struct hold *hold)
{
	answer_errno(hold->file.device < 0 ? -open_mdev(hold) : EBUSY);
}

static void try_open(struct hold *hold, struct vm *vm)
{
	struct mdev_file file = MDEV_CLOSED;
	char uuid[64];
	int rc = -EINVAL;

	if (sscanf(hold->words, "%63s", uuid) == 1)
		rc = mdev_open(&file, VFIO_BY_GROUP, uuid, vm);
	mdev_close(&file);
	answer_errno(-rc);
}

static void do_also(struct hold *hold)
{
	try_open(hold, &hold->vm);
}

static void do_alone(struct hold *hold)
{
	try_open(hold, NULL);
}

static void do_close(struct hold *hold)
{
	mdev_close(&hold->file);
	answer_errno(0);
}

static void do_unload(struct hold *hold)
{
	char name[64];

	if (sscanf(hold->words, "%63s", name) != 1)
		answer_errno(EINVAL);
	else
		answer_errno(syscall(SYS_delete_module, name, O_NONBLOCK) ?
			     errno : 0);
}

static void do_quit(struct hold *hold)
{
	mdev_close(&hold->file);
	vm_close(&hold->vm);
	answer_errno(0);
	exit(0);
}

static const struct command commands[] = {
	{ "tapq", do_tapq },
	{ "zapq", do_zapq },
	{ "arm", do_arm },
	{ "disarm", do_disarm },
	{ "nqap", do_nqap },
	{ "dqap", do_dqap },
	{ "qci", do_qci },
	{ "queues", do_queues },
	{ "events", do_events },
	{ "requests", do_requests },
	{ "masks", do_masks },
	{ "reset", do_reset },
	{ "open", do_open },
	{ "also", do_also },
	{ "alone", do_alone },
	{ "close", do_close },
	{ "unload", do_unload },
	{ "quit", do_quit },
};

static void obey(struct hold *hold, char *line)
{
	size_t len = strcspn(line, " ");
	unsigned int i;

	hold->words = line + len;
	for (i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		if (strlen(commands[i].name) == len &&
		    !strncmp(commands[i].name, line, len)) {
			commands[i].run(hold);
			return;
		}
	}
	answer_errno(EOPNOTSUPP);
}

static int begin(struct hold *hold)
{
	int i, rc;

	for (i = 0; i < EVENTS; i++) {
		hold->event[i] = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
		if (hold->event[i] < 0)
			return -errno;
	}
	rc = vm_open(&hold->vm);
	return rc ? rc : open_mdev(hold);
}

int main(int argc, char **argv)
{
	struct hold hold = { .file = MDEV_CLOSED };
	char line[256];
	int rc;

	if (argc < 2 || argc > 3) {
		fputs("hold UUID [group|cdev]\n", stderr);
		return 2;
	}
	/* It is the script's; nobody else would know how to end it. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setvbuf(stdout, NULL, _IOLBF, 0);
	hold.uuid = argv[1];
	hold.words = argc > 2 ? argv[2] : "";
	rc = begin(&hold);
	if (rc) {
		answer_errno(-rc);
		return 1;
	}
	puts("ready");
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		alarm(PATIENCE);
		obey(&hold, line);
		alarm(0);
	}
	return 0;
}
