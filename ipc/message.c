/* SPDX-License-Identifier: BSD-2-Clause */
/* message.c: messages in pieces, see message.h. */
#include <posixen/mem.h>
#include <posixen/uaccess.h>
#include "message.h"

#define FIRST_MAX (PAGE_SIZE - sizeof(struct ipc_msg))
#define PIECE_MAX (PAGE_SIZE - sizeof(struct ipc_piece))

void ipc_msg_free(struct ipc_msg *m)
{
	struct ipc_piece *p = m->more, *next;

	for (; p; p = next) {
		next = p->next;
		kfree(p);
	}
	kfree(m);
}

static struct ipc_msg *msg_alloc(size_t n)
{
	size_t first = MIN(n, FIRST_MAX), part;
	struct ipc_msg *m = kmalloc(sizeof(*m) + first);
	struct ipc_piece **tail;

	if (!m)
		return NULL;
	list_init(&m->link);
	m->len = n;
	m->more = NULL;
	tail = &m->more;
	for (n -= first; n; n -= part) {
		part = MIN(n, PIECE_MAX);
		*tail = kmalloc(sizeof(**tail) + part);
		if (!*tail) {
			ipc_msg_free(m);
			return NULL;
		}
		(*tail)->next = NULL;
		tail = &(*tail)->next;
	}
	return m;
}

struct ipc_msg *ipc_msg_in(const void *ubuf, size_t n)
{
	const char *from = ubuf;
	struct ipc_msg *m = msg_alloc(n);
	size_t part = MIN(n, FIRST_MAX);
	int err;

	if (!m)
		return err_ptr(-ENOMEM);
	err = copy_in(m->data, from, part);
	for (struct ipc_piece *p = m->more; p && !err; p = p->next) {
		from += part;
		n -= part;
		part = MIN(n, PIECE_MAX);
		err = copy_in(p->data, from, part);
	}
	if (err) {
		ipc_msg_free(m);
		return err_ptr(err);
	}
	return m;
}

int ipc_msg_out(void *ubuf, const struct ipc_msg *m, size_t n)
{
	char *to = ubuf;
	size_t part = MIN(n, FIRST_MAX);
	int err = copy_out(to, m->data, part);

	for (struct ipc_piece *p = m->more; p && n > part && !err;
	     p = p->next) {
		to += part;
		n -= part;
		part = MIN(n, PIECE_MAX);
		err = copy_out(to, p->data, part);
	}
	return err;
}
