// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - doubly linked lists of queues
 *
 * A head is a member without a queue; the list is a ring.
 */
#include "apsim_priv.h"

void apsim_list_init(struct apsim_link *head)
{
	head->next = head;
	head->prev = head;
}

/* Does nothing for a link that is on a list: it keeps its place. */
void apsim_list_append(struct apsim_link *head, struct apsim_link *link)
{
	if (link->prev)
		return;
	link->next = head;
	link->prev = head->prev;
	head->prev->next = link;
	head->prev = link;
}

void apsim_list_drop(struct apsim_link *link)
{
	if (!link->prev)
		return;
	link->prev->next = link->next;
	link->next->prev = link->prev;
	link->next = NULL;
	link->prev = NULL;
}
