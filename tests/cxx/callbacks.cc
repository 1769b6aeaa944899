/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exceptions that pass through C: the C library's functions that call one of
 * the program's, an object of C, and the frame of a signal. Natively all x86-64
 * code has the tables for it.
 */
#include "parts.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <iostream>
#include <link.h>
#include <mutex>
#include <search.h>
#include <sys/stat.h>
#include <unistd.h>

extern "C" int call_from_c(int (*callback)(int), int n);

namespace
{
/* What unwinding must not leave out. */
struct guard {
	bool &passed;
	~guard()
	{
		passed = true;
	}
};

template <typename Call> void through(const char *name, Call call)
{
	bool passed = false;

	try {
		guard g{passed};

		call();
		std::cout << name << " returned\n";
	} catch (int n) {
		std::cout << name << " threw " << n << (passed ? "" : "?!")
			  << '\n';
	}
}

int numbers[] = {4, 2, 5, 1, 3};
constexpr size_t count = sizeof(numbers) / sizeof(numbers[0]);

int compare(const void *a, const void *b)
{
	if (*(const int *)a == 5 || *(const int *)b == 5)
		throw 5;
	return *(const int *)a - *(const int *)b;
}

int compare_by(const void *, const void *, void *what)
{
	throw *(int *)what;
}

void sorting()
{
	int key = 5;
	size_t n = count;

	through("qsort", [] { qsort(numbers, count, sizeof(int), compare); });
	through("qsort_r", [] {
		int what = 6;

		qsort_r(numbers, count, sizeof(int), compare_by, &what);
	});
	through("bsearch",
		[&] { bsearch(&key, numbers, count, sizeof(int), compare); });
	through("lfind",
		[&] { lfind(&key, numbers, &n, sizeof(int), compare); });
	through("lsearch",
		[&] { lsearch(&key, numbers, &n, sizeof(int), compare); });
}

void trees()
{
	static int three = 3, four = 4, five = 5;
	void *root = nullptr;

	tsearch(&three, &root, compare);
	tsearch(&four, &root, compare);
	through("tsearch", [&] { tsearch(&five, &root, compare); });
	through("tfind", [&] { tfind(&five, &root, compare); });
	through("tdelete", [&] { tdelete(&five, &root, compare); });
	through("twalk", [&] {
		twalk(root, [](const void *, VISIT, int) { throw 7; });
	});
	through("tdestroy", [&] { tdestroy(root, [](void *) { throw 8; }); });
}

void folders()
{
	mkdir("callbacks", 0755);
	close(open("callbacks/file", O_WRONLY | O_CREAT, 0644));
	through("ftw", [] {
		ftw(
			"callbacks",
			[](const char *, const struct stat *, int) -> int {
				throw 9;
			},
			4);
	});
	through("nftw", [] {
		nftw(
			"callbacks",
			[](const char *, const struct stat *, int,
			   struct FTW *) -> int { throw 10; },
			4, FTW_PHYS);
	});
	/* Not its order: glibc then frees what qsort() moves about. */
	through("scandir's filter", [] {
		struct dirent **names;

		scandir(
			"callbacks", &names,
			[](const struct dirent *) -> int { throw 11; },
			alphasort);
	});
	unlink("callbacks/file");
	rmdir("callbacks");
}

void others()
{
	through("dl_iterate_phdr", [] {
		dl_iterate_phdr([](struct dl_phdr_info *, size_t,
				   void *) -> int { throw 14; },
				nullptr);
	});
	for (int i = 0; i < 2; i++) {
		static std::once_flag flag;
		static int calls;

		through("call_once", [] {
			std::call_once(flag, [] {
				if (!calls++)
					throw 15;
			});
		});
	}
	for (int i = 0; i < 2; i++) {
		static pthread_once_t once = PTHREAD_ONCE_INIT;
		static int calls;

		through("pthread_once", [] {
			pthread_once(&once, [] {
				if (!calls++)
					throw 16;
			});
		});
	}
	through("a stream's write", [] {
		cookie_io_functions_t calls = {};

		calls.write = [](void *, const char *, size_t) -> ssize_t {
			throw 17;
		};
		FILE *f = fopencookie(nullptr, "w", calls);

		setvbuf(f, nullptr, _IONBF, 0);
		fputs("text", f);
	});
	through("C", [] {
		call_from_c([](int n) -> int { throw n; }, 18);
	});
	std::signal(SIGUSR1, [](int n) { throw n == SIGUSR1 ? 19 : n; });

	/* glibc's header says of raise() itself that it does not throw. */
	static int (*volatile const send)(int) = raise;

	through("raise", [] { send(SIGUSR1); });

	/* The mask is as in the handler, since that did not return. */
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_UNBLOCK, &set, nullptr);
	through("raise again", [] { send(SIGUSR1); });
	sigprocmask(SIG_UNBLOCK, &set, nullptr);
	std::signal(SIGUSR1, SIG_DFL);
}
} // namespace

void test_callbacks()
{
	sorting();
	trees();
	folders();
	others();
}
