// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzzioctl - ioctls that are nearly right, or are nothing at all
 *
 * A device that is open is asked with any size, flags, numbers and addresses: what
 * the driver answers is what a twin says, and it signals who was installed.  Then
 * anything is asked of everything that belongs to it, open or not: nobody breaks.
 * Afterwards the device says what it is and the mdev is as it was.
 *
 *	VFIO_AP_SEED	makes the same choices again
 *	VFIO_AP_STORM	factor for the number of ioctls
 */
#include <asm/ioctl.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <linux/vfio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "kselftest_harness.h"
#include "lib/bell.h"
#include "lib/finding.h"
#include "lib/rand.h"
#include "lib/sim.h"
#include "lib/world.h"

/* What a test may take; a slow machine has to be able to. */
#define LIMIT		280

/* How many ioctls, by default */
#define ASKED		4000
#define ANYTHING	4000

#define INDEXES		2
#define PAGE		4096

/* No file has this number: an iommufd must not be bound twice. */
#define NO_FILE		0x7ff00000
#define BIND_IOMMUFD	118
#define DIRTY_PAGES	117
#define UNMAP_DMA	114

/* An mdev that nobody has opened */
#define CLOSED		"22222222-3333-4444-8555-666666666666"

/* The device is looked at once in so many. */
#define CHECK_EVERY	64

/**
 * struct place - memory that ends where a structure should go on
 * @all: two pages, the second of which nobody may touch
 * @arg: what is passed to an ioctl
 * @there: how many bytes are there from @arg on
 */
struct place {
	unsigned char *all;
	void *arg;
	size_t there;
};

FIXTURE(ioctl) {
	struct lodger lodger;
	struct place place;
	struct rand rand;
	int event[2];
	int installed[INDEXES];
	unsigned long by[256];
	long pages;
};

FIXTURE_VARIANT(ioctl) {
	enum vfio_way way;
};

FIXTURE_VARIANT_ADD(ioctl, group) {
	.way = VFIO_BY_GROUP,
};

FIXTURE_VARIANT_ADD(ioctl, cdev) {
	.way = VFIO_BY_CDEV,
};

FIXTURE_SETUP(ioctl)
{
	int i;

	if (access(SIM "command", F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, bell_prepare(&self->lodger, variant->way));
	if (!vfio_way_exists(variant->way)) {
		bell_clean(&self->lodger);
		SKIP(return, "this kernel does not have that way into VFIO");
	}
	self->rand = rand_stream(world_seed(), 0x10c71);
	self->pages = bell_pages();
	self->place.all = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, self->place.all);
	ASSERT_EQ(0, mprotect(self->place.all + PAGE, PAGE, PROT_NONE));
	for (i = 0; i < 2; i++) {
		self->event[i] = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
		ASSERT_GE(self->event[i], 0);
		self->installed[i] = -1;
	}
	ASSERT_EQ(0, bell_move_in(&self->lodger));
}

FIXTURE_TEARDOWN(ioctl)
{
	lodger_close(&self->lodger);
	EXPECT_TRUE(bell_pages_become(self->pages));
	EXPECT_TRUE(bell_machine_quiet());
	EXPECT_EQ(0, findings());
	EXPECT_EQ(0, bell_clean(&self->lodger));
}

static unsigned int calls(unsigned int count)
{
	double scaled = count * world_scale();

	return scaled < 100 ? 100 : scaled;
}

/* Small, just too small, just enough, or any */
static uint32_t draw_u32(struct rand *rand)
{
	static const uint32_t corners[] = {
		0, 1, 2, 3, 4, 7, 8, 12, 15, 16, 19, 20, 23, 24, 32, 40, 64,
		INT_MAX, 0x80000000, 0x80000001, UINT_MAX - 1, UINT_MAX,
	};

	switch (rand_below(rand, 4)) {
	case 0:
		return rand_next(rand) >> rand_below(rand, 32);
	case 1:
		return 1U << rand_below(rand, 32);
	default:
		return corners[rand_below(rand,
					  sizeof(corners) / sizeof(*corners))];
	}
}

/* A structure of so many bytes, all of it there, or the end is missing. */
static void draw_place(struct rand *rand, struct place *place, size_t size)
{
	place->there = size;
	if (rand_one_in(rand, 8))
		place->there = rand_below(rand, size + 1);
	place->arg = place->all + PAGE - place->there;
}

/* What a structure has in it is there, as far as that goes. */
static void fill(struct place *place, const void *from, size_t size)
{
	memcpy(place->arg, from, size < place->there ? size : place->there);
}

static int ask(int fd, unsigned long request, struct place *place)
{
	return ioctl(fd, request, place->arg) ? -errno : 0;
}

static void judge(unsigned long *by, const char *what, int got, int want,
		  const void *words, unsigned int count)
{
	const uint32_t *word = words;
	char text[128] = "";
	int len = 0;

	by[-got & 0xff]++;
	if (got == want)
		return;
	while (count--)
		len += snprintf(text + len, sizeof(text) - len, " %x", *word++);
	finding("%s of%s ends with %d, should be %d", what, text, got, want);
}

/* GET_INFO, and GET_IRQ_INFO: four words, of which @index is one */
static void ask_info(FIXTURE_DATA(ioctl) * self, bool irq)
{
	struct vfio_irq_info info = {
		.argsz = draw_u32(&self->rand),
		.flags = draw_u32(&self->rand),
		.index = irq ? draw_u32(&self->rand) : 0,
		.count = draw_u32(&self->rand),
	};
	int want = 0, got;

	if (rand_one_in(&self->rand, 2))
		info.argsz = sizeof(info);
	if (rand_one_in(&self->rand, 2))
		info.index = rand_below(&self->rand, 3);
	draw_place(&self->rand, &self->place, sizeof(info));
	fill(&self->place, &info, sizeof(info));
	if (self->place.there < sizeof(info))
		want = -EFAULT;
	else if (info.argsz < sizeof(info) || (irq && info.index >= INDEXES))
		want = -EINVAL;
	got = ask(self->lodger.file.device, irq ? VFIO_DEVICE_GET_IRQ_INFO :
		  VFIO_DEVICE_GET_INFO, &self->place);
	judge(self->by, irq ? "GET_IRQ_INFO" : "GET_INFO", got, want, &info, 4);
}

/**
 * struct request - SET_IRQS and what may lie behind it
 * @set: the header
 * @data: an eventfd, or a byte in the first one
 */
struct request {
	struct vfio_irq_set set;
	int32_t data;
};

static void draw_request(FIXTURE_DATA(ioctl) * self, struct request *request)
{
	static const uint32_t flags[] = {
		VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER,
		VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER,
		VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_TRIGGER,
		VFIO_IRQ_SET_DATA_BOOL | VFIO_IRQ_SET_ACTION_TRIGGER,
	};
	struct vfio_irq_set *set = &request->set;
	uint32_t *field[] = {
		&set->argsz, &set->flags, &set->index, &set->start, &set->count,
		(void *)&request->data,
	};
	struct rand *rand = &self->rand;

	memset(request, 0, sizeof(*request));
	set->argsz = sizeof(*request);
	set->flags = flags[rand_below(rand, 4)];
	set->index = rand_below(rand, INDEXES);
	set->count = !rand_one_in(rand, 4);
	request->data = self->event[rand_below(rand, 2)];
	if (rand_one_in(rand, 4))
		request->data = -1;
	while (rand_one_in(rand, 3))
		*field[rand_below(rand, 6)] = draw_u32(rand);
	if (rand_one_in(rand, 16))
		set->flags ^= 1U << rand_below(rand, 8);
}

/* One eventfd, or -1: which files there are is known. */
static int twin_eventfd(FIXTURE_DATA(ioctl) * self, int32_t fd)
{
	if (fd < -1)
		return -EINVAL;
	if (fd == -1 || fd == self->event[0] || fd == self->event[1])
		return 0;
	return fcntl(fd, F_GETFD) < 0 ? -EBADF : -EINVAL;
}

static int twin_header(const struct vfio_irq_set *set)
{
	uint32_t data = set->flags & 7, action = set->flags & 0x38;
	uint64_t more = data == VFIO_IRQ_SET_DATA_EVENTFD ? 4 :
			data == VFIO_IRQ_SET_DATA_BOOL;

	if (set->flags > 0x3f || set->index >= INDEXES || set->start ||
	    set->count > 1 || action != VFIO_IRQ_SET_ACTION_TRIGGER ||
	    (data != 1 && data != 2 && data != 4))
		return -EINVAL;
	if (set->argsz < sizeof(*set) + more * set->count)
		return -EINVAL;
	return more && !set->count ? -EINVAL : 0;
}

/* What comes of it; @signalled is who is signalled by it, or -1. */
static int twin_set_irqs(FIXTURE_DATA(ioctl) * self,
			 const struct request *request, int *signalled)
{
	const struct vfio_irq_set *set = &request->set;
	size_t there = self->place.there;
	int *installed = self->installed;
	int rc;

	*signalled = -1;
	if (there < sizeof(*set))
		return -EFAULT;
	rc = twin_header(set);
	if (rc)
		return rc;
	switch (set->flags & 7) {
	case VFIO_IRQ_SET_DATA_NONE:
		*signalled = set->count ? installed[set->index] : -1;
		if (!set->count)
			installed[set->index] = -1;
		return 0;
	case VFIO_IRQ_SET_DATA_BOOL:
		if (there < sizeof(*set) + 1)
			return -EFAULT;
		if (*(const unsigned char *)&request->data)
			*signalled = installed[set->index];
		return 0;
	}
	if (there < sizeof(*set) + 4)
		return -EFAULT;
	rc = twin_eventfd(self, request->data);
	if (!rc)
		installed[set->index] = request->data;
	return rc;
}

static void ask_irqs(FIXTURE_DATA(ioctl) * self)
{
	struct request request;
	int want, got, signalled, i;

	draw_request(self, &request);
	draw_place(&self->rand, &self->place, sizeof(request));
	fill(&self->place, &request, sizeof(request));
	want = twin_set_irqs(self, &request, &signalled);
	got = ask(self->lodger.file.device, VFIO_DEVICE_SET_IRQS, &self->place);
	judge(self->by, "SET_IRQS", got, want, &request, 6);
	for (i = 0; i < 2; i++) {
		uint64_t count = 0, signals = self->event[i] == signalled;

		if (read(self->event[i], &count, sizeof(count)) < 0)
			count = 0;
		if (count != signals)
			finding("SET_IRQS signals eventfd %d %lu times", i,
				(unsigned long)count);
	}
}

static void say_answers(const unsigned long *by)
{
	char line[256];
	int len, i;

	len = snprintf(line, sizeof(line), "taken %lu", by[0]);
	for (i = 1; i < 256 && len < 200; i++)
		if (by[i])
			len += snprintf(line + len, sizeof(line) - len, ", %s %lu",
					strerrorname_np(i) ?: "?", by[i]);
	note("%s", line);
}

TEST_F_TIMEOUT(ioctl, of_the_driver, LIMIT)
{
	unsigned int left;

	for (left = calls(ASKED); left && findings() < 20; left--) {
		switch (rand_below(&self->rand, 5)) {
		case 0:
			ask_info(self, false);
			break;
		case 1:
			ask_info(self, true);
			break;
		default:
			ask_irqs(self);
		}
	}
	say_answers(self->by);
	if (!self->by[0] || !self->by[EINVAL] || !self->by[EFAULT])
		finding("an answer never came");
}

/* Numbers of VFIO's and iommufd's, and some beside them; sizes mean nothing. */
static unsigned long draw_request_code(struct rand *rand)
{
	unsigned int number = 96 + rand_below(rand, 60);

	if (rand_one_in(rand, 8))
		return _IOC(rand_below(rand, 4), ';', rand_below(rand, 256),
			    rand_below(rand, 64));
	return _IO(';', number);
}

static void draw_words(struct rand *rand, uint32_t *word, unsigned int count)
{
	/* The first one is how long it is. */
	word[0] = rand_below(rand, 16) * 4;
	while (--count)
		word[count] = rand_one_in(rand, 2) ? 0 : draw_u32(rand);
}

static void ask_anything(FIXTURE_DATA(ioctl) * self, int fd)
{
	unsigned long request = draw_request_code(&self->rand);
	uint32_t words[16];
	int rc;

	/* Bitmaps of all that is mapped may be larger than memory. */
	if (_IOC_NR(request) == DIRTY_PAGES)
		return;
	draw_words(&self->rand, words, 16);
	if (_IOC_NR(request) == BIND_IOMMUFD)
		words[2] |= NO_FILE;
	/* Type 1 shifts by the size of the bitmap's pages unseen, see testing.rst. */
	if (_IOC_NR(request) == UNMAP_DMA)
		words[1] &= ~VFIO_DMA_UNMAP_FLAG_GET_DIRTY_BITMAP;
	draw_place(&self->rand, &self->place, sizeof(words));
	fill(&self->place, words, sizeof(words));
	rc = ioctl(fd, request, self->place.arg);
	self->by[rc < 0 ? errno & 0xff : 0]++;
}

/* A file of an mdev that nobody has opened, by glob() of where its name is */
static int open_closed(enum vfio_way way)
{
	static const char *const link[] = {
		[VFIO_BY_GROUP] = MATRIX CLOSED "/iommu_group",
		[VFIO_BY_CDEV] = MATRIX CLOSED "/vfio-dev/vfio*",
	};
	char path[512], name[256] = "";
	glob_t found;
	ssize_t len;

	if (glob(link[way], 0, NULL, &found))
		return -1;
	snprintf(name, sizeof(name), "%s", found.gl_pathv[0]);
	globfree(&found);
	if (way == VFIO_BY_GROUP) {
		len = readlink(name, path, sizeof(path) - 1);
		if (len < 0)
			return -1;
		path[len] = 0;
		snprintf(name, sizeof(name), "%.200s", path);
	}
	snprintf(path, sizeof(path), "/dev/vfio/%s%s",
		 way == VFIO_BY_CDEV ? "devices" : "", strrchr(name, '/'));
	return open(path, O_RDWR | O_CLOEXEC);
}

/* What anything may have changed, but has not */
static void check_device(FIXTURE_DATA(ioctl) * self, const char *config)
{
	struct vfio_device_info info = { .argsz = sizeof(info) };
	char now[256];

	if (ioctl(self->lodger.file.device, VFIO_DEVICE_GET_INFO, &info) ||
	    info.flags != (VFIO_DEVICE_FLAGS_AP | VFIO_DEVICE_FLAGS_RESET) ||
	    info.num_irqs != INDEXES || info.num_regions)
		finding("the device is not what it was");
	if (sysfs_read(MATRIX BELL_MDEV "/ap_config", now, sizeof(now)) ||
	    strcmp(now, config))
		finding("ap_config is \"%s\", was \"%s\"", now, config);
}

TEST_F_TIMEOUT(ioctl, of_everybody, LIMIT)
{
	const struct bell bell = { BELL_OWN, 3, BELL_NIB(0) };
	struct mdev_file *file = &self->lodger.file;
	char config[256];
	unsigned int left;
	int closed, fresh;

	ASSERT_EQ(0, sysfs_read(MATRIX BELL_MDEV "/ap_config", config,
				sizeof(config)));
	ASSERT_EQ(0, mdev_create(CLOSED));
	closed = open_closed(variant->way);
	fresh = open(variant->way == VFIO_BY_CDEV ? "/dev/iommu" :
		     "/dev/vfio/vfio", O_RDWR | O_CLOEXEC);
	EXPECT_GE(closed, 0);
	EXPECT_GE(fresh, 0);
	for (left = calls(ANYTHING); left && findings() < 20; left--) {
		const int fds[] = {
			file->device, file->device, file->group, file->iommu,
			closed, fresh,
		};

		ask_anything(self, fds[rand_below(&self->rand, 6)]);
		if (left % CHECK_EVERY == 0)
			check_device(self, config);
	}
	say_answers(self->by);
	check_device(self, config);
	close(closed);
	close(fresh);
	mdev_remove(CLOSED);
	EXPECT_FALSE(mdev_exists(CLOSED));
	/* The next guest finds nothing of it. */
	lodger_close(&self->lodger);
	ASSERT_EQ(0, bell_move_in(&self->lodger));
	ASSERT_EQ(0, bell_arm(&self->lodger, &bell));
	ASSERT_TRUE(bell_becomes(&self->lodger, BELL_OWN, true));
	EXPECT_EQ(0, bell_works(&self->lodger, &bell));
}

TEST_HARNESS_MAIN
