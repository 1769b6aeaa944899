/* SPDX-License-Identifier: BSD-2-Clause */
/* inotify(7): a queue that is full, by the default limit of 16,384 events. */
#include "inotify.h"

static unsigned long read_all(int fd, unsigned long *overflows, int *last)
{
	char buf[4096] __attribute__((aligned(8)));
	unsigned long count = 0;
	ssize_t n;

	*overflows = 0;
	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		for (char *p = buf; p < buf + n;) {
			struct inotify_event *e = (struct inotify_event *)p;

			count++;
			*last = e->wd;
			if (e->mask & IN_Q_OVERFLOW)
				++*overflows;
			p += sizeof(*e) + e->len;
		}
	}
	return count;
}

int main(void)
{
	int fd = inotify_init1(IN_NONBLOCK), f, n, last = 0;
	unsigned long count, overflows;

	t_file("f", "text");
	t_val("watch", inotify_add_watch(fd, "f", IN_ALL_EVENTS));
	f = open("f", O_RDWR);
	for (n = 0; n < 9000; n++) {
		pwrite(f, "x", 1, 0);
		pread(f, &(char){0}, 1, 0);
	}
	ioctl(fd, FIONREAD, &n);
	t_val("bytes", n);
	count = read_all(fd, &overflows, &last);
	t_val("events", count);
	t_val("overflows", overflows);
	t_val("the last one's watch", last);
	pwrite(f, "x", 1, 0);
	ino_show("it goes on", fd);
	for (n = 0; n < 20000; n++) {
		pwrite(f, "x", 1, 0);
		pread(f, &(char){0}, 1, 0);
	}
	/* A full queue drops even what it could join. */
	t_val("rm_watch", inotify_rm_watch(fd, 1));
	t_val("watch", inotify_add_watch(fd, "f", IN_MODIFY));
	count = read_all(fd, &overflows, &last);
	t_val("events", count);
	t_val("overflows", overflows);
	pwrite(f, "x", 1, 0);
	ino_show("it goes on", fd);
	return 0;
}
