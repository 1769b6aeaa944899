/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone(2) for threads. What would make another process is refused with ENOSYS:
 * there is one address space. (musl's entry px_clone_start is in shim/.)
 */
#include <posixen/entry.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/sched.h>
#include "sched.h"

/* What pthread_create() shares, and without which it would be a process. */
#define THREAD_FLAGS                                                           \
	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD)
/* CLONE_DETACHED is ignored by Linux, SYSVSEM has nothing to share yet, and a
 * signal in the low byte is not sent for threads. */
#define KNOWN_FLAGS                                                            \
	(THREAD_FLAGS | CLONE_SYSVSEM | CLONE_SETTLS | CLONE_PARENT_SETTID |   \
	 CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | CLONE_DETACHED |          \
	 CLONE_PTRACE | CLONE_UNTRACED | CLONE_IO | CSIGNAL)

/* The child's first steps on its kernel stack: into the program, where the
 * parent's call returns, with the child's stack and value 0. */
static void child_start(void *arg)
{
	struct uframe frame = *(struct uframe *)arg;

	kfree(arg);
	/* A signal may have come before the first instruction. */
	current()->uframe = &frame;
	uframe_resume(&frame, 0);
}

static int check_flags(unsigned long flags)
{
	if ((flags & CLONE_SIGHAND) && !(flags & CLONE_VM))
		return -EINVAL;
	if ((flags & CLONE_THREAD) && !(flags & CLONE_SIGHAND))
		return -EINVAL;
	if ((flags & CLONE_FS) && (flags & CLONE_NEWNS))
		return -EINVAL;
	if ((flags & THREAD_FLAGS) != THREAD_FLAGS)
		return -ENOSYS;
	return flags & ~KNOWN_FLAGS ? -EINVAL : 0;
}

long sys_clone(unsigned long flags, void *stack, int *ptid, int *ctid,
	       unsigned long tls)
{
	struct thread *self = current(), *t;
	struct uframe *frame;
	int err = check_flags(flags), tid;

	if (err)
		return err;
	frame = kmalloc(sizeof(*frame));
	if (!frame)
		return -ENOMEM;
	t = thread_create(self->proc, child_start, frame);
	if (!t) {
		kfree(frame);
		return -ENOMEM;
	}
	tid = t->tid;
	*frame = *self->uframe;
	if (stack) /* the way out drops the return address */
		frame->rsp = (uintptr_t)stack - sizeof(uint64_t);
	if ((flags & CLONE_PARENT_SETTID) && copy_out_obj(ptid, &tid))
		err = -EFAULT;
	/* One address space: the parent may write what the child would. A bad
	 * pointer is not an error here: clone(2) does not look. */
	if (!err && (flags & CLONE_CHILD_SETTID))
		copy_out_obj(ctid, &tid);
	if (err) {
		thread_discard(t);
		kfree(frame);
		return err;
	}
	if (flags & CLONE_CHILD_CLEARTID)
		t->clear_tid = ctid;
	t->fs_base = flags & CLONE_SETTLS ? tls : plat_get_fs();
	t->sig_mask = self->sig_mask;
	sched_inherit(t);
	t->mempolicy = self->mempolicy;
	t->mempolicy_nodes = self->mempolicy_nodes;
	t->ioprio = self->ioprio;
	memcpy(t->name, self->name, sizeof(t->name));
	thread_inherit_control(t);
	thread_start(t);
	return tid;
}
