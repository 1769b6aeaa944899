/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pty.h: a pseudo-terminal, pty(7). pty.c is the terminal (the slave) and the
 * pair's life, pty_master.c the side that plays its user, devpts.c the names.
 */
#ifndef VFS_PTY_H
#define VFS_PTY_H

#include "terminal.h"

struct vnode;
struct dentry;
struct path;

/* What is held each way, powers of two: about what Linux holds between the two
 * sides, its buffer and what the reader's line discipline has taken. */
#define PTY_KEYS   8192u
#define PTY_SCREEN 16384u

struct pty_ring {
	char *buf;
	unsigned int size, head, tail; /* count for ever */
};

/*
 * It lives as long as one of its files: the master's, of which there is one,
 * and any number of the slave's. keys was written by the master and not yet
 * taken by the line discipline, which it does as soon as it has room.
 */
struct pty {
	struct terminal slave;
	struct waitq wait; /* of the master's reader and writer */
	struct pty_ring keys, screen;
	unsigned int index;  /* N of /dev/pts/N */
	struct dentry *name; /* that node, while the master lives */
	struct mount *mount;
	unsigned int slaves;   /* open files of it */
	bool master;	       /* is open */
	bool locked;	       /* TIOCSPTLCK */
	bool left;	       /* the slave was open and is not now */
	bool stopped;	       /* TCXONC on the master's side */
	bool packet;	       /* TIOCPKT */
	unsigned char pending; /* TIOCPKT_ bits to tell in packet mode */
};

unsigned int ring_used(const struct pty_ring *r);
unsigned int ring_room(const struct pty_ring *r);
/* At most n bytes: how many. */
size_t ring_put(struct pty_ring *r, const char *buf, size_t n);
size_t ring_get(struct pty_ring *r, char *buf, size_t n);

/* A pair, locked, its master open; NULL: no memory. */
struct pty *pty_create(void);
/* The master is closed: hang up, and free p if no slave is open. */
void pty_hang_up(struct pty *p);
/* f, of the node of p or of /dev/tty, becomes an open file of the slave. */
int pty_slave_open(struct pty *p, struct file *f);

/* f, whose path is a ptmx node, becomes a master: 0 or -errno. */
int pty_master_open(struct file *f);

/* devpts.c: put a name for p into the instance beside f's path, or remove it.
 */
int devpts_add(struct file *f, struct pty *p);
void devpts_remove(struct pty *p);

#endif
