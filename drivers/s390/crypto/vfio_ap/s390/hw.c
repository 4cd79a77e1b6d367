// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap adapter - the AP instructions the driver issues itself
 *
 * The only file that knows their registers, through <asm/ap.h>.
 */
#include <linux/bug.h>

#include <asm/ap.h>
#include <asm/facility.h>

#include "../port/hw.h"
#include "qci.h"

/* Facilities (STFLE bits): query configuration, adapter information in TAPQ. */
#define FACILITY_QCI	12
#define FACILITY_APFT	15

/* AQIC takes a GISA's address without its lowest bits, which are 0. */
#define GISA_SHIFT	4

static struct apm_status status_of(struct ap_queue_status from)
{
	return (struct apm_status) {
		.rc = from.response_code,
		.empty = from.queue_empty,
		.replies = from.replies_waiting,
		.full = from.queue_full,
		.async = from.async,
		.irq = from.irq_enabled,
	};
}

/**
 * vap_hw_present - does this machine execute AP instructions?
 *
 * Return: true if it does.
 */
bool vap_hw_present(void)
{
	return ap_instructions_available();
}

/**
 * vap_hw_qci - ask the machine what the host has
 * @cfg: filled in on success
 *
 * Return: 0, or -EOPNOTSUPP on a machine without PQAP(QCI).
 */
int vap_hw_qci(struct apm_hostcfg *cfg)
{
	struct ap_config_info info = {};

	if (!test_facility(FACILITY_QCI) || ap_qci(&info))
		return -EOPNOTSUPP;
	*cfg = vap_qci_decode(&info);
	return 0;
}

/**
 * vap_hw_tapq - PQAP(TAPQ): what is the queue's state?
 * @apqn: the queue
 *
 * Return: the status word and what goes with it.
 */
struct apm_tapq vap_hw_tapq(u16 apqn)
{
	struct ap_tapq_hwinfo info = {};
	struct ap_queue_status status;

	status = ap_test_queue(apqn, test_facility(FACILITY_APFT), &info);
	return (struct apm_tapq) {
		.status = status_of(status),
		.bind_state = info.bs,
		.type = info.at,
	};
}

/**
 * vap_hw_zapq - PQAP(ZAPQ): start to reset and zeroize a queue
 * @apqn: the queue
 *
 * Return: the status word; 00 means started, not done.
 */
struct apm_status vap_hw_zapq(u16 apqn)
{
	return status_of(ap_zapq(apqn, 0));
}

/**
 * vap_hw_aqic_on - PQAP(AQIC): interruptions of a queue are for a guest
 * @apqn: the queue
 * @bell: where they go
 *
 * Zone and GISA format stay 0, as on all machines so far.
 *
 * Return: the status word; 00 means accepted, the I bit follows.
 */
struct apm_status vap_hw_aqic_on(u16 apqn, const struct apm_bell *bell)
{
	union ap_qirq_ctrl on = {
		.ir = 1,
		.gisc = bell->gisc,
		.isc = bell->isc,
		.gisa = bell->gisa >> GISA_SHIFT,
	};

	return status_of(ap_aqic(apqn, on, bell->nib));
}

/**
 * vap_hw_aqic_off - PQAP(AQIC): no interruptions from a queue any more
 * @apqn: the queue
 *
 * Return: the status word; 00 means accepted, the I bit follows.
 */
struct apm_status vap_hw_aqic_off(u16 apqn)
{
	union ap_qirq_ctrl off = { .value = 0 };

	return status_of(ap_aqic(apqn, off, 0));
}
