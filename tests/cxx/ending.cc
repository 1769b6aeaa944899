/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads that end early, by pthread_exit() or pthread_cancel(): their frames
 * are left one by one, as by an exception.
 */
#include "parts.h"

#include <atomic>
#include <condition_variable>
#include <cxxabi.h>
#include <iostream>
#include <mutex>
#include <pthread.h>
#include <thread>
#include <unistd.h>

namespace
{
struct noisy {
	const char *name;
	~noisy()
	{
		std::cout << "  ~" << name << '\n';
	}
};

thread_local noisy of_the_thread{"of the thread"};

void told(void *text)
{
	std::cout << "  handler " << (const char *)text << '\n';
}

__attribute__((noinline)) void inner(void (*end)())
{
	noisy n{"inner"};

	pthread_cleanup_push(told, (void *)"inner");
	end();
	pthread_cleanup_pop(0);
}

void *outer(void *end)
{
	noisy n{"outer"};

	std::cout << "  in " << of_the_thread.name << '\n';
	try {
		inner((void (*)())end);
	} catch (const abi::__forced_unwind &) {
		std::cout << "  seen\n";
		throw;
	} catch (...) {
		std::cout << "  seen as something else\n";
		throw;
	}
	return nullptr;
}

std::atomic<bool> there;
int ends[2];

void leaves()
{
	pthread_exit((void *)5);
}

void reads()
{
	char c;

	there = true;
	while (read(ends[0], &c, 1) != 1)
		;
}

void waits()
{
	static std::mutex lock;
	static std::condition_variable never;
	std::unique_lock<std::mutex> held(lock);

	there = true;
	never.wait(held, [] { return false; });
}

void tests()
{
	there = true;
	for (;;) {
		pthread_testcancel();
		std::this_thread::yield();
	}
}

void try_one(const char *name, void (*end)(), bool cancel)
{
	pthread_t t;
	void *value;

	std::cout << name << '\n';
	there = false;
	if (pthread_create(&t, nullptr, outer, (void *)end))
		std::cout << "no thread\n";
	while (cancel && !there)
		std::this_thread::yield();
	if (cancel)
		pthread_cancel(t);
	pthread_join(t, &value);
	if (value == PTHREAD_CANCELED)
		std::cout << "  cancelled\n";
	else
		std::cout << "  value " << (long)value << '\n';
}
} // namespace

void test_ending()
{
	if (pipe(ends))
		std::cout << "no pipe\n";
	try_one("pthread_exit", leaves, false);
	try_one("cancelled in read", reads, true);
	try_one("cancelled while waiting", waits, true);
	try_one("cancelled by itself", tests, true);
	close(ends[0]);
	close(ends[1]);
}
