/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * argp_help(): usage and help messages. The options of a program's argp and of
 * all its children are gathered into one list of entries (an option and its
 * aliases), sorted, and written.
 */
#include "layouts/print.h"
#include "names/argp_options.h"
#include "names/argp_page.h"
#include <argp.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int argp_err_exit_status __attribute__((weak)) = 64;
const char *argp_program_bug_address __attribute__((weak));

/* Where things stand; ARGP_HELP_FMT in the environment may move them. */
static struct layout {
	int dup_args, dup_args_note, short_opt_col, long_opt_col, doc_opt_col,
		opt_doc_col, header_col, usage_indent, rmargin;
} layout;

static const struct layout standard = {0, 1, 2, 6, 2, 29, 1, 12, 79};

static const struct parameter {
	const char *name;
	int *value;
	bool is_flag;
} parameters[] = {
	{"dup-args", &layout.dup_args, true},
	{"dup-args-note", &layout.dup_args_note, true},
	{"short-opt-col", &layout.short_opt_col, false},
	{"long-opt-col", &layout.long_opt_col, false},
	{"doc-opt-col", &layout.doc_opt_col, false},
	{"opt-doc-col", &layout.opt_doc_col, false},
	{"header-col", &layout.header_col, false},
	{"usage-indent", &layout.usage_indent, false},
	{"rmargin", &layout.rmargin, false},
};

enum { PARAMETERS = sizeof(parameters) / sizeof(*parameters) };

static void set_parameter(char *word)
{
	char *value = strchr(word, '=');
	bool off = !value && !strncmp(word, "no-", 3);

	if (value)
		*value++ = '\0';
	if (off)
		word += 3;
	for (int i = 0; i < PARAMETERS; i++)
		if (!strcmp(word, parameters[i].name) &&
		    (value || parameters[i].is_flag))
			*parameters[i].value = value ? atoi(value) : !off;
}

/* Read until it is there once, and then kept. */
static void read_layout(void)
{
	static bool is_set;
	const char *wish = getenv("ARGP_HELP_FMT");
	char *copy, *next, *word;

	if (is_set)
		return;
	layout = standard;
	copy = wish ? strdup(wish) : NULL;
	if (!copy)
		return;
	is_set = true;
	for (word = strtok_r(copy, ", \t", &next); word;
	     word = strtok_r(NULL, ", \t", &next))
		set_parameter(word);
	free(copy);
	if (layout.rmargin <= layout.opt_doc_col ||
	    layout.rmargin <= layout.usage_indent || layout.short_opt_col < 0 ||
	    layout.long_opt_col < 0 || layout.usage_indent < 0)
		layout = standard;
}

/* The options of children that stand together, under a header of their own. */
struct cluster {
	struct cluster *next; /* of all, to be freed */
	struct cluster *parent;
	const struct argp *argp;
	const char *header;
	int group, depth, index;
};

struct entry {
	const struct argp_option *option; /* and so many aliases behind it */
	int count;
	int group;
	int order;  /* as they were found */
	int letter; /* the first that it shows, or 0 */
	const struct argp *argp;
	const struct cluster *cluster;
};

struct help {
	struct page page;
	const struct argp_state *state;
	struct entry *entries;
	int count;
	struct cluster *clusters;
	/*
	 * Which entry a letter belongs to, by its order plus one: the first
	 * took it from all others.
	 */
	int owner[256];
	const struct entry *before; /* the entry written last */
	bool header_seen;
	bool argument_left_out;
};

static bool shows_letter(const struct help *h, const struct entry *e,
			 const struct argp_option *o)
{
	return option_is_short(o) && option_is_visible(o) &&
	       h->owner[o->key] == e->order + 1;
}

static bool shows_name(const struct argp_option *o)
{
	return o->name && option_is_visible(o);
}

static int count_entries(const struct argp *argp)
{
	const struct argp_option *o = argp->options;
	const struct argp_child *child = argp->children;
	int n = 0;

	for (; o && !option_is_last(o); o++)
		n++;
	for (; child && child->argp; child++)
		n += count_entries(child->argp);
	return n;
}

static int first_letter(const struct help *h, const struct entry *e)
{
	for (int i = 0; i < e->count; i++)
		if (shows_letter(h, e, &e->option[i]))
			return e->option[i].key;
	return 0;
}

static void add_options(struct help *h, const struct argp *argp,
			const struct cluster *cluster)
{
	const struct argp_option *o = argp->options;
	struct entry *e = NULL;
	int group = 0;

	for (; o && !option_is_last(o); o++) {
		if (!e || !(o->flags & OPTION_ALIAS)) {
			if (o->group)
				group = o->group;
			else if (!o->name && !o->key)
				group++;
			e = &h->entries[h->count];
			*e = (struct entry){.option = o,
					    .group = group,
					    .order = h->count,
					    .argp = argp,
					    .cluster = cluster};
			h->count++;
		}
		e->count++;
		if (option_is_short(o) && !h->owner[o->key])
			h->owner[o->key] = e->order + 1;
		e->letter = first_letter(h, e);
	}
}

static struct cluster *add_cluster(struct help *h, const struct argp *argp,
				   const struct argp_child *child,
				   struct cluster *parent)
{
	struct cluster *c = malloc(sizeof(*c));

	if (!c)
		return parent;
	*c = (struct cluster){h->clusters,
			      parent,
			      argp,
			      child->header,
			      child->group,
			      parent ? parent->depth + 1 : 0,
			      child - argp->children};
	h->clusters = c;
	return c;
}

static void gather(struct help *h, const struct argp *argp,
		   struct cluster *cluster)
{
	const struct argp_child *child = argp->children;

	add_options(h, argp, cluster);
	for (; child && child->argp; child++)
		gather(h, child->argp,
		       child->group || child->header
			       ? add_cluster(h, argp, child, cluster)
			       : cluster);
}

/* 0, 1, ..., and behind them ..., -2, -1. */
static int compare_groups(int a, int b)
{
	if ((a < 0) != (b < 0))
		return a < 0 ? 1 : -1;
	return (a > b) - (a < b);
}

static int compare_clusters(const struct cluster *a, const struct cluster *b)
{
	int deeper = a->depth - b->depth, order;

	while (a->depth > b->depth)
		a = a->parent;
	while (b->depth > a->depth)
		b = b->parent;
	if (a == b)
		return deeper;
	while (a->parent != b->parent) {
		a = a->parent;
		b = b->parent;
	}
	order = compare_groups(a->group, b->group);
	return order ? order : b->index - a->index;
}

static int base_group(const struct entry *e)
{
	const struct cluster *c = e->cluster;

	while (c && c->parent)
		c = c->parent;
	return c ? c->group : e->group;
}

static const char *first_name(const struct entry *e)
{
	for (int i = 0; i < e->count; i++)
		if (shows_name(&e->option[i]))
			return e->option[i].name;
	return NULL;
}

/* A documentation's name sorts from its first letter; true: no option's. */
static bool plain_doc_name(const struct entry *e, const char **name)
{
	const char *s = *name;
	bool plain;

	if (!option_is_doc(e->option) || !s)
		return false;
	while (isspace((unsigned char)*s))
		s++;
	plain = *s != '-';
	while (*s && !isalnum((unsigned char)*s))
		s++;
	*name = s;
	return plain;
}

static int compare_names(const struct entry *a, const struct entry *b)
{
	const char *name_a = first_name(a), *name_b = first_name(b);
	int letter_a = a->letter, letter_b = b->letter;
	int plain_a = plain_doc_name(a, &name_a);
	int plain_b = plain_doc_name(b, &name_b);
	int first_a, first_b, order;

	if (plain_a != plain_b)
		return plain_a - plain_b;
	if (!letter_a && !letter_b && name_a && name_b) {
		order = strcasecmp(name_a, name_b);
		return order;
	}
	first_a = letter_a ? letter_a : name_a ? (unsigned char)*name_a : 0;
	first_b = letter_b ? letter_b : name_b ? (unsigned char)*name_b : 0;
	order = tolower(first_a) - tolower(first_b);
	/* Of one letter's two forms the small one comes first. */
	if (!order)
		order = first_b - first_a;
	return order || !name_a || !name_b ? order : strcasecmp(name_a, name_b);
}

static int compare_entries(const void *first, const void *second)
{
	const struct entry *a = first, *b = second;
	int order = compare_groups(base_group(a), base_group(b));

	if (!order)
		order = !!a->cluster - !!b->cluster;
	if (!order && a->cluster && a->cluster != b->cluster)
		order = compare_clusters(a->cluster, b->cluster);
	if (!order)
		order = compare_groups(a->group, b->group);
	if (!order)
		order = compare_names(a, b);
	return order ? order : a->order - b->order;
}

/* text, as the program's filter wants it; free it if it is another. */
static const char *filter(const struct help *h, const struct argp *argp,
			  int key, const char *text)
{
	if (!argp->help_filter)
		return text;
	return argp->help_filter(key, text, __px_argp_input(argp, h->state));
}

static void release(const char *filtered, const char *text)
{
	if (filtered != text)
		free((char *)filtered);
}

static void write_header(struct help *h, const char *header,
			 const struct argp *argp)
{
	const char *text = filter(h, argp, ARGP_KEY_HELP_HEADER, header);

	if (text && *text) {
		if (h->before)
			page_puts(&h->page, "\n");
		page_indent(&h->page, layout.header_col);
		page_margins(&h->page, layout.header_col, layout.header_col);
		page_puts(&h->page, text);
		page_margins(&h->page, 0, h->page.wrap);
		page_puts(&h->page, "\n");
	}
	if (text)
		h->header_seen = true;
	release(text, header);
}

static bool inside(const struct cluster *c, const struct cluster *of)
{
	while (c && c != of)
		c = c->parent;
	return c != NULL;
}

/* Before an entry's first name: what sets it off from the entry before. */
static void begin_entry(struct help *h, const struct entry *e)
{
	const struct cluster *c = e->cluster;
	const struct entry *before = h->before;

	if (h->header_seen && before && e->group != before->group)
		page_puts(&h->page, "\n");
	if (c && c->header && *c->header &&
	    (!before || !inside(before->cluster, c))) {
		size_t wrap = h->page.wrap;

		write_header(h, c->header, c->argp);
		page_margins(&h->page, h->page.left, wrap);
	}
}

static void next_name(struct help *h, const struct entry *e, bool *first,
		      size_t column)
{
	if (*first)
		begin_entry(h, e);
	else
		page_puts(&h->page, ", ");
	*first = false;
	page_indent(&h->page, column);
}

static void write_argument(struct help *h, const struct argp_option *real,
			   const char *before)
{
	bool optional = real->flags & OPTION_ARG_OPTIONAL;

	if (!real->arg)
		return;
	if (optional)
		page_printf(&h->page, "[%s%s]", *before == '=' ? "=" : "",
			    real->arg);
	else
		page_printf(&h->page, "%s%s", before, real->arg);
}

static void write_letters(struct help *h, const struct entry *e, bool *first)
{
	const struct argp_option *real = e->option;
	bool named = false;

	for (int i = 0; i < e->count; i++)
		named = named || shows_name(&real[i]);
	page_margins(&h->page, h->page.left, layout.short_opt_col);
	for (int i = 0; i < e->count; i++) {
		if (!shows_letter(h, e, &real[i]))
			continue;
		next_name(h, e, first, layout.short_opt_col);
		page_printf(&h->page, "-%c", real[i].key);
		if (!named || layout.dup_args)
			write_argument(h, real, " ");
		else if (real->arg)
			h->argument_left_out = true;
	}
}

static void write_names(struct help *h, const struct entry *e, bool *first)
{
	const struct argp_option *real = e->option;
	bool doc = option_is_doc(real);
	size_t column = doc ? layout.doc_opt_col : layout.long_opt_col;

	page_margins(&h->page, h->page.left, column);
	for (int i = 0; i < e->count; i++) {
		if (!shows_name(&real[i]) || (doc && !*real[i].name))
			continue;
		next_name(h, e, first, column);
		if (doc) {
			page_puts(&h->page, real[i].name);
		} else {
			page_printf(&h->page, "--%s", real[i].name);
			write_argument(h, real, "=");
		}
	}
}

static void write_description(struct help *h, const struct entry *e)
{
	const char *doc = e->option->doc;
	const char *text = filter(h, e->argp, e->option->key, doc);
	size_t column, target = layout.opt_doc_col;

	if (text && *text) {
		column = page_column(&h->page);
		page_margins(&h->page, target, target);
		if (column > target + 3)
			page_puts(&h->page, "\n");
		else if (column >= target)
			page_puts(&h->page, "   ");
		else
			page_indent(&h->page, target);
		page_puts(&h->page, text);
	}
	release(text, doc);
	page_margins(&h->page, 0, h->page.wrap);
	page_puts(&h->page, "\n");
}

static void write_entry(struct help *h, const struct entry *e)
{
	const struct argp_option *real = e->option;
	size_t left = h->page.left, wrap = h->page.wrap;
	bool first = true;

	page_margins(&h->page, 0, wrap);
	write_letters(h, e, &first);
	write_names(h, e, &first);
	page_margins(&h->page, 0, h->page.wrap);
	if (!first) {
		write_description(h, e);
		h->before = e;
	} else if (!option_is_short(real) && !real->name) {
		write_header(h, real->doc, e->argp);
		h->before = e;
	}
	page_margins(&h->page, left, wrap);
}

static const char note[] =
	"Mandatory or optional arguments to long options are also mandatory or "
	"optional for any corresponding short options.";

static void write_entries(struct help *h, const struct argp *argp)
{
	for (int i = 0; i < h->count; i++)
		write_entry(h, &h->entries[i]);
	if (h->argument_left_out && layout.dup_args_note) {
		const char *text =
			filter(h, argp, ARGP_KEY_HELP_DUP_ARGS_NOTE, note);

		if (text && *text)
			page_printf(&h->page, "\n%s\n", text);
		release(text, note);
	}
}

static bool in_usage(const struct argp_option *o,
		     const struct argp_option *real)
{
	return !((o->flags | real->flags) & OPTION_NO_USAGE);
}

/* Letters without arguments all in one bracket, then those with one each. */
static void usage_letters(struct help *h)
{
	char letters[257];
	int n = 0;

	for (int i = 0; i < h->count; i++) {
		const struct argp_option *real = h->entries[i].option;

		for (int j = 0; j < h->entries[i].count; j++)
			if (shows_letter(h, &h->entries[i], &real[j]) &&
			    !real->arg && !real[j].arg &&
			    in_usage(&real[j], real))
				letters[n++] = real[j].key;
	}
	letters[n] = '\0';
	if (n)
		page_printf(&h->page, " [-%s]", letters);
	for (int i = 0; i < h->count; i++) {
		const struct argp_option *real = h->entries[i].option;

		for (int j = 0; j < h->entries[i].count; j++) {
			const char *arg = real[j].arg ? real[j].arg : real->arg;

			if (!shows_letter(h, &h->entries[i], &real[j]) ||
			    !arg || !in_usage(&real[j], real))
				continue;
			if ((real[j].flags | real->flags) &
			    OPTION_ARG_OPTIONAL) {
				page_printf(&h->page, " [-%c[%s]]", real[j].key,
					    arg);
				continue;
			}
			/* The blank inside is no place to break. */
			page_space(&h->page, 6 + strlen(arg));
			page_printf(&h->page, "[-%c %s]", real[j].key, arg);
		}
	}
}

static void usage_names(struct help *h)
{
	for (int i = 0; i < h->count; i++) {
		const struct argp_option *real = h->entries[i].option;

		for (int j = 0; j < h->entries[i].count; j++) {
			const struct argp_option *o = &real[j];
			const char *arg = o->arg ? o->arg : real->arg;
			bool optional =
				(o->flags | real->flags) & OPTION_ARG_OPTIONAL;

			/* Documentation too, if nothing forbids it. */
			if (!shows_name(o) || !in_usage(o, real))
				continue;
			if (!arg)
				page_printf(&h->page, " [--%s]", o->name);
			else
				page_printf(&h->page,
					    optional ? " [--%s[=%s]]"
						     : " [--%s=%s]",
					    o->name, arg);
		}
	}
}

/* Which line of its args_doc each argp is at: an odometer, last one fastest. */
struct pattern {
	const struct argp *argp;
	int line;
};

static int count_argps(const struct argp *argp)
{
	const struct argp_child *child = argp->children;
	int n = 1;

	for (; child && child->argp; child++)
		n += count_argps(child->argp);
	return n;
}

/*
 * Write the arguments of argp and its children as the patterns say; advance:
 * turn to the next. Returns whether one of these turned without a full round.
 */
static bool usage_arguments(struct help *h, const struct argp *argp,
			    struct pattern **next, bool advance)
{
	const struct argp_child *child = argp->children;
	struct pattern *own = *next;
	const char *text =
		filter(h, argp, ARGP_KEY_HELP_ARGS_DOC, argp->args_doc);
	const char *line = text, *end = NULL;
	bool several = false;

	++*next;
	if (line) {
		several = strchr(line, '\n') != NULL;
		end = strchrnul(line, '\n');
		for (int i = 0; i < own->line && *end; i++) {
			line = end + 1;
			end = strchrnul(line, '\n');
		}
		page_space(&h->page, 1 + end - line);
		page_put(&h->page, line, end - line);
	}
	for (; child && child->argp; child++)
		advance = !usage_arguments(h, child->argp, next, advance);
	if (advance && several) {
		if (*end) {
			own->line++;
			advance = false;
		} else {
			own->line = 0;
		}
	}
	release(text, argp->args_doc);
	return !advance;
}

static void write_usage(struct help *h, const struct argp *argp, unsigned flags,
			const char *name)
{
	struct pattern *patterns = calloc(count_argps(argp), sizeof(*patterns));
	const char *word = "Usage:";
	bool more = patterns != NULL,
	     options = flags & ARGP_HELP_USAGE &&
		       !(flags & ARGP_HELP_SHORT_USAGE);

	while (more) {
		struct pattern *next = patterns;

		page_margins(&h->page, h->page.left, layout.usage_indent);
		page_printf(&h->page, "%s %s", word, name);
		page_margins(&h->page, layout.usage_indent, h->page.wrap);
		/* All of them in the first line only. */
		if (options) {
			usage_letters(h);
			usage_names(h);
			options = false;
		} else if (h->count) {
			page_puts(&h->page, " [OPTION...]");
		}
		more = usage_arguments(h, argp, &next, true);
		page_margins(&h->page, 0, 0);
		page_puts(&h->page, "\n");
		word = "  or: ";
	}
	free(patterns);
}

/* The part of doc before (or behind) its vertical tab; free it. */
static char *doc_part(const char *doc, bool behind)
{
	const char *tab = doc ? strchr(doc, '\v') : NULL;

	if (!doc || (behind && !tab))
		return NULL;
	if (behind)
		return strdup(tab + 1);
	return tab ? strndup(doc, tab - doc) : strdup(doc);
}

static bool write_text(struct help *h, const char *text, bool blank_line)
{
	if (!text)
		return false;
	if (blank_line)
		page_puts(&h->page, "\n");
	page_puts(&h->page, text);
	if (page_column(&h->page) > h->page.left)
		page_puts(&h->page, "\n");
	return true;
}

/* What the program says of itself before its options (or behind them). */
static bool write_doc(struct help *h, const struct argp *argp, bool behind,
		      bool blank_line, bool one_only)
{
	const struct argp_child *child = argp->children;
	char *doc = doc_part(argp->doc, behind);
	const char *text = filter(
		h, argp,
		behind ? ARGP_KEY_HELP_POST_DOC : ARGP_KEY_HELP_PRE_DOC, doc);
	bool any = write_text(h, text, blank_line);

	release(text, doc);
	free(doc);
	if (behind && argp->help_filter) {
		text = filter(h, argp, ARGP_KEY_HELP_EXTRA, NULL);
		any |= write_text(h, text, any || blank_line);
		release(text, NULL);
	}
	for (; child && child->argp && !(one_only && any); child++)
		any |= write_doc(h, child->argp, behind, any || blank_line,
				 one_only);
	return any;
}

static void write_parts(struct help *h, const struct argp *argp, unsigned flags,
			const char *name)
{
	bool any = false;

	if (flags & (ARGP_HELP_USAGE | ARGP_HELP_SHORT_USAGE)) {
		write_usage(h, argp, flags, name);
		any = true;
	}
	if (flags & ARGP_HELP_PRE_DOC)
		any |= write_doc(h, argp, false, false, true);
	if (flags & ARGP_HELP_SEE) {
		page_printf(&h->page,
			    "Try `%s --help' or `%s --usage' for more "
			    "information.\n",
			    name, name);
		any = true;
	}
	if (flags & ARGP_HELP_LONG && h->count) {
		if (any)
			page_puts(&h->page, "\n");
		write_entries(h, argp);
		any = true;
	}
	if (flags & ARGP_HELP_POST_DOC)
		any |= write_doc(h, argp, true, any, false);
	if (flags & ARGP_HELP_BUG_ADDR && argp_program_bug_address) {
		if (any)
			page_puts(&h->page, "\n");
		page_printf(&h->page, "Report bugs to %s.\n",
			    argp_program_bug_address);
	}
}

static void help(const struct argp *argp, const struct argp_state *state,
		 FILE *f, unsigned flags, const char *name)
{
	struct help h = {.state = state};

	if (!f)
		return;
	flockfile(f);
	read_layout();
	page_begin(&h.page, f, layout.rmargin);
	h.entries = calloc(count_entries(argp) + 1, sizeof(*h.entries));
	if (h.entries) {
		gather(&h, argp, NULL);
		qsort(h.entries, h.count, sizeof(*h.entries), compare_entries);
		write_parts(&h, argp, flags, name);
		page_end(&h.page);
	}
	while (h.clusters) {
		struct cluster *next = h.clusters->next;

		free(h.clusters);
		h.clusters = next;
	}
	free(h.entries);
	funlockfile(f);
}

void argp_help(const struct argp *argp, FILE *f, unsigned flags, char *name)
{
	help(argp, NULL, f, flags, name);
}

static const char *name_of(const struct argp_state *state)
{
	return state ? state->name : __px_argp_program_name();
}

void argp_state_help(const struct argp_state *state, FILE *f, unsigned flags)
{
	static const struct argp nothing;

	if (!f || (state && state->flags & ARGP_NO_ERRS))
		return;
	help(state ? state->root_argp : &nothing, state, f, flags,
	     name_of(state));
	if (state && state->flags & ARGP_NO_EXIT)
		return;
	if (flags & ARGP_HELP_EXIT_ERR)
		exit(argp_err_exit_status);
	if (flags & ARGP_HELP_EXIT_OK)
		exit(0);
}

void argp_usage(const struct argp_state *state)
{
	argp_state_help(state, stderr, ARGP_HELP_STD_USAGE);
}

void argp_error(const struct argp_state *state, const char *format, ...)
{
	FILE *f = state ? state->err_stream : stderr;
	va_list args;

	if (!f || (state && state->flags & ARGP_NO_ERRS))
		return;
	flockfile(f);
	fprintf(f, "%s: ", name_of(state));
	va_start(args, format);
	__glibc_vfprintf(f, format, args);
	va_end(args);
	putc('\n', f);
	argp_state_help(state, f, ARGP_HELP_STD_ERR);
	funlockfile(f);
}

void argp_failure(const struct argp_state *state, int status, int code,
		  const char *format, ...)
{
	FILE *f = state ? state->err_stream : stderr;
	va_list args;

	if (!f || (state && state->flags & ARGP_NO_ERRS))
		return;
	flockfile(f);
	fputs(name_of(state), f);
	if (format) {
		fputs(": ", f);
		va_start(args, format);
		__glibc_vfprintf(f, format, args);
		va_end(args);
	}
	if (code)
		fprintf(f, ": %s", __glibc_strerror(code));
	putc('\n', f);
	funlockfile(f);
	if (status && (!state || !(state->flags & ARGP_NO_EXIT)))
		exit(status);
}
