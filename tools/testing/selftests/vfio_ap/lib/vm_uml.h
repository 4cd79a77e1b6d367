/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vm_uml - what a VM in the UML bed has beyond lib/vm.h
 */
#ifndef VFIO_AP_TEST_VM_UML_H
#define VFIO_AP_TEST_VM_UML_H

#include "../../../apsim/uml/apsim_kvm.h"
#include "vm.h"

int vm_open_as(struct vm *vm, unsigned int crycb_format, unsigned int flags);
int vm_state(struct vm *vm, struct apsim_kvm_state *state);
int vm_hole(struct vm *vm, uint64_t addr, uint64_t size, unsigned int flags);
int vm_share(struct vm *vm, uint64_t addr);
int vm_unshare(struct vm *vm, uint64_t addr);
int vm_pin_ms(struct vm *vm, uint32_t ms);
int vm_take_irqs(struct vm *vm);
int vm_isc(struct vm *vm, unsigned int isc, unsigned int *registered,
	   unsigned int *armed);
int vm_exec(struct vm *vm, struct apsim_kvm_exec *exec);

#endif /* VFIO_AP_TEST_VM_UML_H */
