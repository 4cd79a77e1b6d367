// SPDX-License-Identifier: GPL-2.0-only
/*
 * sie_corpus - plain C, executed by the CPU and by the SIE interpreter
 *
 *	sie_corpus FILE...
 *
 * Each FILE is the corpus as one compiler makes it: what lies at CORPUS and in what
 * follows.  It is called here, and in a guest with the same at the same addresses;
 * then everything is compared: results, data, even what is left of the stack.
 * Prints KTAP.  The seed is printed; VFIO_AP_SEED is another one.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* selftests/kselftest.h */
#define EXIT_SKIP	4

/* Of the guest and, from the corpus on, of this process */
#define GUEST_SIZE	0x200000
#define LEAVE		0x1000
#define CORPUS		0x100000UL
#define RESULTS		0x140000UL
#define STACK_END	0x160000UL
#define CORPUS_END	0x160000UL
#define FRAME		160
#define PSW_64BIT	0x0000000180000000

#define DIAG		0x83000500

static struct {
	int vcpu;
	struct kvm_run *run;
	unsigned char *mem;
} guest;

static void *at(unsigned long addr)
{
	return (void *)addr;
}

static int open_guest(void)
{
	struct kvm_userspace_memory_region region = {
		.memory_size = GUEST_SIZE,
	};
	int kvm = open("/dev/kvm", O_RDWR), vm, size;
	uintptr_t map;

	if (kvm < 0)
		return -errno;
	/* KVM wants guest storage to start at a multiple of a segment. */
	map = (uintptr_t)mmap(NULL, 2 * GUEST_SIZE, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == (uintptr_t)MAP_FAILED)
		return -errno;
	guest.mem = at((map + GUEST_SIZE - 1) & -(uintptr_t)GUEST_SIZE);
	region.userspace_addr = (uintptr_t)guest.mem;
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
	return 0;
}

static int lay_out(const char *file)
{
	uint32_t leave = DIAG;
	void *here;
	FILE *f;

	here = mmap(at(CORPUS), CORPUS_END - CORPUS,
		    PROT_READ | PROT_WRITE | PROT_EXEC,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	f = fopen(file, "r");
	if (here == MAP_FAILED || !f ||
	    !fread(here, 1, RESULTS - CORPUS, f))
		return -1;
	fclose(f);
	memcpy(guest.mem + CORPUS, here, CORPUS_END - CORPUS);
	memcpy(guest.mem + LEAVE, &leave, sizeof(leave));
	return 0;
}

/* On a stack of its own, so that nothing of this process's is in it */
static unsigned long run_here(uint64_t seed)
{
	register unsigned long gr2 asm("2") = RESULTS;
	register unsigned long gr3 asm("3") = seed;

	asm volatile("	lgr	11,15\n"
		     "	lgr	15,%[stack]\n"
		     "	basr	14,%[code]\n"
		     "	lgr	15,11\n"
		     : "+d" (gr2), "+d" (gr3)
		     : [stack] "a" (STACK_END - FRAME), [code] "a" (CORPUS)
		     : "0", "1", "4", "5", "11", "14", "cc", "memory");
	return gr2;
}

/* How many pieces there are, 0 if it ended otherwise */
static unsigned long run_guest(uint64_t seed)
{
	struct kvm_regs regs = { .gprs = {
		[2] = RESULTS, [3] = seed, [14] = LEAVE,
		[15] = STACK_END - FRAME,
	} };

	if (ioctl(guest.vcpu, KVM_SET_REGS, &regs))
		return 0;
	guest.run->psw_mask = PSW_64BIT;
	guest.run->psw_addr = CORPUS;
	if (ioctl(guest.vcpu, KVM_RUN, 0) ||
	    guest.run->exit_reason != KVM_EXIT_S390_SIEIC ||
	    guest.run->s390_sieic.ipa != DIAG >> 16) {
		printf("# exit %u, intercept %x, at %llx\n",
		       guest.run->exit_reason, guest.run->s390_sieic.icptcode,
		       (unsigned long long)guest.run->psw_addr);
		return 0;
	}
	if (ioctl(guest.vcpu, KVM_GET_REGS, &regs))
		return 0;
	return regs.gprs[2];
}

/* Registers that are saved on the stack are not the corpus's. */
static int compare(unsigned long pieces)
{
	const uint64_t *here = at(RESULTS);
	const uint64_t *there = (void *)(guest.mem + RESULTS);
	unsigned long i, wrong = 0;

	for (i = 0; i < pieces; i++) {
		if (here[i] == there[i])
			continue;
		wrong++;
		printf("# piece %lu: the CPU has %llx, the interpreter %llx\n",
		       i, (unsigned long long)here[i],
		       (unsigned long long)there[i]);
	}
	if (memcmp(at(CORPUS), guest.mem + CORPUS, RESULTS - CORPUS)) {
		wrong++;
		printf("# code or data differ\n");
	}
	return wrong;
}

static int check(const char *file, uint64_t seed)
{
	unsigned long pieces;

	if (lay_out(file)) {
		printf("# %s: %s\n", file, strerror(errno));
		return 1;
	}
	pieces = run_here(seed);
	if (!pieces || run_guest(seed) != pieces) {
		printf("# it did not come to its end\n");
		return 1;
	}
	return compare(pieces);
}

static uint64_t choose_seed(void)
{
	const char *wanted = getenv("VFIO_AP_SEED");
	uint64_t seed = wanted ? strtoull(wanted, NULL, 0) : 0;

	return seed ?: (uint64_t)time(NULL) << 20 | getpid();
}

int main(int argc, char **argv)
{
	uint64_t seed = choose_seed();
	int rc = open_guest(), i, failed = 0, wrong;
	const char *name;

	if (rc) {
		printf("1..0 # SKIP no KVM here: %s\n", strerror(-rc));
		return EXIT_SKIP;
	}
	printf("KTAP version 1\n1..%d\n# seed %llu\n", argc - 1,
	       (unsigned long long)seed);
	for (i = 1; i < argc; i++) {
		wrong = check(argv[i], seed);
		name = strrchr(argv[i], '/');
		failed += !!wrong;
		printf("%sok %d - %s\n", wrong ? "not " : "", i,
		       name ? name + 1 : argv[i]);
		fflush(stdout);
	}
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
