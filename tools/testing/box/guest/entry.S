/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * entry - interruptions of the guest that tests itself, and its experiments
 *
 * Interruptions have a stack frame and go to C, except for a program interruption
 * that an experiment asked for.  Offsets are struct trial's.
 */
	.text
	.globl	_start, try, wait_enabled, call_supervisor
_start:	larl	%r15,stack_top
	aghi	%r15,-160
	larl	%r1,new_psw		# mask, and where to
	mvc	0x1b0(8),0(%r1)
	mvc	0x1c0(8),0(%r1)
	mvc	0x1d0(8),0(%r1)
	mvc	0x1f0(8),0(%r1)
	larl	%r1,external
	stg	%r1,0x1b8
	larl	%r1,supervisor
	stg	%r1,0x1c8
	larl	%r1,program
	stg	%r1,0x1d8
	larl	%r1,io
	stg	%r1,0x1f8
	brasl	%r14,unit_main
	larl	%r1,done
	lpswe	0(%r1)

	.macro	handler name, old, function
\name:	aghi	%r15,-304
	stmg	%r0,%r14,160(%r15)
	mvc	288(16,%r15),\old
	brasl	%r14,\function
	lmg	%r0,%r14,160(%r15)
	mvc	\old(16),288(%r15)
	aghi	%r15,304
	lpswe	\old
	.endm

	handler	external, 0x130, on_external
	handler	supervisor, 0x140, on_supervisor
	handler	io, 0x170, on_io

/* Nobody asked for it: that is the end. */
program: brasl	%r14,on_program
	larl	%r1,done
	lpswe	0(%r1)

/* void call_supervisor(void) */
call_supervisor: svc	42
	br	%r14

/* void wait_enabled(void): until an interruption, and its handler, are over */
wait_enabled:
	larl	%r1,waiting
	larl	%r2,over
	stg	%r2,8(%r1)
	/* The old PSW says wait; who returns to that goes on instead. */
	larl	%r2,awake
	mvc	0x1b8(8),0(%r2)
	mvc	0x1f8(8),8(%r2)
	lpswe	0(%r1)
ext_awake: ni	0x131,0xfd
	j	external
io_awake: ni	0x171,0xfd
	j	io
over:	larl	%r1,external
	stg	%r1,0x1b8
	larl	%r1,io
	stg	%r1,0x1f8
	stnsm	0x200,0xfc
	br	%r14

/* void try(struct trial *t, u32 instruction): with all of its registers */
try:	stmg	%r6,%r15,48(%r15)
	larl	%r1,slot
	st	%r3,0(%r1)
	stg	%r1,128(%r2)		# the PSW that it is executed with
	larl	%r1,saved
	stg	%r2,0(%r1)
	stg	%r15,8(%r1)
	larl	%r1,caught
	stg	%r1,0x1d8
	xc	0x8c(4),0x8c
	lgr	%r14,%r2
	lmg	%r0,%r13,0(%r14)
	lpswe	120(%r14)
slot:	.long	0
	j	caught			# KVM fears a loop if that is next
caught:	larl	%r14,saved
	lg	%r14,0(%r14)
	stmg	%r0,%r13,0(%r14)
	ipm	%r0
	st	%r0,112(%r14)
	larl	%r1,program
	stg	%r1,0x1d8
	llgh	%r1,0x8e
	st	%r1,116(%r14)
	lg	%r1,0x158
	larl	%r2,slot
	sgr	%r1,%r2
	stg	%r1,136(%r14)
	larl	%r1,saved
	lg	%r15,8(%r1)
	lmg	%r6,%r15,48(%r15)
	br	%r14

	.data
	.balign	16
saved:	.quad	0, 0
done:	.quad	0x0002000180000000, 0
waiting: .quad	0x0302000180000000, 0
awake:	.quad	ext_awake, io_awake
new_psw: .quad	0x0000000180000000

	.section .bss
	.balign	16
	.skip	16384
stack_top:

	.section .note.GNU-stack,"",%progbits
