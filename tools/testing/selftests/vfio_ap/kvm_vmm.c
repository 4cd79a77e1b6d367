// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm_vmm - what a guest may do with AP queues, seen from inside the guest
 *
 * A small VMM on the real KVM and the real VFIO gives an mdev to a guest and
 * lets the guest execute AP instructions: on queues that are assigned to it
 * and on others, with messages, before, while and after it has them.
 */
#include <asm/ioctl.h>
#include <endian.h>
#include <linux/vfio.h>
#include <sys/ioctl.h>

#include "kselftest_harness.h"
#include "lib/mdev.h"
#include "lib/modexp.h"

#define MACHINE		"/sys/module/apsim/parameters/command"
#define APMASK		"/sys/bus/ap/apmask"
#define ONE		"11111111-2222-4333-8444-555555555555"
#define TWO		"22222222-3333-4444-8555-666666666666"

/* The guest gets adapter 4 with domains 4 and 0x47; the rest is foreign. */
#define OWN		0x0404
#define OWN_TOO		0x0447
#define OTHER_DOMAIN	0x04ab
#define OTHER_ADAPTER	0x0504
#define HOST_QUEUE	0x0604

#define RC_NORMAL	0x00
#define RC_NOT_THERE	0x01
#define RC_NO_REPLY	0x10

/* Type 50 messages: mod-exp with 2048 bits. */
#define RSA_LEN		256
#define RSA_EXPONENT	(VM_REQUEST + 16)
#define RSA_MODULUS	(RSA_EXPONENT + RSA_LEN)
#define RSA_MESSAGE	(RSA_MODULUS + RSA_LEN)
#define RSA_REQUEST_LEN	(16 + 3 * RSA_LEN)
#define RSA_REPLY_LEN	(16 + RSA_LEN)

static void leave_nothing(void)
{
	mdev_remove(ONE);
	mdev_remove(TWO);
	sysfs_write(APMASK, "+4,+5");
}

/* Adapters 4 and 5 for guests, one mdev as described above. */
static int prepare(void)
{
	leave_nothing();
	if (sysfs_write(APMASK, "-4,-5") || mdev_create(ONE) ||
	    mdev_write(ONE, "assign_adapter", "4") ||
	    mdev_write(ONE, "assign_domain", "4") ||
	    mdev_write(ONE, "assign_domain", "0x47") ||
	    mdev_write(ONE, "assign_control_domain", "0xab"))
		return -1;
	return 0;
}

/* A queue enters a guest when it is proven clean; give that 5 seconds. */
static int wait_for_guest_matrix(const char *uuid, const char *want)
{
	char path[256];
	char text[4096];
	int tries;

	snprintf(path, sizeof(path), MATRIX "%s/guest_matrix", uuid);
	for (tries = 0; tries < 500; tries++) {
		if (!sysfs_read(path, text, sizeof(text)) &&
		    !strcmp(text, want))
			return 0;
		usleep(10000);
	}
	return -1;
}

static struct ap_call tapq(unsigned int apqn)
{
	return (struct ap_call){
		.insn = AP_PQAP,
		.gr0 = AP_FC_TAPQ | apqn,
	};
}

static struct ap_call nqap(unsigned int apqn, unsigned int psmid)
{
	return (struct ap_call){
		.insn = AP_NQAP,
		.gr0 = AP_NQAP_LAST | apqn,
		.gr5 = psmid,
		.gr6 = VM_REQUEST,
		.gr7 = RSA_REQUEST_LEN,
	};
}

static struct ap_call dqap(unsigned int apqn)
{
	return (struct ap_call){
		.insn = AP_DQAP,
		.gr0 = AP_DQAP_FIRST | apqn,
		.gr6 = VM_REPLY,
		.gr7 = 4096,
	};
}

/* Let the guest ask for a reply until there is one, at most 5 seconds. */
static int wait_for_reply(struct vm *vm, struct ap_call *call)
{
	int tries;

	for (tries = 0; tries < 500; tries++) {
		*call = dqap(OWN);
		if (vm_execute(vm, call, 1))
			return -1;
		if (ap_rc(call) != RC_NO_REPLY)
			return 0;
		usleep(10000);
	}
	return -1;
}

/* A request with numbers nobody has seen before; true RSA sizes. */
static int random_request(struct vm *vm, uint64_t *exponent)
{
	unsigned char *mem = vm->mem;
	uint64_t big_endian;
	FILE *file = fopen("/dev/urandom", "r");
	size_t got;

	if (!file)
		return -1;
	memset(mem + VM_REQUEST, 0, RSA_REQUEST_LEN);
	got = fread(mem + RSA_MODULUS, 1, RSA_LEN, file) +
	      fread(mem + RSA_MESSAGE, 1, RSA_LEN, file) +
	      fread(exponent, 1, sizeof(*exponent), file);
	fclose(file);
	if (got != 2 * RSA_LEN + sizeof(*exponent))
		return -1;

	/* An odd modulus of full length, a message below it. */
	mem[RSA_MODULUS] |= 0x80;
	mem[RSA_MODULUS + RSA_LEN - 1] |= 1;
	mem[RSA_MESSAGE] &= 0x7f;
	big_endian = htobe64(*exponent);
	memcpy(mem + RSA_EXPONENT + RSA_LEN - sizeof(big_endian), &big_endian,
	       sizeof(big_endian));
	mem[VM_REQUEST + 1] = 0x50;
	mem[VM_REQUEST + 2] = RSA_REQUEST_LEN >> 8;
	mem[VM_REQUEST + 3] = RSA_REQUEST_LEN & 0xff;
	mem[VM_REQUEST + 9] = 0x02;
	return 0;
}

/* An open guest, by each of VFIO's doors. */
FIXTURE(guest) {
	struct vm vm;
	struct mdev_file file;
	struct ap_call call[4];
};

FIXTURE_VARIANT(guest) {
	enum vfio_way way;
};

FIXTURE_VARIANT_ADD(guest, group) {
	.way = VFIO_BY_GROUP,
};

FIXTURE_VARIANT_ADD(guest, cdev) {
	.way = VFIO_BY_CDEV,
};

FIXTURE_SETUP(guest)
{
	self->file = MDEV_CLOSED;
	if (access(MACHINE, F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, prepare());
	/* /dev/vfio/devices is not there before there is one. */
	if (!vfio_way_exists(variant->way)) {
		leave_nothing();
		SKIP(return, "this kernel does not have that way into VFIO");
	}
	ASSERT_EQ(0, wait_for_guest_matrix(ONE, "04.0004\n04.0047"));
	ASSERT_EQ(0, vm_open(&self->vm));
	ASSERT_EQ(0, mdev_open(&self->file, variant->way, ONE, &self->vm));
}

FIXTURE_TEARDOWN(guest)
{
	mdev_close(&self->file);
	vm_close(&self->vm);
	leave_nothing();
}

TEST_F(guest, reaches_its_own_queues)
{
	self->call[0] = tapq(OWN);
	self->call[1] = tapq(OWN_TOO);
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 2));
	EXPECT_EQ(RC_NORMAL, ap_rc(&self->call[0]));
	EXPECT_EQ(0, self->call[0].cc);
	EXPECT_TRUE(ap_queue_empty(&self->call[0]));
	EXPECT_EQ(RC_NORMAL, ap_rc(&self->call[1]));
	EXPECT_EQ(0, self->call[1].cc);
}

TEST_F(guest, does_not_reach_others)
{
	unsigned int i;

	self->call[0] = tapq(OTHER_DOMAIN);
	self->call[1] = tapq(OTHER_ADAPTER);
	self->call[2] = tapq(HOST_QUEUE);
	self->call[3] = nqap(OTHER_ADAPTER, 1);
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 4));
	for (i = 0; i < 4; i++) {
		EXPECT_EQ(RC_NOT_THERE, ap_rc(&self->call[i]));
		EXPECT_EQ(3, self->call[i].cc);
	}
}

TEST_F(guest, sees_its_own_masks)
{
	unsigned char want[96] = { [0] = 0x08, [32] = 0x08, [40] = 0x01,
				   [85] = 0x10 };

	self->call[0] = (struct ap_call){
		.insn = AP_PQAP,
		.gr0 = AP_FC_QCI,
		.gr2 = VM_BLOCK,
	};
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 1));
	EXPECT_EQ(0, self->call[0].cc);
	EXPECT_EQ(0, memcmp(want, self->vm.mem + VM_BLOCK + 16, 96));
}

TEST_F(guest, computes_rsa)
{
	unsigned char *reply = self->vm.mem + VM_REPLY;
	unsigned char want[RSA_LEN];
	uint64_t exponent;

	ASSERT_EQ(0, random_request(&self->vm, &exponent));
	ASSERT_EQ(0, modexp(want, self->vm.mem + RSA_MESSAGE, exponent,
			    self->vm.mem + RSA_MODULUS, RSA_LEN));
	self->call[0] = nqap(OWN, 0x1234567);
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 1));
	ASSERT_EQ(RC_NORMAL, ap_rc(&self->call[0]));
	ASSERT_EQ(0, self->call[0].cc);
	ASSERT_EQ(0, wait_for_reply(&self->vm, self->call));
	ASSERT_EQ(RC_NORMAL, ap_rc(&self->call[0]));
	EXPECT_EQ(0, self->call[0].cc);
	EXPECT_EQ(0x1234567, self->call[0].gr5);
	EXPECT_EQ(4096 - RSA_REPLY_LEN, self->call[0].gr7);
	EXPECT_EQ(0x80, reply[1]);
	EXPECT_EQ(RSA_REPLY_LEN, reply[2] << 8 | reply[3]);
	EXPECT_EQ(0, reply[4]);
	EXPECT_EQ(0, memcmp(want, reply + 16, RSA_LEN));
}

TEST_F(guest, gets_no_interrupts_of_others)
{
	self->call[0] = (struct ap_call){
		.insn = AP_PQAP,
		.gr0 = AP_FC_AQIC | OTHER_ADAPTER,
		.gr1 = 1UL << 47 | 3,
		.gr2 = VM_BLOCK,
	};
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 1));
	EXPECT_EQ(RC_NOT_THERE, ap_rc(&self->call[0]));
	EXPECT_EQ(3, self->call[0].cc);
}

TEST_F(guest, has_its_queues_in_use)
{
	char text[32];

	ASSERT_EQ(0, sysfs_read("/sys/bus/ap/devices/04.0047/status", text,
				sizeof(text)));
	EXPECT_STREQ("in use", text);
	ASSERT_EQ(0, sysfs_read("/sys/bus/ap/devices/04.00ab/status", text,
				sizeof(text)));
	EXPECT_STREQ("unassigned", text);
}

TEST_F(guest, gets_and_loses_a_domain_while_it_runs)
{
	ASSERT_EQ(0, mdev_write(ONE, "assign_domain", "0xab"));
	ASSERT_EQ(0, wait_for_guest_matrix(ONE, "04.0004\n04.0047\n04.00ab"));
	self->call[0] = tapq(OTHER_DOMAIN);
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 1));
	EXPECT_EQ(RC_NORMAL, ap_rc(&self->call[0]));

	ASSERT_EQ(0, mdev_write(ONE, "unassign_domain", "0xab"));
	self->call[0] = tapq(OTHER_DOMAIN);
	self->call[1] = tapq(OWN);
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 2));
	EXPECT_EQ(RC_NOT_THERE, ap_rc(&self->call[0]));
	EXPECT_EQ(RC_NORMAL, ap_rc(&self->call[1]));
}

TEST_F(guest, has_nothing_after_close)
{
	static const unsigned char nothing[96];

	mdev_close(&self->file);
	self->call[0] = tapq(OWN);
	self->call[1] = (struct ap_call){
		.insn = AP_PQAP,
		.gr0 = AP_FC_QCI,
		.gr2 = VM_BLOCK,
	};
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 2));
	EXPECT_EQ(RC_NOT_THERE, ap_rc(&self->call[0]));
	EXPECT_EQ(0, memcmp(nothing, self->vm.mem + VM_BLOCK + 16, 96));
}

TEST_F(guest, leaves_no_reply_to_the_next)
{
	uint64_t exponent;

	ASSERT_EQ(0, random_request(&self->vm, &exponent));
	self->call[0] = nqap(OWN, 1);
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 1));
	ASSERT_EQ(RC_NORMAL, ap_rc(&self->call[0]));
	mdev_close(&self->file);
	vm_close(&self->vm);

	ASSERT_EQ(0, wait_for_guest_matrix(ONE, "04.0004\n04.0047"));
	ASSERT_EQ(0, vm_open(&self->vm));
	ASSERT_EQ(0, mdev_open(&self->file, variant->way, ONE, &self->vm));
	self->call[0] = tapq(OWN);
	self->call[1] = dqap(OWN);
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 2));
	EXPECT_TRUE(ap_queue_empty(&self->call[0]));
	EXPECT_EQ(RC_NO_REPLY, ap_rc(&self->call[1]));
}

TEST_F(guest, cannot_have_two_mdevs)
{
	struct mdev_file second;
	int rc;

	ASSERT_EQ(0, mdev_create(TWO));
	rc = mdev_open(&second, variant->way, TWO, &self->vm);
	mdev_close(&second);
	EXPECT_EQ(-EPERM, rc);
	self->call[0] = tapq(OWN);
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 1));
	EXPECT_EQ(RC_NORMAL, ap_rc(&self->call[0]));
}

TEST_F(guest, can_be_reset)
{
	struct vfio_device_info info = { .argsz = sizeof(info) };
	uint64_t exponent;

	ASSERT_EQ(0, ioctl(self->file.device, VFIO_DEVICE_GET_INFO, &info));
	EXPECT_EQ(VFIO_DEVICE_FLAGS_AP | VFIO_DEVICE_FLAGS_RESET, info.flags);
	EXPECT_EQ(0, info.num_regions);

	ASSERT_EQ(0, random_request(&self->vm, &exponent));
	self->call[0] = nqap(OWN, 1);
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 1));
	ASSERT_EQ(RC_NORMAL, ap_rc(&self->call[0]));
	ASSERT_EQ(0, ioctl(self->file.device, VFIO_DEVICE_RESET));
	self->call[0] = tapq(OWN);
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 1));
	EXPECT_EQ(RC_NORMAL, ap_rc(&self->call[0]));
	EXPECT_TRUE(ap_queue_empty(&self->call[0]));
}

TEST_F(guest, cannot_be_nobody)
{
	struct mdev_file second;
	int rc;

	ASSERT_EQ(0, mdev_create(TWO));
	rc = mdev_open(&second, variant->way, TWO, NULL);
	mdev_close(&second);
	EXPECT_EQ(-EINVAL, rc);
}

/* A guest whose CRYCB is of format 0: 64 adapters, 16 domains. */
FIXTURE(old) {
	struct vm vm;
	struct mdev_file file;
	struct ap_call call[2];
};

FIXTURE_SETUP(old)
{
	int rc;

	self->file = MDEV_CLOSED;
	ASSERT_EQ(0, prepare());
	ASSERT_EQ(0, wait_for_guest_matrix(ONE, "04.0004\n04.0047"));
	rc = vm_open_small(&self->vm);
	if (rc == -EOPNOTSUPP)
		SKIP(return, "this host makes no such guests");
	ASSERT_EQ(0, rc);
	ASSERT_EQ(0, mdev_open(&self->file, VFIO_BY_GROUP, ONE, &self->vm));
}

FIXTURE_TEARDOWN(old)
{
	mdev_close(&self->file);
	vm_close(&self->vm);
	leave_nothing();
}

TEST_F(old, gets_what_fits_and_the_rest_is_withheld)
{
	char text[4096];

	ASSERT_EQ(0, sysfs_read(MATRIX ONE "/guest_matrix", text, sizeof(text)));
	EXPECT_STREQ("04.0004", text);
	ASSERT_EQ(0, sysfs_read(MATRIX ONE "/withheld", text, sizeof(text)));
	EXPECT_STREQ("domain 0047 format-limit\ncontrol-domain 00ab format-limit",
		     text);
	self->call[0] = tapq(OWN);
	self->call[1] = tapq(OWN_TOO);
	ASSERT_EQ(0, vm_execute(&self->vm, self->call, 2));
	EXPECT_EQ(RC_NORMAL, ap_rc(&self->call[0]));
	EXPECT_EQ(RC_NOT_THERE, ap_rc(&self->call[1]));
}

TEST_HARNESS_MAIN
