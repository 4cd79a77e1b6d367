// SPDX-License-Identifier: GPL-2.0-only
/*
 * failnth - memory runs out at any point, or a call fails, and nothing is half done
 *
 * Whatever a user does with the driver is done again and again, each time with
 * another allocation that fails, or another call of the driver to hardware, guest, bus
 * or kernel.  It either succeeds as a whole, or fails (with ENOMEM, if it is memory) and
 * has changed nothing; then it succeeds without a fault.
 */
#include <fcntl.h>
#include <linux/vfio.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>

#include "kselftest_harness.h"
#include "lib/dma.h"
#include "lib/failnth.h"
#include "lib/nthguest.h"
#include "lib/state.h"
#include "lib/world.h"

/* VFIO_AP_CFG_CHG_IRQ_INDEX, which older headers do not know */
#define CFG_CHG_IRQ_INDEX	1

/* Seconds, real ones or the UML bed's */
#define LIMIT		600

FIXTURE(memory) {
	struct nthguest guest;
	int event;
};

FIXTURE_SETUP(memory)
{
	self->event = -1;
	if (!nth_available())
		SKIP(return, "this kernel cannot let allocations fail");
	ASSERT_EQ(0, nthguest_prepare(&self->guest));
	ASSERT_EQ(0, nthguest_open(&self->guest));
	ASSERT_EQ(RC_NORMAL, nthguest_sees(&self->guest));
}

FIXTURE_TEARDOWN(memory)
{
	EXPECT_EQ(0, nthguest_leave(&self->guest));
	if (self->event >= 0)
		close(self->event);
}

/* What an action may do to the guest, who is asked each time */

static int gets_queue(void *guest, int done)
{
	return nthguest_sees(guest) != (done ? RC_NORMAL : RC_NOT_THERE);
}

static int loses_queue(void *guest, int done)
{
	return gets_queue(guest, !done);
}

static int keeps_queue(void *guest, int done)
{
	(void)done;
	return gets_queue(guest, 1);
}

static int bind_queue(void *guest)
{
	(void)guest;
	return sysfs_write(DRIVER "bind", QUEUE);
}

static int unbind_queue(void *guest)
{
	(void)guest;
	return sysfs_write(DRIVER "unbind", QUEUE);
}

TEST_F_TIMEOUT(memory, bind, LIMIT)
{
	const struct nth_action action = {
		.name = "bind", .run = bind_queue, .undo = unbind_queue,
		.works = gets_queue, .least = 5,
	};

	ASSERT_EQ(0, unbind_queue(NULL));
	EXPECT_EQ(0, nth_sweep(&action, &self->guest));
	EXPECT_EQ(0, bind_queue(NULL));
}

TEST_F_TIMEOUT(memory, unbind, LIMIT)
{
	const struct nth_action action = {
		.name = "unbind", .run = unbind_queue, .undo = bind_queue,
		.works = loses_queue, .least = 2,
	};

	EXPECT_EQ(0, nth_sweep(&action, &self->guest));
}

static int create(void *guest)
{
	(void)guest;
	return mdev_create(TWO);
}

static int remove_it(void *guest)
{
	(void)guest;
	return mdev_write(TWO, "remove", "1");
}

/*
 * VFIO does not survive that it has no memory for the group of a device: it WARNs,
 * and leaks.  The group is made when the device is in its IOMMU group, and before
 * the group is announced; the driver is told the same if the IOMMU group fails.
 */
TEST_F_TIMEOUT(memory, create, LIMIT)
{
	const struct nth_action action = {
		.name = "create", .run = create, .undo = remove_it,
		.works = keeps_queue, .least = 50,
		.gap_begins = "Failed to add to iommu group",
		.gap_ends = "add@/devices/virtual/vfio/",
	};
	long instances = state_instances();

	EXPECT_EQ(0, nth_sweep(&action, &self->guest));
	/*
	 * The mdev core loses count of those that it has no memory for: one
	 * or two in each of the ways in which memory runs out.
	 */
	EXPECT_GE(instances, state_instances());
	EXPECT_LE(instances - 8, state_instances());
}

static int create_again(void *guest)
{
	return create(guest) ?:
	       mdev_write(TWO, "assign_adapter", "5") ?:
	       mdev_write(TWO, "assign_domain", "4");
}

TEST_F_TIMEOUT(memory, remove, LIMIT)
{
	const struct nth_action action = {
		.name = "remove", .run = remove_it, .undo = create_again,
		.works = keeps_queue, .least = 2,
	};
	long instances = state_instances();

	ASSERT_EQ(0, create_again(NULL));
	EXPECT_EQ(0, nth_sweep(&action, &self->guest));
	EXPECT_EQ(0, remove_it(NULL));
	EXPECT_EQ(instances, state_instances());
}

/* The running guest's assignment changes. */
static const struct edit {
	const char *file;
	const char *text;
	const char *back_file;
	const char *back_text;
} edits[] = {
	{ "assign_adapter", "5", "unassign_adapter", "5" },
	{ "unassign_adapter", "4", "assign_adapter", "4" },
	{ "assign_domain", "0xab", "unassign_domain", "0xab" },
	{ "unassign_domain", "0x47", "assign_domain", "0x47" },
	{ "assign_control_domain", "4", "unassign_control_domain", "4" },
	{ "unassign_control_domain", "0xab", "assign_control_domain", "0xab" },
	{ "ap_config", CONFIG_4_5, "ap_config", CONFIG_4 },
	{ "ap_config", CONFIG_5, "ap_config", CONFIG_4 },
};

static const struct edit *edit;
static int edit_fd;

/* To open the file is the kernel's own business. */
static int write_edit(void *guest)
{
	(void)guest;
	return pwrite(edit_fd, edit->text, strlen(edit->text), 0) < 0 ?
	       -errno : 0;
}

static int write_back(void *guest)
{
	(void)guest;
	return mdev_write(ONE, edit->back_file, edit->back_text);
}

TEST_F_TIMEOUT(memory, assign, LIMIT)
{
	struct nth_action action = {
		.run = write_edit, .undo = write_back, .least = 1,
	};
	char path[128];

	for (edit = edits; edit < edits + ARRAY_SIZE(edits); edit++) {
		snprintf(path, sizeof(path), MATRIX ONE "/%s", edit->file);
		edit_fd = open(path, O_WRONLY | O_CLOEXEC);
		ASSERT_LE(0, edit_fd);
		action.name = edit->file;
		EXPECT_EQ(0, nth_sweep(&action, &self->guest));
		close(edit_fd);
	}
}

static int open_device(void *guest)
{
	return nthguest_open(guest);
}

static int close_device(void *guest)
{
	nthguest_close(guest);
	return 0;
}

static int open_and_close(struct nthguest *guest, enum vfio_way way)
{
	const struct nth_action opens = {
		.name = way == VFIO_BY_GROUP ? "open by group" : "open by cdev",
		.run = open_device, .undo = close_device,
		.works = gets_queue, .least = 5,
	};
	const struct nth_action closes = {
		.name = "close", .run = close_device, .undo = open_device,
		.works = loses_queue, .cannot_fail = 1,
	};

	nthguest_close(guest);
	guest->way = way;
	return nth_sweep(&opens, guest) ?: nthguest_open(guest) ?:
	       nth_sweep(&closes, guest);
}

TEST_F_TIMEOUT(memory, open_and_close_group, LIMIT)
{
	if (!vfio_way_exists(VFIO_BY_GROUP))
		SKIP(return, "this kernel has no VFIO groups");
	EXPECT_EQ(0, open_and_close(&self->guest, VFIO_BY_GROUP));
}

TEST_F_TIMEOUT(memory, open_and_close_cdev, LIMIT)
{
	if (!vfio_way_exists(VFIO_BY_CDEV))
		SKIP(return, "this kernel has no VFIO character devices");
	EXPECT_EQ(0, open_and_close(&self->guest, VFIO_BY_CDEV));
}

static int set_event(struct nthguest *guest, int fd)
{
	struct {
		struct vfio_irq_set head;
		int fd;
	} set = {
		.head = {
			.argsz = sizeof(set),
			.flags = VFIO_IRQ_SET_DATA_EVENTFD |
				 VFIO_IRQ_SET_ACTION_TRIGGER,
			.index = CFG_CHG_IRQ_INDEX,
			.count = 1,
		},
		.fd = fd,
	};

	return ioctl(guest->file.device, VFIO_DEVICE_SET_IRQS, &set) ? -errno : 0;
}

static int event;

static int set_irqs(void *guest)
{
	return set_event(guest, event);
}

static int set_irqs_off(void *guest)
{
	return set_event(guest, -1);
}

/* A change of the configuration is told, or not. */
static int is_told(void *guest, int done)
{
	eventfd_t count = 0;

	(void)guest;
	if (mdev_write(ONE, "assign_control_domain", "4") ||
	    mdev_write(ONE, "unassign_control_domain", "4"))
		return -1;
	eventfd_read(event, &count);
	return !count == !done ? 0 : -1;
}

TEST_F_TIMEOUT(memory, set_irqs, LIMIT)
{
	const struct nth_action action = {
		.name = "SET_IRQS", .run = set_irqs, .undo = set_irqs_off,
		.works = is_told,
	};

	self->event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	ASSERT_LE(0, self->event);
	event = self->event;
	EXPECT_EQ(0, nth_sweep(&action, &self->guest));
}

static int reset(void *data)
{
	struct nthguest *guest = data;

	return ioctl(guest->file.device, VFIO_DEVICE_RESET) ? -errno : 0;
}

static int nothing_to_undo(void *guest)
{
	(void)guest;
	return 0;
}

TEST_F_TIMEOUT(memory, reset, LIMIT)
{
	const struct nth_action action = {
		.name = "RESET", .run = reset, .undo = nothing_to_undo,
		.works = keeps_queue, .cannot_fail = 1,
	};

	EXPECT_EQ(0, nth_sweep(&action, &self->guest));
}

/* The guest wants interruptions of its queue, and what becomes of it */
#define RC_BUSY		0x05
#define RC_CHANGING	0x07

static long pages;

static struct ap_call aqic(struct nthguest *guest, uint64_t control)
{
	struct ap_call call = {
		.insn = AP_PQAP, .gr0 = AP_FC_AQIC | QUEUE_APQN, .gr1 = control,
		.gr2 = VM_NIBS,
	};

	call.cc = -vm_execute(&guest->vm, &call, 1);
	return call;
}

static int arm(void *guest)
{
	struct ap_call call = aqic(guest, AP_AQIC_ON | 3);

	if (!ap_rc(&call))
		return 0;
	return ap_rc(&call) == RC_BUSY ? -ENOMEM : -EIO;
}

static int is_armed(void *data, int done)
{
	struct nthguest *guest = data;
	struct ap_call tapq = { .insn = AP_PQAP, .gr0 = QUEUE_APQN };

	if (vm_execute(&guest->vm, &tapq, 1) ||
	    ap_queue_interrupts(&tapq) != done)
		return -1;
	return pins_become(pages + done) ? 0 : -1;
}

static int disarm(void *guest)
{
	struct ap_call call = aqic(guest, 0);

	if (ap_rc(&call) && ap_rc(&call) != RC_CHANGING)
		return -EIO;
	return pins_become(pages) ? 0 : -EBUSY;
}

TEST_F_TIMEOUT(memory, aqic_on, LIMIT)
{
	const struct nth_action action = {
		.name = "AQIC on", .run = arm, .undo = disarm,
		.works = is_armed, .least = 1,
		/* What VFIO cannot pin is no good byte, whatever the reason. */
		.also = EIO,
	};

	pages = pins();
	EXPECT_EQ(0, nth_sweep(&action, &self->guest));
}

/* To be told yes is not all: the page is given back by itself. */
static int is_disarmed(void *guest, int done)
{
	return is_armed(guest, !done);
}

static int disarm_only(void *guest)
{
	struct ap_call call = aqic(guest, 0);

	return ap_rc(&call) ? -EIO : 0;
}

TEST_F_TIMEOUT(memory, aqic_off, LIMIT)
{
	const struct nth_action action = {
		.name = "AQIC off", .run = disarm_only, .undo = arm,
		.works = is_disarmed,
	};

	pages = pins();
	ASSERT_EQ(0, arm(&self->guest));
	EXPECT_EQ(0, nth_sweep(&action, &self->guest));
	EXPECT_EQ(0, disarm(&self->guest));
}

TEST_HARNESS_MAIN
