/* SPDX-License-Identifier: BSD-2-Clause */
/* argp: what parsers are called with, what is complained of, help messages. */
#define _GNU_SOURCE
#include "test.h"
#include <argp.h>
#include <stdlib.h>
#include <string.h>

const char *argp_program_version = "tested 1.0";
const char *argp_program_bug_address = "<bugs@example.org>";

enum { KEY_LONG_ONLY = 1000, KEY_COLOUR };

static const struct argp_option options[] = {
	{"verbose", 'v', NULL, 0,
	 "Say more than anybody would ever want to "
	 "know about what goes on inside, at length",
	 0},
	{"quiet", 'q', NULL, 0, "Say nothing", 0},
	{"silent", 's', NULL, OPTION_ALIAS, NULL, 0},
	{"output", 'o', "FILE", 0, "Write to FILE", 0},
	{"level", 'l', "N", OPTION_ARG_OPTIONAL, "Level, N or one", 0},
	{NULL, 'x', NULL, 0, "A letter alone", 0},
	{NULL, 'y', "ARG", 0, "A letter alone with an argument", 0},
	{"a-very-long-option-name-indeed", KEY_LONG_ONLY, "SOMETHING", 0,
	 "Its description begins on a line of its own", 0},
	{"hidden", 'h', NULL, OPTION_HIDDEN, "Nobody sees this", 0},
	{"unused", 'u', "U", OPTION_NO_USAGE, "Not in the usage", 0},
	{NULL, 0, NULL, 0, "Colours:", 5},
	{"colour", KEY_COLOUR, "WHEN", OPTION_ARG_OPTIONAL, "In colour", 0},
	{"color", 0, NULL, OPTION_ALIAS, NULL, 0},
	{"never", 'N', NULL, 0, "Uppercase", 0},
	{"none", 'n', NULL, 0, "Lowercase", 0},
	{NULL, 0, NULL, 0, "Others", -2},
	{"last", 'L', NULL, 0, "Near the end", 0},
	{"FILES", 0, NULL, OPTION_DOC, "What is not an option", 3},
	{"-0, ..., -9", 0, NULL, OPTION_DOC, "What looks like one", 3},
	{0},
};

static int parse(int key, char *arg, struct argp_state *state)
{
	/* How far options are looked ahead is nobody's business. */
	printf("  parser %x %s next %d number %u quoted %d\n", key,
	       arg ? arg : "NULL", key > 0 && key < 0x1000000 ? 0 : state->next,
	       state->arg_num, state->quoted);
	switch (key) {
	case 'y':
		argp_error(state, "the letter y with %s", arg);
		break;
	case 'N':
		argp_failure(state, 0, ENOENT, "a failure of %d", 7);
		break;
	case 'L':
		return 77;
	case ARGP_KEY_INIT:
		if (state->child_inputs)
			state->child_inputs[0] = "for the child";
		break;
	case ARGP_KEY_ARG:
		if (!strcmp(arg, "refuse"))
			return ARGP_ERR_UNKNOWN;
		break;
	case 'v':
	case 'q':
	case 's':
	case 'o':
	case 'l':
	case 'x':
	case 'h':
	case 'u':
	case KEY_LONG_ONLY:
	case KEY_COLOUR:
	case 'n':
	case ARGP_KEY_END:
	case ARGP_KEY_NO_ARGS:
	case ARGP_KEY_SUCCESS:
	case ARGP_KEY_ERROR:
	case ARGP_KEY_FINI:
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static const struct argp_option child_options[] = {
	{"child", 'c', "C", 0, "Of the child", 0},
	{"output", 'p', NULL, 0, "Shadowed name, own letter", 0},
	{"verbatim", 'v', NULL, 0, "Shadowed letter", 0},
	{0},
};

static int parse_child(int key, char *arg, struct argp_state *state)
{
	if (key == ARGP_KEY_INIT || key == 'c' || key == 'p')
		printf("  child %x %s input %s\n", key, arg ? arg : "NULL",
		       (char *)state->input);
	return key == 'c' || key == 'p' ? 0 : ARGP_ERR_UNKNOWN;
}

static const struct argp child = {child_options, parse_child, "MORE...",
				  "The child has its say too.\vAnd after."};
static const struct argp_option second_options[] = {
	{"second", '2', NULL, 0, "Of the second", 0},
	{"other", '3', NULL, 0, "In another group", 2},
	{0},
};

static int parse_second(int key, char *arg, struct argp_state *state)
{
	return key == '2' || key == '3' ? 0 : ARGP_ERR_UNKNOWN;
}

static const struct argp second = {second_options, parse_second, NULL, NULL};
static const struct argp third = {second_options, parse_second, NULL, NULL};

static char *change(int key, const char *text, void *input)
{
	char *to;

	if (key == 'q')
		return NULL;
	if (key == 'x')
		return strdup("Changed");
	if (key == ARGP_KEY_HELP_EXTRA)
		return strdup("Something extra.");
	if (key == ARGP_KEY_HELP_HEADER && asprintf(&to, "<%s>", text) > 0)
		return to;
	return (char *)text;
}

static const struct argp_child children[] = {
	{&child, 0, NULL, 0},
	{&second, 0, "Of the second child:", 7},
	{&third, 0, "Of the third child:", 7},
	{0},
};

static const struct argp simple = {
	options, parse, "FROM TO\nFROM...",
	"A program that does nothing, but says what it would do if it did "
	"anything at all, in more than one line.\vAnd this comes last."};
static const struct argp family = {options, parse, "FROM", "With children.",
				   children};
static const struct argp filtered = {
	options, parse, "FROM TO\nFROM...", "Before.\vBehind.", NULL, change};

static void run(const struct argp *argp, unsigned flags, int *index,
		const char *line)
{
	char *copy = strdup(line), *argv[32] = {"./dir/prog"}, *next;
	int argc = 1, status;

	for (char *word = strtok_r(copy, " ", &next); word;
	     word = strtok_r(NULL, " ", &next))
		argv[argc++] = word;
	printf("prog %s\n", line);
	status = argp_parse(argp, argc, argv, flags | ARGP_NO_EXIT, index,
			    "an input");
	printf("= %d", status);
	if (index)
		printf(" index %d", *index);
	for (int i = 1; i < argc; i++)
		printf(" %s", argv[i]);
	printf("\n");
	free(copy);
}

static void parsing(void)
{
	int index = -1;

	run(&simple, 0, NULL, "");
	run(&simple, 0, NULL, "one -v two -qs --output=f three");
	run(&simple, 0, NULL, "-of -o f --output f -l -l5 --level --level=6");
	run(&simple, 0, NULL, "-vo");
	run(&simple, 0, NULL, "--output");
	run(&simple, 0, NULL, "--quiet=3");
	run(&simple, 0, NULL, "--col --colou=x");
	run(&simple, 0, NULL, "--n");
	run(&simple, 0, NULL, "--unknown");
	run(&simple, 0, NULL, "-Z");
	run(&simple, 0, NULL, "-v -- -q a");
	run(&simple, 0, NULL, "a b -- -q");
	run(&simple, 0, NULL, "-y problem -q");
	run(&simple, 0, NULL, "-N -q");
	run(&simple, 0, NULL, "-v -L -q");
	run(&simple, 0, NULL, "a refuse -v b");
	run(&simple, 0, &index, "a refuse -v b");
	run(&simple, ARGP_IN_ORDER, NULL, "a -v b -q");
	run(&simple, ARGP_NO_ARGS, &index, "-v b -q");
	run(&simple, ARGP_NO_ARGS, NULL, "-v b -q");
	run(&simple, ARGP_NO_ERRS, NULL, "-Z");
	run(&simple, ARGP_NO_HELP, NULL, "--help");
	run(&simple, ARGP_LONG_ONLY, NULL, "-output f -v -qs -unknown");
	run(&simple, ARGP_LONG_ONLY, NULL, "-level=7 -ver -o f");
	run(&family, 0, NULL, "-c 1 --output f -p -v --verbatim x");
	run(&family, 0, NULL, "--second -3");
	run(&simple, 0, NULL, "--version");
	run(&simple, 0, NULL, "-V -v");
	run(&simple, 0, NULL, "-x - -v");
	run(NULL, 0, NULL, "--help");
}

static void helping(void)
{
	run(&simple, 0, NULL, "--help");
	run(&simple, 0, NULL, "-?");
	run(&simple, 0, NULL, "--usage");
	run(&family, 0, NULL, "--help");
	run(&family, 0, NULL, "--usage");
	run(&filtered, 0, NULL, "--help");
	for (unsigned flag = 1; flag <= ARGP_HELP_LONG_ONLY; flag <<= 1) {
		printf("-- %x\n", flag);
		argp_help(&family, stdout, flag, "prog");
	}
}

/* Lines of each length around the margin. */
static void wrapping(void)
{
	static char doc[200];
	struct argp_option one[] = {{"opt", 'o', NULL, 0, doc, 0}, {0}};
	struct argp argp = {one, NULL, doc, doc};

	for (int n = 40; n < 90; n++) {
		memset(doc, 'a', n);
		for (int i = 6; i < n; i += 7)
			doc[i] = ' ';
		strcpy(doc + n, n % 2 ? "" : "\nnext");
		argp_help(&argp, stdout,
			  ARGP_HELP_LONG | ARGP_HELP_PRE_DOC | ARGP_HELP_USAGE,
			  "prog");
	}
	memset(doc, 'b', 60);
	strcpy(doc + 60, " behind a long word");
	argp_help(&argp, stdout, ARGP_HELP_LONG | ARGP_HELP_USAGE, "prog");
}

void test_argp(void)
{
	parsing();
	helping();
	wrapping();
	/* From here on it holds. */
	setenv("ARGP_HELP_FMT",
	       "rmargin=50,usage-indent=4,opt-doc-col=20,"
	       "short-opt-col=1,long-opt-col=5,header-col=0,dup-args",
	       1);
	run(&family, 0, NULL, "--help");
	unsetenv("ARGP_HELP_FMT");
}
