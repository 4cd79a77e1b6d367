// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - alarms: what must not happen, and the machine can see
 *
 * Each is counted, and the first is remembered, with those who take part.
 */
#include "apsim_priv.h"

void apsim_alarm(struct apsim *m, const struct apsim_alarm *alarm)
{
	m->alarms.count[alarm->kind]++;
	if (m->alarms.first.kind == APSIM_ALARM_NONE)
		m->alarms.first = *alarm;
	if (m->env.alarm)
		m->env.alarm(alarm);
}

/**
 * apsim_raise() - the front end has seen something
 * @m: the machine
 * @kind: what, about interruptions
 * @apqn: of which queue
 */
void apsim_raise(struct apsim *m, enum apsim_alarm_kind kind, unsigned int apqn)
{
	const struct apsim_alarm alarm = { .kind = kind, .apqn = apqn };

	apsim_alarm(m, &alarm);
}

void apsim_get_alarms(const struct apsim *m, struct apsim_alarms *alarms)
{
	*alarms = m->alarms;
}

/* Who has provoked alarms on purpose can forget them. */
void apsim_set_alarms(struct apsim *m, const struct apsim_alarms *alarms)
{
	m->alarms = *alarms;
}

/**
 * apsim_guest_enter() - a program has a view from now on
 * @m: the machine
 * @guest: its tenant and its masks; both may change only while the machine is
 *	not in use
 */
void apsim_guest_enter(struct apsim *m, struct apsim_guest *guest)
{
	guest->next = m->guests;
	guest->at = &m->guests;
	if (guest->next)
		guest->next->at = &guest->next;
	m->guests = guest;
}

/**
 * apsim_guest_leave() - it has none any more
 * @guest: the program; nothing happens if the machine does not know it
 */
void apsim_guest_leave(struct apsim_guest *guest)
{
	if (!guest->at)
		return;
	*guest->at = guest->next;
	if (guest->next)
		guest->next->at = guest->at;
	guest->at = NULL;
}

/**
 * apsim_check_shared() - is a queue in reach of somebody else, too?
 * @m: the machine
 * @op: the instruction that has reached it
 *
 * The host tests and resets queues of guests, and turns their interruptions on;
 * but it does not use them.
 */
void apsim_check_shared(struct apsim *m, const struct apsim_op *op)
{
	unsigned int apqn = apsim_op_apqn(op);
	const struct apsim_guest *guest;

	if (!op->view && op->insn == APSIM_PQAP)
		return;
	for (guest = m->guests; guest; guest = guest->next) {
		const struct apsim_alarm alarm = {
			APSIM_ALARM_SHARED, apqn, op->tenant, guest->tenant
		};

		if (guest->tenant == op->tenant ||
		    !apsim_mask_test(&guest->view.apm, apqn >> 8) ||
		    !apsim_mask_test(&guest->view.aqm, apqn & 0xff))
			continue;
		apsim_alarm(m, &alarm);
		return;
	}
}
