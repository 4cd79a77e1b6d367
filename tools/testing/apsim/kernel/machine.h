/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one simulated machine of a kernel
 *
 * Both kernel front ends (operation exceptions on s390, functions in User
 * Mode Linux) share this: the machine, its lock, the timer that turns its
 * clock and the worker that does its arithmetic.
 */
#ifndef APSIM_KERNEL_MACHINE_H
#define APSIM_KERNEL_MACHINE_H

#include "../core/apsim.h"

/**
 * struct apsim_storage - how to reach the program's storage operands
 * @fetch: copy @len bytes at @addr to @buf
 * @store: copy @len bytes of @buf to @addr
 * @ctx: handed to both
 *
 * Called without a lock, in the context of apsim_machine_exec()'s caller.
 * Both return 0 or the program interruption code (APSIM_PGM_*) with which the
 * instruction ends.
 */
struct apsim_storage {
	u8 (*fetch)(void *ctx, u64 addr, void *buf, u32 len);
	u8 (*store)(void *ctx, u64 addr, const void *buf, u32 len);
	void *ctx;
};

/**
 * apsim_machine_init() - make the machine
 *
 * Runs the commands of the module parameter "machine", or those of the
 * default machine.  Front ends call it from module_init, before the first
 * instruction.  Can sleep.
 *
 * Return: 0, -ENOMEM, or what a command returned.
 */
int apsim_machine_init(void);

/**
 * apsim_machine_exit() - take it down
 *
 * Nobody may execute an instruction any more.  Can sleep.
 */
void apsim_machine_exit(void);

/**
 * apsim_machine_exec() - carry out one AP instruction
 * @op: as for apsim_execute(); insn, r1, r2, problem, view, tenant, gr and
 *	nib_valid are set, the buffer is not needed
 * @storage: access to the operands
 *
 * From any context but a hard interrupt; sleeps only if @storage does.  If no
 * memory can be had for a message the instruction ends with condition code 2
 * and unchanged registers, which is the architecture's way to say: again.
 * If an operand cannot be stored the instruction ends with the access
 * exception but is not undone.
 */
void apsim_machine_exec(struct apsim_op *op,
			const struct apsim_storage *storage);

/**
 * apsim_machine_command() - one or more lines of the control language
 * @lines: lines, separated by semicolons or newlines; empty ones are skipped
 * @changed: if not NULL: do adapters or domains come or go?  Valid unless
 *	-ENOMEM is returned
 *
 * Can sleep.  Stops at the first line that fails.
 *
 * Return: 0, -ENODEV (no machine), -ENOMEM, or what the line returned.
 */
int apsim_machine_command(const char *lines, bool *changed);

/* What apsim_machine_with() does; 0 or -errno. */
typedef int (*apsim_machine_fn)(struct apsim *core, u64 now, void *ctx);

/**
 * apsim_machine_with() - do something with the machine itself
 * @fn: does it, under the machine's lock: must not sleep
 * @ctx: handed to @fn
 * @changed: if not NULL: do adapters or domains come or go?  Not valid with
 *	-ENODEV
 *
 * Can sleep.
 *
 * Return: -ENODEV (no machine), or what @fn returned.
 */
int apsim_machine_with(apsim_machine_fn fn, void *ctx, bool *changed);

/**
 * apsim_machine_stats() - read the counters
 * @stats: where to
 *
 * Return: 0 or -ENODEV (no machine).
 */
int apsim_machine_stats(struct apsim_stats *stats);

/**
 * apsim_machine_alarms() - read the alarms, replace them
 * @get: where to, may be NULL
 * @set: as if those were all, may be NULL
 *
 * Return: 0 or -ENODEV (no machine).
 */
int apsim_machine_alarms(struct apsim_alarms *get,
			 const struct apsim_alarms *set);

/**
 * apsim_machine_raise() - the front end has seen something
 * @kind: what
 * @apqn: of which queue
 *
 * From any context but a hard interrupt, not from apsim_front_interrupt().
 */
void apsim_machine_raise(enum apsim_alarm_kind kind, unsigned int apqn);

/**
 * apsim_machine_enter() - a guest may use its view from now on
 * @guest: see apsim_guest_enter()
 *
 * From any context but a hard interrupt, as all the following.
 */
void apsim_machine_enter(struct apsim_guest *guest);

/**
 * apsim_machine_leave() - a guest does not, any more
 * @guest: see apsim_guest_leave()
 */
void apsim_machine_leave(struct apsim_guest *guest);

/**
 * apsim_machine_view() - the masks of a guest change
 * @guest: it does not execute an instruction at this moment
 * @view: its masks
 */
void apsim_machine_view(struct apsim_guest *guest, const struct apsim_view *view);

/**
 * apsim_machine_masks() - a guest's masks were written
 *
 * From any context, as the next.
 */
void apsim_machine_masks(void);

/**
 * apsim_machine_kick() - a guest's CPU had to stop for that
 */
void apsim_machine_kick(void);

/**
 * apsim_machine_written() - how often that was
 * @masks: calls of apsim_machine_masks()
 * @kicks: calls of apsim_machine_kick()
 */
void apsim_machine_written(u64 *masks, u64 *kicks);

/**
 * apsim_machine_answers() - how often an instruction ended with a code
 * @insn: see apsim_get_answers()
 * @rc: response code
 *
 * Return: how often, 0 without a machine.
 */
u32 apsim_machine_answers(unsigned int insn, unsigned int rc);

/**
 * apsim_machine_rule() - read one of the rules that are left
 * @after: begin with 0, and give back what it has become
 * @line: where to, APSIM_RULE_LINE bytes are enough
 * @size: room there
 *
 * Return: 0, -ENODEV (no machine) or -ENOENT (no more).
 */
int apsim_machine_rule(u64 *after, char *line, size_t size);

/**
 * apsim_machine_armed() - which queues may interrupt through a GISA
 * @gisa: its absolute address; 0: any
 * @count: how many, now or soon, for each guest interruption subclass
 *
 * From any context but a hard interrupt, as long as there is a machine.
 */
void apsim_machine_armed(u64 gisa, u32 count[APSIM_ISCS]);

/*
 * The front end's part.
 */

/**
 * apsim_front_may_interrupt() - is what an interruption needs held for it?
 * @irq: of a queue that may interrupt a guest at any moment
 *
 * Called with the machine's lock held and interrupts off.
 *
 * Return: APSIM_ALARM_NONE, or what is wrong with it.
 */
enum apsim_alarm_kind apsim_front_may_interrupt(const struct apsim_irq *irq);

/**
 * apsim_front_interrupt() - store the indicator, make an interruption pending
 * @irq: what to present
 *
 * Called with the machine's lock held and interrupts off, so that no
 * instruction that ends an enablement (AQIC, RAPQ, ZAPQ) can overtake the
 * indicator's store: once a program saw the I bit off its byte is left alone.
 * Must neither sleep nor execute an instruction; the program's interruption
 * handler has to be called later, from another context.
 *
 * Return: APSIM_ALARM_NONE, or what is wrong with it; then nothing was done.
 */
enum apsim_alarm_kind apsim_front_interrupt(const struct apsim_irq *irq);

/**
 * apsim_front_changed() - adapters or domains came or went
 *
 * The time to tell the operating system, if its architecture does so.  Called
 * after commands at run time, or from a work after a rule, in task context,
 * without a lock; may sleep and execute instructions.
 */
void apsim_front_changed(void);

#endif /* APSIM_KERNEL_MACHINE_H */
