/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * /dev/apsim_kvm - a virtual machine without a processor
 *
 * An open file is a VM.  A VFIO group or device whose file was added to it is
 * opened for it.  User space executes the guest's AP instructions one by one.
 *
 * Masks are bytes as in the CRYCB: bit 0 is the leftmost bit of byte 0.
 */
#ifndef APSIM_KVM_H
#define APSIM_KVM_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* The VM has no GISA: no interruptions from AP queues. */
#define APSIM_KVM_NO_GISA	0x1
/* The VM runs in Secure Execution: it shares pages one by one. */
#define APSIM_KVM_PROTECTED	0x2

/* The hole is a slot that is about to go, not none. */
#define APSIM_KVM_HOLE_INVALID	0x1

/* Interruption subclasses. */
#define APSIM_KVM_ISCS		8

/**
 * struct apsim_kvm_create - what the VM is like
 * @mem_addr: address of the guest's storage in this process
 * @mem_size: its size in bytes; guest addresses begin at 0
 * @crycb_format: 0, 1 (64 adapters, 16 domains) or 2 (256 of both)
 * @flags: APSIM_KVM_*
 */
struct apsim_kvm_create {
	__u64 mem_addr;
	__u64 mem_size;
	__u32 crycb_format;
	__u32 flags;
};

/**
 * struct apsim_kvm_hole - pages that are not the guest's storage any more
 * @addr: where they begin, a page's first address
 * @size: how long they are, whole pages; 0: there is no hole
 * @flags: APSIM_KVM_HOLE_*
 * @reserved: 0
 *
 * What was mapped for VFIO stays so.
 */
struct apsim_kvm_hole {
	__u64 addr;
	__u64 size;
	__u32 flags;
	__u32 reserved;
};

/**
 * struct apsim_kvm_exec - one instruction of the guest
 * @gr: in and out: general registers
 * @insn: in: 0xb2ad (NQAP), 0xb2ae (DQAP), 0xb2af (PQAP)
 * @r1: in: register fields of NQAP and DQAP, even
 * @r2: in: the same
 * @problem: in: the guest is in the problem state
 * @cc: out: condition code
 * @pgm: out: program interruption code, 0: none
 * @intercepted: out: KVM, not the machine, carried it out
 * @reserved: 0
 * @error: out: 0, or -errno if KVM leaves the instruction to user space
 */
struct apsim_kvm_exec {
	__u64 gr[16];
	__u16 insn;
	__u8 r1;
	__u8 r2;
	__u8 problem;
	__u8 cc;
	__u8 pgm;
	__u8 intercepted;
	__u32 reserved;
	__s32 error;
};

/**
 * struct apsim_kvm_state - what was done to the VM
 * @apm: adapters in its CRYCB
 * @aqm: usage domains
 * @adm: control domains
 * @sets: how often masks were set
 * @clears: how often masks were cleared
 * @hook: 1: it has a handler for PQAP(AQIC)
 * @iam: interruption subclasses for which an alert is wanted
 * @reserved: 0
 * @registered: how often each subclass is registered for alerts
 * @armed: how many queues may interrupt the guest on it, now or soon
 */
struct apsim_kvm_state {
	__u8 apm[32];
	__u8 aqm[32];
	__u8 adm[32];
	__u64 sets;
	__u64 clears;
	__u8 hook;
	__u8 iam;
	__u8 reserved[6];
	__u32 registered[APSIM_KVM_ISCS];
	__u32 armed[APSIM_KVM_ISCS];
};

/* Once, before anything else, which fails with ENODEV until then. */
#define APSIM_KVM_CREATE	_IOW('A', 0, struct apsim_kvm_create)
#define APSIM_KVM_EXEC		_IOWR('A', 1, struct apsim_kvm_exec)
#define APSIM_KVM_STATE		_IOR('A', 2, struct apsim_kvm_state)
/* A VFIO group or device; it stays open as long as the VM has it. */
#define APSIM_KVM_ADD_FILE	_IOW('A', 4, __s32)
#define APSIM_KVM_DEL_FILE	_IOW('A', 5, __s32)
/* Pending interruption subclasses, bit 0 the leftmost; not any more then. */
#define APSIM_KVM_TAKE_IRQS	_IOR('A', 3, __u8)
/* Instead of the hole that there was before. */
#define APSIM_KVM_HOLE		_IOW('A', 6, struct apsim_kvm_hole)
/* The page of a guest address; that it is shared already is fine. */
#define APSIM_KVM_SHARE		_IOW('A', 7, __u64)
#define APSIM_KVM_UNSHARE	_IOW('A', 8, __u64)
/*
 * Keeps the VM's lock, as KVM does while it reads its caller's memory, until
 * APSIM_KVM_LET_GO or a fatal signal; and tells whether that is so.
 */
#define APSIM_KVM_HOLD		_IO('A', 9)
#define APSIM_KVM_LET_GO	_IO('A', 10)
#define APSIM_KVM_HELD		_IOR('A', 11, __u8)
/* So many milliseconds it takes to say that a page may be used by the host. */
#define APSIM_KVM_PIN_MS	_IOW('A', 12, __u32)

#endif /* APSIM_KVM_H */
