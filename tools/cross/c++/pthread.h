/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread.h for C++: what pthread_cleanup_push() pushes is an object, so that
 * it runs in its turn among the destructors of its frame, and when an exception
 * passes, as with glibc's header. musl's list has it too: a thread that is
 * cancelled asynchronously is not unwound.
 */
#include_next <pthread.h>

#if defined __EXCEPTIONS && !defined PX_CLEANUP
#define PX_CLEANUP
class px_cleanup
{
	struct __ptcb entry;

      public:
	int run = 1;
	px_cleanup(void (*routine)(void *), void *arg)
	{
		_pthread_cleanup_push(&entry, routine, arg);
	}
	~px_cleanup()
	{
		_pthread_cleanup_pop(&entry, run);
	}
	px_cleanup(const px_cleanup &) = delete;
};
#undef pthread_cleanup_push
#undef pthread_cleanup_pop
/* clang-format off */
#define pthread_cleanup_push(routine, arg) \
	do { px_cleanup px_pushed(routine, arg)
#define pthread_cleanup_pop(execute) \
	px_pushed.run = (execute); } while (0)
/* clang-format on */
#endif
