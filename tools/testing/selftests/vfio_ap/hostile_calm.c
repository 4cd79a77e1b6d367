// SPDX-License-Identifier: GPL-2.0-only
/*
 * hostile - the calm guest next door
 *
 * It turns interruptions on, sends a request, sleeps until it is interrupted,
 * fetches the reply and turns them off.  Nothing of that may fail, whatever
 * others do; the machine may be slow.
 */
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "hostile.h"
#include "lib/finding.h"
#include "lib/sim.h"

/* Adapter 6 with domains 4 and 0x47 */
#define CALM_MDEV	"22222222-3333-4444-8555-666666666666"
#define CALM_CONFIG	"0x02,0x080000000000000001,"
#define CALM_FIRST	0x0604
#define CALM_SECOND	0x0647

#define RC_NORMAL	0x00
#define RC_CHANGING	0x07

/* Interruptions are soon on or off, whatever `aqic' says. */
#define TRIES		100
#define TRY_US		10000

#define ARRIVAL_MS	6000

static unsigned int now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void note_time(struct calm *calm, unsigned int began)
{
	if (calm && calm->aqics < CALM_AQICS)
		calm->took[calm->aqics++] = now_us() - began;
}

/* On or off: what is just being changed can be tried again. */
static int aqic(struct lodger *lodger, const struct bell *bell, int on,
		struct calm *calm)
{
	unsigned int tries, began;
	int rc;

	for (tries = 0; tries < TRIES; tries++) {
		began = now_us();
		rc = on ? bell_arm(lodger, bell) : bell_disarm(lodger, bell->apqn);
		note_time(calm, began);
		if (rc != RC_CHANGING)
			break;
		usleep(TRY_US);
	}
	if (rc != RC_NORMAL)
		finding("%04x: AQIC %s ends with %d", bell->apqn,
			on ? "on" : "off", rc);
	return rc == RC_NORMAL && bell_becomes(lodger, bell->apqn, on);
}

/**
 * calm_queue_works() - a queue interrupts, and replies, once
 * @lodger: the guest
 * @rand: what chooses
 * @apqn: the queue
 * @calm: where to note how long its AQICs take, or NULL
 *
 * Return: 1 if it does, else 0, and why is a finding.
 */
int calm_queue_works(struct lodger *lodger, struct rand *rand,
		     unsigned int apqn, struct calm *calm)
{
	const struct bell bell = {
		.apqn = apqn,
		.isc = rand_below(rand, 8),
		.nib = VM_NIBS + rand_below(rand, VM_SIZE - VM_NIBS),
	};

	return aqic(lodger, &bell, 1, calm) && !bell_works(lodger, &bell) &&
	       aqic(lodger, &bell, 0, calm) && bell_silent(lodger);
}

/**
 * calm_prepare() - an mdev of its own, with two queues
 * @calm: filled in
 * @way: how it will open it
 *
 * Return: 0 or -errno.
 */
int calm_prepare(struct calm *calm, enum vfio_way way)
{
	int rc;

	*calm = (struct calm){
		.lodger = { .uuid = CALM_MDEV, .way = way },
	};
	calm_clean(calm);
	rc = sysfs_write(AP_BUS "apmask", "-6");
	return rc ?: mdev_create(CALM_MDEV) ?:
	       mdev_write(CALM_MDEV, "ap_config", CALM_CONFIG);
}

/**
 * calm_open() - the guest begins
 * @calm: the guest
 *
 * Return: 0 or -errno.
 */
int calm_open(struct calm *calm)
{
	int rc = lodger_open(&calm->lodger);

	if (rc)
		return rc;
	return lodger_gets(&calm->lodger, CALM_FIRST, ARRIVAL_MS) &&
	       lodger_gets(&calm->lodger, CALM_SECOND, ARRIVAL_MS) ? 0 :
								     -ETIMEDOUT;
}

/**
 * calm_round() - one request to one of its queues
 * @calm: the guest
 *
 * Return: 1 if all is well, else 0.
 */
int calm_round(struct calm *calm)
{
	unsigned int apqn = rand_one_in(&calm->rand, 2) ? CALM_FIRST :
							  CALM_SECOND;

	if (!calm_queue_works(&calm->lodger, &calm->rand, apqn, calm))
		return 0;
	calm->rounds++;
	return 1;
}

/**
 * calm_run() - the guest's thread
 * @arg: the guest
 *
 * Return: NULL.
 */
void *calm_run(void *arg)
{
	struct calm *calm = arg;

	while (!atomic_load(calm->over) && calm_round(calm))
		rand_pause(&calm->rand, 1000);
	return NULL;
}

static int compare(const void *a, const void *b)
{
	unsigned int one = *(const unsigned int *)a;
	unsigned int two = *(const unsigned int *)b;

	return one < two ? -1 : one > two;
}

/**
 * calm_latency() - how long its AQICs have taken since the last time
 * @calm: the guest
 * @longest: the longest one, in microseconds
 *
 * Return: the median, in microseconds.
 */
unsigned int calm_latency(struct calm *calm, unsigned int *longest)
{
	unsigned int count = calm->aqics;

	calm->aqics = 0;
	*longest = 0;
	if (!count)
		return 0;
	qsort(calm->took, count, sizeof(*calm->took), compare);
	*longest = calm->took[count - 1];
	return calm->took[count / 2];
}

/* As it was before calm_prepare() */
void calm_clean(struct calm *calm)
{
	lodger_close(&calm->lodger);
	mdev_remove(CALM_MDEV);
	sysfs_write(AP_BUS "apmask", "+6");
}
