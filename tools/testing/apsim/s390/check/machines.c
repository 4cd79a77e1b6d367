// SPDX-License-Identifier: GPL-2.0-only
/*
 * The two machines: this process, and a KVM guest with the same storage
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "check.h"

#define GUEST_SIZE	0x100000
#define PSW_64BIT	0x0000000180000000

/* Program interruption: code, new PSW */
#define PGM_CODE	0x8e
#define PGM_NEW		0x1d0
#define PGM_OPERATION	1

#define DIAG		"83000500"

static struct {
	int vcpu;
	struct kvm_run *run;
	unsigned char *mem;
} guest;

bool machines_quiet;

static sigjmp_buf interrupted;

static void on_signal(int number)
{
	siglongjmp(interrupted, number);
}

static void *at(unsigned long addr)
{
	return (void *)addr;
}

int machines_open(void)
{
	struct kvm_userspace_memory_region region = {
		.memory_size = GUEST_SIZE,
	};
	void *here;
	int kvm, vm, size;

	here = mmap(at(LAYOUT), LAYOUT_END - LAYOUT,
		    PROT_READ | PROT_WRITE | PROT_EXEC,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	/* KVM wants guest storage to start at a multiple of a segment. */
	guest.mem = mmap(NULL, 2 * GUEST_SIZE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (here == MAP_FAILED || guest.mem == MAP_FAILED)
		return -errno;
	guest.mem = at(((unsigned long)guest.mem + GUEST_SIZE - 1) &
		       -(unsigned long)GUEST_SIZE);
	region.userspace_addr = (unsigned long)guest.mem;

	kvm = open("/dev/kvm", O_RDWR);
	if (kvm < 0)
		return -errno;
	vm = ioctl(kvm, KVM_CREATE_VM, 0);
	if (vm < 0 || ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region))
		return -errno;
	guest.vcpu = ioctl(vm, KVM_CREATE_VCPU, 0);
	size = ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
	if (guest.vcpu < 0 || size < 0)
		return -errno;
	guest.run = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED,
			 guest.vcpu, 0);
	if (guest.run == MAP_FAILED)
		return -errno;
	signal(SIGFPE, on_signal);
	signal(SIGILL, on_signal);
	signal(SIGSEGV, on_signal);
	return 0;
}

static unsigned char *put(unsigned char *p, const char *hex)
{
	unsigned int byte;

	for (; sscanf(hex, "%2x", &byte) == 1; hex += 2)
		*p++ = byte;
	return p;
}

/* A function that loads everything, executes, and stores everything. */
static void lay_out(const struct test *test)
{
	uint32_t cc = test->cc << 28;
	unsigned char *p;

	memset(at(BEFORE), 0, SAVED - BEFORE);
	memcpy(at(BEFORE), test->gr, sizeof(test->gr));
	memcpy(at(BEFORE) + 0x300, &cc, sizeof(cc));
	memcpy(at(DATA), test->data, DATA_LEN);

	p = put(at(CODE), "eb6f00005124");	/* STMG 6,15,SAVED */
	p = put(p, "e310030050140410");	/* LGF 1,cc; SPM 1 */
	p = put(p, "eb0d00005004");		/* LMG 0,13,BEFORE */
	put(p, "a7f40076");			/* J INSN */

	p = at(INSN);
	memcpy(p, test->text, test->len);
	p += test->len;
	if (test->again)
		p = put(p, "a714fffe");		/* JO INSN */
	p = put(p, "a7d90001");		/* LGHI 13,1 */
	p = put(p, "a7f40004");			/* J over the next */
	p = put(p, "a7d90002");			/* target: LGHI 13,2 */
	p = put(p, "eb0d01005024");		/* STMG 0,13,AFTER */
	p = put(p, "b2220000e30002005024");	/* IPM 0; STG 0,ipm */
	put(p, "eb6f0000510407fe");		/* LMG 6,15,SAVED; BR 14 */
	memcpy(at(EXECUTED), test->executed, sizeof(test->executed));
	put(at(LEAVE), DIAG);
}

static void run_here(void)
{
	asm volatile("	basr	14,%[code]\n"
		     :
		     : [code] "a" (CODE)
		     : "0", "1", "2", "3", "4", "5", "14", "cc", "memory");
}

static bool run_guest(unsigned long addr)
{
	struct kvm_regs regs = { .gprs[14] = LEAVE };

	if (ioctl(guest.vcpu, KVM_SET_REGS, &regs))
		return false;
	guest.run->psw_mask = PSW_64BIT;
	guest.run->psw_addr = addr;
	return !ioctl(guest.vcpu, KVM_RUN, 0) &&
	       guest.run->exit_reason == KVM_EXIT_S390_SIEIC &&
	       guest.run->s390_sieic.ipa == 0x8300;
}

/**
 * machines_refuse() - does an instruction end with an operation exception?
 * @text: the instruction, executed at INSN by the guest alone
 * @len: its length
 *
 * Return: true if so.
 */
bool machines_refuse(const unsigned char *text, unsigned int len)
{
	const uint64_t psw[] = { PSW_64BIT, LEAVE };
	uint16_t code;

	memset(guest.mem + PGM_CODE, 0, sizeof(code));
	memcpy(guest.mem + PGM_NEW, psw, sizeof(psw));
	memcpy(guest.mem + INSN, text, len);
	put(guest.mem + INSN + len, "07fe");	/* BR 14 */
	put(guest.mem + LEAVE, DIAG);
	if (!run_guest(INSN))
		return false;
	memcpy(&code, guest.mem + PGM_CODE, sizeof(code));
	return code == PGM_OPERATION;
}

/* What is the CPU's is on the left. */
static void explain(const struct test *test, const struct result *cpu,
		    const struct result *sie, bool ended)
{
	unsigned int i;

	if (machines_quiet)
		return;
	printf("# ");
	for (i = 0; i < test->len; i++)
		printf("%02x", test->text[i]);
	if (!ended)
		printf(" exit %u intercept %x at %llx", guest.run->exit_reason,
		       guest.run->s390_sieic.icptcode,
		       (unsigned long long)guest.run->psw_addr);
	for (i = 0; i < 14; i++) {
		if (cpu->gr[i] != sie->gr[i])
			printf(" r%u(%lx): %lx %lx", i, test->gr[i],
			       cpu->gr[i], sie->gr[i]);
	}
	if ((cpu->ipm ^ sie->ipm) & 0xff000000)
		printf(" cc: %lu %lu", cpu->ipm >> 28 & 3, sie->ipm >> 28 & 3);
	if (memcmp(at(DATA), guest.mem + DATA, DATA_LEN))
		printf(" data");
	printf("\n");
}

/**
 * machines_compare() - have both execute the same
 * @test: what
 *
 * Explains a difference in a KTAP diagnostic line.
 *
 * Return: what came out.
 */
enum outcome machines_compare(const struct test *test)
{
	const struct result *cpu = at(AFTER);
	const struct result *sie = (void *)(guest.mem + AFTER);
	bool ended;

	lay_out(test);
	memcpy(guest.mem + LAYOUT, at(LAYOUT), LAYOUT_END - LAYOUT);
	if (sigsetjmp(interrupted, 1))
		return INTERRUPTED;
	run_here();

	ended = run_guest(CODE);
	if (ended && !memcmp(cpu, sie, sizeof(*cpu)) &&
	    !memcmp(at(DATA), guest.mem + DATA, DATA_LEN))
		return SAME;
	explain(test, cpu, sie, ended);
	return DIFFERENT;
}
