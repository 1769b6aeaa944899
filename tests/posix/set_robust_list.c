/* SPDX-License-Identifier: BSD-2-Clause */
/* set_robust_list(): see set_robust_list(2) and get_robust_list(2). */
#include "t.h"
#include <linux/futex.h>
#include <pthread.h>

static struct robust_list_head head;
static struct lock {
	struct robust_list list;
	unsigned int word;
} held, waited;

static void *dies(void *arg)
{
	int tid = syscall(SYS_gettid);

	held.word = tid;
	waited.word = tid | FUTEX_WAITERS;
	head.futex_offset = offsetof(struct lock, word);
	head.list.next = &held.list;
	held.list.next = &waited.list;
	waited.list.next = &head.list;
	t_ret("set", syscall(SYS_set_robust_list, &head, sizeof(head)));
	return NULL;
}

int main(void)
{
	pthread_t t;

	t_ret("wrong size", syscall(SYS_set_robust_list, &head, 7));
	pthread_create(&t, NULL, dies, NULL);
	pthread_join(t, NULL);
	while (held.word != FUTEX_OWNER_DIED)
		usleep(1000);
	t_say("%x %x\n", held.word, waited.word);
	return 0;
}
