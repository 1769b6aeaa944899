/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * qsort(3) for objects compiled against glibc, where equal elements keep their
 * order as long as there is memory for a copy: glibc's merges (until 2.37).
 * No page promises that, yet what programs write depends on it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef int compare_r(const void *, const void *, void *);
typedef int compare(const void *, const void *);

void __glibc_qsort(void *base, size_t count, size_t size, compare *less);
void __glibc_qsort_r(void *base, size_t count, size_t size, compare_r *less,
		     void *arg);

struct sort {
	size_t size;
	compare_r *compare;
	void *arg;
	char *copy;
};

static void merge_sort(const struct sort *s, char *base, size_t count)
{
	size_t left = count / 2, right = count - left, size = s->size;
	char *a = base, *b = base + left * size, *to = s->copy;

	if (count <= 1)
		return;
	merge_sort(s, a, left);
	merge_sort(s, b, right);
	while (left && right) {
		char **from = &a;

		if (s->compare(a, b, s->arg) <= 0) {
			left--;
		} else {
			from = &b;
			right--;
		}
		memcpy(to, *from, size);
		*from += size;
		to += size;
	}
	/* What is left of the right half lies where it belongs. */
	memcpy(to, a, left * size);
	memcpy(base, s->copy, (count - right) * size);
}

void __glibc_qsort_r(void *base, size_t count, size_t size, compare_r *less,
		     void *arg)
{
	struct sort s = {.size = size, .compare = less, .arg = arg};
	char few[512];
	int error = errno;
	size_t bytes;

	if (count < 2 || !size)
		return;
	if (__builtin_mul_overflow(count, size, &bytes))
		return;
	s.copy = bytes <= sizeof(few) ? few : malloc(bytes);
	if (!s.copy) {
		errno = error;
		qsort_r(base, count, size, less, arg);
		return;
	}
	merge_sort(&s, base, count);
	if (s.copy != few)
		free(s.copy);
}

static int without_argument(const void *a, const void *b, void *less)
{
	return (*(compare **)less)(a, b);
}

void __glibc_qsort(void *base, size_t count, size_t size, compare *less)
{
	__glibc_qsort_r(base, count, size, without_argument, &less);
}
