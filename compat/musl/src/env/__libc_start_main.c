/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * __libc_start_main: from crt1 to main(), as musl's, but for what it does for
 * programs with more rights than their user: there are none here (AT_SECURE is
 * 0, runtime/exec.c), and the runtime itself sees to it that the descriptors
 * 0 to 2 are open. So no image contains open() and poll(), and all that they
 * lead to, for the sake of its start.
 */
#include <elf.h>
#include <stdint.h>
#include <unistd.h>
#include "libc.h"

#define NR_AUX 38

static void nothing(void)
{
}

static void no_guard(void *entropy)
{
}

/* Replaced by crti.o's, and by the member that has the canary. */
weak_alias(nothing, _init);
weak_alias(no_guard, __init_ssp);

struct starter {
	void (*run)(void);
};
extern weak hidden const struct starter __init_array_start, __init_array_end;

/* The vector of aux values lies behind the environment. */
static size_t *find_auxv(char **env)
{
	while (*env)
		env++;
	return (size_t *)(env + 1);
}

static void set_name(char *path)
{
	__progname = __progname_full = path;
	for (; *path; path++)
		if (*path == '/')
			__progname = path + 1;
}

/* Not inlined, here and below: the frame of the start must not lie on the
 * stack for as long as the program runs, and nothing that needs the thread
 * pointer may move before this. */
__attribute__((noinline)) void __init_libc(char **env, char *name)
{
	size_t aux[NR_AUX] = {0};

	__environ = env;
	libc.auxv = find_auxv(env);
	for (const size_t *a = libc.auxv; a[0] != AT_NULL; a += 2)
		if (a[0] < NR_AUX)
			aux[a[0]] = a[1];
	__hwcap = aux[AT_HWCAP];
	__sysinfo = aux[AT_SYSINFO];
	libc.page_size = aux[AT_PAGESZ];
	if (!name)
		name = (char *)aux[AT_EXECFN];
	set_name(name ? name : "");
	__init_tls(aux);
	__init_ssp((void *)aux[AT_RANDOM]);
}

/* The array may be empty and then nowhere. */
static void run_init_array(void)
{
	uintptr_t end = (uintptr_t)&__init_array_end;

	_init();
	for (uintptr_t at = (uintptr_t)&__init_array_start; at < end;
	     at += sizeof(struct starter))
		((const struct starter *)at)->run();
}

weak_alias(run_init_array, __libc_start_init);

typedef int main_fn(int argc, char **argv, char **env);

__attribute__((noinline)) static int run_program(main_fn *program, int argc,
						 char **argv)
{
	__libc_start_init();
	exit(program(argc, argv, argv + argc + 1));
}

/* The functions that crt1 passes are those of a dynamic program. */
int __libc_start_main(main_fn *program, int argc, char **argv,
		      void (*init)(void), void (*fini)(void),
		      void (*ldso)(void))
{
	int (*volatile next)(main_fn *, int, char **) = run_program;

	__init_libc(argv + argc + 1, argv[0]);
	return next(program, argc, argv);
}
