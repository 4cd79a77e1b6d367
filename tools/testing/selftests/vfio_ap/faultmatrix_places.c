// SPDX-License-Identifier: GPL-2.0-only
/*
 * faultmatrix - the places: what people, guests and the host do with a queue
 */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "faultmatrix.h"
#include "lib/dma.h"

#define RC_NORMAL	0x00
#define RC_CHANGING	0x07

/* How long what is told to ring may take, and to be silent. */
#define TRIES		200
#define PAUSE_US	5000

const struct bell own = { QUEUE_APQN, 3, BELL_NIB(0) };
const struct bell next = { NEXT, 5, BELL_NIB(1) };
const struct bell other = { OTHER, 6, BELL_NIB(2) };

static const struct bell moved = { QUEUE_APQN, 4, BELL_NIB(3) };

static void take_away(struct scene *scene)
{
	STEP(&scene->luck, 0, mdev_write(ONE, "unassign_adapter", "4"));
}

static void assign_adapter(struct scene *scene)
{
	STEP(&scene->luck, 0, mdev_write(ONE, "assign_adapter", "4"));
}

static void take_away_domain(struct scene *scene)
{
	STEP(&scene->luck, 0, mdev_write(ONE, "unassign_domain", "4"));
}

static void assign_domain(struct scene *scene)
{
	STEP(&scene->luck, 0, mdev_write(ONE, "assign_domain", "4"));
}

static void config_drops(struct scene *scene)
{
	STEP(&scene->luck, 0, mdev_write(ONE, "ap_config", CONFIG_LESS));
}

static void config_adds(struct scene *scene)
{
	STEP(&scene->luck, 0, mdev_write(ONE, "ap_config", CONFIG_ONE));
}

static void unbind(struct scene *scene)
{
	STEP(&scene->luck, 0, bus_unbind(QUEUE));
}

static void bind(struct scene *scene)
{
	STEP(&scene->luck, 0, bus_bind(QUEUE));
}

static void take_away_and_unbind(struct scene *scene)
{
	take_away(scene);
	unbind(scene);
}

static void end_guest(struct scene *scene)
{
	STEP(&scene->luck, 0, lodger_close(&scene->luck.one));
}

static void new_guest(struct scene *scene)
{
	STEP(&scene->luck, 0, lodger_open(&scene->luck.one));
}

static void remove_mdev(struct scene *scene)
{
	end_guest(scene);
	STEP(&scene->luck, 0, mdev_write(ONE, "remove", "1"));
}

static void *remover(void *unused)
{
	(void)unused;
	mdev_remove(ONE);
	return NULL;
}

/* It waits for the guest, which has no queue any more before it ends. */
static void remove_open(struct scene *scene)
{
	struct luck *luck = &scene->luck;
	pthread_t thread;
	int left;

	if (pthread_create(&thread, NULL, remover, NULL)) {
		luck_wrong(luck, "no thread");
		return;
	}
	for (left = TRIES; left; left--) {
		if (lodger_sees(&luck->one, QUEUE_APQN) != 1)
			break;
		usleep(PAUSE_US);
	}
	if (!left)
		luck_wrong(luck, "the guest keeps " QUEUE);
	end_guest(scene);
	pthread_join(thread, NULL);
	SAME(luck, 0, mdev_exists(ONE));
}

static void scan(struct scene *scene)
{
	STEP(&scene->luck, 0, bus_scan());
}

static void card_off_and_on(struct scene *scene)
{
	STEP(&scene->luck, 0, sim("off 4"));
	STEP(&scene->luck, 0, bus_scan());
	STEP(&scene->luck, 0, sim("on 4"));
	STEP(&scene->luck, 0, bus_scan());
}

static void standby_and_on(struct scene *scene)
{
	STEP(&scene->luck, 0, sim("standby 4"));
	STEP(&scene->luck, 0, bus_scan());
	STEP(&scene->luck, 0, sim("on 4"));
	STEP(&scene->luck, 0, bus_scan());
}

static void checkstop_and_on(struct scene *scene)
{
	STEP(&scene->luck, 0, sim("checkstop 4"));
	STEP(&scene->luck, 0, sim("on 4"));
}

static bool begins(const char *text, const char *with)
{
	return text && !strncmp(text, with, strlen(with));
}

/*
 * Does it take longer than anybody waits here?  Once is enough of what says that
 * interruptions are off soon, of what is late, and of an error that lasts while the reset
 * waits for interruptions to end.
 */
static bool takes_long(const struct luck *luck)
{
	return luck->times == FOR_EVER ||
	       (luck->insn == LUCK_AQIC && !luck->code) ||
	       begins(luck->rule, "late") || begins(luck->rule, "do async");
}

/* If the fault is still there the device may say so, if not it may not. */
static void device_reset(struct scene *scene)
{
	struct luck *luck = &scene->luck;
	long began = now_ms();
	int rc = lodger_reset(&luck->one);
	int want = takes_long(luck) && rc == -EIO ? -EIO : 0;

	luck_step(luck, "lodger_reset()", rc, want, now_ms() - began);
}

/* What is late would come when the guest is at work again; this is waited for. */
static void reset_again(struct scene *scene)
{
	int left = 2 * QUIET_MS / PATIENCE_MS;

	while (lodger_reset(&scene->luck.one) == -EIO && left)
		left--;
	if (!left)
		luck_wrong(&scene->luck, "the device is not reset");
}

static void disarm(struct scene *scene)
{
	struct luck *luck = &scene->luck;

	scene->rc = bell_disarm(&luck->one, QUEUE_APQN);
}

static void be_silent(struct scene *scene)
{
	disarm(scene);
	SAME(&scene->luck, 1, bell_becomes(&scene->luck.one, QUEUE_APQN, 0));
}

static void arm(struct scene *scene)
{
	scene->rc = bell_arm(&scene->luck.one, &own);
}

static void arm_elsewhere(struct scene *scene)
{
	scene->rc = bell_arm(&scene->luck.one, &moved);
}

/*
 * All of the guest's memory: nothing can be pinned there meanwhile.  The other
 * guest's page stays, unless bad luck was the end of its queue, too.
 */
static void unmap(struct scene *scene)
{
	struct luck *luck = &scene->luck;
	struct dma dma;

	SAME(luck, 0, dma_init(&dma, &luck->one.file));
	STEP(luck, 0, dma_unmap(&dma, 0, VM_SIZE));
	SAME(luck, 1, bell_pages_fall(scene->pages + 1));
	STEP(luck, 0, dma_map(&dma, luck->one.vm.mem, 0, VM_SIZE));
}

const struct place places[] = {
	[OPEN] = { .before = end_guest, .act = new_guest },
	[CLOSE] = { .act = end_guest },
	[ASSIGN_ADAPTER] = { .before = take_away, .act = assign_adapter },
	[ASSIGN_DOMAIN] = { .before = take_away_domain, .act = assign_domain },
	[UNASSIGN_ADAPTER] = { .act = take_away, .given = true },
	[UNASSIGN_DOMAIN] = { .act = take_away_domain, .given = true },
	[CONFIG_DROPS] = { .act = config_drops, .given = true },
	[CONFIG_ADDS] = { .before = config_drops, .act = config_adds },
	[BIND] = { .before = unbind, .act = bind },
	[BIND_UNUSED] = { .before = take_away_and_unbind, .act = bind,
			  .given = true },
	[UNBIND] = { .act = unbind },
	[SCAN] = { .act = scan },
	[CARD_OFF_AND_ON] = { .act = card_off_and_on },
	[STANDBY_AND_ON] = { .act = standby_and_on },
	[CHECKSTOP_AND_ON] = { .act = checkstop_and_on },
	[AQIC_ON] = { .before = be_silent, .act = arm, .guest = true },
	[AQIC_OFF] = { .act = disarm, .guest = true },
	[AQIC_AGAIN] = { .act = arm_elsewhere, .guest = true,
			 .normal = RC_CHANGING },
	[DEVICE_RESET] = { .act = device_reset, .after = reset_again },
	[REMOVE] = { .act = remove_mdev, .given = true },
	[REMOVE_OPEN] = { .act = remove_open, .given = true },
	[UNMAP] = { .act = unmap, .extra_ms = UNMAP_MS },
};

/* What woke the guest before and was not taken would wake it again. */
static void take_all(struct lodger *lodger)
{
	struct ap_call take;
	int left;

	for (left = TRIES; left; left--) {
		take = (struct ap_call){ .insn = AP_TAKE, .gr0 = AP_SUBCLASSES };
		if (bell_ask(lodger, &take, 1) || !ap_interrupted(&take))
			return;
	}
}

static int try_to_arm(struct lodger *lodger, const struct bell *bell)
{
	int rc = 0, left;

	for (left = TRIES; left; left--) {
		rc = bell_arm(lodger, bell);
		if (!rc)
			return 0;
		bell_disarm(lodger, bell->apqn);
		usleep(PAUSE_US);
	}
	return rc;
}

/**
 * place_rings() - whatever it was told before, a queue can be made to ring anew
 * @scene: the scene
 * @lodger: the guest that has the queue
 * @bell: the queue
 *
 * Return: whether it rings.
 */
bool place_rings(struct scene *scene, struct lodger *lodger,
		 const struct bell *bell)
{
	int rc = try_to_arm(lodger, bell);

	if (!rc && !bell_becomes(lodger, bell->apqn, true))
		rc = -ETIMEDOUT;
	if (rc)
		luck_wrong(&scene->luck, "AQIC of %04x is %d", bell->apqn, rc);
	take_all(lodger);
	rc = rc ?: bell_works(lodger, bell);
	if (rc)
		luck_wrong(&scene->luck, "%04x does not ring: %d", bell->apqn, rc);
	return !rc;
}
