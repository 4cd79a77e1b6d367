// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel believes the machine has
 *
 * AP facilities, the SIE features KVM insists on, and adapter interruption
 * virtualisation, which KVM switches on with a CHSC command that is answered
 * here.  Constant facility tests were patched when a module was loaded, in
 * the kernel itself at boot; so this works for modules loaded afterwards, a
 * kernel with built-in AP support needs "facilities=12,15,65" besides.
 */
#include <linux/kprobes.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <asm/css_chars.h>
#include <asm/facility.h>
#include <asm/sclp.h>

#include "front.h"

/* AP query, AP test, AP-queue adapter interruption */
static const u8 facilities[] = { 12, 15, 65 };

static struct {
	bool done;
	bool facility[ARRAY_SIZE(facilities)];
	bool aiv;
	struct sclp_info sclp;
	u32 gib;
} saved;

/*
 * Message-security-assist extension 3: a guest that is made while the host lacks it
 * gets a CRYCB of format 0 from KVM.
 */
#define MSAX3			76

static bool msax3 = true;

static int msax3_set(const char *val, const struct kernel_param *kp)
{
	int rc = param_set_bool(val, kp);

	if (rc)
		return rc;
	if (msax3)
		__set_facility(MSAX3, stfle_fac_list);
	else
		__clear_facility(MSAX3, stfle_fac_list);
	return 0;
}

static const struct kernel_param_ops msax3_ops = {
	.set = msax3_set,
	.get = param_get_bool,
};

module_param_cb(msax3, &msax3_ops, &msax3, 0644);
MODULE_PARM_DESC(msax3, "The host has MSA extension 3");

u32 apsim_gib(void)
{
	return READ_ONCE(saved.gib);
}

/* "Set GIB": the origin is the first argument, success the result. */
static int chsc_sgib_called(struct kprobe *probe, struct pt_regs *regs)
{
	WRITE_ONCE(saved.gib, (u32)regs->gprs[2]);
	regs->gprs[2] = 0;
	regs->psw.addr = regs->gprs[14];
	return 1;
}

static struct kprobe chsc_sgib_probe = {
	.symbol_name = "chsc_sgib",
	.pre_handler = chsc_sgib_called,
};

int apsim_facility_init(void)
{
	int i, rc;

	rc = register_kprobe(&chsc_sgib_probe);
	if (rc)
		return rc;

	for (i = 0; i < ARRAY_SIZE(facilities); i++) {
		saved.facility[i] = test_facility(facilities[i]);
		__set_facility(facilities[i], stfle_fac_list);
	}
	saved.sclp = sclp;
	sclp.has_sief2 = 1;
	sclp.has_64bscao = 1;
	sclp.has_esca = 1;
	sclp.has_cei = 1;
	sclp.has_ib = 1;
	saved.aiv = css_general_characteristics.aiv;
	css_general_characteristics.aiv = 1;
	saved.done = true;
	return 0;
}

void apsim_facility_exit(void)
{
	int i;

	if (!saved.done)
		return;
	saved.done = false;
	css_general_characteristics.aiv = saved.aiv;
	sclp = saved.sclp;
	for (i = 0; i < ARRAY_SIZE(facilities); i++) {
		if (!saved.facility[i])
			__clear_facility(facilities[i], stfle_fac_list);
	}
	unregister_kprobe(&chsc_sgib_probe);
}
