/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe.h: the ring of pages behind pipes and FIFOs (vfs/pipe.c), as fifo.c and
 * splice.c see it.
 *
 * The ring has a power of two of slots, each a page with the bytes [off,
 * off + len). head and tail count slots for ever; head - tail are in use. Small
 * writes are merged into the last page when they fit, a write of at most
 * PIPE_BUF (one page) bytes goes into one page: that is what makes it atomic.
 */
#ifndef VFS_PIPE_H
#define VFS_PIPE_H

#include <posixen/file.h>
#include <posixen/mem.h>
#include <linux/time_types.h>

#define PIPE_SLOTS     16u  /* 64 KB, pipe(7) */
#define PIPE_MAX_SLOTS 256u /* fs.pipe-max-size: 1 MB */

struct pipe_buf {
	pfn_t pfn;
	uint16_t off, len; /* off + len <= PAGE_SIZE */
	bool packet;	   /* one write in O_DIRECT mode: read as a whole */
	bool merge;	   /* a later write may be added to it */
};

struct pipe {
	struct pipe_buf *bufs;
	unsigned int slots, head, tail;
	unsigned int readers, writers; /* open files of each kind */
	unsigned int opens_r, opens_w; /* how many there ever were */
	unsigned int files;	       /* references; freed at the last put */
	pfn_t spare; /* an empty page kept for the next write */
	uint64_t ino;
	struct __kernel_timespec born;
	struct waitq wait;
};

extern const struct file_ops pipe_ops;

struct pipe *pipe_create(void); /* files 1; NULL: no memory */
void pipe_put(struct pipe *p);
/* A new opening of p; NULL: no memory. */
struct file *pipe_file(struct pipe *p, int flags);
/* The pipe of an open file, or NULL if it is none. */
struct pipe *pipe_of(struct file *f);

static inline unsigned int pipe_used(const struct pipe *p)
{
	return p->head - p->tail;
}

static inline bool pipe_empty(const struct pipe *p)
{
	return p->head == p->tail;
}

static inline bool pipe_full(const struct pipe *p)
{
	return pipe_used(p) >= p->slots;
}

static inline struct pipe_buf *pipe_slot(struct pipe *p, unsigned int i)
{
	return &p->bufs[i & (p->slots - 1)];
}

/* Take a page for a new slot; PFN_NONE. Give one back. */
pfn_t pipe_page_get(struct pipe *p);
void pipe_page_put(struct pipe *p, pfn_t pfn);
/* Drop n bytes of the first slot; it is freed when it becomes empty. */
void pipe_consume(struct pipe *p, unsigned int n);
/* Wait until it can be read or written: 0, -EAGAIN, -ERESTARTSYS; at end 0
 * for a reader and -EPIPE with SIGPIPE for a writer. */
int pipe_wait_readable(struct pipe *p, bool nonblock);
int pipe_wait_writable(struct pipe *p, bool nonblock);
void pipe_wake_readers(struct pipe *p);
void pipe_wake_writers(struct pipe *p);

#endif
