// SPDX-License-Identifier: GPL-2.0-only
/*
 * device - the mediated device as VFIO's users have it: ioctls, events, files
 *
 * Everything that can be asked of an open device, and everything that can be
 * asked wrongly; who can open it when; and files that outlive what they are of.
 */
#include <asm/ioctl.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "kselftest_harness.h"
#include "lib/mdev.h"

#define APMASK		"/sys/bus/ap/apmask"
#define ONE		"11111111-2222-4333-8444-555555555555"

/* VFIO's interrupt indexes, of which older headers know none. */
#define REQUEST		0
#define CHANGE		1
#define NOT_AN_INDEX	2

#define EVENTFD		(VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER)
#define NONE		(VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_TRIGGER)
#define BOOL		(VFIO_IRQ_SET_DATA_BOOL | VFIO_IRQ_SET_ACTION_TRIGGER)

/**
 * struct request - SET_IRQS and what may lie behind it
 * @set: the header
 * @data: an eventfd, or a byte in the first one
 */
struct request {
	struct vfio_irq_set set;
	int32_t data;
};

static void leave_nothing(void)
{
	mdev_remove(ONE);
	sysfs_write(APMASK, "+4,+5");
}

static int prepare(void)
{
	leave_nothing();
	if (sysfs_write(APMASK, "-4,-5") || mdev_create(ONE) ||
	    mdev_write(ONE, "assign_adapter", "4") ||
	    mdev_write(ONE, "assign_domain", "4"))
		return -1;
	return 0;
}

/* Every call of an eventfd adds one; reading it takes them all. */
static unsigned long signals(int fd)
{
	uint64_t count;

	return read(fd, &count, sizeof(count)) == sizeof(count) ? count : 0;
}

static int set_irqs(int device, uint32_t index, uint32_t flags, uint32_t count,
		    int32_t data)
{
	struct request request = {
		.set = {
			.argsz = sizeof(request),
			.flags = flags,
			.index = index,
			.count = count,
		},
		.data = data,
	};

	return ioctl(device, VFIO_DEVICE_SET_IRQS, &request) ? -errno : 0;
}

FIXTURE(device) {
	struct vm vm;
	struct mdev_file file;
	int event;
};

FIXTURE_VARIANT(device) {
	enum vfio_way way;
};

FIXTURE_VARIANT_ADD(device, group) {
	.way = VFIO_BY_GROUP,
};

FIXTURE_VARIANT_ADD(device, cdev) {
	.way = VFIO_BY_CDEV,
};

FIXTURE_SETUP(device)
{
	self->file = MDEV_CLOSED;
	self->event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	ASSERT_GE(self->event, 0);
	ASSERT_EQ(0, prepare());
	/* /dev/vfio/devices is not there before there is one. */
	if (!vfio_way_exists(variant->way)) {
		leave_nothing();
		SKIP(return, "this kernel does not have that way into VFIO");
	}
	ASSERT_EQ(0, vm_open(&self->vm));
	ASSERT_EQ(0, mdev_open(&self->file, variant->way, ONE, &self->vm));
}

FIXTURE_TEARDOWN(device)
{
	mdev_close(&self->file);
	vm_close(&self->vm);
	leave_nothing();
}

TEST_F(device, says_what_it_is)
{
	struct vfio_device_info info = { .argsz = sizeof(info) };

	ASSERT_EQ(0, ioctl(self->file.device, VFIO_DEVICE_GET_INFO, &info));
	EXPECT_EQ(VFIO_DEVICE_FLAGS_AP | VFIO_DEVICE_FLAGS_RESET, info.flags);
	EXPECT_EQ(0, info.num_regions);
	EXPECT_EQ(2, info.num_irqs);

	info.argsz = offsetof(struct vfio_device_info, num_irqs);
	EXPECT_EQ(-1, ioctl(self->file.device, VFIO_DEVICE_GET_INFO, &info));
	EXPECT_EQ(EINVAL, errno);
	EXPECT_EQ(-1, ioctl(self->file.device, VFIO_DEVICE_GET_INFO, 1));
	EXPECT_EQ(EFAULT, errno);
}

TEST_F(device, says_what_its_interrupts_are)
{
	struct vfio_irq_info info = { .argsz = sizeof(info) };

	for (info.index = REQUEST; info.index <= CHANGE; info.index++) {
		info.count = 0;
		info.flags = 0;
		ASSERT_EQ(0, ioctl(self->file.device, VFIO_DEVICE_GET_IRQ_INFO,
				   &info));
		EXPECT_EQ(1, info.count);
		EXPECT_EQ(VFIO_IRQ_INFO_EVENTFD, info.flags);
	}
	info.index = NOT_AN_INDEX;
	EXPECT_EQ(-1, ioctl(self->file.device, VFIO_DEVICE_GET_IRQ_INFO, &info));
	EXPECT_EQ(EINVAL, errno);
	info.index = REQUEST;
	info.argsz = offsetof(struct vfio_irq_info, count);
	EXPECT_EQ(-1, ioctl(self->file.device, VFIO_DEVICE_GET_IRQ_INFO, &info));
	EXPECT_EQ(EINVAL, errno);
	EXPECT_EQ(-1, ioctl(self->file.device, VFIO_DEVICE_GET_IRQ_INFO, 1));
	EXPECT_EQ(EFAULT, errno);
}

/* What is wrong with a request; the rest of it would do. */
static const struct {
	const char *what;
	struct vfio_irq_set set;
	int32_t data;
	int error;
} wrong[] = {
	{ "shorter than its header",
	  { sizeof(struct vfio_irq_set) - 1, EVENTFD, 0, 0, 1 }, -1, EINVAL },
	{ "no room for an eventfd",
	  { sizeof(struct vfio_irq_set) + 3, EVENTFD, 0, 0, 1 }, -1, EINVAL },
	{ "an index that is none",
	  { sizeof(struct request), EVENTFD, NOT_AN_INDEX, 0, 1 }, -1, EINVAL },
	{ "the last index of all",
	  { sizeof(struct request), EVENTFD, ~0U, 0, 1 }, -1, EINVAL },
	{ "not from the start",
	  { sizeof(struct request), EVENTFD, 0, 1, 1 }, -1, EINVAL },
	{ "start and count that overflow",
	  { sizeof(struct request), EVENTFD, 0, ~0U, 2 }, -1, EINVAL },
	{ "more than one",
	  { sizeof(struct request), EVENTFD, 0, 0, 2 }, -1, EINVAL },
	{ "no eventfd at all",
	  { sizeof(struct request), EVENTFD, 0, 0, 0 }, -1, EINVAL },
	{ "no byte at all",
	  { sizeof(struct request), BOOL, 0, 0, 0 }, 1, EINVAL },
	{ "no kind of data",
	  { sizeof(struct request), VFIO_IRQ_SET_ACTION_TRIGGER, 0, 0, 1 },
	  -1, EINVAL },
	{ "two kinds of data",
	  { sizeof(struct request), EVENTFD | VFIO_IRQ_SET_DATA_BOOL, 0, 0, 1 },
	  -1, EINVAL },
	{ "no action",
	  { sizeof(struct request), VFIO_IRQ_SET_DATA_EVENTFD, 0, 0, 1 },
	  -1, EINVAL },
	{ "two actions",
	  { sizeof(struct request), EVENTFD | VFIO_IRQ_SET_ACTION_MASK, 0, 0, 1 },
	  -1, EINVAL },
	{ "masking",
	  { sizeof(struct request), VFIO_IRQ_SET_DATA_NONE |
				    VFIO_IRQ_SET_ACTION_MASK, 0, 0, 1 },
	  -1, EINVAL },
	{ "a flag that is none",
	  { sizeof(struct request), EVENTFD | 1U << 31, 0, 0, 1 }, -1, EINVAL },
	{ "less than no file",
	  { sizeof(struct request), EVENTFD, 0, 0, 1 }, -2, EINVAL },
	{ "a file that is not open",
	  { sizeof(struct request), EVENTFD, 0, 0, 1 }, 9999, EBADF },
	{ "a file that is no eventfd",
	  { sizeof(struct request), EVENTFD, 0, 0, 1 }, STDERR_FILENO, EINVAL },
};

TEST_F(device, refuses_what_is_wrong_and_changes_nothing)
{
	unsigned int i;

	ASSERT_EQ(0, set_irqs(self->file.device, REQUEST, EVENTFD, 1, self->event));
	for (i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct request request = {
			.set = wrong[i].set,
			.data = wrong[i].data,
		};

		EXPECT_EQ(-1, ioctl(self->file.device, VFIO_DEVICE_SET_IRQS,
				    &request)) {
			TH_LOG("%s was accepted", wrong[i].what);
		}
		EXPECT_EQ(wrong[i].error, errno) {
			TH_LOG("%s", wrong[i].what);
		}
	}
	EXPECT_EQ(-1, ioctl(self->file.device, VFIO_DEVICE_SET_IRQS, 1));
	EXPECT_EQ(EFAULT, errno);
	/* It is still the same one, and none of these has signalled it. */
	EXPECT_EQ(0, signals(self->event));
	ASSERT_EQ(0, set_irqs(self->file.device, REQUEST, NONE, 1, 0));
	EXPECT_EQ(1, signals(self->event));
}

TEST_F(device, needs_the_eventfd_where_it_says)
{
	long size = sysconf(_SC_PAGESIZE);
	struct vfio_irq_set *set;
	char *two;

	two = mmap(NULL, 2 * size, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, two);
	ASSERT_EQ(0, munmap(two + size, size));
	set = (void *)(two + size - sizeof(*set));
	*set = (struct vfio_irq_set){ sizeof(struct request), EVENTFD, 0, 0, 1 };
	EXPECT_EQ(-1, ioctl(self->file.device, VFIO_DEVICE_SET_IRQS, set));
	EXPECT_EQ(EFAULT, errno);
	set->flags = BOOL;
	EXPECT_EQ(-1, ioctl(self->file.device, VFIO_DEVICE_SET_IRQS, set));
	EXPECT_EQ(EFAULT, errno);
	set->flags = NONE;
	EXPECT_EQ(0, ioctl(self->file.device, VFIO_DEVICE_SET_IRQS, set));
	munmap(two, size);
}

TEST_F(device, signals_each_index_for_itself)
{
	int change = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);

	ASSERT_GE(change, 0);
	ASSERT_EQ(0, set_irqs(self->file.device, REQUEST, EVENTFD, 1, self->event));
	ASSERT_EQ(0, set_irqs(self->file.device, CHANGE, EVENTFD, 1, change));
	ASSERT_EQ(0, mdev_write(ONE, "assign_control_domain", "0x47"));
	EXPECT_EQ(1, signals(change));
	EXPECT_EQ(0, signals(self->event));
	ASSERT_EQ(0, set_irqs(self->file.device, REQUEST, NONE, 1, 0));
	EXPECT_EQ(0, signals(change));
	EXPECT_EQ(1, signals(self->event));
	ASSERT_EQ(0, set_irqs(self->file.device, REQUEST, BOOL, 1, 0));
	EXPECT_EQ(0, signals(self->event));
	ASSERT_EQ(0, set_irqs(self->file.device, REQUEST, BOOL, 1, 0x01010101));
	EXPECT_EQ(1, signals(self->event));
	close(change);
}

TEST_F(device, forgets_an_eventfd_when_told)
{
	static const uint32_t flags[] = { EVENTFD, NONE };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		ASSERT_EQ(0, set_irqs(self->file.device, CHANGE, EVENTFD, 1,
				      self->event));
		/* -1 instead of one, or none instead of any. */
		ASSERT_EQ(0, set_irqs(self->file.device, CHANGE, flags[i], !i, -1));
		ASSERT_EQ(0, mdev_write(ONE, "assign_control_domain", "0x47"));
		ASSERT_EQ(0, mdev_write(ONE, "unassign_control_domain", "0x47"));
		EXPECT_EQ(0, signals(self->event));
	}
	/* To forget nothing is fine, and to signal nobody. */
	EXPECT_EQ(0, set_irqs(self->file.device, CHANGE, NONE, 0, 0));
	EXPECT_EQ(0, set_irqs(self->file.device, CHANGE, NONE, 1, 0));
}

TEST_F(device, takes_another_eventfd)
{
	int other = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);

	ASSERT_GE(other, 0);
	ASSERT_EQ(0, set_irqs(self->file.device, CHANGE, EVENTFD, 1, self->event));
	ASSERT_EQ(0, set_irqs(self->file.device, CHANGE, EVENTFD, 1, other));
	ASSERT_EQ(0, mdev_write(ONE, "assign_control_domain", "0x47"));
	EXPECT_EQ(0, signals(self->event));
	EXPECT_EQ(1, signals(other));
	close(other);
}

TEST_F(device, forgets_its_eventfds_when_it_is_closed)
{
	ASSERT_EQ(0, set_irqs(self->file.device, CHANGE, EVENTFD, 1, self->event));
	mdev_close(&self->file);
	signals(self->event);
	ASSERT_EQ(0, mdev_open(&self->file, variant->way, ONE, &self->vm));
	ASSERT_EQ(0, mdev_write(ONE, "assign_control_domain", "0x47"));
	EXPECT_EQ(0, signals(self->event));
}

TEST_F(device, does_nothing_else)
{
	char byte;

	EXPECT_EQ(-1, ioctl(self->file.device, _IO(';', 100 + 99)));
	EXPECT_EQ(EOPNOTSUPP, errno);
	EXPECT_EQ(-1, read(self->file.device, &byte, 1));
	EXPECT_EQ(EINVAL, errno);
	EXPECT_EQ(-1, write(self->file.device, &byte, 1));
	EXPECT_EQ(EINVAL, errno);
	EXPECT_EQ(MAP_FAILED, mmap(NULL, 4096, PROT_READ, MAP_SHARED,
				   self->file.device, 0));
}

/* VFIO lets one user in: by one way, for one guest. */
TEST_F(device, is_for_one_user)
{
	struct mdev_file second;
	struct vm vm;
	int rc;

	ASSERT_EQ(0, vm_open(&vm));
	rc = mdev_open(&second, VFIO_BY_GROUP, ONE, &vm);
	EXPECT_EQ(-EBUSY, rc);
	mdev_close(&second);
	if (vfio_way_exists(VFIO_BY_CDEV)) {
		rc = mdev_open(&second, VFIO_BY_CDEV, ONE, &vm);
		EXPECT_TRUE(rc == -EBUSY || rc == -EINVAL) {
			TH_LOG("opening it again ends with %d", rc);
		}
		mdev_close(&second);
	}
	vm_close(&vm);
}

/* A file is not closed before the last process closes it. */
TEST_F(device, stays_open_for_a_child)
{
	char status[32];
	int ready[2];
	pid_t pid;

	ASSERT_EQ(0, pipe(ready));
	pid = fork();
	ASSERT_GE(pid, 0);
	if (!pid) {
		char byte;

		close(ready[1]);
		_exit(read(ready[0], &byte, 1) != 0);
	}
	mdev_close(&self->file);
	ASSERT_EQ(0, sysfs_read("/sys/bus/ap/devices/04.0004/status", status,
				sizeof(status)));
	EXPECT_STREQ("in use", status);
	close(ready[1]);
	ASSERT_EQ(pid, waitpid(pid, NULL, 0));
	ASSERT_EQ(0, sysfs_read("/sys/bus/ap/devices/04.0004/status", status,
				sizeof(status)));
	EXPECT_STREQ("assigned", status);
}

/* Files that are not open devices do not keep an mdev, and outlive it. */
TEST_F(device, may_be_removed_while_files_are_left)
{
	struct vfio_group_status status = { .argsz = sizeof(status) };
	int left;

	/* The VM keeps what it was told of. */
	ASSERT_EQ(0, vm_del_file(&self->vm, self->file.group >= 0 ?
				 self->file.group : self->file.device));
	self->file.vm = NULL;
	close(self->file.device);
	self->file.device = -1;
	left = self->file.group >= 0 ? self->file.group : self->file.iommu;
	ASSERT_GE(left, 0);
	ASSERT_EQ(0, mdev_write(ONE, "remove", "1"));
	EXPECT_FALSE(mdev_exists(ONE));
	if (self->file.group >= 0) {
		EXPECT_EQ(-1, ioctl(left, VFIO_GROUP_GET_DEVICE_FD, ONE));
		EXPECT_TRUE(errno == ENODEV || errno == EINVAL);
		ioctl(left, VFIO_GROUP_GET_STATUS, &status);
	}
	/* The same name again is another one. */
	ASSERT_EQ(0, mdev_create(ONE));
	ASSERT_TRUE(mdev_exists(ONE));
}

TEST_HARNESS_MAIN
