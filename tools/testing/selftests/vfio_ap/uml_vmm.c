// SPDX-License-Identifier: GPL-2.0-only
/*
 * uml_vmm - what a driver does to a VM, seen from KVM's side
 *
 * The UML bed's stand-in for KVM counts and remembers what a real one does
 * not tell, and has VMs that no real machine here has: with small CRYCBs, or
 * without interruption virtualization.
 */
#include <sys/wait.h>
#include <unistd.h>

#include "kselftest_harness.h"
#include "lib/dma.h"
#include "lib/vm_uml.h"

#define MACHINE		"/sys/module/apsim/parameters/command"
#define APMASK		"/sys/bus/ap/apmask"
#define DRIVER		"/sys/bus/ap/drivers/vfio_ap/"
#define ONE		"11111111-2222-4333-8444-555555555555"

/* The guest gets adapters 4 and 5 with domains 4 and 0x47. */
#define OWN		0x0404
#define FOREIGN		0x0604

#define PQAP		0xb2af
#define AQIC_ON		0x0000800000000000ULL

#define NQAP		0xb2ad
#define PAGE		0x1000

#define PGM_PRIVILEGED		0x02
#define PGM_ADDRESSING		0x05
#define PGM_SPECIFICATION	0x06

#define RC(gr1)		((gr1) >> 16 & 0xff)
#define RC_NORMAL	0x00
#define RC_NOT_THERE	0x01
#define RC_BAD_NIB	0x06

static void leave_nothing(void)
{
	sysfs_write(MACHINE, "reset 1000");
	mdev_remove(ONE);
	sysfs_write(APMASK, "+4,+5");
}

static int prepare(void)
{
	leave_nothing();
	if (sysfs_write(APMASK, "-4,-5") || mdev_create(ONE) ||
	    mdev_write(ONE, "assign_adapter", "4") ||
	    mdev_write(ONE, "assign_adapter", "5") ||
	    mdev_write(ONE, "assign_domain", "4") ||
	    mdev_write(ONE, "assign_domain", "0x47") ||
	    mdev_write(ONE, "assign_control_domain", "0xab"))
		return -1;
	return 0;
}

static int becomes(const char *file, const char *want)
{
	char path[256];
	char text[4096];
	int tries;

	snprintf(path, sizeof(path), MATRIX ONE "/%s", file);
	for (tries = 0; tries < 500; tries++) {
		if (!sysfs_read(path, text, sizeof(text)) &&
		    !strcmp(text, want))
			return 1;
		usleep(10000);
	}
	return 0;
}

static int guest_matrix_is(const char *want)
{
	return becomes("guest_matrix", want);
}

static int withheld_is(const char *want)
{
	return becomes("withheld", want);
}

static int has(const __u8 *mask, unsigned int id)
{
	return !!(mask[id / 8] & 0x80 >> id % 8);
}

static unsigned int count(const __u8 *mask)
{
	unsigned int id, n = 0;

	for (id = 0; id < 256; id++)
		n += has(mask, id);
	return n;
}

FIXTURE(vm) {
	struct vm vm;
	struct mdev_file file;
	struct apsim_kvm_state state;
	struct apsim_kvm_exec exec;
	long pins;
};

FIXTURE_VARIANT(vm) {
	enum vfio_way way;
};

FIXTURE_VARIANT_ADD(vm, group) {
	.way = VFIO_BY_GROUP,
};

FIXTURE_VARIANT_ADD(vm, cdev) {
	.way = VFIO_BY_CDEV,
};

FIXTURE_SETUP(vm)
{
	self->file = MDEV_CLOSED;
	self->vm.fd = -1;
	ASSERT_EQ(0, prepare());
	ASSERT_TRUE(guest_matrix_is("04.0004\n04.0047\n05.0004\n05.0047"));
}

FIXTURE_TEARDOWN(vm)
{
	mdev_close(&self->file);
	vm_close(&self->vm);
	leave_nothing();
}

#define OPEN(format, flags)						\
	do {								\
		ASSERT_EQ(0, vm_open_as(&self->vm, format, flags));	\
		ASSERT_EQ(0, mdev_open(&self->file, variant->way, ONE,	\
				       &self->vm));			\
	} while (0)

#define STATE()	ASSERT_EQ(0, vm_state(&self->vm, &self->state))

static void aqic(struct apsim_kvm_exec *exec, unsigned int apqn, __u64 gr1)
{
	*exec = (struct apsim_kvm_exec){
		.gr = { AP_FC_AQIC | apqn, gr1, VM_BLOCK },
		.insn = PQAP,
	};
}

TEST_F(vm, has_nothing_before_and_after)
{
	ASSERT_EQ(0, vm_open(&self->vm));
	STATE();
	EXPECT_EQ(0, self->state.hook);
	EXPECT_EQ(0, count(self->state.apm));
	ASSERT_EQ(0, mdev_open(&self->file, variant->way, ONE, &self->vm));
	STATE();
	EXPECT_EQ(1, self->state.hook);

	mdev_close(&self->file);
	STATE();
	EXPECT_EQ(0, self->state.hook);
	EXPECT_EQ(0, self->state.iam);
	EXPECT_EQ(0, count(self->state.apm));
	EXPECT_EQ(0, count(self->state.aqm));
	EXPECT_EQ(0, count(self->state.adm));
}

TEST_F(vm, gets_exactly_what_is_assigned)
{
	OPEN(2, 0);
	STATE();
	EXPECT_EQ(2, count(self->state.apm));
	EXPECT_EQ(1, has(self->state.apm, 4));
	EXPECT_EQ(1, has(self->state.apm, 5));
	EXPECT_EQ(2, count(self->state.aqm));
	EXPECT_EQ(1, has(self->state.aqm, 4));
	EXPECT_EQ(1, has(self->state.aqm, 0x47));
	EXPECT_EQ(1, has(self->state.adm, 0xab));
}

TEST_F(vm, is_stopped_once_for_each_change)
{
	__u64 sets;

	OPEN(2, 0);
	STATE();
	EXPECT_EQ(1, self->state.sets);
	EXPECT_EQ(0, self->state.clears);

	/* A queue that leaves needs no other write than this one. */
	sets = self->state.sets;
	ASSERT_EQ(0, mdev_write(ONE, "unassign_adapter", "5"));
	STATE();
	EXPECT_EQ(sets + 1, self->state.sets);
	EXPECT_EQ(1, count(self->state.apm));

	/* Nothing changes, nothing is written. */
	ASSERT_EQ(0, mdev_write(ONE, "unassign_adapter", "5"));
	STATE();
	EXPECT_EQ(sets + 1, self->state.sets);
}

TEST_F(vm, without_256_bit_masks_gets_what_fits)
{
	unsigned int format;

	for (format = 0; format < 2; format++) {
		OPEN(format, 0);
		STATE();
		EXPECT_EQ(2, count(self->state.apm));
		EXPECT_EQ(1, count(self->state.aqm));
		EXPECT_EQ(1, has(self->state.aqm, 4));
		EXPECT_EQ(0, count(self->state.adm));
		EXPECT_TRUE(guest_matrix_is("04.0004\n05.0004"));
		EXPECT_TRUE(withheld_is("domain 0047 format-limit\n"
					"control-domain 00ab format-limit"));
		mdev_close(&self->file);
		vm_close(&self->vm);
	}
}

/* The queues of a domain that it does not have yet are still being zeroized. */
TEST_F(vm, keeps_its_adapters_while_a_new_domain_is_zeroized)
{
	int status;
	pid_t pid;

	OPEN(2, 0);
	ASSERT_EQ(0, sysfs_write(MACHINE, "reset 5000000"));
	ASSERT_EQ(0, sysfs_write(DRIVER "unbind", "05.00ab"));
	ASSERT_EQ(0, sysfs_write(DRIVER "bind", "05.00ab"));
	pid = fork();
	ASSERT_GE(pid, 0);
	if (!pid)
		_exit(!!mdev_write(ONE, "assign_domain", "0xab"));
	EXPECT_TRUE(withheld_is("queue 05.00ab resetting"));
	EXPECT_TRUE(guest_matrix_is("04.0004\n04.0047\n05.0004\n05.0047"));
	STATE();
	EXPECT_EQ(0, has(self->state.aqm, 0xab));

	ASSERT_EQ(0, sysfs_write(MACHINE, "reset 1000"));
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EQ(0, status);
	EXPECT_TRUE(withheld_is(""));
	STATE();
	EXPECT_EQ(1, has(self->state.aqm, 0xab));
	EXPECT_EQ(2, count(self->state.apm));
}

TEST_F(vm, without_interruption_virtualization_leaves_aqic_to_user_space)
{
	OPEN(2, APSIM_KVM_NO_GISA);
	aqic(&self->exec, OWN, AQIC_ON | 3);
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(1, self->exec.intercepted);
	EXPECT_EQ(-EOPNOTSUPP, self->exec.error);
}

TEST_F(vm, is_answered_when_it_asks_for_interrupts)
{
	OPEN(2, 0);
	aqic(&self->exec, FOREIGN, AQIC_ON | 3);
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(1, self->exec.intercepted);
	EXPECT_EQ(0, self->exec.error);
	EXPECT_EQ(3, self->exec.cc);
	EXPECT_EQ(RC_NOT_THERE, RC(self->exec.gr[1]));

	aqic(&self->exec, OWN, AQIC_ON | 3);
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(0, self->exec.error);
	EXPECT_NE(RC_NOT_THERE, RC(self->exec.gr[1]));
}

TEST_F(vm, without_an_mdev_has_no_queue_to_interrupt)
{
	ASSERT_EQ(0, vm_open(&self->vm));
	aqic(&self->exec, OWN, AQIC_ON | 3);
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(3, self->exec.cc);
	EXPECT_EQ(RC_NOT_THERE, RC(self->exec.gr[1]));
}

TEST_F(vm, gets_a_program_interruption_for_a_wrong_aqic)
{
	OPEN(2, 0);
	aqic(&self->exec, OWN, AQIC_ON);
	self->exec.problem = 1;
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(PGM_PRIVILEGED, self->exec.pgm);

	aqic(&self->exec, OWN, AQIC_ON);
	self->exec.gr[0] |= 0x10000;
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(PGM_SPECIFICATION, self->exec.pgm);
}

/* The program interruption code of an NQAP whose message is at @addr */
static int nqap_at(struct vm *vm, __u64 addr)
{
	struct apsim_kvm_exec exec = {
		.gr = { AP_NQAP_LAST | OWN, [6] = addr, [7] = 16 },
		.insn = NQAP,
		.r1 = 4,
		.r2 = 6,
	};
	int rc = vm_exec(vm, &exec);

	return rc ? rc : exec.pgm;
}

TEST_F(vm, cannot_use_storage_that_was_taken_away)
{
	OPEN(2, 0);
	EXPECT_EQ(0, nqap_at(&self->vm, VM_REQUEST));
	EXPECT_EQ(0, vm_hole(&self->vm, VM_REQUEST, PAGE, 0));
	EXPECT_EQ(PGM_ADDRESSING, nqap_at(&self->vm, VM_REQUEST));
	EXPECT_EQ(0, nqap_at(&self->vm, VM_REQUEST + PAGE));
	EXPECT_EQ(0, vm_hole(&self->vm, VM_REQUEST + PAGE, PAGE,
			     APSIM_KVM_HOLE_INVALID));
	EXPECT_EQ(0, nqap_at(&self->vm, VM_REQUEST));
	EXPECT_EQ(PGM_ADDRESSING, nqap_at(&self->vm, VM_REQUEST + PAGE));
	EXPECT_EQ(0, vm_hole(&self->vm, 0, 0, 0));
	EXPECT_EQ(0, nqap_at(&self->vm, VM_REQUEST + PAGE));
	EXPECT_EQ(-EINVAL, vm_hole(&self->vm, VM_SIZE, PAGE, 0));
	EXPECT_EQ(-EINVAL, vm_hole(&self->vm, 8, PAGE, 0));
}

TEST_F(vm, shares_pages_only_if_it_is_protected)
{
	OPEN(2, 0);
	EXPECT_EQ(-EINVAL, vm_share(&self->vm, VM_BLOCK));
	mdev_close(&self->file);
	vm_close(&self->vm);

	OPEN(2, APSIM_KVM_PROTECTED);
	EXPECT_EQ(0, vm_share(&self->vm, VM_BLOCK));
	EXPECT_EQ(0, vm_share(&self->vm, VM_BLOCK));
	EXPECT_EQ(-EFAULT, vm_share(&self->vm, VM_SIZE));
	EXPECT_EQ(0, vm_unshare(&self->vm, VM_BLOCK));
	EXPECT_EQ(-ENOENT, vm_unshare(&self->vm, VM_BLOCK));
	/* What is shared ends with the machine. */
	EXPECT_EQ(0, vm_share(&self->vm, VM_BLOCK));
}

/* Nothing pinned, nothing registered: the machine has nothing to write to. */
#define HOLDS(want)							\
	do {								\
		unsigned int __registered, __armed;			\
									\
		ASSERT_EQ(0, vm_isc(&self->vm, 3, &__registered, &__armed)); \
		EXPECT_EQ(want, __registered);				\
		EXPECT_EQ(want, __armed);				\
		EXPECT_TRUE(pins_become(self->pins + (want)));		\
	} while (0)

TEST_F(vm, is_interrupted_only_where_it_has_storage)
{
	OPEN(2, 0);
	self->pins = pins();
	ASSERT_EQ(0, vm_hole(&self->vm, VM_BLOCK, PAGE, 0));
	aqic(&self->exec, OWN, AQIC_ON | 3);
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(RC_BAD_NIB, RC(self->exec.gr[1]));
	EXPECT_EQ(3, self->exec.cc);
	HOLDS(0);

	ASSERT_EQ(0, vm_hole(&self->vm, VM_BLOCK, PAGE, APSIM_KVM_HOLE_INVALID));
	aqic(&self->exec, OWN, AQIC_ON | 3);
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(RC_BAD_NIB, RC(self->exec.gr[1]));
	HOLDS(0);

	/* The last byte before it will do. */
	aqic(&self->exec, OWN, AQIC_ON | 3);
	self->exec.gr[2] = VM_BLOCK - 1;
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(RC_NORMAL, RC(self->exec.gr[1]));
	EXPECT_EQ(0, self->exec.cc);
	HOLDS(1);
}

TEST_F(vm, is_interrupted_only_in_what_it_shares)
{
	OPEN(2, APSIM_KVM_PROTECTED);
	self->pins = pins();
	aqic(&self->exec, OWN, AQIC_ON | 3);
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(RC_BAD_NIB, RC(self->exec.gr[1]));
	HOLDS(0);

	ASSERT_EQ(0, vm_share(&self->vm, VM_BLOCK));
	aqic(&self->exec, OWN, AQIC_ON | 3);
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(RC_NORMAL, RC(self->exec.gr[1]));
	HOLDS(1);

	/* What is not shared does not take the place of what is. */
	aqic(&self->exec, OWN, AQIC_ON | 3);
	self->exec.gr[2] = VM_BLOCK + PAGE;
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(RC_BAD_NIB, RC(self->exec.gr[1]));
	HOLDS(1);
}

TEST_F(vm, may_be_closed_before_its_mdev)
{
	OPEN(2, 0);
	vm_close(&self->vm);
	ASSERT_EQ(0, mdev_write(ONE, "unassign_domain", "0x47"));
	EXPECT_TRUE(guest_matrix_is("04.0004\n05.0004"));
}

TEST_F(vm, may_be_killed)
{
	int status, ready[2];
	char byte;
	pid_t pid;

	ASSERT_EQ(0, pipe(ready));
	pid = fork();
	ASSERT_GE(pid, 0);
	if (!pid) {
		if (vm_open(&self->vm) ||
		    mdev_open(&self->file, variant->way, ONE, &self->vm))
			_exit(1);
		byte = 0;
		if (write(ready[1], &byte, 1) == 1)
			pause();
		_exit(1);
	}
	ASSERT_EQ(1, read(ready[0], &byte, 1));
	ASSERT_EQ(0, kill(pid, SIGKILL));
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	ASSERT_TRUE(WIFSIGNALED(status));

	ASSERT_TRUE(guest_matrix_is("04.0004\n04.0047\n05.0004\n05.0047"));
	OPEN(2, 0);
	self->exec = (struct apsim_kvm_exec){ .gr = { OWN }, .insn = PQAP };
	ASSERT_EQ(0, vm_exec(&self->vm, &self->exec));
	EXPECT_EQ(RC_NORMAL, RC(self->exec.gr[1]));
}

TEST_HARNESS_MAIN
