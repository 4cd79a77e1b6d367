/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The machine, handled by its parts
 *
 * What the control language says, for those who have numbers instead of words:
 * the configfs tree.  All of this can sleep.  When adapters or domains come or
 * go the operating system is told before a function returns.
 *
 * All return 0 or -errno: -ENODEV without a machine, -ENOENT without such an
 * adapter or queue, -EINVAL, -ENOMEM.
 */
#ifndef APSIM_KERNEL_CONTROL_H
#define APSIM_KERNEL_CONTROL_H

#include "machine.h"

/**
 * struct apsim_control_card - an adapter as its owner sees it
 * @info: what it is
 * @state: what was done to it
 */
struct apsim_control_card {
	struct apsim_card info;
	enum apsim_card_state state;
};

/**
 * struct apsim_control_domain - a domain as its owner sees it
 * @apqi: its number
 * @usage: it is a usage domain
 * @control: it is a control domain
 */
struct apsim_control_domain {
	u8 apqi;
	bool usage;
	bool control;
};

/* @card->info.apid says which one. */
int apsim_control_get_card(struct apsim_control_card *card);

/* In one step: nobody sees it in another state.  -EEXIST. */
int apsim_control_plug(const struct apsim_control_card *card);
int apsim_control_unplug(u8 apid);
int apsim_control_set_state(const struct apsim_control_card *card);

/* @domain->apqi says which one; neither usage nor control: there is none. */
int apsim_control_get_domain(struct apsim_control_domain *domain);
int apsim_control_set_domain(const struct apsim_control_domain *domain);

int apsim_control_get_queue(u16 apqn, struct apsim_queue_look *look);
int apsim_control_get_tuning(struct apsim_tuning *tuning);

/**
 * apsim_control_stats() - the counters, as the parameter "stats" has them
 * @buf: a page
 *
 * Return: length or -errno.
 */
int apsim_control_stats(char *buf);

#endif /* APSIM_KERNEL_CONTROL_H */
