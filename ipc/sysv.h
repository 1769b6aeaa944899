/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysv.h: System V IPC, sysvipc(7).
 *
 * sysv.c: what the three kinds share: identifiers, keys, permission.
 * sysv_shm.c: shared memory. sysv_sem.c: sets of semaphores. sysv_msg.c:
 * message queues.
 *
 * Each kind has a struct sysv_ids of objects that begin with a struct
 * sysv_object. An object is found by its identifier in each call and must be
 * looked up again after a sleep: IPC_RMID frees it. Who sleeps on it is then
 * told by its own struct sysv_waiter. All of it is kernel context of a thread.
 */
#ifndef IPC_SYSV_H
#define IPC_SYSV_H

#include <posixen/list.h>
#include <posixen/procfs.h>
#include <posixen/waitq.h>
#include <linux/ipc.h>
#include <asm/ipcbuf.h>

struct sysv_object {
	int key, id;
	uint32_t uid, gid, cuid, cgid;
	uint32_t mode; /* 0777, and bits of the kind */
};

struct sysv_ids {
	struct sysv_object **slot; /* by index: the low 15 bits of an id */
	unsigned int nr_slots, in_use;
	int last; /* index given last; -1 */
	int seq;  /* of ids: grows when the index wraps */
};
#define SYSV_IDS                                                               \
	{                                                                      \
		.last = -1                                                     \
	}
#define SYSV_INDEX_MAX 32768
#define SYSV_INDEX(id) ((unsigned int)(id) % SYSV_INDEX_MAX)

/* Give o, made with the low bits of flags as mode, an identifier: it, -ENOSPC
 * if there are max of them, -ENOMEM. */
long sysv_add(struct sysv_ids *ids, struct sysv_object *o, int key, int flags,
	      unsigned int max);
/* The caller frees it. */
void sysv_remove(struct sysv_ids *ids, struct sysv_object *o);
/* By identifier, by index; NULL: none. */
struct sysv_object *sysv_get(const struct sysv_ids *ids, int id);
struct sysv_object *sysv_at(const struct sysv_ids *ids, int index);
/* The object of a key for the get calls: NULL if a new one is to be made, or
 * err_ptr(-ENOENT, -EEXIST). Then the caller checks what is its own, and
 * sysv_may(). */
struct sysv_object *sysv_lookup(const struct sysv_ids *ids, int key, int flags);
/* For the commands *_INFO: the highest index in use, 0 if there is none. */
int sysv_max_index(const struct sysv_ids *ids);

/* May the current process do what the bits of wanted (as of a mode) say: 0 or
 * -EACCES. */
int sysv_may(const struct sysv_object *o, unsigned int wanted);
/* By identifier, to change or remove it: err_ptr(-EINVAL), or (-EPERM) if the
 * current process may not. */
struct sysv_object *sysv_get_to_change(const struct sysv_ids *ids, int id);
/* IPC_STAT and IPC_SET; the latter 0 or -EINVAL. */
void sysv_perm_out(const struct sysv_object *o, struct ipc64_perm *p);
int sysv_perm_in(struct sysv_object *o, const struct ipc64_perm *p);
/* Seconds since 1970. */
long sysv_now(void);

/* A thread that waits. */
struct sysv_waiter {
	struct list link;
	struct waitq wait;
	int status; /* SYSV_WAITING, or what came of it */
};
#define SYSV_WAITING 1
/* Sleep in the list until sysv_done(): its status; -EINTR, -ETIMEDOUT. */
int sysv_wait(struct list *waiters, struct sysv_waiter *w, uint64_t deadline);
/* Off the list, and on. */
void sysv_done(struct sysv_waiter *w, int status);

/* At a kind's start: its file of /proc/sysvipc, its rows of /proc/sys/kernel.
 */
void sysv_proc_add(const struct proc_node *file, const struct proc_node *limits,
		   unsigned int nr_limits);

#endif
