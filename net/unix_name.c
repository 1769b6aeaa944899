/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix_name.c: names of local sockets: nodes in the filesystem, which are known
 * by their vnode, and abstract ones, which are known by their bytes and the
 * type of the socket.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include "unix.h"

#define BUCKETS 32

static struct list table[BUCKETS];

static struct list *bucket(uint32_t hash)
{
	if (!table[0].next)
		for (size_t i = 0; i < BUCKETS; i++)
			list_init(&table[i]);
	return &table[hash % BUCKETS];
}

static struct list *path_bucket(const struct vnode *v)
{
	return bucket((uint32_t)((uintptr_t)v >> 6));
}

static struct list *abstract_bucket(const struct sockaddr_storage_k *n, int len,
				    int type)
{
	uint32_t h = (uint32_t)type;

	for (int i = 0; i < len - UNIX_NAME_HEAD; i++)
		h = h * 31 + (unsigned char)n->data[i];
	return bucket(h);
}

void unix_addr_get(struct unix_addr *a)
{
	a->refs++;
}

void unix_addr_put(struct unix_addr *a)
{
	if (!--a->refs)
		kfree(a);
}

void unix_addr_free(struct unix_addr *a)
{
	list_del(&a->link);
	a->sock = NULL;
	if (a->path.dentry)
		path_put(&a->path);
	a->path.dentry = NULL;
}

static bool is_abstract(const struct sockaddr_storage_k *n)
{
	return !n->data[0];
}

int unix_check_name(const struct sockaddr_storage_k *n, unsigned int len)
{
	if (len <= UNIX_NAME_HEAD || len > UNIX_NAME_HEAD + UNIX_PATH_MAX)
		return -EINVAL;
	return n->family == AF_UNIX ? 0 : -EINVAL;
}

/* The path with a NUL, which the program may have left out; its length. */
static size_t path_text(const struct sockaddr_storage_k *n, unsigned int len,
			char buf[UNIX_PATH_MAX + 1])
{
	memcpy(buf, n->data, len - UNIX_NAME_HEAD);
	buf[len - UNIX_NAME_HEAD] = '\0';
	return strlen(buf);
}

static struct unix_sock *abstract_find(const struct sockaddr_storage_k *n,
				       int len, int type)
{
	list_for_each (pos, abstract_bucket(n, len, type)) {
		struct unix_addr *a = list_entry(pos, struct unix_addr, link);

		if (!a->path.dentry && a->len == len && a->sock->type == type &&
		    !memcmp(a->name.data, n->data, len - UNIX_NAME_HEAD))
			return a->sock;
	}
	return NULL;
}

static struct unix_sock *vnode_find(const struct vnode *v)
{
	list_for_each (pos, path_bucket(v)) {
		struct unix_addr *a = list_entry(pos, struct unix_addr, link);

		if (a->path.dentry && a->path.dentry->vnode == v)
			return a->sock;
	}
	return NULL;
}

static int path_find(const struct sockaddr_storage_k *n, unsigned int len,
		     int type, struct unix_sock **out)
{
	char text[UNIX_PATH_MAX + 1];
	struct path p;
	int err;

	path_text(n, len, text);
	err = vfs_socket_find(text, &p);
	if (err)
		return err;
	*out = vnode_find(p.dentry->vnode);
	path_put(&p);
	if (!*out)
		return -ECONNREFUSED;
	return (*out)->type == type ? 0 : -EPROTOTYPE;
}

int unix_find(const struct sockaddr_storage_k *n, unsigned int len, int type,
	      struct unix_sock **out)
{
	int err = 0;

	if (is_abstract(n)) {
		*out = abstract_find(n, (int)len, type);
		if (!*out)
			err = -ECONNREFUSED;
	} else {
		err = path_find(n, len, type, out);
	}
	if (!err)
		unix_get(*out);
	return err;
}

static struct unix_addr *addr_alloc(struct unix_sock *u)
{
	struct unix_addr *a = kzalloc(sizeof(*a));

	if (!a)
		return NULL;
	a->refs = 1;
	a->sock = u;
	a->name.family = AF_UNIX;
	return a;
}

static int bind_path(struct unix_sock *u, const struct sockaddr_storage_k *n,
		     unsigned int len)
{
	char text[UNIX_PATH_MAX + 1];
	size_t size = path_text(n, len, text) + 1;
	struct unix_addr *a = addr_alloc(u);
	int err;

	if (!a)
		return -ENOMEM;
	err = vfs_socket_create(text, &a->path);
	if (err == -EEXIST)
		err = -EADDRINUSE;
	/* As on Linux the name is seen to first. */
	if (!err && u->addr) {
		vfs_socket_remove(&a->path);
		path_put(&a->path);
		err = -EINVAL;
	}
	if (err) {
		kfree(a);
		return err;
	}
	memcpy(a->name.data, text, size);
	a->len = (int)(UNIX_NAME_HEAD + size);
	list_append(path_bucket(a->path.dentry->vnode), &a->link);
	u->addr = a;
	return 0;
}

static int bind_abstract(struct unix_sock *u,
			 const struct sockaddr_storage_k *n, int len)
{
	struct unix_addr *a;

	if (u->addr)
		return -EINVAL;
	if (abstract_find(n, len, u->type))
		return -EADDRINUSE;
	a = addr_alloc(u);
	if (!a)
		return -ENOMEM;
	memcpy(a->name.data, n->data, len - UNIX_NAME_HEAD);
	a->len = len;
	list_append(abstract_bucket(n, len, u->type), &a->link);
	u->addr = a;
	return 0;
}

/* unix(7), Autobind feature: a NUL and five hexadecimal digits. */
int unix_autobind(struct unix_sock *u)
{
	static unsigned int last;
	struct sockaddr_storage_k n = {.family = AF_UNIX};
	int err = -EADDRINUSE;

	if (u->addr)
		return 0;
	for (unsigned int i = 0; i <= 0xfffff && err == -EADDRINUSE; i++) {
		last = (last + 1) & 0xfffff;
		snprintf(n.data + 1, 6, "%05x", last);
		err = bind_abstract(u, &n, UNIX_NAME_HEAD + 6);
	}
	/* unix(7) says so when all are taken. */
	return err == -EADDRINUSE ? -ENOSPC : err;
}

int unix_bind(struct socket *s, const struct sockaddr_storage_k *n,
	      unsigned int len)
{
	struct unix_sock *u = unix_of(s);
	int err;

	if (len == UNIX_NAME_HEAD && n->family == AF_UNIX)
		return unix_autobind(u);
	err = unix_check_name(n, len);
	if (err)
		return err;
	return is_abstract(n) ? bind_abstract(u, n, (int)len)
			      : bind_path(u, n, len);
}

int unix_getname(struct socket *s, struct sockaddr_storage_k *n, bool peer)
{
	struct unix_sock *u = unix_of(s);

	if (peer)
		u = u->peer;
	if (!u)
		return -ENOTCONN;
	n->family = AF_UNIX;
	if (!u->addr)
		return UNIX_NAME_HEAD;
	*n = u->addr->name;
	return u->addr->len;
}

void unix_msg_name(struct message *m, const struct unix_sock *from)
{
	if (!from->addr)
		return;
	m->name = from->addr->name;
	m->name_len = from->addr->len;
}
