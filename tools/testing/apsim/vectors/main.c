// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim_vectors.ko - the vectors that all front ends have in common
 *
 * They are carried out when it is loaded, by each program that the front end
 * has; the parameter "results" is KTAP.
 */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include "../kernel/machine.h"
#include "front.h"
#include "vectors.h"

/* How long a reply may take. */
#define PATIENCE	(10 * HZ)

static char results[PAGE_SIZE];
static int results_len;
static unsigned long deadline;

static int run_command(const char *line)
{
	deadline = jiffies + PATIENCE;
	return apsim_machine_command(line, NULL);
}

static bool pause_some(void)
{
	usleep_range(500, 1000);
	return time_before(jiffies, deadline);
}

static __printf(1, 2) void add(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	results_len += vscnprintf(results + results_len,
				  sizeof(results) - results_len, format, args);
	va_end(args);
}

static void tell(const struct vec_program *program, const struct vec *vec,
		 unsigned int number, const struct vec_result *result)
{
	if (result->step)
		add("# step %u: %s: %llx, should be %llx\n", result->step,
		    result->what, result->got, result->want);
	add("%sok %u %s: %s%s\n", result->step ? "not " : "", number,
	    program->name, vec->name,
	    result->skipped ? " # SKIP no such thing" : "");
}

static int run_all(struct vec_program *program, unsigned int number)
{
	int i, rc;

	program->front.command = run_command;
	program->front.pause = pause_some;
	rc = program->init(&program->front);
	if (rc)
		return rc;
	for (i = 0; i < ARRAY_SIZE(vectors); i++) {
		struct vec_result result;

		program->clear();
		result = vec_run(&program->front, &vectors[i]);
		tell(program, &vectors[i], ++number, &result);
	}
	program->exit();
	return 0;
}

static int results_get(char *buf, const struct kernel_param *kp)
{
	memcpy(buf, results, results_len);
	return results_len;
}

static const struct kernel_param_ops results_ops = {
	.get = results_get,
};

module_param_cb(results, &results_ops, NULL, 0444);
MODULE_PARM_DESC(results, "KTAP: how the vectors went");

/* How slow the machine is by default, see kernel/params.c. */
static void tidy(void)
{
	apsim_machine_command("latency 200; reset 1000", NULL);
}

static int __init vectors_init(void)
{
	unsigned int programs = 0;
	int i, rc = 0;

	while (vec_programs[programs].name)
		programs++;
	add("KTAP version 1\n1..%zu\n", programs * ARRAY_SIZE(vectors));
	for (i = 0; i < programs && !rc; i++)
		rc = run_all(&vec_programs[i], i * ARRAY_SIZE(vectors));
	tidy();
	return rc;
}

static void __exit vectors_exit(void)
{
}

module_init(vectors_init);
module_exit(vectors_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Vectors for the simulated Crypto Express adapters");
