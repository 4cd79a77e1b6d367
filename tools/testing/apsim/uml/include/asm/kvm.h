/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stub for asm/kvm.h: hides x86's, which UML would find
 */
