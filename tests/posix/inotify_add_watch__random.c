/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inotify(7) by chance: the same sequence of some thousand operations on a few
 * names, watched by two instances, must tell the same on Linux and here.
 */
#include "inotify.h"

#define OPS   1500
#define SLOTS 4

static uint64_t state = 12345;

static const char *const names[] = {"p",   "q",	  "d/p",   "d/q",
				    "e/p", "d/s", "d/s/p", "e/s"};
#define NAMES (sizeof(names) / sizeof(names[0]))

static int in[2], open_files[SLOTS];

static const char *name(void)
{
	return names[t_rnd(&state, NAMES)];
}

static void file_op(int slot)
{
	char c;

	switch (t_rnd(&state, 6)) {
	case 0:
		pwrite(open_files[slot], "x", 1, t_rnd(&state, 100));
		break;
	case 1:
		pread(open_files[slot], &c, 1, t_rnd(&state, 100));
		break;
	case 2:
		ftruncate(open_files[slot], t_rnd(&state, 100));
		break;
	case 3:
		fchmod(open_files[slot], 0600 + t_rnd(&state, 8));
		break;
	default:
		if (open_files[slot] >= 0)
			close(open_files[slot]);
		open_files[slot] =
			open(name(), t_rnd(&state, 2) ? O_RDWR : O_RDONLY);
		break;
	}
}

static void name_op(void)
{
	const char *a = name(), *b = name();

	switch (t_rnd(&state, 10)) {
	case 0:
	case 1:
	case 2:
		close(open(a, O_CREAT | O_RDWR, 0644));
		break;
	case 3:
		unlink(a);
		break;
	case 4:
		mkdir(a, 0755);
		break;
	case 5:
		rmdir(a);
		break;
	case 6:
		link(a, b);
		break;
	case 7:
		symlink("nowhere", a);
		break;
	default:
		syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b,
			t_rnd(&state, 3) ? 0 : 2);
		break;
	}
}

static void watch_op(void)
{
	static const uint32_t bits[] = {IN_ONESHOT, IN_EXCL_UNLINK, IN_MASK_ADD,
					IN_MASK_CREATE, IN_DONT_FOLLOW};
	const char *a = t_rnd(&state, 4)   ? name()
			: t_rnd(&state, 2) ? "d"
					   : "e";
	uint32_t mask = IN_ALL_EVENTS &
			(t_rnd(&state, 3) ? ~0u : t_rnd(&state, 0x1000));
	int i = t_rnd(&state, 2);

	if (!t_rnd(&state, 3))
		mask |= bits[t_rnd(&state, 5)];
	if (t_rnd(&state, 8))
		t_val("add", inotify_add_watch(in[i], a, mask));
	else
		t_val("rm", inotify_rm_watch(in[i], t_rnd(&state, 100)));
}

int main(void)
{
	mkdir("d", 0755);
	mkdir("e", 0755);
	for (int i = 0; i < SLOTS; i++)
		open_files[i] = -1;
	for (int i = 0; i < 2; i++) {
		in[i] = inotify_init1(IN_NONBLOCK);
		inotify_add_watch(in[i], ".", IN_ALL_EVENTS);
		inotify_add_watch(in[i], "d", IN_ALL_EVENTS);
	}
	for (int i = 0; i < OPS; i++) {
		switch (t_rnd(&state, 8)) {
		case 0:
			watch_op();
			break;
		case 1:
		case 2:
		case 3:
			file_op(t_rnd(&state, SLOTS));
			break;
		default:
			name_op();
		}
		if (!t_rnd(&state, 4)) {
			t_say("%d\n", i);
			ino_show("first", in[0]);
			ino_show("second", in[1]);
		}
	}
	return 0;
}
