/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rand - random numbers that come again with the same seed
 *
 * Every thread has a stream of its own, so what it chooses does not depend on
 * what the others do meanwhile.
 */
#ifndef VFIO_AP_TEST_RAND_H
#define VFIO_AP_TEST_RAND_H

#include <sched.h>
#include <stdint.h>
#include <unistd.h>

struct rand {
	uint64_t state;
};

/* 64 bits (splitmix64) */
static inline uint64_t rand_next(struct rand *rand)
{
	uint64_t x = rand->state += 0x9e3779b97f4a7c15ULL;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ x >> 27) * 0x94d049bb133111ebULL;
	return x ^ x >> 31;
}

static inline struct rand rand_stream(uint64_t seed, uint64_t stream)
{
	struct rand rand = { seed ^ stream << 48 };

	rand.state = rand_next(&rand);
	return rand;
}

/* A number from 0 to @limit - 1 */
static inline unsigned int rand_below(struct rand *rand, unsigned int limit)
{
	return (rand_next(rand) >> 32) * limit >> 32;
}

/* True in one of @n cases */
static inline int rand_one_in(struct rand *rand, unsigned int n)
{
	return !rand_below(rand, n);
}

/* Sometimes sleep, less than @us microseconds; else let others go first. */
static inline void rand_pause(struct rand *rand, unsigned int us)
{
	unsigned int this_time = rand_below(rand, us);

	if (rand_one_in(rand, 2))
		usleep(this_time);
	else
		sched_yield();
}

#endif /* VFIO_AP_TEST_RAND_H */
