/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * oom.c KIND: use up all memory in one way, see that the end is an error and
 * not a hang or a signal, give it back, and see that all works as before.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *list;
static size_t count;

/* Take chunks of n bytes until there are no more, all of them in use. */
static int take(size_t n, void *(*get)(size_t))
{
	void **p;

	while ((p = get(n))) {
		memset(p, 1, n);
		*p = list;
		list = p;
		count++;
	}
	return errno;
}

static void give(size_t n, void (*put)(void *, size_t))
{
	while (list) {
		void **p = list;

		list = *p;
		put(p, n);
	}
}

static void put_heap(void *p, size_t n)
{
	free(p);
}

static void *get_pages(size_t n)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

static void *get_populated(size_t n)
{
	void *p =
		mmap(NULL, n, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_POPULATE,
		     -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

static void put_pages(void *p, size_t n)
{
	munmap(p, n);
}

/* musl has no sbrk(). */
static void *get_break(size_t n)
{
	char *p = (char *)syscall(SYS_brk, 0);

	if ((char *)syscall(SYS_brk, p + n) == p + n)
		return p;
	errno = ENOMEM;
	return NULL;
}

static void put_break(void *p, size_t n)
{
	syscall(SYS_brk, p);
}

/* A file that fills all memory: ENOSPC, and room again when it is gone. */
static int fill_file(void)
{
	static char block[65536];
	int fd = open("/tmp/full", O_RDWR | O_CREAT | O_TRUNC, 0600), err;

	while (write(fd, block, sizeof(block)) > 0)
		count++;
	err = errno;
	close(fd);
	unlink("/tmp/full");
	return err;
}

static void *sleeper(void *gate)
{
	pthread_mutex_lock(gate);
	pthread_mutex_unlock(gate);
	return NULL;
}

static int start_threads(void)
{
	static pthread_t t[20000];
	pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
	int err = 0;

	pthread_mutex_lock(&gate);
	while (count < 20000 &&
	       !(err = pthread_create(&t[count], NULL, sleeper, &gate)))
		count++;
	pthread_mutex_unlock(&gate);
	for (size_t i = 0; i < count; i++)
		pthread_join(t[i], NULL);
	return err;
}

/* Blocks of all sizes up to 4,000 bytes and some larger ones, of which some are
 * freed in between: the allocator has many ranges that are not used up when the
 * end comes. */
static int fill_mixed(void)
{
	static void *block[40000];
	unsigned int seed = 1, n = 0;
	int err;

	while (n < 40000) {
		size_t size = 1 + rand_r(&seed) % 4000;

		if (rand_r(&seed) % 8 == 0)
			size *= 16;
		if (n && rand_r(&seed) % 10 < 3) {
			unsigned int i = rand_r(&seed) % n;

			free(block[i]);
			block[i] = block[--n];
			continue;
		}
		block[n] = malloc(size);
		if (!block[n])
			break;
		memset(block[n++], 1, size);
		count++;
	}
	err = errno;
	while (n)
		free(block[--n]);
	return err;
}

static int run(const char *kind)
{
	size_t n = 3000;
	int err;

	if (strcmp(kind, "mixed") == 0) {
		err = fill_mixed();
	} else if (strncmp(kind, "heap", 4) == 0) {
		n = strtoul(kind + 4, NULL, 10);
		err = take(n, malloc);
		give(n, put_heap);
	} else if (strcmp(kind, "pages") == 0) {
		n = 40960;
		err = take(n, get_pages);
		give(n, put_pages);
	} else if (strcmp(kind, "populate") == 0) {
		n = 409600;
		err = take(n, get_populated);
		give(n, put_pages);
	} else if (strcmp(kind, "break") == 0) {
		n = 40000;
		err = take(n, get_break);
		give(n, put_break);
	} else if (strcmp(kind, "file") == 0) {
		err = fill_file();
	} else {
		err = start_threads();
	}
	return err;
}

int main(int argc, char **argv)
{
	const char *kind = argc > 1 ? argv[1] : "heap100";
	size_t first;
	int err;

	/* A promise that is not kept: no error can be reported. */
	if (strcmp(kind, "broken") == 0) {
		memset(mmap(NULL, 1 << 30, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
		       1, 1 << 30);
		return 0;
	}
	err = run(kind);
	first = count;
	printf("%s: %s\n", kind, strerror(err));
	/* A second time nearly as much can be had. */
	count = 0;
	err = run(kind);
	printf("again: %s, %s\n", strerror(err),
	       count > first / 2 ? "as much" : "less");
	if (count <= first / 2)
		printf("%zu, then %zu\n", first, count);
	return 0;
}
