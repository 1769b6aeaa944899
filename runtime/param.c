/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Boot parameters: "name=value ... -- arg1 'arg 2'", quoted as the shell does
 * ('...' literal, "..." with backslash before " and \, backslash elsewhere).
 *
 * Read before there is a heap, so the words lie in a fixed buffer; a command
 * line that does not fit is cut at a word and said so.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/param.h>

#define PARAM_BYTES 4096
#define PARAM_WORDS 128

static char bytes[PARAM_BYTES];
static const char *words[PARAM_WORDS];
static int nr_params; /* words before "--" */
static int nr_words;
static size_t used;

/* What link-app was told to put into the image: --param and --args. Given ones
 * come later and so override the first and replace the second. */
extern const char px_default_params[] __weak, px_default_args[] __weak;

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Copy one word from *from to to, without its quotes; bytes written with the
 * NUL, or 0 when it needs more than room. Moves *from behind the word. */
static size_t take_word(const char **from, char *to, size_t room)
{
	const char *s = *from;
	char quote = 0;
	size_t n = 0;

	for (; *s && (quote || !is_space(*s)); s++) {
		char c = *s;

		if (quote && c == quote) {
			quote = 0;
			continue;
		}
		if (!quote && (c == '\'' || c == '"')) {
			quote = c;
			continue;
		}
		if (c == '\\' && quote != '\'' && s[1] &&
		    (!quote || s[1] == '"' || s[1] == '\\'))
			c = *++s;
		if (n + 1 >= room)
			return 0;
		to[n++] = c;
	}
	if (n >= room)
		return 0;
	to[n++] = '\0';
	*from = s;
	return n;
}

/* Append the words of s; args: all of them are arguments. */
static void take_words(const char *s, bool args)
{
	for (;;) {
		char *word = bytes + used;
		bool bare;
		size_t n;

		while (is_space(*s))
			s++;
		if (!*s)
			break;
		/* A quoted "--" is an argument like any other. */
		bare = s[0] == '-' && s[1] == '-' && (!s[2] || is_space(s[2]));
		n = nr_words < PARAM_WORDS
			    ? take_word(&s, word, sizeof(bytes) - used)
			    : 0;
		if (!n) {
			klog("the command line is too long; cut before: "
			     "%.40s\n",
			     s);
			break;
		}
		if (bare && !args) {
			args = true;
			continue;
		}
		words[nr_words++] = word;
		if (!args)
			nr_params = nr_words;
		used += n;
	}
}

void param_init(const char *cmdline)
{
	nr_params = nr_words = 0;
	used = 0;
	if (px_default_params)
		take_words(px_default_params, false);
	if (cmdline)
		take_words(cmdline, false);
	if (param_argc() == 0 && px_default_args)
		take_words(px_default_args, true);
}

const char *param_get(const char *name)
{
	size_t n = strlen(name);

	/* The last one wins, so that a default can be overridden. */
	for (int i = nr_params - 1; i >= 0; i--) {
		if (strncmp(words[i], name, n) != 0)
			continue;
		if (words[i][n] == '=')
			return words[i] + n + 1;
		if (words[i][n] == '\0')
			return "";
	}
	return NULL;
}

bool param_bool(const char *name)
{
	const char *v = param_get(name);

	return v && strcmp(v, "0") != 0 && strcmp(v, "no") != 0 &&
	       strcmp(v, "off") != 0;
}

uint64_t param_u64(const char *name, uint64_t otherwise)
{
	const char *v = param_get(name);
	uint64_t n;

	if (!v)
		return otherwise;
	if (parse_size(v, &n) != 0) {
		klog("parameter %s=%s is not a number; using %llu\n", name, v,
		     (unsigned long long)otherwise);
		return otherwise;
	}
	return n;
}

void param_each(const char *prefix,
		void (*fn)(void *arg, const char *name, const char *value),
		void *arg)
{
	size_t n = strlen(prefix);

	for (int i = 0; i < nr_params; i++) {
		char name[64];
		const char *eq = strchr(words[i], '=');
		size_t len = eq ? (size_t)(eq - words[i]) : strlen(words[i]);

		if (strncmp(words[i], prefix, n) != 0)
			continue;
		if (len >= sizeof(name)) {
			klog("parameter name %.20s... is too long; ignored\n",
			     words[i]);
			continue;
		}
		memcpy(name, words[i], len);
		name[len] = '\0';
		fn(arg, name, eq ? eq + 1 : "");
	}
}

int param_argc(void)
{
	return nr_words - nr_params;
}

const char *param_argv(int i)
{
	return i >= 0 && i < param_argc() ? words[nr_params + i] : NULL;
}
