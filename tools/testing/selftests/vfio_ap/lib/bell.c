// SPDX-License-Identifier: GPL-2.0-only
/*
 * bell - a guest is woken by its queues
 *
 * What is wrong is a finding(), too: it says more than a result can.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bell.h"
#include "finding.h"
#include "sim.h"

#define VMSTAT		"/proc/vmstat"
#define REFRESH		"/proc/sys/vm/stat_refresh"

#define RC_NORMAL	0x00
#define RC_RESETTING	0x02

/* Adapters and domains of the mdev, for ap_config. */
#define CONFIG		"0x0c,0x080000000000000001,"

/* A queue comes when it is clean. */
#define ARRIVAL_MS	6000

/* The machine turns interruptions on and off when it likes, but soon. */
#define SOON_MS		3000
#define POLL_MS		5

/**
 * bell_clean() - everything is as it was before bell_prepare()
 * @lodger: the lodger
 *
 * Return: 0 or -errno.
 */
int bell_clean(struct lodger *lodger)
{
	sim("latency 200; reset 1000; aqic 0; on 4; on 5");
	sim("inject 04.0004 3 0 0");
	lodger_close(lodger);
	mdev_remove(lodger->uuid);
	bus_scan();
	return sysfs_write(AP_BUS "apmask", "+4,+5");
}

/**
 * bell_prepare() - an mdev with four queues, and nobody who has it
 * @lodger: filled in
 * @way: how the guest will open it
 *
 * Return: 0 or -errno.
 */
int bell_prepare(struct lodger *lodger, enum vfio_way way)
{
	int rc;

	*lodger = (struct lodger){ .uuid = BELL_MDEV, .way = way };
	bell_clean(lodger);
	rc = sysfs_write(AP_BUS "apmask", "-4,-5");
	return rc ?: mdev_create(lodger->uuid) ?:
	       mdev_write(lodger->uuid, "ap_config", CONFIG);
}

/**
 * bell_move_in() - a new guest opens the mdev, and has all queues
 * @lodger: the lodger
 *
 * Return: 0 or -errno.
 */
int bell_move_in(struct lodger *lodger)
{
	int rc = lodger_open(lodger);

	if (rc)
		return rc;
	return lodger_gets(lodger, BELL_OWN, ARRIVAL_MS) &&
	       lodger_gets(lodger, BELL_LAST, ARRIVAL_MS) ? 0 : -ETIMEDOUT;
}

static int execute(struct lodger *lodger, struct ap_call *call)
{
	int rc = bell_ask(lodger, call, 1);

	return rc ?: (int)ap_rc(call);
}

/**
 * bell_ask() - the guest does several things in a row
 * @lodger: the lodger
 * @calls: what
 * @count: how many
 *
 * Return: 0 or -errno.
 */
int bell_ask(struct lodger *lodger, struct ap_call *calls, unsigned int count)
{
	if (!lodger->open)
		return -ENODEV;
	return vm_execute(&lodger->vm, calls, count);
}

/**
 * bell_arm() - the guest wants interruptions of a queue
 * @lodger: the lodger
 * @bell: which, and how
 *
 * Return: the response code, or -errno.
 */
int bell_arm(struct lodger *lodger, const struct bell *bell)
{
	struct ap_call call = {
		.insn = AP_PQAP,
		.gr0 = AP_FC_AQIC | bell->apqn,
		.gr1 = AP_AQIC_ON | bell->isc,
		.gr2 = bell->nib,
	};

	return execute(lodger, &call);
}

/**
 * bell_disarm() - the guest wants none any more
 * @lodger: the lodger
 * @apqn: the queue
 *
 * Return: the response code, or -errno.
 */
int bell_disarm(struct lodger *lodger, unsigned int apqn)
{
	struct ap_call call = { .insn = AP_PQAP, .gr0 = AP_FC_AQIC | apqn };

	return execute(lodger, &call);
}

/**
 * bell_becomes() - wait until TAPQ shows interruptions on or off
 * @lodger: the lodger
 * @apqn: the queue
 * @on: which of them
 *
 * Return: 1 if it does, else 0.
 */
int bell_becomes(struct lodger *lodger, unsigned int apqn, int on)
{
	int rc, left;

	for (left = SOON_MS / POLL_MS; left; left--) {
		struct ap_call call = {
			.insn = AP_PQAP, .gr0 = AP_FC_TAPQ | apqn,
		};

		rc = execute(lodger, &call);
		if (!rc && ap_queue_interrupts(&call) == on)
			return 1;
		if (rc != RC_NORMAL && rc != RC_RESETTING)
			break;
		usleep(POLL_MS * 1000);
	}
	finding("%04x: interruptions are not %s, TAPQ is %d", apqn,
		on ? "on" : "off", rc);
	return 0;
}

/**
 * bell_request() - NQAP of a request
 * @bell: to which queue
 * @id: the request's name
 *
 * Return: what the guest does.
 */
struct ap_call bell_request(const struct bell *bell, unsigned int id)
{
	return (struct ap_call){
		.insn = AP_NQAP,
		.gr0 = AP_NQAP_LAST | bell->apqn,
		.gr5 = id,
		.gr6 = VM_REQUEST,
		.gr7 = LODGER_REQUEST_LEN,
	};
}

/* The guest sleeps until any queue wakes it. */
struct ap_call bell_sleep(void)
{
	return (struct ap_call){ .insn = AP_WAIT, .gr0 = AP_SUBCLASSES };
}

/* DQAP: the guest fetches a reply that is there. */
struct ap_call bell_reply(const struct bell *bell)
{
	return (struct ap_call){
		.insn = AP_DQAP,
		.gr0 = AP_DQAP_FIRST | bell->apqn,
		.gr6 = VM_REPLY,
		.gr7 = 4096,
	};
}

/**
 * bell_woke() - was the guest interrupted by this queue, and by nothing else?
 * @lodger: the lodger
 * @bell: the queue
 * @call: how the guest's sleep ended
 *
 * Return: 0, or -EBADSLT: it was another, -ENODATA: the byte says nothing.
 */
int bell_woke(struct lodger *lodger, const struct bell *bell,
	      const struct ap_call *call)
{
	unsigned char nib = lodger->vm.mem[bell->nib];

	if (!ap_interrupted(call) || ap_isc(call) != bell->isc || call->gr2) {
		finding("%04x: interruption %08llx with %016llx, not of subclass %u",
			bell->apqn, (unsigned long long)call->gr1,
			(unsigned long long)call->gr2, bell->isc);
		return -EBADSLT;
	}
	if (nib)
		return 0;
	finding("%04x: nothing was stored at %llx", bell->apqn,
		(unsigned long long)bell->nib);
	return -ENODATA;
}

/**
 * bell_works() - the guest sends a request, sleeps, and fetches the reply
 * @lodger: the lodger
 * @bell: the queue, armed
 *
 * Return: 0; -ETIMEDOUT if it is not woken; as bell_woke(); -EBADMSG without
 * the right reply; another -errno.
 */
int bell_works(struct lodger *lodger, const struct bell *bell)
{
	static unsigned int id;
	struct ap_call calls[] = {
		bell_request(bell, ++id), bell_sleep(), bell_reply(bell),
	};
	int rc;

	lodger->vm.mem[bell->nib] = 0;
	rc = bell_ask(lodger, calls, 3);
	if (rc) {
		finding("%04x: the guest ends with %s", bell->apqn,
			strerrorname_np(-rc));
		return rc;
	}
	if (!ap_rc(&calls[0]) && !ap_rc(&calls[2]) && calls[2].gr5 == id)
		return bell_woke(lodger, bell, &calls[1]);
	finding("%04x: NQAP is %02x, DQAP %02x of request %llu, not %u",
		bell->apqn, ap_rc(&calls[0]), ap_rc(&calls[2]),
		(unsigned long long)calls[2].gr5, id);
	return -EBADMSG;
}

/* Is no interruption pending, whatever its subclass? */
int bell_silent(struct lodger *lodger)
{
	struct ap_call call = { .insn = AP_TAKE, .gr0 = AP_SUBCLASSES };
	int rc = bell_ask(lodger, &call, 1);

	if (!rc && !ap_interrupted(&call))
		return 1;
	finding("there is an interruption of subclass %u (%d)", ap_isc(&call),
		rc);
	return 0;
}

/**
 * bell_machine_quiet() - does the machine interrupt no guest any more?
 *
 * Nor may it ever have written to a page that is not pinned.  Machines that do
 * not count are believed.
 *
 * Return: 1 if all is well, else 0.
 */
int bell_machine_quiet(void)
{
	unsigned long armed = sim_count("armed"), lost = sim_count("unpinned");

	if ((!armed || armed == -1UL) && (!lost || lost == -1UL))
		return 1;
	finding("%ld queues are armed, %ld bytes went to pages that are not pinned",
		armed, lost);
	return 0;
}

/**
 * bell_pages() - how many pages are pinned, on the whole host
 *
 * What the CPUs have counted by themselves is summed up before.
 *
 * Return: their number.
 */
long bell_pages(void)
{
	long value, pages = 0;
	char name[64];
	FILE *file;

	sysfs_write(REFRESH, "1");
	file = fopen(VMSTAT, "r");
	if (!file)
		return -errno;
	while (fscanf(file, "%63s %ld", name, &value) == 2) {
		if (!strcmp(name, "nr_foll_pin_acquired"))
			pages += value;
		else if (!strcmp(name, "nr_foll_pin_released"))
			pages -= value;
	}
	fclose(file);
	return pages;
}

/* Waits until between @least and @most pages are pinned. */
static int pages_come_to(long least, long most)
{
	long pages = 0;
	int left;

	for (left = SOON_MS / POLL_MS; left; left--) {
		pages = bell_pages();
		if (pages >= least && pages <= most)
			return 1;
		usleep(POLL_MS * 1000);
	}
	finding("%ld pages are pinned, should be %ld", pages, most);
	return 0;
}

/**
 * bell_pages_become() - wait until so many pages are pinned
 * @want: how many
 *
 * Return: 1 if they are, else 0.
 */
int bell_pages_become(long want)
{
	return pages_come_to(want, want);
}

/**
 * bell_pages_fall() - wait until no more than so many pages are pinned
 * @most: how many
 *
 * Return: 1 if that is so, else 0.
 */
int bell_pages_fall(long most)
{
	return pages_come_to(0, most);
}
