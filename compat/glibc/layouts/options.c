/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getopt(3) finds options behind other arguments, which it moves to the end,
 * unless POSIXLY_CORRECT or a leading '+' asks it not to. musl's stops at the
 * first argument; its getopt_long() does what glibc's getopt() does. (glibc's
 * headers call POSIX's __posix_getopt, which musl has.)
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "layouts.h"

int __glibc_getopt(int argc, char *const *argv, const char *options);

int __glibc_getopt(int argc, char *const *argv, const char *options)
{
	int at = optind ? optind : 1, c;

	/* A single - is an argument like any other where all are asked for. */
	if (*options == '-' && at < argc && argv[at][0] == '-' &&
	    !argv[at][1]) {
		optarg = argv[at];
		optind = at + 1;
		return 1;
	}
	if (*options != '-' && getenv("POSIXLY_CORRECT"))
		c = getopt(argc, argv, options);
	else
		c = getopt_long(argc, argv, options, NULL, NULL);
	/* musl counts an argument that is missing. */
	if (optind > argc)
		optind = argc;
	return c;
}

/*
 * getsubopt(3): musl leaves *value NULL at a word that it does not find;
 * glibc gives all of the word, for the message.
 */
int __glibc_getsubopt(char **option, char *const *words, char **value);

int __glibc_getsubopt(char **option, char *const *words, char **value)
{
	char *word = *option, *end = strchrnul(word, ',');
	char *equals = memchr(word, '=', end - word);
	size_t length = (equals ? equals : end) - word;

	if (!*word)
		return -1;
	*option = *end ? end + 1 : end;
	*end = 0;
	for (int i = 0; words[i]; i++) {
		if (strncmp(words[i], word, length) || words[i][length])
			continue;
		*value = equals ? equals + 1 : NULL;
		return i;
	}
	*value = word;
	return -1;
}
