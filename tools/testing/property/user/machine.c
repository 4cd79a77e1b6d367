// SPDX-License-Identifier: GPL-2.0-only
/*
 * property, user space - the simulated machine, and the port hw
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../../../drivers/s390/crypto/vfio_ap/port/hw.h"
#include "world.h"

#define REQUEST_LEN	16
#define LIE_AFTER_NS	100000000ULL

#define FC_TAPQ		0
#define FC_ZAPQ		2
#define FC_AQIC		3
#define FC_QCI		4

#define GR1_IR		0x0000800000000000ULL
#define GR1_GISC	40

struct apsim *world_machine;
enum world_lie world_lie;

static u8 bounce[APSIM_MSG_MAX];
static struct apsim_job job;

static void *alloc(size_t size)
{
	return calloc(1, size);
}

void world_machine_begin(void)
{
	const struct apsim_env env = { .alloc = alloc, .free = free };

	world_machine = apsim_new(&env);
	world_command("card 4 CEX8 A 8");
	world_command("card 5 CEX8 A 8");
	world_command("domain 4 both");
	world_command("domain 0x47 both");
	world_command("domain 0xab both");
	world_command("latency 200");
	world_command("reset 1000");
	world_command("aqic 300");
}

void world_machine_end(void)
{
	apsim_free(world_machine);
}

bool world_has_card(unsigned int apid)
{
	enum apsim_card_state state;
	struct apsim_card info;

	return !apsim_get_card(world_machine, apid, &info, &state);
}

int world_command(const char *format, ...)
{
	char line[64];
	va_list args;
	int rc;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	rc = apsim_command(world_machine, user_now, line);
	if (rc)
		user_alarm("the machine does not take a command");
	return rc;
}

/* When will the machine do something? */
u64 world_next(void)
{
	return apsim_next(world_machine);
}

/* Replies are made, and guests interrupted: only through pages that are pinned. */
void world_tick(void)
{
	struct apsim_irq irq;

	while (apsim_job(world_machine, user_now, &job)) {
		apsim_compute(&job);
		apsim_job_done(world_machine, user_now, &job);
	}
	while (apsim_irq(world_machine, user_now, &irq)) {
		if (irq.gisa && !world_is_pinned(irq.nib))
			apsim_raise(world_machine, APSIM_ALARM_UNPINNED,
				    irq.apqn);
		else
			world_ring(&irq);
	}
}

void world_pass(u64 ns)
{
	u64 end = user_now + ns;

	while (user_now < end)
		user_wait(end);
}

static void execute(struct apsim_op *op, const struct kvm *kvm)
{
	op->view = kvm ? &kvm->view : NULL;
	op->tenant = kvm ? 1 + kvm->number : 0;
	op->buf = bounce;
	op->buf_len = sizeof(bounce);
	op->nib_valid = true;
	op->gisa_valid = true;
	apsim_prepare(world_machine, op);
	if (!op->pgm)
		apsim_execute(world_machine, user_now, op);
	if (op->pgm)
		user_alarm("a program exception");
}

u32 world_pqap(unsigned int fc, u16 apqn, const struct kvm *kvm)
{
	struct apsim_op op = {
		.insn = APSIM_PQAP,
		.gr[0] = (u64)fc << 24 | apqn,
	};

	execute(&op, kvm);
	return op.gr[1];
}

u32 world_nqap(u16 apqn, u32 id, const struct kvm *kvm)
{
	struct apsim_op op = {
		.insn = APSIM_NQAP,
		.r1 = 4,
		.r2 = 6,
		.gr = { [0] = 0x40000000 | apqn, [5] = id, [7] = REQUEST_LEN },
	};

	memset(bounce, 0, REQUEST_LEN);
	execute(&op, kvm);
	return op.gr[1];
}

u32 world_dqap(u16 apqn, u32 *id, const struct kvm *kvm)
{
	struct apsim_op op = {
		.insn = APSIM_DQAP,
		.r1 = 4,
		.r2 = 6,
		.gr = { [0] = 0x80000000 | apqn, [7] = APSIM_MSG_MAX },
	};

	execute(&op, kvm);
	*id = op.gr[5];
	return op.gr[1];
}

static struct apm_mask mask_of(const u8 *bytes)
{
	struct apm_mask mask = {};
	unsigned int i;

	for (i = 0; i < APM_IDS; i++)
		if (bytes[i / 8] & 0x80 >> i % 8)
			apm_mask_add(&mask, i);
	return mask;
}

struct apm_hostcfg world_qci(void)
{
	struct apsim_view view;

	apsim_get_view(world_machine, &view);
	return (struct apm_hostcfg) {
		.has = {
			.adapters = mask_of(view.apm.byte),
			.domains = mask_of(view.aqm.byte),
			.controls = mask_of(view.adm.byte),
		},
		.limits = { APM_IDS - 1, APM_IDS - 1 },
	};
}

bool vap_hw_present(void)
{
	return true;
}

int vap_hw_qci(struct apm_hostcfg *cfg)
{
	*cfg = world_qci();
	return 0;
}

/* A page that nobody holds, but the machine may store into */
bool world_may_write(const struct page *page)
{
	struct apsim_irq irq;
	unsigned int q;

	for (q = 0; q < QUEUES; q++)
		if (apsim_may_interrupt(world_machine, prop_apqn(q), &irq) &&
		    irq.gisa && page->addr == (irq.nib & PAGE_MASK) &&
		    !world_is_pinned(irq.nib))
			return true;
	return false;
}

/* Since when the driver wants no interruptions; for a lie only */
static u64 told_off;

struct apm_tapq vap_hw_tapq(u16 apqn)
{
	struct apm_status status = apm_status_of(world_pqap(FC_TAPQ, apqn, NULL));

	if (world_lie == LIE_IBIT && user_now - told_off > LIE_AFTER_NS)
		status.irq = false;
	return (struct apm_tapq) { .status = status };
}

struct apm_status vap_hw_zapq(u16 apqn)
{
	if (world_lie == LIE_ZAPQ)
		return (struct apm_status) { .empty = true };
	return apm_status_of(world_pqap(FC_ZAPQ, apqn, NULL));
}

static struct apm_status aqic(u16 apqn, u64 gr1, u64 nib)
{
	struct apsim_op op = {
		.insn = APSIM_PQAP,
		.gr = { (u64)FC_AQIC << 24 | apqn, gr1, nib },
	};

	execute(&op, NULL);
	return apm_status_of(op.gr[1]);
}

struct apm_status vap_hw_aqic_on(u16 apqn, const struct apm_bell *bell)
{
	u64 gisc = world_lie == LIE_BELL ? bell->gisc ^ 1 : bell->gisc;

	return aqic(apqn, GR1_IR | gisc << GR1_GISC | bell->gisa | bell->isc,
		    bell->nib);
}

struct apm_status vap_hw_aqic_off(u16 apqn)
{
	if (world_lie == LIE_AQIC)
		return (struct apm_status) { .rc = APM_RC_DECONFIGURED };
	told_off = user_now;
	return aqic(apqn, 0, 0);
}
