/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for linux/kvm_types.h: addresses and page numbers of guests
 */
#ifndef APSIM_UML_LINUX_KVM_TYPES_H
#define APSIM_UML_LINUX_KVM_TYPES_H

#include <linux/types.h>

struct kvm;
struct kvm_memory_slot;
struct kvm_memslots;
struct kvm_vcpu;

typedef u64 gpa_t;
typedef u64 gfn_t;

#define INVALID_GPA	(~(gpa_t)0)

#endif /* APSIM_UML_LINUX_KVM_TYPES_H */
