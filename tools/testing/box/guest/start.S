/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * start - first and last instructions of the guest, and its sleep
 *
 * The guest is interrupted only while it sleeps, so interruptions need to save
 * nothing: they are where its sleep returns to.
 */
	.text
	.globl	_start, doze
_start:	larl	%r15,stack_top
	aghi	%r15,-160		# a frame for who is called
	larl	%r1,awake
	mvc	0x1b0(8),0(%r1)		# new PSWs, external and I/O
	mvc	0x1f0(8),0(%r1)
	larl	%r1,by_clock
	stg	%r1,0x1b8
	larl	%r1,by_io
	stg	%r1,0x1f8
	brasl	%r14,guest_main
	larl	%r1,done
	lpswe	0(%r1)

/*
 * unsigned long doze(void): sleep until an interruption of the subclasses that
 * are on in the control registers.  Returns the interruption word of an I/O
 * interruption, 0 if it was the clock comparator's.
 */
doze:	larl	%r1,asleep
	lpswe	0(%r1)
by_io:	llgf	%r2,0xc0
	br	%r14
by_clock: lghi	%r2,0
	br	%r14

	.balign	16
done:	.quad	0x0002000180000000, 0	# a disabled wait ends the guest
asleep:	.quad	0x0302000180000000, 0	# external and I/O interruptions on
awake:	.quad	0x0000000180000000

	.section .bss
	.balign	16
	.skip	4096
stack_top:

	.section .note.GNU-stack,"",%progbits
