// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine, handled by its parts
 *
 * Each function is a few calls of the core that belong together, under the
 * machine's lock.
 */
#include <linux/export.h>

#include "control.h"

static int control_change(apsim_machine_fn fn, void *ctx)
{
	bool changed = false;
	int rc = apsim_machine_with(fn, ctx, &changed);

	if (changed)
		apsim_front_changed();
	return rc;
}

static int get_card(struct apsim *core, u64 now, void *ctx)
{
	struct apsim_control_card *card = ctx;

	return apsim_get_card(core, card->info.apid, &card->info, &card->state);
}

int apsim_control_get_card(struct apsim_control_card *card)
{
	return apsim_machine_with(get_card, card, NULL);
}
EXPORT_SYMBOL_GPL(apsim_control_get_card);

static int plug(struct apsim *core, u64 now, void *ctx)
{
	const struct apsim_control_card *card = ctx;

	return apsim_card_add(core, &card->info) ?:
	       apsim_card_set(core, now, card->info.apid, card->state);
}

int apsim_control_plug(const struct apsim_control_card *card)
{
	return control_change(plug, (void *)card);
}
EXPORT_SYMBOL_GPL(apsim_control_plug);

static int unplug(struct apsim *core, u64 now, void *ctx)
{
	const u8 *apid = ctx;

	return apsim_card_remove(core, *apid);
}

int apsim_control_unplug(u8 apid)
{
	return control_change(unplug, &apid);
}
EXPORT_SYMBOL_GPL(apsim_control_unplug);

static int set_state(struct apsim *core, u64 now, void *ctx)
{
	const struct apsim_control_card *card = ctx;

	return apsim_card_set(core, now, card->info.apid, card->state);
}

int apsim_control_set_state(const struct apsim_control_card *card)
{
	return control_change(set_state, (void *)card);
}
EXPORT_SYMBOL_GPL(apsim_control_set_state);

static int get_domain(struct apsim *core, u64 now, void *ctx)
{
	struct apsim_control_domain *domain = ctx;
	struct apsim_view view;

	apsim_get_view(core, &view);
	domain->usage = apsim_mask_test(&view.aqm, domain->apqi);
	domain->control = apsim_mask_test(&view.adm, domain->apqi);
	return 0;
}

int apsim_control_get_domain(struct apsim_control_domain *domain)
{
	return apsim_machine_with(get_domain, domain, NULL);
}
EXPORT_SYMBOL_GPL(apsim_control_get_domain);

static int set_domain(struct apsim *core, u64 now, void *ctx)
{
	const struct apsim_control_domain *domain = ctx;

	return apsim_domain_set(core, now, domain->apqi, domain->usage,
				domain->control);
}

int apsim_control_set_domain(const struct apsim_control_domain *domain)
{
	return control_change(set_domain, (void *)domain);
}
EXPORT_SYMBOL_GPL(apsim_control_set_domain);

struct queue_question {
	u16 apqn;
	struct apsim_queue_look *look;
};

static int get_queue(struct apsim *core, u64 now, void *ctx)
{
	const struct queue_question *question = ctx;

	return apsim_get_queue(core, now, question->apqn, question->look);
}

int apsim_control_get_queue(u16 apqn, struct apsim_queue_look *look)
{
	struct queue_question question = { apqn, look };

	return apsim_machine_with(get_queue, &question, NULL);
}
EXPORT_SYMBOL_GPL(apsim_control_get_queue);

static int get_tuning(struct apsim *core, u64 now, void *ctx)
{
	apsim_get_tuning(core, ctx);
	return 0;
}

int apsim_control_get_tuning(struct apsim_tuning *tuning)
{
	return apsim_machine_with(get_tuning, tuning, NULL);
}
EXPORT_SYMBOL_GPL(apsim_control_get_tuning);
