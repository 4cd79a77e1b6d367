/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * apsim_guest.ko - a guest of KVM for tests that are modules
 */
#ifndef APSIM_S390_GUEST_H
#define APSIM_S390_GUEST_H

#include "../core/apsim.h"

struct file;
struct kvm;

/* What is left to the test, of the guest's storage and of its registers */
#define BOX_GUEST_FREE		0x10000
#define BOX_GUEST_SIZE		0x100000
#define BOX_GUEST_GRS		8

/**
 * struct box_guest - a virtual machine with one CPU, of the process that opens it
 * @vm: the machine
 * @cpu: its CPU
 * @map: where its storage is mapped
 * @storage: where that begins, a user address
 */
struct box_guest {
	struct file *vm;
	struct file *cpu;
	unsigned long map;
	unsigned long storage;
};

/**
 * struct box_op - an instruction of four bytes, as a guest executes it
 * @insn: the instruction
 * @times: how often
 * @gr: registers before and after
 * @cc: condition code
 * @pgm: program interruption code, 0: none, %BOX_GUEST_LOST
 */
struct box_op {
	u32 insn;
	u32 times;
	u64 gr[BOX_GUEST_GRS];
	u8 cc;
	u8 pgm;
};

/* It did not come to its end at all. */
#define BOX_GUEST_LOST		0xff

/* 0 or -errno; -ENODEV: there is no SIE, or no masks of 256 bits. */
int box_guest_open(struct box_guest *guest);

/* Also one that could not be opened. */
void box_guest_close(struct box_guest *guest);

struct kvm *box_guest_kvm(const struct box_guest *guest);

/* What is in its reach, NULL: nothing */
void box_guest_masks(struct box_guest *guest, const struct apsim_view *view);

void box_guest_execute(struct box_guest *guest, struct box_op *op);

#endif /* APSIM_S390_GUEST_H */
