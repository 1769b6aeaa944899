/* SPDX-License-Identifier: BSD-2-Clause */
/* inotify.h: how the tests of inotify(7) print the events that they read. */
#ifndef TESTS_POSIX_INOTIFY_H
#define TESTS_POSIX_INOTIFY_H

#include "t.h"
#include <sys/inotify.h>
#include <sys/ioctl.h>

static const struct {
	uint32_t bit;
	const char *name;
} ino_names[] = {
	{IN_ACCESS, "ACCESS"},
	{IN_MODIFY, "MODIFY"},
	{IN_ATTRIB, "ATTRIB"},
	{IN_CLOSE_WRITE, "CLOSE_WRITE"},
	{IN_CLOSE_NOWRITE, "CLOSE_NOWRITE"},
	{IN_OPEN, "OPEN"},
	{IN_MOVED_FROM, "MOVED_FROM"},
	{IN_MOVED_TO, "MOVED_TO"},
	{IN_CREATE, "CREATE"},
	{IN_DELETE, "DELETE"},
	{IN_DELETE_SELF, "DELETE_SELF"},
	{IN_MOVE_SELF, "MOVE_SELF"},
	{IN_UNMOUNT, "UNMOUNT"},
	{IN_Q_OVERFLOW, "Q_OVERFLOW"},
	{IN_IGNORED, "IGNORED"},
	{IN_ISDIR, "ISDIR"},
};

/* Cookies are any numbers; what counts is which are the same. */
static uint32_t ino_cookies[64];
static unsigned int ino_nr_cookies;

static unsigned int ino_cookie(uint32_t c)
{
	if (!c)
		return 0;
	for (unsigned int i = 0; i < ino_nr_cookies; i++)
		if (ino_cookies[i] == c)
			return i + 1;
	ino_cookies[ino_nr_cookies % 64] = c;
	return ++ino_nr_cookies;
}

static inline void ino_print(const struct inotify_event *e)
{
	char line[512];
	int n = snprintf(line, sizeof(line), "  wd %d", e->wd);

	for (size_t i = 0; i < sizeof(ino_names) / sizeof(ino_names[0]); i++)
		if (e->mask & ino_names[i].bit)
			n += snprintf(line + n, sizeof(line) - n, " %s",
				      ino_names[i].name);
	if (e->cookie)
		n += snprintf(line + n, sizeof(line) - n, " cookie %u",
			      ino_cookie(e->cookie));
	/* A file without a name is called by its number. */
	if (e->len && e->name[0] == '#')
		n += snprintf(line + n, sizeof(line) - n, " [#number]");
	else if (e->len)
		n += snprintf(line + n, sizeof(line) - n, " [%s]+%u", e->name,
			      e->len - (unsigned int)strlen(e->name));
	t_say("%s\n", line);
}

/* Read and print all that is queued; fd is non-blocking. */
static inline void ino_show(const char *what, int fd)
{
	char buf[8192] __attribute__((aligned(8)));
	ssize_t n;

	t_say("%s:\n", what);
	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		for (char *p = buf; p < buf + n;) {
			struct inotify_event *e = (struct inotify_event *)p;

			ino_print(e);
			p += sizeof(*e) + e->len;
		}
	}
	if (errno != EAGAIN)
		t_ret("  read", -errno);
}

#endif
