// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest storage, through KVM
 *
 * The guest's DAT is always off here, so its logical addresses are real ones.
 * KVM's functions are looked up by name because newer kernels export them to
 * KVM's own modules only.
 */
#include <linux/kvm_host.h>
#include <linux/unaligned.h>

#include "../../core/apsim.h"
#include "../front.h"
#include "sie.h"

/* Prefixing swaps this much at address 0. */
#define PREFIX_LEN	0x2000

static struct {
	struct kvm_vcpu *(*running_vcpu)(void);
	int (*read)(struct kvm *kvm, gpa_t gpa, void *buf, unsigned long len);
	int (*write)(struct kvm *kvm, gpa_t gpa, const void *buf,
		     unsigned long len);
} kvm;

int sie_storage_init(void)
{
	kvm.running_vcpu = apsim_lookup("kvm_get_running_vcpu");
	kvm.read = apsim_lookup("kvm_read_guest");
	kvm.write = apsim_lookup("kvm_write_guest");
	if (!kvm.running_vcpu || !kvm.read || !kvm.write)
		return -ENOENT;
	return 0;
}

struct kvm_vcpu *sie_running_vcpu(void)
{
	return kvm.running_vcpu();
}

static u64 absolute(const struct sie_guest *g, u64 real)
{
	u64 prefix = (u64)g->scb->prefix << 13;

	if (real < PREFIX_LEN)
		return real + prefix;
	if (real - prefix < PREFIX_LEN)
		return real - prefix;
	return real;
}

/* How much of @len can be handled at once, prefixing considered. */
static unsigned int piece(u64 addr, unsigned int len)
{
	return min_t(unsigned int, len, PREFIX_LEN - addr % PREFIX_LEN);
}

int sie_read(struct sie_guest *g, u64 addr, void *buf, unsigned int len)
{
	unsigned int n;

	for (; len; addr += n, buf += n, len -= n) {
		addr = sie_wrap(g, addr);
		n = piece(addr, len);
		if (kvm.read(g->vcpu->kvm, absolute(g, addr), buf, n))
			return APSIM_PGM_ADDRESSING;
	}
	return 0;
}

int sie_write(struct sie_guest *g, u64 addr, const void *buf, unsigned int len)
{
	unsigned int n;

	for (; len; addr += n, buf += n, len -= n) {
		addr = sie_wrap(g, addr);
		n = piece(addr, len);
		if (kvm.write(g->vcpu->kvm, absolute(g, addr), buf, n))
			return APSIM_PGM_ADDRESSING;
	}
	return 0;
}

int sie_load(struct sie_guest *g, u64 addr, unsigned int size, u64 *value)
{
	u8 buf[8] = {};
	int rc;

	rc = sie_read(g, addr, buf + 8 - size, size);
	if (!rc)
		*value = get_unaligned_be64(buf);
	return rc;
}

int sie_store(struct sie_guest *g, u64 addr, unsigned int size, u64 value)
{
	u8 buf[8];

	put_unaligned_be64(value, buf);
	return sie_write(g, addr, buf + 8 - size, size);
}
