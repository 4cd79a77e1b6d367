// SPDX-License-Identifier: GPL-2.0-only
/*
 * property - everybody does anything, one after the other, and a model knows
 *	what comes of it
 *
 *	VFIO_AP_SEED	makes the same choices again
 *	VFIO_AP_STEPS	how many commands at random are executed
 *	VFIO_AP_STORM	factor for that
 *	VFIO_AP_SEQ	a file with one sequence, and nothing else is run
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../property/regress.h"
#include "lib/mdev.h"
#include "lib/world.h"
#include "property.h"

#define STEPS		1000
#define LENGTH		150

/* Sequences are run again and again until they are short. */
#define TRIES		60

static struct prop_seq seq;

static unsigned long steps_wanted(void)
{
	const char *text = getenv("VFIO_AP_STEPS");

	return world_scale() * (text && *text ? strtoul(text, NULL, 0) : STEPS);
}

static bool holds(unsigned long *steps)
{
	struct prop_verdict verdict;

	prop_run(&property_bed, FLAW_NONE, &seq, &verdict);
	*steps += verdict.steps;
	if (!verdict.failed)
		return true;
	prop_report(stdout, &seq, &verdict);
	fflush(stdout);
	prop_shrink(&property_bed, FLAW_NONE, &seq, &verdict, TRIES);
	printf("# .. in fewer words:\n");
	prop_report(stdout, &seq, &verdict);
	return false;
}

static bool result(unsigned int number, const char *name, bool ok,
		   unsigned int sequences, unsigned long steps)
{
	printf("# %u sequences, %lu steps\n", sequences, steps);
	printf("%s %u %s\n", ok ? "ok" : "not ok", number, name);
	fflush(stdout);
	return ok;
}

static bool regressions(void)
{
	const char *text = prop_regressions;
	unsigned long steps = 0;
	unsigned int count = 0;
	bool ok = true;

	for (; ok && text && *text; count++) {
		text = prop_parse_all(text, &seq);
		ok = text && holds(&steps);
	}
	return result(1, "what was found before", ok && steps, count, steps);
}

static bool at_random(void)
{
	struct rand rand = rand_stream(world_seed(), 1);
	unsigned long steps = 0, limit = steps_wanted();
	unsigned int count = 0;
	bool ok = true;

	for (; ok && steps < limit; count++) {
		prop_draw(&seq, LENGTH, &rand);
		ok = holds(&steps);
	}
	return result(2, "sequences at random", ok, count, steps);
}

static bool one(const char *name)
{
	static char text[1 << 16];
	FILE *file = fopen(name, "r");
	unsigned long steps = 0;
	bool ok;

	ok = file && fread(text, 1, sizeof(text) - 1, file) &&
	     prop_parse_all(text, &seq) && holds(&steps);
	if (file)
		fclose(file);
	return result(1, name, ok, 1, steps);
}

int main(void)
{
	const char *name = getenv("VFIO_AP_SEQ");
	char patience[32] = "10000";
	bool ok;
	int rc;

	sysfs_read(PATIENCE, patience, sizeof(patience));
	sysfs_write(PATIENCE, access("/dev/apsim_kvm", F_OK) ? PATIENCE_BOX :
		    PATIENCE_UML);
	rc = property_open();
	if (rc) {
		printf("Bail out! no VMs: %s\n", strerror(-rc));
		return 1;
	}
	printf("KTAP version 1\n1..%u\n", name && *name ? 1 : 2);
	if (name && *name) {
		ok = one(name);
	} else {
		ok = regressions();
		ok &= at_random();
	}
	property_close();
	sysfs_write(PATIENCE, patience);
	return !ok;
}
