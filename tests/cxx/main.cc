/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What C++ programs ask of a C library and of the tables that the linker makes,
 * in one program: the same sources with g++ and glibc, with x86_64-posixen-c++,
 * and compiled against glibc but linked for Posixen. Without an argument, all
 * parts; "terminate", "noexcept" and "thread" end as C++ programs die.
 */
#include "parts.h"

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <thread>

namespace
{
struct global {
	const char *name;
	global(const char *n) : name(n)
	{
		/* It is before the file's own, which makes std::cout. */
		static std::ios_base::Init streams;

		std::cout << "made " << name << '\n';
	}
	~global()
	{
		std::cout << "gone " << name << '\n' << std::flush;
	}
};
__attribute__((init_priority(2000))) global later{"later"};
__attribute__((init_priority(1000))) global sooner{"sooner"};
global plain{"plain"};

global &local()
{
	static global here{"local"};

	return here;
}
} // namespace

void test_start()
{
	std::thread threads[4];

	for (auto &t : threads)
		t = std::thread([] { local(); });
	for (auto &t : threads)
		t.join();
	std::atexit([] { std::cout << "atexit\n"; });
}

static void noexcept_throws() noexcept
{
	throw_from_archive(1);
}

static void (*const tests[])() = {
	test_start,   test_exceptions, test_callbacks, test_types,
	test_threads, test_waiting,    test_ending,    test_streams,
	test_locales, test_regex,      test_files,     test_library};

int main(int argc, char **argv)
{
	if (argc > 1) {
		std::cout << "dying\n" << std::flush;
		if (!std::strcmp(argv[1], "terminate"))
			throw std::runtime_error("last words");
		if (!std::strcmp(argv[1], "noexcept"))
			noexcept_throws();
		std::thread([] { throw archive_error("in a thread"); }).join();
	}
	for (auto test : tests) {
		std::cout << "--\n";
		test();
	}
	return 3;
}
