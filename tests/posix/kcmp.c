/* SPDX-License-Identifier: BSD-2-Clause */
/* kcmp(): see kcmp(2). */
#include "t.h"
#include <linux/kcmp.h>

#define TRY(what, ...) t_val(what, syscall(SYS_kcmp, __VA_ARGS__))

int main(void)
{
	int me = getpid(), fd = open("file", O_RDWR | O_CREAT, 0600);
	int same = dup(fd), other = open("file", O_RDWR);
	long a, b;

	TRY("a descriptor", me, me, KCMP_FILE, fd, fd);
	TRY("its copy", me, me, KCMP_FILE, fd, same);
	a = syscall(SYS_kcmp, me, me, KCMP_FILE, fd, other);
	b = syscall(SYS_kcmp, me, me, KCMP_FILE, other, fd);
	t_is("another, in order", (a == 1 && b == 2) || (a == 2 && b == 1));
	TRY("closed", me, me, KCMP_FILE, fd, 99);
	TRY("memory", me, me, KCMP_VM, 0, 0);
	TRY("descriptors", me, me, KCMP_FILES, 0, 0);
	TRY("directories", me, me, KCMP_FS, 0, 0);
	TRY("handlers", me, me, KCMP_SIGHAND, 0, 0);
	TRY("unknown", me, me, 99, 0, 0);
	TRY("nobody", me, 4194303, KCMP_VM, 0, 0);
	TRY("pid 0", 0, 0, KCMP_VM, 0, 0);
	return 0;
}
