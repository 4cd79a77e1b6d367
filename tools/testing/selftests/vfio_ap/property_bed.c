// SPDX-License-Identifier: GPL-2.0-only
/*
 * property - commands for a kernel, and what can be seen of it
 */
#include <errno.h>
#include <linux/vfio.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lib/dma.h"
#include "lib/finding.h"
#include "lib/world.h"
#include "property.h"

static const char *const uuid[MDEVS] = {
	"11111111-2222-4333-8444-555555555555",
	"22222222-3333-4444-8555-666666666666",
	"33333333-4444-4555-8666-777777777777",
};

/* A notification byte for each queue, in a page of its own */
#define NIB(q)		(VM_NIBS + (q) * 0x1000 + 8)
#define ISC		3
#define REQUEST_LEN	16

#define NOT_THERE	0x01
#define BUSY		0x05
#define EMPTY_OR_FULL	0x10

/* Looks at what is not there yet: the first pause, the longest, and the last */
#define PAUSE_US	1000
#define PAUSE_MAX_US	50000
#define PATIENCE_US	(SOON * 1000)

/* The driver moves a queue to itself in so long; a queue is asked again. */
#define MOVE_US		200000
#define COMEBACK_US	2500000

/* Pages are counted once in so many looks, as it takes long. */
#define PINS_EVERY	16

static struct vm vm[VMS];
static struct mdev_file file[MDEVS];
static struct dma dma[MDEVS];
static pthread_t remover[MDEVS];
static bool leaving[MDEVS];
static enum prop_hidden hidden;
static long first_pins, first_breaches;
static int pins_now;
static unsigned int looks, worlds;

/* Since the last command: what was seen is taken. */
static bool rung[VMS][QUEUES], woken[VMS];

/* Some of the machine's numbers, read once: a system call is dear in UML. */
struct numbers {
	long armed;
	long breaches;
};

static long number(const char *text, const char *name)
{
	const char *line = strstr(text, name);

	return line ? strtol(line + strlen(name), NULL, 10) : -1;
}

static struct numbers numbers(void)
{
	char text[4096] = "";

	sysfs_read(STATS, text, sizeof(text));
	return (struct numbers) {
		.armed = number(text, "armed "),
		.breaches = number(text, "foreign_replies ") +
			    number(text, "unzeroized ") +
			    number(text, "unpinned "),
	};
}

static bool is_open(unsigned int n)
{
	return file[n].device >= 0;
}

static void *remove_mdev(void *name)
{
	return (void *)(long)mdev_write(name, "remove", "1");
}

/* While it is open somebody else has to wait for the end of that. */
static int begin_to_remove(unsigned int n)
{
	if (!is_open(n))
		return (long)remove_mdev((void *)uuid[n]);
	leaving[n] = !pthread_create(&remover[n], NULL, remove_mdev,
				     (void *)uuid[n]);
	return leaving[n] ? 0 : -EAGAIN;
}

static int close_device(unsigned int n)
{
	void *rc = NULL;

	mdev_close(&file[n]);
	if (leaving[n])
		pthread_join(remover[n], &rc);
	leaving[n] = false;
	return (long)rc;
}

static const char *end(void)
{
	unsigned int i;

	for (i = 0; i < MDEVS; i++) {
		if (is_open(i))
			close_device(i);
		mdev_remove(uuid[i]);
	}
	return NULL;
}

static int begin(void)
{
	int rc;

	end();
	rc = property_calm();
	first_pins = pins();
	first_breaches = numbers().breaches;
	pins_now = 0;
	hidden = HIDDEN_NOTHING;
	worlds++;
	return rc;
}

static int write_config(const unsigned char *arg)
{
	char text[PROP_CONFIG_LEN];

	prop_config(text, arg);
	return mdev_write(uuid[arg[0]], "ap_config", text);
}

static int edit(const struct prop_cmd *cmd)
{
	const char *mdev = uuid[cmd->arg[0]];
	bool adapter = prop_ops[cmd->op].args[1] == 'A';
	char text[16];

	switch (cmd->op) {
	case OP_CREATE:
		return mdev_create(mdev);
	case OP_REMOVE:
		return begin_to_remove(cmd->arg[0]);
	case OP_CONFIG:
		return write_config(cmd->arg);
	case OP_WRONG:
		return mdev_write(mdev, prop_wrongs[cmd->arg[1]].file,
				  prop_wrongs[cmd->arg[1]].text);
	default:
		snprintf(text, sizeof(text), "0x%x",
			 adapter ? prop_adapter[cmd->arg[1]] :
				   prop_domain[cmd->arg[1]]);
		return mdev_write(mdev, prop_ops[cmd->op].name, text);
	}
}

static int execute(unsigned int n, struct ap_call *call)
{
	return vm_execute(&vm[n], call, 1) ?: (int)ap_rc(call);
}

/* A reply takes a while; whose it is matters. */
static int receive(const struct prop_order *order)
{
	unsigned int left = PATIENCE_US / PAUSE_US;
	struct ap_call call;
	int rc;

	do {
		call = (struct ap_call) {
			.insn = AP_DQAP,
			.gr0 = AP_DQAP_FIRST | prop_apqn(order->cmd->arg[1]),
			.gr6 = VM_REPLY,
			.gr7 = 4096,
		};
		rc = execute(order->cmd->arg[0], &call);
		if (rc != EMPTY_OR_FULL || rc == order->want)
			break;
		usleep(PAUSE_US);
	} while (--left);
	return rc || call.gr5 == order->id ? rc : -EBADMSG;
}

/* "Busy" asks a guest to try again. */
static int persist(const struct prop_order *order, const struct ap_call *call)
{
	unsigned int left = PATIENCE_US / PAUSE_US;
	struct ap_call again = *call;
	int rc = execute(order->cmd->arg[0], &again);

	while (rc == BUSY && order->want != BUSY && left--) {
		usleep(PAUSE_US);
		again = *call;
		rc = execute(order->cmd->arg[0], &again);
	}
	return rc;
}

static int guest(const struct prop_order *order)
{
	const struct prop_cmd *cmd = order->cmd;
	unsigned int apqn = prop_apqn(cmd->arg[1]);
	struct ap_call call = { .insn = AP_PQAP };

	switch (cmd->op) {
	case OP_NQAP:
		call = (struct ap_call) {
			.insn = AP_NQAP,
			.gr0 = AP_NQAP_LAST | apqn,
			.gr5 = order->id,
			.gr6 = VM_REQUEST,
			.gr7 = REQUEST_LEN,
		};
		break;
	case OP_DQAP:
		return receive(order);
	case OP_RAPQ:
		call.gr0 = AP_FC_RAPQ | apqn;
		break;
	case OP_ZAPQ:
		if (order->want != BUSY && order->want != NOT_THERE)
			property_unstick(cmd->arg[1]);
		call.gr0 = AP_FC_ZAPQ | apqn;
		break;
	case OP_AQIC_ON:
		call.gr0 = AP_FC_AQIC | apqn;
		call.gr1 = AP_AQIC_ON | ISC;
		call.gr2 = NIB(cmd->arg[1]);
		break;
	default:
		call.gr0 = AP_FC_AQIC | apqn;
	}
	return persist(order, &call);
}

/* A guest takes what interrupts it; now, or when it runs again. */
#define TAKE	((struct ap_call){ .insn = AP_TAKE, .gr0 = ap_subclass(ISC) })

static void take_bytes(unsigned int v)
{
	unsigned int q;

	for (q = 0; q < QUEUES; q++)
		rung[v][q] |= __atomic_exchange_n(vm[v].mem + NIB(q), 0,
						  __ATOMIC_SEQ_CST);
}

static void forget_interruptions(void)
{
	memset(rung, 0, sizeof(rung));
	memset(woken, 0, sizeof(woken));
}

/* Nobody has looked at what was left to the guest when it had a device last. */
static int open_device(unsigned int n, unsigned int v)
{
	enum vfio_way way = worlds % 2 ? VFIO_BY_GROUP : VFIO_BY_CDEV;
	struct ap_call take = TAKE;
	int rc;

	if (!vfio_way_exists(way))
		way = VFIO_BY_GROUP;
	rc = mdev_open(&file[n], way, uuid[n], &vm[v]);
	if (rc)
		mdev_close(&file[n]);
	else
		rc = vm_execute(&vm[v], &take, 1);
	return rc ?: dma_init(&dma[n], &file[n]);
}

static unsigned int mdev_of(unsigned int v)
{
	unsigned int n;

	for (n = 0; n < MDEVS - 1; n++)
		if (is_open(n) && file[n].vm == &vm[v])
			break;
	return n;
}

static int vfio(const struct prop_cmd *cmd)
{
	unsigned int n = cmd->arg[0];

	switch (cmd->op) {
	case OP_OPEN:
		return open_device(n, cmd->arg[1]);
	case OP_CLOSE:
		return close_device(n);
	case OP_RESET:
		return ioctl(file[n].device, VFIO_DEVICE_RESET) ? -errno : 0;
	case OP_MAP:
		return dma_map(&dma[mdev_of(n)], vm[n].mem, 0, VM_SIZE);
	default:
		return dma_unmap(&dma[mdev_of(n)], 0, VM_SIZE);
	}
}

static int order(const struct prop_order *order)
{
	const struct prop_cmd *cmd = order->cmd;

	hidden = order->hidden;
	forget_interruptions();
	if (cmd->op <= OP_WRONG)
		return edit(cmd);
	if (cmd->op <= OP_STEER)
		return property_bus(cmd, order->want);
	if (cmd->op <= OP_REPLIES)
		return property_machine(cmd);
	if (cmd->op >= OP_NQAP && cmd->op <= OP_AQIC_OFF)
		return guest(order);
	return vfio(cmd);
}

static bool read_text(unsigned int n, const char *name, char end_of_line,
		      char *text)
{
	char path[128], page[4096 + 2] = "";
	size_t len;
	char *at;

	snprintf(path, sizeof(path), MATRIX "%s/%s", uuid[n], name);
	if (sysfs_read(path, page, sizeof(page) - 1))
		return false;
	len = strlen(page);
	if (len)
		page[len] = '\n';
	for (at = page; *at; at++)
		if (*at == '\n')
			*at = end_of_line;
	snprintf(text, SEEN_TEXT, "%.255s", page);
	return true;
}

static int read_status(unsigned int q)
{
	char text[32];

	if (queue_read(prop_apqn(q), "status", text, sizeof(text)))
		return STATUS_NONE;
	if (!strcmp(text, "unassigned"))
		return STATUS_UNASSIGNED;
	return strcmp(text, "in use") ? STATUS_ASSIGNED : STATUS_IN_USE;
}

static void ask_guest(unsigned int v, int *codes)
{
	struct ap_call call[QUEUES + 1] = { };
	unsigned int q;
	int rc;

	for (q = 0; q < QUEUES; q++) {
		call[q].insn = AP_PQAP;
		call[q].gr0 = AP_FC_TAPQ | prop_apqn(q);
	}
	call[QUEUES] = TAKE;
	rc = vm_execute(&vm[v], call, QUEUES + 1);
	woken[v] |= !rc && ap_interrupted(&call[QUEUES]);
	for (q = 0; q < QUEUES; q++) {
		codes[q] = rc ?: (int)ap_rc(&call[q]);
		if (!codes[q])
			codes[q] = (ap_queue_interrupts(&call[q]) ? 0x100 : 0) |
				   (ap_queue_empty(&call[q]) ? 0x200 : 0);
	}
}

static int count_pins(const struct prop_seen *want)
{
	if (first_pins < 0)
		return PROP_UNKNOWN;
	if (want->pins == pins_now && looks++ % PINS_EVERY)
		return PROP_UNKNOWN;
	pins_become(first_pins + want->pins);
	pins_now = want->pins;
	return pins() - first_pins;
}

static void look_once(struct prop_seen *seen)
{
	struct numbers now;
	unsigned int i, q;

	memset(seen, 0, sizeof(*seen));
	for (i = 0; i < MDEVS; i++) {
		struct prop_seen_mdev *mdev = &seen->mdev[i];

		mdev->exists = read_text(i, "matrix", ' ', mdev->matrix);
		if (!mdev->exists)
			continue;
		read_text(i, "guest_matrix", ' ', mdev->guest_matrix);
		read_text(i, "control_domains", ' ', mdev->controls);
		read_text(i, "withheld", ';', mdev->withheld);
	}
	for (q = 0; q < QUEUES; q++)
		seen->status[q] = read_status(q);
	for (i = 0; i < VMS; i++)
		for (q = 0; q < QUEUES; q++)
			seen->tapq[i][q] = PROP_UNKNOWN;
	for (i = 0; i < MDEVS; i++)
		if (is_open(i))
			ask_guest(file[i].vm - vm, seen->tapq[file[i].vm - vm]);
	for (i = 0; i < VMS; i++) {
		take_bytes(i);
		seen->woken[i] = woken[i];
		for (q = 0; q < QUEUES; q++)
			seen->rung[i][q] = rung[i][q];
	}
	now = numbers();
	seen->armed = now.armed;
	seen->breaches = now.breaches - first_breaches;
	seen->pins = PROP_UNKNOWN;
}

static void look(const struct prop_seen *want, struct prop_seen *seen)
{
	unsigned int pause = PAUSE_US, waited = 0;
	char what[WHAT_TEXT];

	if (hidden == HIDDEN_MOVE)
		usleep(MOVE_US);
	else if (hidden == HIDDEN_COMEBACK)
		usleep(COMEBACK_US);
	for (;;) {
		look_once(seen);
		if (!prop_seen_differ(want, seen, what, sizeof(what)) ||
		    waited >= PATIENCE_US)
			break;
		usleep(pause);
		waited += pause;
		if (pause < PAUSE_MAX_US)
			pause *= 2;
	}
	seen->pins = count_pins(want);
}

struct prop_bed property_bed = {
	.begin = begin,
	.order = order,
	.look = look,
	.end = end,
};

/* Where KVM lets nobody choose, all VMs are the same. */
static int open_small(struct vm *to)
{
	int rc = vm_open_small(to);

	property_bed.small_vm = !rc;
	return rc == -EOPNOTSUPP ? vm_open(to) : rc;
}

/**
 * property_open() - VMs, before any sequence
 *
 * Return: 0 or -errno.
 */
int property_open(void)
{
	unsigned int i;
	int rc = 0;

	for (i = 0; i < MDEVS; i++)
		file[i] = MDEV_CLOSED;
	for (i = 0; i < VMS && !rc; i++)
		rc = i == SMALL_VM ? open_small(&vm[i]) : vm_open(&vm[i]);
	property_bed.new_bus =
		!access(BUS "devices/04.0004/driver_override", F_OK);
	return rc;
}

/* .. and after the last one: everything is the host's again. */
void property_close(void)
{
	unsigned int i;

	end();
	property_calm();
	for (i = 0; i < VMS; i++)
		vm_close(&vm[i]);
}
