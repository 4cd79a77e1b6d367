// SPDX-License-Identifier: GPL-2.0-only
/*
 * siemem - a guest runs while its memory is not what it was
 *
 * A page of the guest that is not there is the VMM's page fault: the instruction
 * has done nothing, and the CPU is out of SIE.  Otherwise who has the VMM's memory
 * locked and waits for the CPU, as fork() does, waits for ever.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kselftest_harness.h"
#include "lib/rounds.h"
#include "lib/vm.h"

#define PSW_64BIT	0x0000000180000000ULL
#define PSW_DISABLED	0x0002000180000000ULL
#define ICPT_WAIT	0x1c

/* Lowcore: program interruption's ILC and code, old and new PSW */
#define PGM_ILC		0x8c
#define PGM_CODE	0x8e
#define PGM_OLD		0x158
#define PGM_NEW		0x1d0
#define PGM_ADDRESSING	5

/* How often memory is taken away while the guest runs */
#define TIMES		30

/* How long a guest may take to ask for a page, in milliseconds */
#define SOON		5000

static uint64_t *word(struct vm *vm, unsigned long addr)
{
	return (uint64_t *)(vm->mem + addr);
}

/* What KVM_RUN failed with, for say_why() */
static int cpu_errno;

/* EAGAIN: KVM found the memory that it wanted changing. */
static void *cpu(void *arg)
{
	struct vm *vm = arg;
	long rc;

	do {
		rc = ioctl(vm->vcpu, KVM_RUN, 0);
	} while ((rc && (errno == EINTR || errno == EAGAIN)) ||
		 (!rc && vm->run->exit_reason == KVM_EXIT_INTR));
	cpu_errno = rc ? errno : 0;
	return (void *)rc;
}

FIXTURE(siemem) {
	struct vm vm;
	pthread_t cpu;
	int uffd;
};

FIXTURE_SETUP(siemem)
{
	unsigned int i;
	int rc = vm_open(&self->vm);

	self->uffd = -1;
	if (rc == -ENOENT || rc == -ENODEV)
		SKIP(return, "no KVM with AP facilities");
	ASSERT_EQ(0, rc);
	memcpy(self->vm.mem + VM_CODE, rounds_guest,
	       rounds_guest_end - rounds_guest);
	for (i = 0; i < BLOCK_LEN; i++)
		self->vm.mem[PATTERN + i] = i + 1;
	*word(&self->vm, PGM_NEW) = PSW_DISABLED;
	self->vm.run->psw_mask = PSW_64BIT;
	self->vm.run->psw_addr = VM_CODE;
}

FIXTURE_TEARDOWN(siemem)
{
	if (self->uffd >= 0)
		close(self->uffd);
	vm_close(&self->vm);
}

#define BEGIN()	ASSERT_EQ(0, pthread_create(&self->cpu, NULL, cpu, &self->vm))

/* While it runs */
static uint64_t rounds_of(struct vm *vm)
{
	return __atomic_load_n(word(vm, ROUNDS), __ATOMIC_SEQ_CST);
}

/* For who reads that a guest did not go on */
static void say_why(struct __test_metadata *_metadata, struct vm *vm)
{
	TH_LOG("exit %u, interception %#x, PSW %016llx %016llx, program %u, errno %d",
	       vm->run->exit_reason, vm->run->s390_sieic.icptcode,
	       (unsigned long long)vm->run->psw_mask,
	       (unsigned long long)vm->run->psw_addr,
	       *(uint16_t *)(vm->mem + PGM_CODE), cpu_errno);
}

/* The guest has gone on since it was asked for the first time. */
static void goes_on(struct __test_metadata *_metadata, struct vm *vm)
{
	uint64_t before = rounds_of(vm);
	unsigned int ms;

	for (ms = 0; rounds_of(vm) < before + 2 && ms < SOON; ms++)
		usleep(1000);
	if (rounds_of(vm) < before + 2)
		say_why(_metadata, vm);
	ASSERT_LT(before + 1, rounds_of(vm));
}

static void block_is(struct __test_metadata *_metadata, struct vm *vm,
		     unsigned long addr, uint64_t rounds)
{
	unsigned int i;

	for (i = 0; i < BLOCK_LEN; i++)
		EXPECT_EQ(rounds & 1 ? vm->mem[PATTERN + i] : 0,
			  vm->mem[addr + i]) {
			TH_LOG("byte %u of the block at %lx", i, addr);
			break;
		}
}

/* It ends when it is told to; each instruction has been executed once. */
static void ends(struct __test_metadata *_metadata, struct vm *vm,
		 pthread_t thread)
{
	unsigned long pair;
	uint64_t rounds;
	unsigned int i;
	void *rc;

	__atomic_store_n(word(vm, ORDERS), 1, __ATOMIC_SEQ_CST);
	ASSERT_EQ(0, pthread_join(thread, &rc));
	ASSERT_EQ(NULL, rc);
	ASSERT_EQ(KVM_EXIT_S390_SIEIC, vm->run->exit_reason);
	ASSERT_EQ(ICPT_WAIT, vm->run->s390_sieic.icptcode);
	ASSERT_EQ(0, vm->run->psw_addr);
	rounds = *word(vm, ROUNDS);
	for (pair = DATA; pair < DATA + DATA_LEN; pair += PAIR) {
		EXPECT_EQ(rounds, *word(vm, pair + 512));
		for (i = 0; i < 4; i++)
			EXPECT_EQ(rounds, *word(vm, pair + 4080 + 8 * i));
		block_is(_metadata, vm, pair + PAIR - 100, rounds);
	}
}

/* As somebody sees it who was there when it was so. */
static void child_looks(struct vm *vm)
{
	unsigned long pair;
	unsigned int i;
	uint64_t first;

	for (pair = DATA; pair < DATA + DATA_LEN; pair += PAIR)
		for (i = 0; i < 4; i++) {
			first = *word(vm, pair + 4080);
			if (*word(vm, pair + 4080 + 8 * i) - first + 1 > 2)
				_exit(1);
		}
	_exit(0);
}

TEST_F(siemem, forks)
{
	unsigned int i;
	int status;
	pid_t pid;

	BEGIN();
	for (i = 0; i < TIMES; i++) {
		pid = fork();
		ASSERT_LE(0, pid);
		if (!pid)
			child_looks(&self->vm);
		ASSERT_EQ(pid, waitpid(pid, &status, 0));
		EXPECT_EQ(0, status);
	}
	goes_on(_metadata, &self->vm);
	ends(_metadata, &self->vm, self->cpu);
}

TEST_F(siemem, is_mapped_anew)
{
	unsigned char *data = self->vm.mem + DATA;
	int fd = memfd_create("guest", MFD_CLOEXEC);
	unsigned int i;

	ASSERT_LE(0, fd);
	ASSERT_EQ(0, ftruncate(fd, DATA_LEN + PAIR));
	for (i = 0; i < TIMES; i++) {
		ASSERT_EQ(data, mmap(data, DATA_LEN + PAIR,
				     PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_FIXED, fd, 0));
		if (!i)
			BEGIN();
		usleep(2000);
	}
	goes_on(_metadata, &self->vm);
	ends(_metadata, &self->vm, self->cpu);
}

static int watch(unsigned char *at, size_t len)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = {
		.range = { (uintptr_t)at, len },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	int uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);

	if (uffd < 0)
		return -1;
	if (ioctl(uffd, UFFDIO_API, &api) ||
	    ioctl(uffd, UFFDIO_REGISTER, &range)) {
		close(uffd);
		return -1;
	}
	return uffd;
}

/* The page that the guest asks for; it has never been there. */
static unsigned char *asked(int uffd)
{
	struct pollfd event = { .fd = uffd, .events = POLLIN };
	struct uffd_msg msg;

	if (poll(&event, 1, SOON) != 1 ||
	    read(uffd, &msg, sizeof(msg)) != sizeof(msg) ||
	    msg.event != UFFD_EVENT_PAGEFAULT)
		return NULL;
	return (unsigned char *)(uintptr_t)(msg.arg.pagefault.address & -4096UL);
}

static int bring(int uffd, unsigned char *page)
{
	struct uffdio_zeropage zero = { .range = { (uintptr_t)page, 4096 } };

	return ioctl(uffd, UFFDIO_ZEROPAGE, &zero);
}

/* What waits until all CPUs are out of SIE, some with the memory locked */
static void others_go_on(struct __test_metadata *_metadata, struct vm *vm,
			 unsigned int which)
{
	struct kvm_device_attr attr = {
		.group = KVM_S390_VM_CRYPTO,
		.attr = which % 2 ? KVM_S390_VM_CRYPTO_DISABLE_APIE :
				    KVM_S390_VM_CRYPTO_ENABLE_APIE,
	};
	int status;
	pid_t pid;

	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid)
		_exit(0);
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	ASSERT_EQ(0, ioctl(vm->fd, KVM_SET_DEVICE_ATTR, &attr));
	ASSERT_EQ(0, mprotect(vm->mem + DATA, DATA_LEN, PROT_READ));
	ASSERT_EQ(0, mprotect(vm->mem + DATA, DATA_LEN,
			      PROT_READ | PROT_WRITE));
}

TEST_F(siemem, does_not_come)
{
	unsigned int pages = 0;
	unsigned char *page;

	self->uffd = watch(self->vm.mem + DATA, DATA_LEN);
	if (self->uffd < 0)
		SKIP(return, "this kernel has no userfaultfd");
	BEGIN();
	for (pages = 0; pages < 2 * PAIRS; pages++) {
		page = asked(self->uffd);
		ASSERT_NE(NULL, page);
		others_go_on(_metadata, &self->vm, pages);
		ASSERT_EQ(0, bring(self->uffd, page));
	}
	goes_on(_metadata, &self->vm);
	ends(_metadata, &self->vm, self->cpu);
}

/* The first access to a page that is gone; @ilen: length of the instruction */
static void is_exception(struct __test_metadata *_metadata, struct vm *vm,
			 pthread_t thread, unsigned int ilen)
{
	void *rc;

	ASSERT_EQ(0, pthread_join(thread, &rc));
	ASSERT_EQ(NULL, rc);
	ASSERT_EQ(KVM_EXIT_S390_SIEIC, vm->run->exit_reason);
	ASSERT_EQ(ICPT_WAIT, vm->run->s390_sieic.icptcode);
	EXPECT_EQ(PGM_ADDRESSING, vm->mem[PGM_CODE + 1]);
	EXPECT_EQ(ilen, vm->mem[PGM_ILC + 1]);
}

TEST_F(siemem, is_gone)
{
	uint64_t rounds;

	BEGIN();
	goes_on(_metadata, &self->vm);
	ASSERT_EQ(0, mprotect(self->vm.mem + DATA + PAIR, 4096, PROT_NONE));
	is_exception(_metadata, &self->vm, self->cpu, 6);
	ASSERT_EQ(0, mprotect(self->vm.mem + DATA + PAIR, 4096, PROT_READ));
	rounds = *word(&self->vm, ROUNDS);
	/* The block that lies half there has been changed in whole or not. */
	block_is(_metadata, &self->vm, DATA + PAIR - 100,
		 self->vm.mem[DATA + PAIR - 100] ? 1 : 0);
	EXPECT_LE(rounds, *word(&self->vm, DATA + 512));
}

TEST_HARNESS_MAIN
