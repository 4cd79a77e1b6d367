// SPDX-License-Identifier: GPL-2.0-only
/*
 * user bed - runs the suites linked with it and prints KTAP, as KUnit does
 *
 * Arguments are shell patterns of suite names; without any all suites run.
 * The exit status is 0 only if no test failed and at least one ran.
 */
#include <fnmatch.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <kunit/test.h>

#define SUITES_MAX	64
#define INDENT		"    "

/**
 * struct kunit_chunk - memory that belongs to a test
 * @next: the one taken before
 * @mem: what the test sees
 */
struct kunit_chunk {
	struct kunit_chunk *next;
	void *mem;
};

/**
 * struct tally - how tests ended
 * @count: by status
 */
struct tally {
	unsigned int count[KUNIT_SKIPPED + 1];
};

static struct kunit_suite *suites[SUITES_MAX];
static size_t suites_count;
static jmp_buf leave;

void kunit_add_suites(struct kunit_suite *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (suites_count == SUITES_MAX) {
			fprintf(stderr, "more than %d suites\n", SUITES_MAX);
			exit(2);
		}
		suites[suites_count++] = list[i];
	}
}

void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	struct kunit_chunk *chunk = malloc(sizeof(*chunk));

	if (!chunk)
		return NULL;
	chunk->mem = calloc(1, size);
	chunk->next = test->chunks;
	test->chunks = chunk;
	return chunk->mem;
}

static void free_chunks(struct kunit *test)
{
	while (test->chunks) {
		struct kunit_chunk *chunk = test->chunks;

		test->chunks = chunk->next;
		free(chunk->mem);
		free(chunk);
	}
}

void kunit_note(struct kunit *test, const char *fmt, ...)
{
	size_t len = strlen(fmt);
	va_list args;

	printf(INDENT "# %s: ", test->name);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	if (!len || fmt[len - 1] != '\n')
		putchar('\n');
}

u64 kunit_choice(const char *name, u64 otherwise)
{
	const char *value = getenv(name);

	return value && *value ? strtoull(value, NULL, 0) : otherwise;
}

void kunit_mark_skipped(struct kunit *test, const char *fmt, ...)
{
	va_list args;

	test->status = KUNIT_SKIPPED;
	va_start(args, fmt);
	vsnprintf(test->status_comment, sizeof(test->status_comment), fmt, args);
	va_end(args);
}

void kunit_leave(struct kunit *test)
{
	longjmp(leave, 1);
}

void kunit_show_numbers(struct kunit *test, const struct kunit_claim *claim,
			long long left, long long right)
{
	printf(INDENT "#   %s = %lld (0x%llx)\n", claim->left, left, left);
	printf(INDENT "#   %s = %lld (0x%llx)\n", claim->right, right, right);
}

static void show_string(const char *what, const char *value)
{
	printf(INDENT "#   %s = \"", what);
	for (; value && *value; value++) {
		if (*value == '\n')
			fputs("\\n", stdout);
		else
			putchar(*value);
	}
	puts("\"");
}

void kunit_show_strings(struct kunit *test, const struct kunit_claim *claim,
			const char *left, const char *right)
{
	show_string(claim->left, left);
	show_string(claim->right, right);
}

static void show_bytes(const char *what, const u8 *value, size_t size)
{
	printf(INDENT "#   %s =", what);
	for (size_t i = 0; value && i < size; i++)
		printf(" %02x", value[i]);
	putchar('\n');
}

void kunit_show_bytes(struct kunit *test, const struct kunit_claim *claim,
		      const void *left, const void *right, size_t size)
{
	show_bytes(claim->left, left, size);
	show_bytes(claim->right, right, size);
}

void kunit_claim_fails(struct kunit *test, const struct kunit_claim *claim,
		       const char *fmt, ...)
{
	va_list args;

	test->status = KUNIT_FAILURE;
	printf(INDENT "# %s: %s failed at %s:%d: %s %s %s\n", test->name,
	       claim->fatal ? "assertion" : "expectation", claim->file,
	       claim->line, claim->left, claim->op, claim->right);
	if (fmt) {
		printf(INDENT "#   ");
		va_start(args, fmt);
		vprintf(fmt, args);
		va_end(args);
		putchar('\n');
	}
	if (claim->fatal)
		kunit_leave(test);
}

static void print_result(const char *indent, enum kunit_status status,
			 size_t number, const char *name, const char *comment)
{
	printf("%s%s %zu %s%s%s\n", indent,
	       status == KUNIT_FAILURE ? "not ok" : "ok", number, name,
	       status == KUNIT_SKIPPED ? " # SKIP " : "",
	       status == KUNIT_SKIPPED ? comment : "");
}

static void run_body(struct kunit_suite *suite, struct kunit_case *one,
		     struct kunit *test)
{
	int err = suite->init ? suite->init(test) : 0;

	if (!err) {
		one->run_case(test);
		return;
	}
	kunit_err(test, "init failed: %d", err);
	test->status = KUNIT_FAILURE;
}

static void run_once(struct kunit_suite *suite, struct kunit_case *one,
		     struct kunit *test)
{
	test->name = one->name;
	if (!setjmp(leave))
		run_body(suite, one, test);
	if (!setjmp(leave) && suite->exit)
		suite->exit(test);
	free_chunks(test);
}

static enum kunit_status overall(const struct tally *tally)
{
	if (tally->count[KUNIT_FAILURE])
		return KUNIT_FAILURE;
	return tally->count[KUNIT_SUCCESS] ? KUNIT_SUCCESS : KUNIT_SKIPPED;
}

static enum kunit_status run_params(struct kunit_suite *suite,
				    struct kunit_case *one, struct tally *total)
{
	char desc[KUNIT_PARAM_DESC_SIZE] = "";
	struct tally tally = {};
	const void *param;
	int count = 0;

	for (param = one->generate_params(NULL, desc); param;
	     param = one->generate_params(param, desc))
		count++;
	printf(INDENT INDENT "KTAP version 1\n");
	printf(INDENT INDENT "# Subtest: %s\n", one->name);
	printf(INDENT INDENT "1..%d\n", count);

	count = 0;
	desc[0] = '\0';
	for (param = one->generate_params(NULL, desc); param;
	     param = one->generate_params(param, desc)) {
		struct kunit test = {
			.param_value = param,
			.param_index = count,
		};

		run_once(suite, one, &test);
		if (!desc[0])
			snprintf(desc, sizeof(desc), "param-%d", count);
		print_result(INDENT INDENT, test.status, ++count, desc,
			     test.status_comment);
		tally.count[test.status]++;
		total->count[test.status]++;
		desc[0] = '\0';
	}
	return overall(&tally);
}

static enum kunit_status run_case(struct kunit_suite *suite, size_t number,
				  struct kunit_case *one, struct tally *total)
{
	struct kunit test = {};
	enum kunit_status status;

	if (one->generate_params) {
		status = run_params(suite, one, total);
	} else {
		run_once(suite, one, &test);
		status = test.status;
		total->count[status]++;
	}
	print_result(INDENT, status, number, one->name, test.status_comment);
	return status;
}

static void run_suite(struct kunit_suite *suite, size_t number,
		      struct tally *total)
{
	struct tally tally = {};
	size_t count = 0;
	int err = 0;

	while (suite->test_cases[count].run_case)
		count++;
	printf(INDENT "KTAP version 1\n" INDENT "# Subtest: %s\n", suite->name);
	printf(INDENT "1..%zu\n", count);

	if (suite->suite_init)
		err = suite->suite_init(suite);
	if (err) {
		printf(INDENT "# suite_init failed: %d\n", err);
		tally.count[KUNIT_FAILURE]++;
		total->count[KUNIT_FAILURE]++;
	}
	for (size_t i = 0; !err && i < count; i++)
		tally.count[run_case(suite, i + 1, &suite->test_cases[i], total)]++;
	if (suite->suite_exit)
		suite->suite_exit(suite);
	print_result("", overall(&tally), number, suite->name, "all skipped");
}

static bool wanted(const struct kunit_suite *suite, char **patterns)
{
	if (!*patterns)
		return true;
	for (; *patterns; patterns++)
		if (!fnmatch(*patterns, suite->name, 0))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	struct tally total = {};
	size_t count = 0;
	size_t done = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (size_t i = 0; i < suites_count; i++)
		count += wanted(suites[i], argv + 1);
	printf("KTAP version 1\n1..%zu\n", count);
	for (size_t i = 0; i < suites_count; i++)
		if (wanted(suites[i], argv + 1))
			run_suite(suites[i], ++done, &total);
	printf("# Totals: pass:%u fail:%u skip:%u total:%u\n",
	       total.count[KUNIT_SUCCESS], total.count[KUNIT_FAILURE],
	       total.count[KUNIT_SKIPPED],
	       total.count[KUNIT_SUCCESS] + total.count[KUNIT_FAILURE] +
	       total.count[KUNIT_SKIPPED]);
	return total.count[KUNIT_FAILURE] || !total.count[KUNIT_SUCCESS];
}
