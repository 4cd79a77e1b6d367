/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fuzzsysfs - what is common to its parts
 */
#ifndef VFIO_AP_TEST_FUZZSYSFS_H
#define VFIO_AP_TEST_FUZZSYSFS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/types.h>

#include "lib/rand.h"

/* sysfs shows a store one page of what is written */
#define FUZZ_PAGE	4096
#define FUZZ_ROOM	(2 * FUZZ_PAGE)

/**
 * struct fuzz_text - what is written, of any bytes
 * @bytes: they
 * @len: how many
 */
struct fuzz_text {
	char bytes[FUZZ_ROOM];
	size_t len;
};

void fuzz_id(struct rand *rand, struct fuzz_text *text);
void fuzz_config(struct rand *rand, struct fuzz_text *text);
void fuzz_uuid(struct rand *rand, struct fuzz_text *text, const char *uuid);
void fuzz_bus_mask(struct rand *rand, struct fuzz_text *text);
void fuzz_junk(struct rand *rand, struct fuzz_text *text);
size_t fuzz_shown(const struct fuzz_text *text);
size_t fuzz_string(const struct fuzz_text *text);
int fuzz_write(const char *path, const struct fuzz_text *text);
const char *fuzz_quote(const struct fuzz_text *text);

/**
 * struct reader - a thread that reads all files all the time
 * @thread: it
 * @rand: its choices
 * @over: it ends
 * @reads: how many reads it has done
 */
struct reader {
	pthread_t thread;
	struct rand rand;
	atomic_int over;
	unsigned long reads;
};

int reader_start(struct reader *reader, struct rand rand);
void reader_stop(struct reader *reader);

#endif /* VFIO_AP_TEST_FUZZSYSFS_H */
