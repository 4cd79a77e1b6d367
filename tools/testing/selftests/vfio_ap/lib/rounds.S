/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rounds - a guest that changes all of its data again and again
 *
 * For each pair of pages: a counter, four counters across the end of the first
 * page, and a block across the end of the second one that is XORed with a pattern.
 * So what is done twice, or by half, is seen.  It ends with a disabled wait after
 * the round in which it is told to.
 */
	.section .rodata
	.globl	rounds_guest, rounds_guest_end
	.balign	16
rounds_guest:
	llilh	%r8,3			# orders, at 0x30000; the pattern behind
	lghi	%r9,0			# rounds
round:	llilh	%r7,8			# data, at 0x80000
	lghi	%r6,16			# pairs of pages
pair:	lg	%r1,512(%r7)
	aghi	%r1,1
	stg	%r1,512(%r7)
	lmg	%r2,%r5,4080(%r7)
	aghi	%r2,1
	aghi	%r3,1
	aghi	%r4,1
	aghi	%r5,1
	stmg	%r2,%r5,4080(%r7)
	aghi	%r7,8192-100
	xc	0(200,%r7),256(%r8)
	aghi	%r7,100
	brctg	%r6,pair
	aghi	%r9,1
	stg	%r9,8(%r8)
	lg	%r1,0(%r8)
	ltgr	%r1,%r1
	jz	round
	larl	%r1,wait
	lpswe	0(%r1)
	.balign	16
wait:	.quad	0x0002000180000000, 0
rounds_guest_end:

	.section .note.GNU-stack,"",%progbits
