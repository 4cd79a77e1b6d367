/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - as much of KUnit as the suites use
 *
 * Suites are compiled unchanged for the kernel and for this.  What is here
 * looks like the kernel's to the suite and like the kernel's to who reads the
 * KTAP; main.c does the work.
 */
#ifndef USER_KUNIT_TEST_H
#define USER_KUNIT_TEST_H

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/types.h>

#define KUNIT_PARAM_DESC_SIZE		128
#define KUNIT_STATUS_COMMENT_SIZE	256

enum kunit_status {
	KUNIT_SUCCESS,
	KUNIT_FAILURE,
	KUNIT_SKIPPED,
};

struct kunit_chunk;

/**
 * struct kunit - one test while it runs
 * @priv: the suite's own
 * @name: of the test case
 * @param_value: parameter of a KUNIT_CASE_PARAM(), else NULL
 * @param_index: its number, from 0
 * @status: so far
 * @status_comment: why it was skipped
 * @chunks: what kunit_kzalloc() gave, freed when the test ends
 */
struct kunit {
	void *priv;
	const char *name;
	const void *param_value;
	int param_index;
	enum kunit_status status;
	char status_comment[KUNIT_STATUS_COMMENT_SIZE];
	struct kunit_chunk *chunks;
};

/**
 * struct kunit_case - one function of a suite
 * @run_case: the function; NULL ends a list
 * @name: what it shows
 * @generate_params: gives the parameter after @prev, NULL: there is no other
 */
struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
	const void *(*generate_params)(const void *prev, char *desc);
};

/**
 * struct kunit_suite - test cases that belong together
 * @name: module and area
 * @suite_init: once before all cases, may be NULL
 * @suite_exit: once after all cases, may be NULL
 * @init: before every case and parameter, may be NULL
 * @exit: after every case and parameter, may be NULL
 * @test_cases: ends with an empty one
 */
struct kunit_suite {
	const char *name;
	int (*suite_init)(struct kunit_suite *suite);
	void (*suite_exit)(struct kunit_suite *suite);
	int (*init)(struct kunit *test);
	void (*exit)(struct kunit *test);
	struct kunit_case *test_cases;
};

#define KUNIT_CASE(fn)		{ .run_case = fn, .name = #fn }
#define KUNIT_CASE_SLOW(fn)	KUNIT_CASE(fn)
#define KUNIT_CASE_PARAM(fn, gen) \
	{ .run_case = fn, .name = #fn, .generate_params = gen }

/* Suites are taken in the order in which their files are linked. */
void kunit_add_suites(struct kunit_suite *const *suites, size_t count);

#define kunit_test_suites(...)						\
	static void __constructor kunit_add_these(void)	\
	{								\
		static struct kunit_suite *const list[] = { __VA_ARGS__ }; \
									\
		kunit_add_suites(list, ARRAY_SIZE(list));		\
	}								\
	static_assert(true)
#define kunit_test_suite(suite)	kunit_test_suites(&(suite))

/* The elements of @array, described by @describe or by their member @desc. */
#define KUNIT_ARRAY_PARAM(name, array, describe)			\
	static const void *name##_gen_params(const void *prev, char *desc) \
	{								\
		typeof(&(array)[0]) next = prev;			\
		void (*say)(typeof(next), char *) = describe;		\
									\
		next = next ? next + 1 : (array);			\
		if (next - (array) >= (ssize_t)ARRAY_SIZE(array))	\
			return NULL;					\
		if (say)						\
			say(next, desc);				\
		return next;						\
	}
#define KUNIT_ARRAY_PARAM_DESC(name, array, member)			\
	static const void *name##_gen_params(const void *prev, char *desc) \
	{								\
		typeof(&(array)[0]) next = prev;			\
									\
		next = next ? next + 1 : (array);			\
		if (next - (array) >= (ssize_t)ARRAY_SIZE(array))	\
			return NULL;					\
		strscpy(desc, next->member, KUNIT_PARAM_DESC_SIZE);	\
		return next;						\
	}

/* Memory that goes away with the test. */
void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp);
#define kunit_kmalloc(test, size, gfp)	kunit_kzalloc(test, size, gfp)
#define kunit_kcalloc(test, n, size, gfp) \
	kunit_kzalloc(test, (n) * (size), gfp)
#define kunit_kmalloc_array(test, n, size, gfp) \
	kunit_kzalloc(test, (n) * (size), gfp)

__printf(2, 3)
void kunit_note(struct kunit *test, const char *fmt, ...);
#define kunit_info(test, fmt, ...)	kunit_note(test, fmt, ##__VA_ARGS__)
#define kunit_warn(test, fmt, ...)	kunit_note(test, fmt, ##__VA_ARGS__)
#define kunit_err(test, fmt, ...)	kunit_note(test, fmt, ##__VA_ARGS__)

__printf(2, 3)
void kunit_mark_skipped(struct kunit *test, const char *fmt, ...);
void __noreturn kunit_leave(struct kunit *test);
#define kunit_skip(test, fmt, ...)					\
	do {								\
		kunit_mark_skipped(test, fmt, ##__VA_ARGS__);		\
		kunit_leave(test);					\
	} while (0)

/* What the environment says about a number, for longer runs or other ones. */
u64 kunit_choice(const char *name, u64 otherwise);
#define kunit_choice	kunit_choice

/* What was expected and where; the values; and what the suite adds. */
struct kunit_claim {
	const char *file;
	int line;
	bool fatal;
	const char *left;
	const char *op;
	const char *right;
};

__printf(3, 4)
void kunit_claim_fails(struct kunit *test, const struct kunit_claim *claim,
		       const char *fmt, ...);
void kunit_show_numbers(struct kunit *test, const struct kunit_claim *claim,
			long long left, long long right);
void kunit_show_strings(struct kunit *test, const struct kunit_claim *claim,
			const char *left, const char *right);
void kunit_show_bytes(struct kunit *test, const struct kunit_claim *claim,
		      const void *left, const void *right, size_t size);

#include <kunit/claims.h>

#endif /* USER_KUNIT_TEST_H */
