/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vm - a KVM virtual machine with one CPU that executes AP instructions
 */
#ifndef VFIO_AP_TEST_VM_H
#define VFIO_AP_TEST_VM_H

#include <stddef.h>
#include <stdint.h>

/* Guest storage, and what lies where in it. */
#define VM_SIZE		0x100000
#define VM_CODE		0x10000
#define VM_TABLE	0x20000
#define VM_REQUEST	0x40000
#define VM_REPLY	0x50000
#define VM_BLOCK	0x60000
#define VM_NIBS		0x70000

/* How long a guest sleeps until it counts as lost, in milliseconds. */
#define VM_PATIENCE	5000

/**
 * enum ap_insn - what the guest can do
 * @AP_END: nothing any more
 * @AP_PQAP: an instruction
 * @AP_NQAP: an instruction
 * @AP_DQAP: an instruction
 * @AP_WAIT: sleep until it is interrupted, with the subclasses in @gr0 on, see
 *	ap_subclass(); ap_interrupted() and ap_isc() say by which
 * @AP_TAKE: the same without sleeping: take an interruption that is pending
 */
enum ap_insn {
	AP_END,
	AP_PQAP,
	AP_NQAP,
	AP_DQAP,
	AP_WAIT,
	AP_TAKE,
};

/* Function codes of PQAP, as GR0 has them. */
#define AP_FC_TAPQ	0x00000000UL
#define AP_FC_RAPQ	0x01000000UL
#define AP_FC_ZAPQ	0x02000000UL
#define AP_FC_AQIC	0x03000000UL
#define AP_FC_QCI	0x04000000UL

/* AQIC's IR bit, in GR1; the subclass is in its lowest bits. */
#define AP_AQIC_ON	0x0000800000000000UL

/* NQAP's "last part", DQAP's first call. */
#define AP_NQAP_LAST	0x40000000UL
#define AP_DQAP_FIRST	0x80000000UL

/**
 * struct ap_call - one AP instruction for the guest (known to guest.S)
 * @insn: enum ap_insn; AP_END ends a table
 * @gr0: registers before and after the instruction
 * @gr1: ...; afterwards AP_WAIT and AP_TAKE: the interruption word, 0: none
 * @gr2: ...; afterwards AP_WAIT and AP_TAKE: subchannel fields, 0 for adapters
 * @gr4: NQAP and DQAP: message id, in an even/odd pair
 * @gr5: ...
 * @gr6: NQAP and DQAP: guest address of the message
 * @gr7: NQAP and DQAP: its length
 * @cc: condition code afterwards
 */
struct ap_call {
	uint64_t insn;
	uint64_t gr0;
	uint64_t gr1;
	uint64_t gr2;
	uint64_t gr4;
	uint64_t gr5;
	uint64_t gr6;
	uint64_t gr7;
	uint64_t cc;
};

struct kvm_run;

/**
 * struct vm - an open virtual machine; -1 where something is not open
 * @kvm: /dev/kvm
 * @fd: the machine
 * @vcpu: its CPU
 * @files: the KVM device that VFIO files are added to
 * @run: shared page of the CPU
 * @run_size: its size
 * @mem: guest storage, %VM_SIZE bytes at guest absolute 0
 * @patience: how long AP_WAIT may take, in milliseconds
 * @pending: UML: subclasses with an interruption that the guest did not take
 */
struct vm {
	int kvm;
	int fd;
	int vcpu;
	int files;
	struct kvm_run *run;
	size_t run_size;
	unsigned char *mem;
	unsigned int patience;
	unsigned char pending;
};

/* The table walker, in guest.S. */
extern const unsigned char ap_guest[];
extern const unsigned char ap_guest_end[];

int vm_open(struct vm *vm);
int vm_open_small(struct vm *vm);
int vm_open_without_cpu(struct vm *vm);
void vm_close(struct vm *vm);
int vm_add_file(struct vm *vm, int fd);
int vm_del_file(struct vm *vm, int fd);
int vm_execute(struct vm *vm, struct ap_call *calls, unsigned int count);
long vm_count(void);
int vm_mask_writes(struct vm *vm, uint64_t *sets, uint64_t *clears);

/* The response code in a status word, and single bits of it. */
static inline unsigned int ap_rc(const struct ap_call *call)
{
	return call->gr1 >> 16 & 0xff;
}

static inline int ap_queue_empty(const struct ap_call *call)
{
	return call->gr1 >> 31 & 1;
}

static inline int ap_queue_interrupts(const struct ap_call *call)
{
	return call->gr1 >> 24 & 1;
}

/* A subclass as AP_WAIT and AP_TAKE want it; several are ORed. */
static inline uint64_t ap_subclass(unsigned int isc)
{
	return 0x80000000UL >> isc;
}

#define AP_SUBCLASSES	0xff000000UL

/* After AP_WAIT and AP_TAKE: was there an adapter interruption, and which? */
static inline int ap_interrupted(const struct ap_call *call)
{
	return call->gr1 >> 31 & 1;
}

static inline unsigned int ap_isc(const struct ap_call *call)
{
	return call->gr1 >> 27 & 7;
}

#endif /* VFIO_AP_TEST_VM_H */
