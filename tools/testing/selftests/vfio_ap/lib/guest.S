/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * guest - a guest that executes AP instructions from a table in its storage
 *
 * The VMM fills the table (struct ap_call, lib/vm.h), the guest walks it,
 * stores registers and condition code back, and loads a disabled wait PSW at
 * its end.  It can be interrupted by I/O only where it waits for that, or looks
 * for it; registers stay as they are.  Position independent; copied into guest
 * storage by vm_open().
 */
	.section .rodata
	.globl	ap_guest, ap_guest_end
	.balign	16
ap_guest:
	larl	%r12,running		# the new PSW for I/O
	mvc	0x1f0(8),0(%r12)
	larl	%r12,woken
	stg	%r12,0x1f8
	llilh	%r13,2			# the table is at 0x20000
next:	lg	%r12,0(%r13)		# which instruction; 0 ends the table
	ltgr	%r12,%r12
	jz	done
	lg	%r0,8(%r13)
	lg	%r1,16(%r13)
	lg	%r2,24(%r13)
	lg	%r4,32(%r13)
	lg	%r5,40(%r13)
	lg	%r6,48(%r13)
	lg	%r7,56(%r13)
	aghi	%r12,-1
	jz	pqap
	aghi	%r12,-1
	jz	nqap
	aghi	%r12,-1
	jz	dqap
	lctlg	%c6,%c6,8(%r13)		# GR0: the subclasses that are wanted
	aghi	%r12,-1
	jz	sleep
	stosm	0x200,0x02		# taken here, if one is pending
	stnsm	0x200,0xfd
	lghi	%r1,0			# none was
	lghi	%r2,0
	j	store
sleep:	larl	%r12,asleep
	lpswe	0(%r12)
woken:	llgf	%r1,0xc0		# the interruption word
	lg	%r2,0xb8		# subchannel and parameter
	j	store
dqap:	.insn	rre,0xb2ae0000,%r4,%r6	# DQAP
	j	store
nqap:	.insn	rre,0xb2ad0000,%r4,%r6	# NQAP
	j	store
pqap:	.insn	rre,0xb2af0000,%r0,%r0	# PQAP
store:	ipm	%r12
	srl	%r12,28			# the condition code alone
	stg	%r12,64(%r13)
	stg	%r0,8(%r13)
	stg	%r1,16(%r13)
	stg	%r2,24(%r13)
	stg	%r4,32(%r13)
	stg	%r5,40(%r13)
	stg	%r6,48(%r13)
	stg	%r7,56(%r13)
	aghi	%r13,72
	j	next
done:	larl	%r12,wait
	lpswe	0(%r12)
	.balign	16
wait:	.quad	0x0002000180000000, 0
asleep:	.quad	0x0202000180000000, 0	# I/O interruptions on
running: .quad	0x0000000180000000
ap_guest_end:

	.section .note.GNU-stack,"",%progbits
