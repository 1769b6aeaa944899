/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * argp_parse(): options and arguments handed to a program's parsers, in the
 * order and with the keys that the GNU C library manual (25.3) describes. Each
 * argp with options or a parser is a group, a parent before its children.
 */
#include "names/argp_options.h"
#include <argp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define BAD_KEY ARGP_ERR_UNKNOWN

const char *argp_program_version __attribute__((weak));
void (*argp_program_version_hook)(FILE *f, struct argp_state *state)
	__attribute__((weak));

struct group {
	const struct argp *argp;
	struct group *parent;
	int index; /* among the parent's children */
	unsigned arguments;
	void *input, *hook, **child_inputs;
};

struct parser {
	struct argp_state state;
	struct group *groups;
	int count;
	bool options_end; /* all that follows is arguments */
	char *letters;	  /* what is left of an argument such as -abc */
};

/* An option that was found, and what the command line has for it. */
struct found {
	struct group *group;
	const struct argp_option *option, *real;
	char *arg;
};

char *__px_argp_program_name(void)
{
	return program_invocation_short_name;
}

void *__px_argp_input(const struct argp *argp, const struct argp_state *state)
{
	const struct parser *p = state ? state->pstate : NULL;

	for (int i = 0; p && i < p->count; i++)
		if (p->groups[i].argp == argp)
			return p->groups[i].input;
	return NULL;
}

/* The options that every program has. */
enum { KEY_USAGE = -2, KEY_PROGRAM_NAME = -3 };

static const struct argp_option standard_options[] = {
	{"help", '?', NULL, 0, "Give this help list", -1},
	{"usage", KEY_USAGE, NULL, 0, "Give a short usage message", 0},
	{"program-name", KEY_PROGRAM_NAME, "NAME", OPTION_HIDDEN,
	 "Set the program name", 0},
	{0},
};

static int standard_parser(int key, char *arg, struct argp_state *state)
{
	char *slash;

	switch (key) {
	case '?':
		argp_state_help(state, state->out_stream, ARGP_HELP_STD_HELP);
		return 0;
	case KEY_USAGE:
		argp_state_help(state, state->out_stream,
				ARGP_HELP_USAGE | ARGP_HELP_EXIT_OK);
		return 0;
	case KEY_PROGRAM_NAME:
		program_invocation_name = arg;
		slash = strrchr(arg, '/');
		program_invocation_short_name = slash ? slash + 1 : arg;
		state->name = program_invocation_short_name;
		return 0;
	}
	return BAD_KEY;
}

static const struct argp standard_argp = {
	.options = standard_options,
	.parser = standard_parser,
};

static const struct argp_option version_options[] = {
	{"version", 'V', NULL, 0, "Print program version", -1},
	{0},
};

static int version_parser(int key, char *arg, struct argp_state *state)
{
	if (key != 'V')
		return BAD_KEY;
	if (argp_program_version_hook)
		argp_program_version_hook(state->out_stream, state);
	else
		fprintf(state->out_stream, "%s\n", argp_program_version);
	if (!(state->flags & ARGP_NO_EXIT))
		exit(0);
	return 0;
}

static const struct argp version_argp = {
	.options = version_options,
	.parser = version_parser,
};

static int count_groups(const struct argp *argp)
{
	const struct argp_child *child = argp->children;
	int n = argp->options || argp->parser;

	for (; child && child->argp; child++)
		n += count_groups(child->argp);
	return n;
}

static int count_children(const struct argp *argp)
{
	int n = 0;

	while (argp->children && argp->children[n].argp)
		n++;
	return n;
}

static int add_groups(struct parser *p, const struct argp *argp,
		      struct group *parent, int index)
{
	const struct argp_child *child = argp->children;
	struct group *own = NULL;
	int err = 0;

	if (argp->options || argp->parser) {
		own = &p->groups[p->count++];
		*own = (struct group){argp, parent, index, 0, NULL, NULL, NULL};
		own->child_inputs =
			calloc(count_children(argp) + 1, sizeof(void *));
		if (!own->child_inputs)
			return ENOMEM;
	}
	for (int i = 0; !err && child && child[i].argp; i++)
		err = add_groups(p, child[i].argp, own, i);
	return err;
}

static int call(struct parser *p, struct group *g, int key, char *arg)
{
	struct argp_state *state = &p->state;
	int err;

	if (!g->argp->parser)
		return BAD_KEY;
	state->hook = g->hook;
	state->input = g->input;
	state->child_inputs = g->child_inputs;
	state->arg_num = g->arguments;
	err = g->argp->parser(key, arg, state);
	g->hook = state->hook;
	return err;
}

/* Each parser hands inputs to its children's before they are called. */
static int begin(struct parser *p, void *input)
{
	int err = 0;

	if (p->count)
		p->groups[0].input = input;
	for (int i = 0; i < p->count && (!err || err == BAD_KEY); i++) {
		struct group *g = &p->groups[i];

		if (g->parent)
			g->input = g->parent->child_inputs[g->index];
		if (!g->argp->parser)
			g->child_inputs[0] = g->input;
		err = call(p, g, ARGP_KEY_INIT, NULL);
	}
	return err == BAD_KEY ? 0 : err;
}

static bool speaks(const struct parser *p)
{
	return !(p->state.flags & ARGP_NO_ERRS) && p->state.err_stream;
}

#define COMPLAIN(p, ...)                                                       \
	do {                                                                   \
		if (speaks(p))                                                 \
			fprintf((p)->state.err_stream, __VA_ARGS__);           \
	} while (0)

/* Calls see() for each option until it returns true. */
static bool each_option(struct parser *p, struct found *f,
			bool (*see)(struct found *f, void *arg), void *arg)
{
	for (int i = 0; i < p->count; i++) {
		const struct argp_option *o = p->groups[i].argp->options;
		const struct argp_option *real = o;

		for (; o && !option_is_last(o); o++) {
			if (!(o->flags & OPTION_ALIAS))
				real = o;
			if (option_is_doc(real))
				continue;
			f->group = &p->groups[i];
			f->option = o;
			f->real = real;
			if (see(f, arg))
				return true;
		}
	}
	return false;
}

static bool has_letter(struct found *f, void *letter)
{
	return option_is_short(f->option) && f->option->key == *(char *)letter;
}

static bool find_letter(struct parser *p, struct found *f, char letter)
{
	return each_option(p, f, has_letter, &letter);
}

static int key_of(const struct found *f)
{
	return f->option->key ? f->option->key : f->real->key;
}

/* A name as it was given, and what it could mean. */
struct search {
	const char *name;
	size_t len;
	struct found best;
	int hits;
	FILE *list; /* where to write the possibilities, or NULL */
	const char *dashes;
};

static bool same_option(const struct found *a, const struct found *b)
{
	return a->group == b->group && key_of(a) == key_of(b) &&
	       !a->real->arg == !b->real->arg;
}

static bool match_name(struct found *f, void *arg)
{
	struct search *s = arg;

	if (!f->option->name || strncmp(f->option->name, s->name, s->len))
		return false;
	if (!f->option->name[s->len]) {
		s->best = *f;
		s->hits = 1;
		return true;
	}
	if (s->list)
		fprintf(s->list, " '%s%s'", s->dashes, f->option->name);
	if (!s->hits)
		s->best = *f;
	if (!s->hits || !same_option(&s->best, f))
		s->hits++;
	return false;
}

enum outcome { FOUND, WRONG, NOT_THERE };

/* The option called name, which may be a part and have =ARG behind it. */
static enum outcome find_name(struct parser *p, struct found *f, char *name,
			      const char *dashes, bool must)
{
	struct search s = {name, strcspn(name, "="), {0}, 0, NULL, dashes};
	struct found unused;

	each_option(p, &unused, match_name, &s);
	if (s.hits > 1) {
		COMPLAIN(p, "%s: option '%s%s' is ambiguous; possibilities:",
			 p->state.argv[0], dashes, name);
		if (speaks(p)) {
			s.list = p->state.err_stream;
			each_option(p, &unused, match_name, &s);
		}
		COMPLAIN(p, "\n");
		return WRONG;
	}
	if (!s.hits) {
		if (must)
			COMPLAIN(p, "%s: unrecognized option '%s%s'\n",
				 p->state.argv[0], dashes, name);
		return NOT_THERE;
	}
	*f = s.best;
	f->arg = name[s.len] ? name + s.len + 1 : NULL;
	if (f->arg && !f->real->arg) {
		COMPLAIN(p, "%s: option '%s%s' doesn't allow an argument\n",
			 p->state.argv[0], dashes, f->option->name);
		return WRONG;
	}
	return FOUND;
}

static bool wants_more(const struct found *f)
{
	return f->real->arg && !f->arg &&
	       !(f->real->flags & OPTION_ARG_OPTIONAL);
}

static bool is_option(const char *word)
{
	return word[0] == '-' && word[1];
}

/* Move argv[from], ..., argv[from + n - 1] before argv[to]. */
static void move_words(char **argv, int to, int from, int n)
{
	while (n--) {
		char *word = argv[from];

		memmove(&argv[to + 1], &argv[to], (from - to) * sizeof(*argv));
		argv[to++] = word;
		from++;
	}
}

/* The next word that is an option; arguments before it are passed over. */
static int next_word(struct parser *p)
{
	struct argp_state *s = &p->state;
	bool in_order = s->flags & (ARGP_IN_ORDER | ARGP_NO_ARGS) ||
			getenv("POSIXLY_CORRECT");
	int at = s->next;

	while (!in_order && at < s->argc && !is_option(s->argv[at]))
		at++;
	return at < s->argc && is_option(s->argv[at]) ? at : -1;
}

/* argv[*at] is an option's name. *words: how many words it takes. */
static enum outcome long_option(struct parser *p, struct found *f, int at,
				int *words)
{
	struct argp_state *s = &p->state;
	char *word = s->argv[at];
	bool two = word[1] == '-';
	const char *dashes = two ? "--" : "-";
	struct found unused;
	bool letter = !two && find_letter(p, &unused, word[1]);
	enum outcome outcome;

	outcome = find_name(p, f, word + 1 + two, dashes, !letter);
	if (outcome == FOUND && wants_more(f)) {
		if (at + 1 < s->argc) {
			f->arg = s->argv[at + 1];
			*words = 2;
		} else {
			COMPLAIN(p, "%s: option '%s%s' requires an argument\n",
				 s->argv[0], dashes, f->option->name);
			outcome = WRONG;
		}
	}
	if (outcome == NOT_THERE && !letter)
		outcome = WRONG;
	return outcome;
}

/* The next of p->letters, which stand in argv[at]. */
static enum outcome short_option(struct parser *p, struct found *f, int at,
				 int *words)
{
	struct argp_state *s = &p->state;
	char letter = *p->letters++;

	if (!find_letter(p, f, letter)) {
		COMPLAIN(p, "%s: invalid option -- '%c'\n", s->argv[0], letter);
		return WRONG;
	}
	f->arg = NULL;
	if (f->real->arg && *p->letters) {
		f->arg = p->letters;
		p->letters += strlen(p->letters);
	} else if (wants_more(f)) {
		if (at + 1 >= s->argc) {
			COMPLAIN(p, "%s: option requires an argument -- '%c'\n",
				 s->argv[0], letter);
			return WRONG;
		}
		f->arg = s->argv[at + 1];
		*words = 2;
	}
	return FOUND;
}

/* NOT_THERE: there are no more options. */
static enum outcome next_option(struct parser *p, struct found *f)
{
	struct argp_state *s = &p->state;
	enum outcome outcome = NOT_THERE;
	int at, words = 1;

	/* In the middle of a word, which lies before next already. */
	if (p->letters && *p->letters) {
		at = s->next - 1;
		outcome = short_option(p, f, at, &words);
		s->next += words - 1;
		return outcome;
	}
	at = next_word(p);
	if (at < 0)
		return NOT_THERE;
	if (!strcmp(s->argv[at], "--")) {
		move_words(s->argv, s->next, at, 1);
		s->quoted = ++s->next;
		return NOT_THERE;
	}
	f->arg = NULL;
	if (s->argv[at][1] == '-' ||
	    (s->flags & ARGP_LONG_ONLY && s->argv[at][2]))
		outcome = long_option(p, f, at, &words);
	if (outcome == NOT_THERE) {
		p->letters = s->argv[at] + 1;
		outcome = short_option(p, f, at, &words);
	}
	move_words(s->argv, s->next, at, words);
	s->next += words;
	return outcome;
}

static int take_option(struct parser *p, const struct found *f)
{
	int err = call(p, f->group, key_of(f), f->arg);

	if (err != BAD_KEY)
		return err;
	if (f->option->name)
		argp_error(&p->state,
			   "--%s: (PROGRAM ERROR) Option should have been "
			   "recognized!?",
			   f->option->name);
	else
		argp_error(&p->state,
			   "-%c: (PROGRAM ERROR) Option should have been "
			   "recognized!?",
			   f->option->key);
	return err;
}

/* An argument goes to the first parser that takes it, or it and all more. */
static int take_argument(struct parser *p, char *arg)
{
	struct argp_state *s = &p->state;
	int index = s->next - 1, key = 0, err = BAD_KEY;
	struct group *g = p->groups;

	for (; g < p->groups + p->count; g++) {
		s->next = index + 1;
		key = ARGP_KEY_ARG;
		err = call(p, g, key, arg);
		if (err != BAD_KEY)
			break;
		s->next = index;
		key = ARGP_KEY_ARGS;
		err = call(p, g, key, NULL);
		if (err != BAD_KEY)
			break;
	}
	if (err)
		return err;
	if (key == ARGP_KEY_ARGS)
		s->next = s->argc;
	/* A parser that set next back wants the words looked at anew. */
	if (s->next > index)
		g->arguments += s->next - index;
	else
		p->options_end = false;
	return 0;
}

/* One option or argument; *done: there was none, or nobody wanted it. */
static int step(struct parser *p, bool *done)
{
	struct argp_state *s = &p->state;
	struct found f;
	int err;

	*done = false;
	if (s->quoted && s->next < s->quoted)
		s->quoted = 0;
	if (!p->options_end && !s->quoted) {
		bool argument = s->flags & ARGP_IN_ORDER &&
				!(p->letters && *p->letters) &&
				s->next < s->argc &&
				!is_option(s->argv[s->next]);
		enum outcome outcome =
			argument ? NOT_THERE : next_option(p, &f);

		if (outcome == WRONG)
			return BAD_KEY;
		if (outcome == FOUND)
			return take_option(p, &f);
		p->options_end = !argument;
	}
	if (s->next >= s->argc || s->flags & ARGP_NO_ARGS) {
		*done = true;
		return BAD_KEY;
	}
	s->next++;
	err = take_argument(p, s->argv[s->next - 1]);
	*done = err == BAD_KEY;
	return err;
}

static int tell_all(struct parser *p, int key, int err)
{
	for (int i = p->count; i-- > 0 && (!err || err == BAD_KEY);)
		err = call(p, &p->groups[i], key, NULL);
	return err == BAD_KEY ? 0 : err;
}

/* All words are parsed, or the rest is left to the caller. */
static int end_of_words(struct parser *p, int *index)
{
	int err = 0;

	if (p->state.next == p->state.argc) {
		for (int i = 0; i < p->count && (!err || err == BAD_KEY); i++)
			if (!p->groups[i].arguments)
				err = call(p, &p->groups[i], ARGP_KEY_NO_ARGS,
					   NULL);
		err = tell_all(p, ARGP_KEY_END, err);
	} else if (!index) {
		COMPLAIN(p, "%s: Too many arguments\n", p->state.name);
		err = BAD_KEY;
	}
	if (index && err != BAD_KEY)
		*index = p->state.next;
	return err;
}

static int finish(struct parser *p, int err, bool done, int *index)
{
	if (err == BAD_KEY && done)
		err = 0;
	if (!err)
		err = end_of_words(p, index);
	if (err) {
		if (err == BAD_KEY)
			argp_state_help(&p->state, p->state.err_stream,
					ARGP_HELP_STD_ERR);
		for (int i = 0; i < p->count; i++)
			call(p, &p->groups[i], ARGP_KEY_ERROR, NULL);
	} else {
		err = tell_all(p, ARGP_KEY_SUCCESS, 0);
	}
	for (int i = p->count; i-- > 0;)
		call(p, &p->groups[i], ARGP_KEY_FINI, NULL);
	return err == BAD_KEY ? EINVAL : err;
}

static void set_up(struct parser *p, const struct argp *argp, int argc,
		   char **argv, unsigned flags)
{
	struct argp_state *s = &p->state;
	char *slash = argc && argv[0] ? strrchr(argv[0], '/') : NULL;

	s->root_argp = argp;
	s->argc = argc;
	s->argv = argv;
	s->flags = flags;
	s->err_stream = stderr;
	s->out_stream = stdout;
	s->pstate = p;
	s->name = argc && argv[0] ? argv[0] : __px_argp_program_name();
	if (slash)
		s->name = slash + 1;
}

int argp_parse(const struct argp *argp, int argc, char **argv, unsigned flags,
	       int *arg_index, void *input)
{
	struct argp_child children[4] = {{.argp = argp}};
	struct argp with_standard = {.children = children};
	struct parser p = {0};
	bool done = false;
	int err;

	if (!(flags & ARGP_NO_HELP)) {
		children[1].argp = &standard_argp;
		if (argp_program_version || argp_program_version_hook)
			children[2].argp = &version_argp;
		with_standard.argp_domain = argp ? argp->argp_domain : NULL;
		if (!argp)
			memmove(children, children + 1, 3 * sizeof(*children));
		argp = &with_standard;
	}
	set_up(&p, argp, argc, argv, flags);
	p.groups = calloc(count_groups(argp) + 1, sizeof(*p.groups));
	err = p.groups ? add_groups(&p, argp, NULL, 0) : ENOMEM;
	if (!err) {
		err = begin(&p, input);
		if (!err) {
			/* Only who wants no messages can do without argv[0]. */
			if (!p.state.next && (!(flags & ARGP_PARSE_ARGV0) ||
					      !(flags & ARGP_NO_ERRS)))
				p.state.next = 1;
			while (!err)
				err = step(&p, &done);
			err = finish(&p, err, done, arg_index);
		}
	}
	for (int i = 0; i < p.count; i++)
		free(p.groups[i].child_inputs);
	free(p.groups);
	return err;
}

/* Names that old headers' inline functions call. */
int __argp_parse(const struct argp *argp, int argc, char **argv, unsigned flags,
		 int *arg_index, void *input)
	__attribute__((alias("argp_parse")));
