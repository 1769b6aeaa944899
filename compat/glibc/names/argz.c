/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * argz_add(3) and envz_add(3): lists of strings, one behind the other with
 * their terminators, in one block of malloc(3)'s. envz: entries NAME=VALUE.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

size_t argz_count(const char *argz, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += !argz[i];
	return n;
}

/* The entry behind entry, the first for NULL; NULL: none. */
char *argz_next(const char *argz, size_t len, const char *entry)
{
	if (!entry)
		return len ? (char *)argz : NULL;
	entry += strlen(entry) + 1;
	return entry < argz + len ? (char *)entry : NULL;
}

void argz_extract(const char *argz, size_t len, char **argv)
{
	const char *entry = NULL;

	while ((entry = argz_next(argz, len, entry)))
		*argv++ = (char *)entry;
	*argv = NULL;
}

void argz_stringify(char *argz, size_t len, int separator)
{
	for (size_t i = 0; i + 1 < len; i++)
		if (!argz[i])
			argz[i] = separator;
}

/* Make room for n bytes at offset at, in a block that may move. */
static int open_gap(char **argz, size_t *len, size_t at, size_t n)
{
	char *larger = realloc(*argz, *len + n);

	if (!larger && *len + n)
		return ENOMEM;
	memmove(larger + at + n, larger + at, *len - at);
	*argz = larger;
	*len += n;
	return 0;
}

int argz_append(char **argz, size_t *len, const char *text, size_t n)
{
	size_t at = *len;
	int err = open_gap(argz, len, at, n);

	if (!err)
		memcpy(*argz + at, text, n);
	return err;
}

int argz_add(char **argz, size_t *len, const char *s)
{
	return argz_append(argz, len, s, strlen(s) + 1);
}

/*
 * The pieces between separators. Empty ones are left out, but for a last one:
 * the string's own end counts, as with glibc.
 */
int argz_add_sep(char **argz, size_t *len, const char *s, int separator)
{
	const char set[2] = {separator, '\0'};
	int err = 0;

	while (!err && *s) {
		size_t n = strcspn(s, set);

		if (n) {
			err = argz_append(argz, len, s, n);
			if (!err)
				err = argz_append(argz, len, "", 1);
		}
		s += n;
		if (*s && !*++s && !err)
			err = argz_append(argz, len, "", 1);
	}
	return err;
}

int argz_create_sep(const char *s, int separator, char **argz, size_t *len)
{
	*argz = NULL;
	*len = 0;
	return argz_add_sep(argz, len, s, separator);
}

int argz_create(char *const argv[], char **argz, size_t *len)
{
	int err = 0;

	*argz = NULL;
	*len = 0;
	for (; !err && *argv; argv++)
		err = argz_add(argz, len, *argv);
	if (err) {
		free(*argz);
		*argz = NULL;
		*len = 0;
	}
	return err;
}

void argz_delete(char **argz, size_t *len, char *entry)
{
	size_t n;

	if (!entry)
		return;
	n = strlen(entry) + 1;
	*len -= n;
	memmove(entry, entry + n, *len - (entry - *argz));
	if (!*len) {
		free(*argz);
		*argz = NULL;
	}
}

/* Before may point into an entry: it begins before that one. */
int argz_insert(char **argz, size_t *len, char *before, const char *s)
{
	size_t n = strlen(s) + 1, at;
	int err;

	if (!before)
		return argz_add(argz, len, s);
	if (before < *argz || before >= *argz + *len)
		return EINVAL;
	while (before > *argz && before[-1])
		before--;
	at = before - *argz;
	err = open_gap(argz, len, at, n);
	if (!err)
		memcpy(*argz + at, s, n);
	return err;
}

/* Put with in place of each from that stands in the entries, and count. */
int argz_replace(char **argz, size_t *len, const char *from, const char *with,
		 unsigned *count)
{
	size_t from_len = strlen(from), with_len = strlen(with), done = 0;
	char *result = NULL, *entry = NULL;
	int err = 0;

	if (!from_len)
		return 0;
	while (!err && (entry = argz_next(*argz, *len, entry))) {
		char *s = entry, *hit;

		while (!err && (hit = strstr(s, from))) {
			err = argz_append(&result, &done, s, hit - s);
			if (!err)
				err = argz_append(&result, &done, with,
						  with_len);
			s = hit + from_len;
			if (count)
				++*count;
		}
		if (!err)
			err = argz_add(&result, &done, s);
	}
	if (err) {
		free(result);
		return err;
	}
	free(*argz);
	*argz = result;
	*len = done;
	return 0;
}

static size_t name_length(const char *s)
{
	return strcspn(s, "=");
}

char *envz_entry(const char *envz, size_t len, const char *name)
{
	size_t n = name_length(name);
	char *entry = NULL;

	while ((entry = argz_next(envz, len, entry)))
		if (name_length(entry) == n && !memcmp(entry, name, n))
			return entry;
	return NULL;
}

char *envz_get(const char *envz, size_t len, const char *name)
{
	char *entry = envz_entry(envz, len, name);

	entry = entry ? strchr(entry, '=') : NULL;
	return entry ? entry + 1 : NULL;
}

void envz_remove(char **envz, size_t *len, const char *name)
{
	argz_delete(envz, len, envz_entry(*envz, *len, name));
}

/* value NULL: an entry without =, which has no value. */
int envz_add(char **envz, size_t *len, const char *name, const char *value)
{
	size_t name_len = strlen(name), at;
	size_t value_len = value ? strlen(value) + 1 : 0;
	int err;

	envz_remove(envz, len, name);
	at = *len;
	err = open_gap(envz, len, at, name_len + value_len + 1);
	if (err)
		return err;
	memcpy(*envz + at, name, name_len);
	at += name_len;
	if (value) {
		(*envz)[at++] = '=';
		memcpy(*envz + at, value, value_len - 1);
		at += value_len - 1;
	}
	(*envz)[at] = '\0';
	return 0;
}

int envz_merge(char **envz, size_t *len, const char *more, size_t more_len,
	       int override)
{
	char *entry = NULL;
	int err = 0;

	while (!err && (entry = argz_next(more, more_len, entry))) {
		char *old = envz_entry(*envz, *len, entry);

		if (old && override) {
			argz_delete(envz, len, old);
			old = NULL;
		}
		if (!old)
			err = argz_add(envz, len, entry);
	}
	return err;
}

/* Entries without a value go. */
void envz_strip(char **envz, size_t *len)
{
	char *entry = *len ? *envz : NULL;

	while (entry && entry < *envz + *len) {
		if (strchr(entry, '=')) {
			entry += strlen(entry) + 1;
			continue;
		}
		argz_delete(envz, len, entry);
		if (!*len)
			break;
	}
}
