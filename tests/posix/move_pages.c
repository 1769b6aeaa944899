/* SPDX-License-Identifier: BSD-2-Clause */
/* move_pages(): see move_pages(2). */
#include "t.h"
#include <linux/mempolicy.h>

#define TRY(what, ...) t_ret(what, syscall(SYS_move_pages, __VA_ARGS__))

int main(void)
{
	char *p = mmap(NULL, 4 * 4096, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	void *pages[4] = {p, p + 4096, p + 3 * 4096, T_BAD};
	int status[4] = {9, 9, 9, 9}, nodes[4] = {0}, bad[4] = {1, 1, 1, 1};

	munmap(p + 3 * 4096, 4096);
	madvise(p + 4096, 4096, MADV_DONTNEED);
	TRY("where", 0, 4, pages, NULL, status, 0);
	t_say("%d %d %d %d\n", status[0], status[1], status[2], status[3]);
	TRY("to node 0", 0, 1, pages, nodes, status, MPOL_MF_MOVE);
	t_say("%d\n", status[0]);
	TRY("of myself by number", getpid(), 1, pages, NULL, status, 0);
	TRY("to a node that is not there", 0, 1, pages, bad, status,
	    MPOL_MF_MOVE);
	TRY("nothing", 0, 0, pages, NULL, status, 0);
	TRY("unknown flag", 0, 1, pages, NULL, status, 1);
	TRY("nobody", 4194303, 1, pages, NULL, status, 0);
	TRY("bad pages", 0, 1, T_BAD, NULL, status, 0);
	TRY("bad status", 0, 1, pages, NULL, T_BAD, 0);
	return 0;
}
