// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim - the simulated machine from the command line
 *
 * See usage() for what it does, and simulator-howto.rst for what for.
 */
#include <stdio.h>
#include <string.h>

#include "tool.h"

static const char usage_text[] =
"apsim - the simulated machine with Crypto Express adapters\n"
"\n"
"  apsim check FILE...          are these machine descriptions right?  Needs\n"
"                               no kernel; one follows the other\n"
"  apsim load [--replace] FILE  do what FILE says, or nothing if it has an\n"
"                               error; --replace: on an empty machine\n"
"  apsim run COMMAND...         do one command (several: part them by ;)\n"
"  apsim show [--queues]        adapters, domains and delays as a table\n"
"  apsim dump                   the same as a machine description\n"
"  apsim stats                  counters\n"
"  apsim stats --delta PROGRAM [ARGUMENT...]\n"
"                               run it, tell what it made the machine do\n"
"  apsim reset                  the machine as it was when it was loaded\n"
"  apsim words                  commands of the control language\n"
"\n"
"A description has a command a line; # begins a comment; FILE - is the input.\n"
"Status: 0; 1 a line is wrong or was refused; 2 called wrongly, or a file\n"
"cannot be read; 3 no simulator in this kernel, or not allowed.\n";

static enum end usage(const char *wrong)
{
	fprintf(stderr, "apsim: %s\n    see apsim --help\n", wrong);
	return END_USAGE;
}

static enum end do_check(int argc, char **argv)
{
	struct lines none = {};
	struct lines lines = {};
	enum end end = END_OK;
	int i;

	if (argc < 1)
		return usage("check which file?");
	for (i = 0; i < argc && !end; i++)
		end = lines_read(&lines, argv[i]);
	if (!end)
		end = check_lines(&none, &lines);
	lines_free(&lines);
	return end;
}

/* On the machine there is, or after all of it is gone: all lines or none. */
static enum end load_lines(const struct lines *lines, bool replace)
{
	struct lines now = {};
	struct lines none = {};
	struct lines away = {};
	enum end end;

	end = kernel_machine(&now);
	if (!end)
		end = check_lines(replace ? &none : &now, lines);
	if (end == END_REFUSED)
		fprintf(stderr, "apsim: nothing was changed\n");
	if (!end && replace) {
		lines_empty(&away, &now);
		end = kernel_run(&away);
	}
	if (!end)
		end = kernel_run(lines);
	lines_free(&now);
	lines_free(&away);
	return end;
}

static enum end do_load(int argc, char **argv)
{
	bool replace = argc && !strcmp(argv[0], "--replace");
	struct lines lines = {};
	enum end end;

	if (argc - replace != 1)
		return usage("load one file");
	end = lines_read(&lines, argv[replace]);
	if (!end)
		end = load_lines(&lines, replace);
	lines_free(&lines);
	return end;
}

/* In quotes or not. */
static enum end do_run(int argc, char **argv)
{
	struct lines lines = {};
	char text[1024] = "";
	size_t len = 0;
	enum end end;
	int i;

	for (i = 0; i < argc && len < sizeof(text); i++)
		len += snprintf(text + len, sizeof(text) - len, "%s%s",
				i ? " " : "", argv[i]);
	if (len >= sizeof(text))
		return usage("this is too long: write a file, and load it");
	lines_add(&lines, "run", text);
	if (!lines.count)
		return usage("run which command?");
	end = kernel_run(&lines);
	lines_free(&lines);
	return end;
}

static enum end do_reset(void)
{
	struct lines lines = {};
	enum end end = kernel_described(&lines);

	if (!end)
		end = load_lines(&lines, true);
	lines_free(&lines);
	return end;
}

static int do_stats(int argc, char **argv)
{
	if (!argc)
		return stats_show();
	if (strcmp(argv[0], "--delta"))
		return usage("stats, or stats --delta PROGRAM");
	if (argc == 1)
		return usage("the change while which program runs?");
	return stats_delta(argv + 1);
}

static int do_simple(const char *what)
{
	if (!strcmp(what, "show"))
		return show_machine(false);
	if (!strcmp(what, "dump"))
		return dump_machine();
	if (!strcmp(what, "reset"))
		return do_reset();
	if (!strcmp(what, "words")) {
		words_list();
		return END_OK;
	}
	if (!strcmp(what, "--help") || !strcmp(what, "-h")) {
		fputs(usage_text, stdout);
		return END_OK;
	}
	return usage("what is that?");
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fputs(usage_text, stderr);
		return END_USAGE;
	}
	if (!strcmp(argv[1], "check"))
		return do_check(argc - 2, argv + 2);
	if (!strcmp(argv[1], "load"))
		return do_load(argc - 2, argv + 2);
	if (!strcmp(argv[1], "run"))
		return do_run(argc - 2, argv + 2);
	if (!strcmp(argv[1], "stats"))
		return do_stats(argc - 2, argv + 2);
	if (argc == 3 && !strcmp(argv[1], "show") &&
	    !strcmp(argv[2], "--queues"))
		return show_machine(true);
	if (argc > 2)
		return usage("too many words, or unknown ones");
	return do_simple(argv[1]);
}
