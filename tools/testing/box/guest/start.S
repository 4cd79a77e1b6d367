/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * start - first and last instructions of the guest
 */
	.text
	.globl	_start
_start:	larl	%r15,stack_top
	aghi	%r15,-160		# a frame for who is called
	brasl	%r14,guest_main
	larl	%r1,done
	lpswe	0(%r1)

	.balign	16
done:	.quad	0x0002000180000000, 0	# a disabled wait ends the guest

	.section .bss
	.balign	16
	.skip	4096
stack_top:

	.section .note.GNU-stack,"",%progbits
