// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim_alarms.ko - each alarm of the machine, provoked in the box
 *
 * What must not happen is done when it is loaded: by the host, which behaves as a
 * wrong driver would, and by guests of KVM.  Alarms are only counted meanwhile, and
 * forgotten afterwards.  The parameter "results" is KTAP.
 */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/kvm_host.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/smp.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include <asm/ap.h>

#include "../kernel/alarm.h"
#include "../kernel/machine.h"
#include "front.h"
#include "guest.h"

/* A card of our own; the bus is kept from looking. */
#define QUEUE			AP_MKQID(0xc8, 4)
#define GISC			3

#define NQAP_4_6		0xb2ad0046
#define DQAP_4_6		0xb2ae0046
#define PQAP_0_0		0xb2af0000
#define NQAP_LAST		0x40000000
#define DQAP_FIRST		0x80000000
#define RC_NO_REPLY		0x10
#define MESSAGE_LEN		16

#define PATIENCE		(10 * HZ)

static struct box_guest one, two;
static struct apsim_view view;
static u8 message[MESSAGE_LEN];

static char results[PAGE_SIZE];
static int results_len;

static __printf(1, 2) void add(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	results_len += vscnprintf(results + results_len,
				  sizeof(results) - results_len, format, args);
	va_end(args);
}

static u64 count_of(enum apsim_alarm_kind kind)
{
	struct apsim_alarms alarms;

	return apsim_machine_alarms(&alarms, NULL) ? 0 : alarms.count[kind];
}

/* What the queue answers, or -EIO: it was an exception */
static int guest_does(struct box_guest *guest, u32 insn, u64 gr0, u32 times)
{
	struct box_op op = {
		.insn = insn,
		.times = times,
		.gr = { [0] = gr0 | QUEUE, [6] = BOX_GUEST_FREE,
			[7] = MESSAGE_LEN },
	};

	box_guest_execute(guest, &op);
	return op.pgm ? -EIO : op.gr[1] >> 16 & 0xff;
}

static int guest_sends(struct box_guest *guest)
{
	return guest_does(guest, NQAP_4_6, NQAP_LAST, 1);
}

static int guest_fetches(struct box_guest *guest)
{
	unsigned long end = jiffies + PATIENCE;
	int rc;

	do {
		usleep_range(500, 1000);
		rc = guest_does(guest, DQAP_4_6, DQAP_FIRST, 1);
	} while (rc == RC_NO_REPLY && time_before(jiffies, end));
	return rc;
}

static void host_zeroizes(void)
{
	unsigned long end = jiffies + PATIENCE;

	ap_zapq(QUEUE, 0);
	while (ap_tapq(QUEUE, NULL).response_code && time_before(jiffies, end))
		usleep_range(500, 1000);
}

static void moves_over(void)
{
	box_guest_masks(&one, NULL);
	box_guest_masks(&two, &view);
}

static int a_reply_goes_to_another_guest(void)
{
	int rc = guest_sends(&one);

	moves_over();
	return rc ?: guest_fetches(&two);
}

static int another_guest_sends_without_a_zeroize(void)
{
	int rc = guest_sends(&one);

	moves_over();
	return rc ?: guest_sends(&two);
}

/* Only a guest that is in SIE has the queue in reach, so it is to be there often. */
static void host_sends(struct work_struct *work)
{
	unsigned long end = jiffies + PATIENCE;

	do {
		ap_nqap(QUEUE, 1, message, sizeof(message));
		usleep_range(50, 100);
	} while (!count_of(APSIM_ALARM_SHARED) && time_before(jiffies, end));
}

static DECLARE_WORK(host_work, host_sends);

static int the_host_sends_while_a_guest_has_the_queue(void)
{
	unsigned int cpu = cpumask_any_but(cpu_online_mask,
					   raw_smp_processor_id());
	int rc;

	if (cpu >= nr_cpu_ids)
		return -ENODEV;
	schedule_work_on(cpu, &host_work);
	do {
		rc = guest_does(&one, PQAP_0_0, 0, 1000);
	} while (rc != -EIO && work_busy(&host_work));
	flush_work(&host_work);
	return rc == -EIO ? rc : 0;
}

static u64 gisa_of(struct box_guest *guest)
{
	return virt_to_phys(box_guest_kvm(guest)->arch.gisa_int.origin);
}

/* A wrong driver enables, and a reply comes: another alarm, but nothing is stored. */
static int is_interrupted(u8 *byte, enum apsim_alarm_kind kind)
{
	union ap_qirq_ctrl control = { .ir = 1, .gisc = GISC };
	unsigned long end = jiffies + PATIENCE;
	u64 before;
	int rc;

	*byte = 0;
	control.value |= gisa_of(&one);
	if (ap_aqic(QUEUE, control, virt_to_phys(byte)).response_code)
		return -EIO;
	while (!ap_tapq(QUEUE, NULL).irq_enabled && time_before(jiffies, end))
		usleep_range(500, 1000);
	before = count_of(kind);
	rc = guest_sends(&one) ?: guest_fetches(&one);
	host_zeroizes();
	if (!rc && count_of(kind) == before)
		rc = -ENOMSG;
	return rc ?: *byte ? -EEXIST : 0;
}

static int an_interruption_that_nobody_registered(void)
{
	struct page *page;
	int rc;

	if (pin_user_pages_fast(one.storage + BOX_GUEST_FREE, 1,
				FOLL_WRITE | FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	rc = is_interrupted(page_address(page) + PAGE_SIZE - 1,
			    APSIM_ALARM_UNREGISTERED);
	unpin_user_page(page);
	return rc;
}

static int an_interruption_whose_byte_nobody_pinned(void)
{
	struct kvm *kvm = box_guest_kvm(&one);
	u8 *page = (u8 *)get_zeroed_page(GFP_KERNEL);
	int rc;

	if (!page)
		return -ENOMEM;
	rc = kvm_s390_gisc_register(kvm, GISC);
	if (rc >= 0) {
		rc = is_interrupted(page, APSIM_ALARM_UNPINNED);
		kvm_s390_gisc_unregister(kvm, GISC);
	}
	free_page((unsigned long)page);
	return rc;
}

/**
 * struct provocation - how an alarm is made
 * @name: what is done
 * @kind: what the machine calls it; it is not to find anything else
 * @provoke: does it; guest one has the queue; 0 if it could be done
 */
struct provocation {
	const char *name;
	enum apsim_alarm_kind kind;
	int (*provoke)(void);
};

static const struct provocation provocations[] = {
	{ "a reply goes to another guest",
	  APSIM_ALARM_FOREIGN, a_reply_goes_to_another_guest },
	{ "another guest sends, without a ZAPQ before",
	  APSIM_ALARM_UNZEROIZED, another_guest_sends_without_a_zeroize },
	{ "the host sends while a guest has the queue",
	  APSIM_ALARM_SHARED, the_host_sends_while_a_guest_has_the_queue },
	{ "an interruption on a subclass that nobody registered",
	  APSIM_ALARM_UNREGISTERED, an_interruption_that_nobody_registered },
	{ "an interruption whose byte nobody pinned",
	  APSIM_ALARM_UNPINNED, an_interruption_whose_byte_nobody_pinned },
};

/* That alarm and no other */
static bool raised(enum apsim_alarm_kind wanted, const struct apsim_alarms *before)
{
	struct apsim_alarms after;
	bool good = true;
	int kind;

	if (apsim_machine_alarms(&after, NULL))
		return false;
	for (kind = APSIM_ALARM_NONE + 1; kind < APSIM_ALARM_KINDS; kind++) {
		u64 n = after.count[kind] - before->count[kind];
		bool want = kind == wanted;

		if (n || want)
			add("# %s %llu\n", apsim_alarm_name(kind), n);
		good = good && want == !!n;
	}
	return good;
}

static void try(unsigned int number, const struct provocation *this)
{
	struct apsim_alarms before;
	bool good;
	int rc;

	box_guest_masks(&two, NULL);
	host_zeroizes();
	box_guest_masks(&one, &view);
	rc = apsim_machine_alarms(&before, NULL) ?: this->provoke();
	if (rc == -ENODEV) {
		add("ok %u %s # SKIP it takes two CPUs\n", number, this->name);
		return;
	}
	if (rc)
		add("# it could not be done: %d\n", rc);
	good = raised(this->kind, &before) && !rc;
	add("%sok %u %s\n", good ? "" : "not ", number, this->name);
}

static int results_get(char *buf, const struct kernel_param *kp)
{
	memcpy(buf, results, results_len);
	return results_len;
}

static const struct kernel_param_ops results_ops = {
	.get = results_get,
};

module_param_cb(results, &results_ops, NULL, 0444);
MODULE_PARM_DESC(results, "KTAP: which alarms were raised");

static int provoke_all(void)
{
	int i, rc;

	rc = apsim_machine_command("card 0xc8 CEX8 A 2; latency 200; reset 0",
				   NULL) ?:
	     box_guest_open(&one) ?: box_guest_open(&two);
	for (i = 0; i < ARRAY_SIZE(provocations) && !rc; i++)
		try(i + 1, &provocations[i]);
	box_guest_close(&one);
	box_guest_close(&two);
	apsim_machine_command("nocard 0xc8; reset 1000", NULL);
	return rc;
}

static int __init alarms_init(void)
{
	struct mutex *bus = apsim_lookup("ap_scan_bus_mutex");
	int rc = apsim_alarms_count(true);

	if (rc)
		return rc;
	add("KTAP version 1\n1..%zu\n", ARRAY_SIZE(provocations));
	apsim_mask_put(&view.apm, AP_QID_CARD(QUEUE), true);
	apsim_mask_put(&view.aqm, AP_QID_QUEUE(QUEUE), true);
	if (bus)
		mutex_lock(bus);
	rc = provoke_all();
	if (bus)
		mutex_unlock(bus);
	apsim_alarms_count(false);
	return rc;
}

static void __exit alarms_exit(void)
{
}

module_init(alarms_init);
module_exit(alarms_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Alarms of the simulated Crypto Express adapters, provoked");
