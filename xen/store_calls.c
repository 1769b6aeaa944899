/* SPDX-License-Identifier: BSD-2-Clause */
/* store_calls.c: requests to xenstore that wait for their reply (store.h). */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include "store_core.h"

/* After the program's end nothing may wait for ever. */
#define LAST_PATIENCE (5 * NSEC_PER_SEC)

struct call {
	struct store_request r;
	struct timer timer;
	struct thread *thread;
	char *buf; /* where the reply goes; NULL: the heap */
	size_t size;
	int len;
	bool wanted, finished;
};

static int take(struct call *c, const char *body, int len)
{
	if (len < 0 || !c->wanted)
		return len;
	if (!c->buf)
		c->buf = kmalloc((size_t)len + 1);
	else if ((size_t)len >= c->size)
		return -ENAMETOOLONG;
	if (!c->buf)
		return -ENOMEM;
	memcpy(c->buf, body, (size_t)len + 1);
	return len;
}

static void done(struct store_request *r, const char *body, int len)
{
	struct call *c = container_of(r, struct call, r);

	c->len = take(c, body, len);
	c->finished = true;
	sched_ready(c->thread);
}

static void too_late(struct timer *t)
{
	store_give_up("does not answer");
}

/* c is zero but for the request, and for where the reply goes: its length. */
static int call(struct call *c)
{
	c->r.done = done;
	c->thread = current();
	c->timer.fn = too_late;
	if (main_process->exiting)
		timer_arm_wait(&c->timer, plat_monotonic_ns() + LAST_PATIENCE);
	store_submit(&c->r);
	while (!c->finished)
		sched_block();
	timer_cancel(&c->timer);
	return c->len;
}

int store_order(enum xsd_sockmsg_type type, uint32_t t, const char *path,
		const char *leaf, const char *more, size_t n)
{
	struct call c = {0};
	int len;

	store_request_init(&c.r, type, t, path, leaf);
	if (n)
		store_out_add(&c.r.out, more, n);
	len = call(&c);
	return len < 0 ? len : 0;
}

/* The reply in the heap, or err_ptr. */
static char *question(enum xsd_sockmsg_type type, uint32_t t, const char *path,
		      const char *more, size_t *len)
{
	struct call c = {.wanted = true};
	int n;

	store_request_init(&c.r, type, t, path, NULL);
	if (more)
		store_out_add(&c.r.out, more, strlen(more) + 1);
	n = call(&c);
	if (n < 0)
		return err_ptr(n);
	if (len)
		*len = (size_t)n;
	return c.buf;
}

char *store_read(uint32_t t, const char *path, size_t *len)
{
	return question(XS_READ, t, path, NULL, len);
}

static ssize_t question_into(enum xsd_sockmsg_type type, uint32_t t,
			     const char *path, const char *leaf, char *buf,
			     size_t size)
{
	struct call c = {.wanted = true, .buf = buf, .size = size};

	store_request_init(&c.r, type, t, path, leaf);
	return call(&c);
}

ssize_t store_read_into(uint32_t t, const char *path, const char *leaf,
			char *buf, size_t size)
{
	return question_into(XS_READ, t, path, leaf, buf, size);
}

int store_read_uint(uint32_t t, const char *path, const char *leaf,
		    unsigned int *value)
{
	char buf[16];
	ssize_t n = store_read_into(t, path, leaf, buf, sizeof(buf));
	uint64_t v;

	if (n < 0)
		return (int)n;
	if (parse_u64(buf, &v, NULL) || v > UINT_MAX)
		return -EINVAL;
	*value = (unsigned int)v;
	return 0;
}

int store_write(uint32_t t, const char *path, const char *leaf,
		const char *value)
{
	return store_order(XS_WRITE, t, path, leaf, value, strlen(value));
}

int store_printf(uint32_t t, const char *path, const char *leaf,
		 const char *fmt, ...)
{
	char buf[128];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	if ((size_t)n >= sizeof(buf))
		return -ENAMETOOLONG;
	return store_write(t, path, leaf, buf);
}

/*
 * A directory too long for one reply, in parts: each is the directory's
 * generation, a NUL, and names from an offset on; the last ends with an empty
 * name. When the generation changes the parts do not fit together.
 */
static char *directory_parts(uint32_t t, const char *path, size_t *len)
{
	char *all = NULL, *more, *part, generation[24], at[16];
	size_t have = 0, n, skip;
	bool last;

	do {
		snprintf(at, sizeof(at), "%zu", have);
		part = question(XS_DIRECTORY_PART, t, path, at, &n);
		if (is_err(part)) {
			kfree(all);
			/* A store that does not know the request. */
			return part == err_ptr(-ENOSYS) ? err_ptr(-E2BIG)
							: part;
		}
		skip = strlen(part) + 1;
		if (skip > n || skip > sizeof(generation)) {
			kfree(part);
			kfree(all);
			return err_ptr(-EIO);
		}
		if (have && strcmp(part, generation) != 0) {
			kfree(part);
			have = 0;
			last = false;
			continue;
		}
		strlcpy(generation, part, sizeof(generation));
		n -= skip;
		last = n == 0 ||
		       (!part[skip + n - 1] && (n == 1 || !part[skip + n - 2]));
		if (last && n)
			n--;
		more = krealloc(all, have + n + 1);
		if (!more) {
			kfree(part);
			kfree(all);
			return err_ptr(-ENOMEM);
		}
		all = more;
		memcpy(all + have, part + skip, n);
		have += n;
		kfree(part);
	} while (!last);
	all[have] = '\0';
	*len = have;
	return all;
}

char *store_directory(uint32_t t, const char *path, size_t *len)
{
	char *names = question(XS_DIRECTORY, t, path, NULL, len);

	return names == err_ptr(-E2BIG) ? directory_parts(t, path, len) : names;
}

int store_transaction_start(uint32_t *t)
{
	char buf[16];
	ssize_t n = question_into(XS_TRANSACTION_START, 0, "", NULL, buf,
				  sizeof(buf));
	uint64_t id;

	if (n < 0)
		return (int)n;
	if (parse_u64(buf, &id, NULL) || id == 0 || id > UINT_MAX)
		return -EIO;
	*t = (uint32_t)id;
	return 0;
}

int store_transaction_end(uint32_t t, bool abort)
{
	return store_order(XS_TRANSACTION_END, t, abort ? "F" : "T", NULL, NULL,
			   0);
}
