// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzzsysfs - whatever is written to a file, its answer is the twin's
 *
 * Text that is nearly right goes to every file that can be written.  The twins of
 * the driver's own tests say what comes of it, and what ap_config and matrix are
 * afterwards; after an error nothing has changed.  Somebody reads everything
 * meanwhile.
 *
 *	VFIO_AP_SEED	makes the same choices again
 *	VFIO_AP_STORM	factor for the number of writes
 */
#include <errno.h>
#include <limits.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../../drivers/s390/crypto/vfio_ap/tests/twin_parse.h"
#include "../../../../drivers/s390/crypto/vfio_ap/tests/twin_plan.h"
#include "../../../../drivers/s390/crypto/vfio_ap/tests/twin_text.h"
#include "kselftest_harness.h"
#include "fuzzsysfs.h"
#include "lib/finding.h"
#include "lib/mdev.h"
#include "lib/world.h"

/* What a test may take; a slow machine has to be able to. */
#define LIMIT		280

/* How much is written, by default */
#define EDITS		3000
#define NAMES		300
#define BUS_WRITES	300
#define OTHERS		400

#define ONE		"11111111-2222-4333-8444-555555555555"
#define TWO		"22222222-3333-4444-8555-666666666666"
#define THREE		"33333333-4444-4555-8666-777777777777"
#define TYPE		MATRIX "mdev_supported_types/vfio_ap-passthrough/"

/* The host gives up most adapters and some domains; another mdev has some. */
#define TO_GUESTS	"-0-5,-8-199"
#define TO_GUESTS_TOO	"-96-103"
#define ALL		"+0-255"

/**
 * struct world - what the files are about
 * @rand: the choices
 * @one: what is assigned to the mdev that is written to
 * @two: what is assigned to the other one
 * @apmask: the host's adapters
 * @aqmask: the host's domains
 */
struct world {
	struct rand rand;
	struct apm_matrix one;
	struct apm_matrix two;
	struct apm_mask apmask;
	struct apm_mask aqmask;
};

static unsigned long times(unsigned long count)
{
	double scaled = count * world_scale();

	return scaled < 1 ? 1 : scaled;
}

static void put_range(struct apm_mask *mask, unsigned int from,
		      unsigned int to, bool on)
{
	for (; from <= to; from++)
		twin_put(mask, from, on);
}

/* The host's claim, then another mdev's, to what the edit would add */
static int claimed(const struct world *world, const struct apm_matrix *next)
{
	bool taken = false;
	unsigned int apqn;

	for (apqn = 0; apqn < 65536; apqn++) {
		if (!twin_matrix_has(next, apqn) ||
		    twin_matrix_has(&world->one, apqn))
			continue;
		if (twin_has(&world->apmask, &world->aqmask, apqn))
			return -EADDRNOTAVAIL;
		taken |= twin_matrix_has(&world->two, apqn);
	}
	return taken ? -EADDRINUSE : 0;
}

static const struct {
	const char *name;
	enum apm_edit_kind kind;
} files[] = {
	{ "assign_adapter", APM_ADD_ADAPTER },
	{ "unassign_adapter", APM_DEL_ADAPTER },
	{ "assign_domain", APM_ADD_DOMAIN },
	{ "unassign_domain", APM_DEL_DOMAIN },
	{ "assign_control_domain", APM_ADD_CONTROL },
	{ "unassign_control_domain", APM_DEL_CONTROL },
	{ "ap_config", APM_REPLACE },
};

/* What a write comes to; the assignment follows. */
static int twin_write(struct world *world, enum apm_edit_kind kind,
		      const struct fuzz_text *text)
{
	static const struct apm_limits limits = { 255, 255 };
	struct apm_matrix next = world->one;
	struct apm_edit edit = { .kind = kind };
	size_t shown = fuzz_shown(text);
	int rc;

	if (!shown)
		return 0;
	if (kind == APM_REPLACE)
		rc = twin_parse_config(text->bytes, shown, &edit.whole);
	else
		rc = twin_parse_id(text->bytes, fuzz_string(text), &edit.id);
	rc = rc ?: twin_edit(&limits, &edit, &next);
	rc = rc ?: claimed(world, &next);
	if (rc)
		return rc;
	world->one = next;
	return shown;
}

/* A file says what the twin would have written, without the last newline. */
static void check_file(const char *name, struct twin_text *want,
		       const char *after)
{
	char path[256], text[FUZZ_PAGE + 1];

	snprintf(path, sizeof(path), MATRIX ONE "/%s", name);
	if (sysfs_read(path, text, sizeof(text))) {
		finding("%s cannot be read", name);
		return;
	}
	want->buf[want->len ? want->len - 1 : 0] = 0;
	if (strcmp(text, want->buf))
		finding("after \"%s\" %s is \"%.256s\", should be \"%.256s\"",
			after, name, text, want->buf);
}

static void check_mdev(struct world *world, const char *after)
{
	static struct twin_text want;

	/* The reader has its turn. */
	if (rand_one_in(&world->rand, 4))
		rand_pause(&world->rand, 200);
	want = (struct twin_text){ .size = FUZZ_PAGE };
	twin_text_config(&want, &world->one);
	check_file("ap_config", &want, after);
	if (!rand_one_in(&world->rand, 16))
		return;
	want = (struct twin_text){ .size = FUZZ_PAGE };
	twin_text_matrix(&want, &world->one);
	check_file("matrix", &want, after);
}

FIXTURE(fuzz) {
	struct world world;
	struct reader reader;
};

FIXTURE_SETUP(fuzz)
{
	struct world *world = &self->world;
	struct apm_mask all = twin_upto(255);

	if (access(MACHINE, F_OK))
		SKIP(return, "runs on the simulated machine only");
	mdev_remove(ONE);
	mdev_remove(TWO);
	*world = (struct world){ .rand = rand_stream(world_seed(), 0xf5),
				 .apmask = all, .aqmask = all };
	put_range(&world->apmask, 0, 5, false);
	put_range(&world->apmask, 8, 199, false);
	put_range(&world->aqmask, 96, 103, false);
	ASSERT_EQ(0, bus_write("apmask", TO_GUESTS));
	ASSERT_EQ(0, bus_write("aqmask", TO_GUESTS_TOO));
	ASSERT_EQ(0, mdev_create(ONE));
	ASSERT_EQ(0, mdev_create(TWO));
	twin_put(&world->two.adapters, 4, true);
	twin_put(&world->two.adapters, 0x20, true);
	twin_put(&world->two.domains, 0x47, true);
	twin_put(&world->two.domains, 0x20, true);
	ASSERT_EQ(0, mdev_write(TWO, "assign_adapter", "4"));
	ASSERT_EQ(0, mdev_write(TWO, "assign_adapter", "0x20"));
	ASSERT_EQ(0, mdev_write(TWO, "assign_domain", "0x47"));
	ASSERT_EQ(0, mdev_write(TWO, "assign_domain", "0x20"));
	ASSERT_EQ(0, reader_start(&self->reader,
				  rand_stream(rand_next(&world->rand), 0x4ead)));
}

FIXTURE_TEARDOWN(fuzz)
{
	reader_stop(&self->reader);
	mdev_remove(ONE);
	mdev_remove(TWO);
	mdev_remove(THREE);
	bus_write("apmask", ALL);
	bus_write("aqmask", ALL);
	note("%lu reads", self->reader.reads);
	EXPECT_EQ(0, findings());
}

/* How often each answer came; one that never came was not tested. */
struct answers {
	unsigned long good;
	unsigned long by[256];
};

static void count(struct answers *answers, int rc)
{
	if (rc >= 0)
		answers->good++;
	else
		answers->by[-rc & 0xff]++;
}

static void say_answers(const struct answers *answers, const int *must,
			unsigned int musts)
{
	char line[256];
	int len, i;

	len = snprintf(line, sizeof(line), "taken %lu", answers->good);
	for (i = 0; i < 256; i++)
		if (answers->by[i])
			len += snprintf(line + len, sizeof(line) - len, ", %s %lu",
					strerrorname_np(i), answers->by[i]);
	note("%s", line);
	while (musts--)
		if (!answers->by[must[musts]])
			finding("nothing ended with %s",
				strerrorname_np(must[musts]));
}

/* Adapter 4 and domain 0x47 are the other mdev's: chance may never try them. */
#define OTHERS_CONFIG	"0x08,0x000000000000000001,"

static void put_text(struct fuzz_text *text, const char *what)
{
	text->len = snprintf(text->bytes, sizeof(text->bytes), "%s", what);
}

TEST_F_TIMEOUT(fuzz, of_assignments, LIMIT)
{
	static const int must[] = {
		EINVAL, ERANGE, ENODEV, EADDRNOTAVAIL, EADDRINUSE,
	};
	struct world *world = &self->world;
	static struct fuzz_text text;
	struct answers answers = {};
	unsigned long left;
	char path[256];

	for (left = times(EDITS); left && findings() < 20; left--) {
		unsigned int i = rand_below(&world->rand, 10);
		int want, got;

		/* Every tenth time all, or it would soon be full. */
		i = i < ARRAY_SIZE(files) ? i : ARRAY_SIZE(files) - 1;
		if (files[i].kind == APM_REPLACE && rand_one_in(&world->rand, 32))
			put_text(&text, OTHERS_CONFIG);
		else if (files[i].kind == APM_REPLACE)
			fuzz_config(&world->rand, &text);
		else
			fuzz_id(&world->rand, &text);
		want = twin_write(world, files[i].kind, &text);
		snprintf(path, sizeof(path), MATRIX ONE "/%s", files[i].name);
		got = fuzz_write(path, &text);
		if (got != want)
			finding("%s of \"%s\" ends with %d, should be %d",
				files[i].name, fuzz_quote(&text), got, want);
		count(&answers, got);
		check_mdev(world, fuzz_quote(&text));
	}
	say_answers(&answers, must, times(EDITS) < EDITS ? 0 : ARRAY_SIZE(must));
}

/* The mdev core's: a UUID, of which a newline may be the end. */
static bool twin_uuid(const struct fuzz_text *text, char *name)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	size_t i, shown = fuzz_shown(text);

	if (shown != 36 && shown != 37)
		return false;
	for (i = 0; i < 36; i++) {
		char c = text->bytes[i];

		if (form[i] == '-' ? c != '-' : twin_digit(c) > 15)
			return false;
		name[i] = c >= 'A' && c <= 'F' ? c + ('a' - 'A') : c;
	}
	name[36] = 0;
	return true;
}

/* What is written to "remove" of an mdev until it is gone */
static void fuzz_remove(struct rand *rand, const char *name)
{
	static struct fuzz_text text;
	char path[256];

	snprintf(path, sizeof(path), MATRIX "%s/remove", name);
	while (mdev_exists(name) && findings() < 20) {
		unsigned long value = 0;
		int want, got;

		fuzz_id(rand, &text);
		want = fuzz_shown(&text);
		if (want && twin_parse_id(text.bytes, fuzz_string(&text), &value))
			want = -EINVAL;
		got = fuzz_write(path, &text);
		if (got != want || mdev_exists(name) != (want <= 0 || !value))
			finding("remove of \"%s\" ends with %d, should be %d",
				fuzz_quote(&text), got, want);
	}
}

TEST_F_TIMEOUT(fuzz, of_names, LIMIT)
{
	static const int must[] = { EINVAL, EEXIST };
	struct rand *rand = &self->world.rand;
	static struct fuzz_text text;
	struct answers answers = {};
	unsigned long left;

	for (left = times(NAMES); left && findings() < 20; left--) {
		char name[37] = "";
		int want, got;

		fuzz_uuid(rand, &text, rand_one_in(rand, 4) ? ONE : THREE);
		want = fuzz_shown(&text);
		if (want && !twin_uuid(&text, name))
			want = -EINVAL;
		else if (want && mdev_exists(name))
			want = -EEXIST;
		got = fuzz_write(TYPE "create", &text);
		if (got != want || (got > 0 && !mdev_exists(name)))
			finding("create of \"%s\" ends with %d, should be %d",
				fuzz_quote(&text), got, want);
		count(&answers, got);
		if (got > 0)
			fuzz_remove(rand, name);
		check_mdev(&self->world, fuzz_quote(&text));
	}
	say_answers(&answers, must, times(NAMES) < 100 ? 0 : ARRAY_SIZE(must));
}

static struct apm_mask bus_mask(const char *name)
{
	struct apm_mask mask = {};
	char path[128], text[128] = "";

	snprintf(path, sizeof(path), BUS "%s", name);
	if (sysfs_read(path, text, sizeof(text)) ||
	    twin_parse_mask(text, strlen(text), &mask))
		finding("%s is \"%s\"", name, text);
	return mask;
}

/* What is assigned is never the host's, whatever was accepted. */
static void check_veto(const struct world *world, const char *name,
		       const struct fuzz_text *text)
{
	struct apm_mask apmask = bus_mask("apmask");
	struct apm_mask aqmask = bus_mask("aqmask");
	unsigned int apqn;

	for (apqn = 0; apqn < 65536; apqn++)
		if (twin_has(&apmask, &aqmask, apqn) &&
		    (twin_matrix_has(&world->one, apqn) ||
		     twin_matrix_has(&world->two, apqn)))
			break;
	if (apqn < 65536)
		finding("after \"%s\" to %s the host has %04x, which is assigned",
			fuzz_quote(text), name, apqn);
}

TEST_F_TIMEOUT(fuzz, of_what_the_host_takes, LIMIT)
{
	static const char *const names[] = { "apmask", "aqmask" };
	static const int must[] = { EINVAL, EBUSY };
	struct world *world = &self->world;
	static struct fuzz_text text;
	struct answers answers = {};
	unsigned long left;

	ASSERT_EQ(0, mdev_write(ONE, "assign_adapter", "5"));
	ASSERT_EQ(0, mdev_write(ONE, "assign_domain", "4"));
	twin_put(&world->one.adapters, 5, true);
	twin_put(&world->one.domains, 4, true);
	for (left = times(BUS_WRITES); left && findings() < 20; left--) {
		const char *name = names[rand_below(&world->rand, 2)];
		struct apm_mask before = bus_mask(name), after;
		char path[128];
		int got;

		fuzz_bus_mask(&world->rand, &text);
		if (rand_one_in(&world->rand, 32))
			put_text(&text, ALL);
		snprintf(path, sizeof(path), BUS "%s", name);
		got = fuzz_write(path, &text);
		after = bus_mask(name);
		if (got < 0 && !twin_same(&before, &after))
			finding("\"%s\" to %s ends with %d, and changes it",
				fuzz_quote(&text), name, got);
		check_veto(world, name, &text);
		count(&answers, got);
		check_mdev(world, fuzz_quote(&text));
	}
	say_answers(&answers, must,
		    times(BUS_WRITES) < 100 ? 0 : ARRAY_SIZE(must));
}

/* A number of 32 bits, as module parameters are read */
static void fuzz_patience(struct rand *rand)
{
	static struct fuzz_text text;
	char before[32], after[32], now[32];
	unsigned long value;
	int want, got;

	fuzz_id(rand, &text);
	want = fuzz_shown(&text);
	sysfs_read(PATIENCE, before, sizeof(before));
	snprintf(after, sizeof(after), "%s", before);
	if (want) {
		int rc = twin_parse_id(text.bytes, fuzz_string(&text), &value);

		rc = rc ?: value > UINT_MAX ? -ERANGE : 0;
		want = rc ?: want;
		if (!rc)
			snprintf(after, sizeof(after), "%lu", value);
	}
	got = fuzz_write(PATIENCE, &text);
	sysfs_read(PATIENCE, now, sizeof(now));
	if (got != want || strcmp(now, after))
		finding("%s: \"%s\" ends with %d, should be %d; %s, should be %s",
			PATIENCE, fuzz_quote(&text), got, want, now, after);
	sysfs_write(PATIENCE, before);
}

/* Who is bound or unbound that does not exist? */
static void fuzz_binding(struct rand *rand, const char *file)
{
	static struct fuzz_text text;
	char name[FUZZ_PAGE + 1], path[2 * FUZZ_PAGE];
	size_t len;
	int want, got;

	fuzz_uuid(rand, &text, "04.0004");
	want = fuzz_shown(&text);
	len = fuzz_string(&text);
	memcpy(name, text.bytes, len);
	if (len && name[len - 1] == '\n')
		len--;
	name[len] = 0;
	snprintf(path, sizeof(path), BUS "devices/%s", name);
	if (want && !access(path, F_OK))
		return;
	want = want ? -ENODEV : 0;
	got = fuzz_write(file, &text);
	if (got != want)
		finding("\"%s\" to %s ends with %d, should be %d",
			fuzz_quote(&text), file, got, want);
}

TEST_F_TIMEOUT(fuzz, of_the_rest, LIMIT)
{
	static const char *const bindings[] = {
		DRIVER "bind", DRIVER "unbind",
	};
	struct rand *rand = &self->world.rand;
	unsigned long left;

	for (left = times(OTHERS); left && findings() < 20; left--) {
		unsigned int i = rand_below(rand, 4);

		if (i < ARRAY_SIZE(bindings))
			fuzz_binding(rand, bindings[i]);
		else
			fuzz_patience(rand);
		check_mdev(&self->world, "something else");
	}
}

TEST_HARNESS_MAIN
