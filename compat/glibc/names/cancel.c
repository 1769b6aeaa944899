/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread_cleanup_push(3) as glibc's header compiles it in C: the function that
 * pushes calls setjmp, and a thread that is cancelled comes back into it, runs
 * the handler there and goes on by __pthread_unwind_next().
 */
#include <pthread.h>
#include <setjmp.h>

/* As glibc's <pthread.h> has it on x86-64; musl's setjmp fills 64 bytes. */
struct unwind_buf {
	unsigned long registers[8];
	int mask_was_saved;
	void *pad[4];
};

/* musl's record of a handler lies in the words that are left to us. */
_Static_assert(sizeof(struct __ptcb) <= sizeof(void *[4]),
	       "a record does not fit");

void __pthread_unwind_next(struct unwind_buf *buf);

/*
 * glibc's header makes the reference to it a weak one, which brings in nothing:
 * this one does. The variable itself is not linked.
 */
__attribute__((used)) static void *const goes_with_these =
	__pthread_unwind_next;

static struct __ptcb *record_of(struct unwind_buf *buf)
{
	return (struct __ptcb *)buf->pad;
}

static void come_back(void *arg)
{
	/* Shorter than a jmp_buf: setjmp() saves no mask here. */
	struct __jmp_buf_tag *registers = arg;

	longjmp(registers, 1);
}

void __pthread_register_cancel(struct unwind_buf *buf)
{
	_pthread_cleanup_push(record_of(buf), come_back, buf);
}

void __pthread_unregister_cancel(struct unwind_buf *buf)
{
	_pthread_cleanup_pop(record_of(buf), 0);
}

/* The same, and the thread is cancelled at cancellation points only. */
void __pthread_register_cancel_defer(struct unwind_buf *buf)
{
	int before;

	pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &before);
	buf->pad[3] = (void *)(long)before;
	__pthread_register_cancel(buf);
}

void __pthread_unregister_cancel_restore(struct unwind_buf *buf)
{
	__pthread_unregister_cancel(buf);
	pthread_setcanceltype((long)buf->pad[3], NULL);
}
