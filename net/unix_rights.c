/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix_rights.c: what travels beside the bytes: open files (SCM_RIGHTS) and the
 * sender's identity (SCM_CREDENTIALS), unix(7).
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <asm/fcntl.h>
#include <asm/socket.h>
#include "unix.h"

#define SCM_MAX_FD 253

/* Whom nobody has named: Linux's overflow ids (kernel.overflowuid). */
#define NOBODY 65534u

struct ucred unix_own_cred(bool effective)
{
	const struct process *p = current_process();
	const struct cred *c = &p->cred;

	return (struct ucred){p->pid, effective ? c->euid : c->uid,
			      effective ? c->egid : c->gid};
}

/*
 * The last reference to a file may free a socket with messages that hold files,
 * and so on: a chain as long as a program likes to make it. So what is to be
 * put waits in a list for the one call that works it off.
 */
void unix_rights_put(struct unix_rights *r)
{
	static struct unix_rights *doomed;
	static bool at_work;

	r->next = doomed;
	doomed = r;
	if (at_work)
		return;
	at_work = true;
	while ((r = doomed)) {
		doomed = r->next;
		for (unsigned int i = 0; i < r->nr; i++)
			file_put(r->files[i]);
		kfree(r);
	}
	at_work = false;
}

static struct unix_rights *rights_alloc(unsigned int max)
{
	return kzalloc(sizeof(struct unix_rights) +
		       max * sizeof(struct file *));
}

static int get_files(struct unix_scm *scm, const int *fds, size_t nr)
{
	struct unix_rights *r = scm->rights;

	if (!nr)
		return 0;
	if (nr > SCM_MAX_FD)
		return -EINVAL;
	if (!r)
		r = scm->rights = rights_alloc(SCM_MAX_FD);
	if (!r)
		return -ENOMEM;
	if (r->nr + nr > SCM_MAX_FD)
		return -EINVAL;
	for (size_t i = 0; i < nr; i++) {
		struct file *f = fd_get_any(fds[i]);

		if (!f)
			return -EBADF;
		r->files[r->nr++] = f;
	}
	return 0;
}

/* A process may pose as somebody else only if it may become so. */
static int check_cred(const struct ucred *u)
{
	const struct process *p = current_process();
	const struct cred *c = &p->cred;

	if (cred_capable(c))
		return u->pid == p->pid || u->pid == 1 ? 0 : -ESRCH;
	if (u->pid != p->pid)
		return -EPERM;
	if (u->uid != c->uid && u->uid != c->euid && u->uid != c->suid)
		return -EPERM;
	if (u->gid != c->gid && u->gid != c->egid && u->gid != c->sgid)
		return -EPERM;
	return 0;
}

static int get_cred(struct unix_scm *scm, const void *data, size_t len)
{
	if (len != sizeof(scm->cred))
		return -EINVAL;
	memcpy(&scm->cred, data, sizeof(scm->cred));
	scm->has_cred = true;
	return check_cred(&scm->cred);
}

int unix_scm_get(const struct message *m, struct unix_scm *scm)
{
	int level, type, err;
	const void *data;
	size_t pos = 0, len;

	*scm = (struct unix_scm){.rights = NULL};
	if (!m->control)
		return 0;
	while (control_next(m, &pos, &level, &type, &data, &len, &err)) {
		if (level != SOL_SOCKET)
			continue;
		if (type == SCM_RIGHTS)
			err = get_files(scm, data, len / sizeof(int));
		else if (type == SCM_CREDENTIALS)
			err = get_cred(scm, data, len);
		else
			err = -EINVAL;
		if (err)
			break;
	}
	if (err)
		unix_scm_put(scm);
	return err;
}

void unix_scm_put(struct unix_scm *scm)
{
	if (scm->rights)
		unix_rights_put(scm->rights);
	scm->rights = NULL;
}

/* Who asks for credentials, or cannot be asked yet, gets the sender's. The
 * files go with the first message only. */
void unix_scm_attach(struct unix_scm *scm, struct unix_msg *msg,
		     const struct socket *from, const struct unix_sock *to)
{
	if (scm->has_cred)
		msg->cred = scm->cred;
	else if (from->opt.passcred || !to->s || to->s->opt.passcred)
		msg->cred = unix_own_cred(false);
	else
		msg->cred = (struct ucred){0, NOBODY, NOBODY};
	msg->rights = scm->rights;
	scm->rights = NULL;
	if (msg->rights)
		unix_rights_sent(msg->rights, 1);
}

int unix_scm_take(struct unix_scm *scm, struct unix_msg *msg, bool peek)
{
	struct unix_rights *r = msg->rights, *copy;

	scm->cred = msg->cred;
	if (!r)
		return 0;
	if (!peek) {
		scm->rights = r;
		msg->rights = NULL;
		unix_rights_sent(r, -1);
		return 0;
	}
	copy = rights_alloc(r->nr);
	if (!copy)
		return -ENOMEM;
	copy->nr = r->nr;
	for (unsigned int i = 0; i < r->nr; i++) {
		copy->files[i] = r->files[i];
		file_get(r->files[i]);
	}
	scm->rights = copy;
	return 0;
}

/* Give the program one file: 0, or -errno and nothing has happened. */
static int install(struct file *f, int *ufd, bool cloexec)
{
	int fd = fd_reserve(0);

	if (fd < 0)
		return fd;
	if (copy_out_obj(ufd, &fd)) {
		fd_release(fd);
		return -EFAULT;
	}
	file_get(f);
	fd_install(fd, f, cloexec);
	return 0;
}

/* As many as there is room for; the rest are closed and MSG_CTRUNC says so. */
static void put_files(struct message *m, const struct unix_rights *r)
{
	struct control_out *c = m->control_out;
	struct cmsghdr h = {.level = SOL_SOCKET, .type = SCM_RIGHTS};
	size_t left = c ? c->room - c->used : 0, max, n = 0;
	char *at = c ? (char *)c->ubuf + c->used : NULL;

	max = left > sizeof(h) ? (left - sizeof(h)) / sizeof(int) : 0;
	max = MIN(max, (size_t)r->nr);
	while (n < max && !install(r->files[n], (int *)(at + sizeof(h)) + n,
				   m->flags & MSG_CMSG_CLOEXEC))
		n++;
	if (n < r->nr)
		m->out_flags |= MSG_CTRUNC;
	if (!n)
		return;
	h.len = sizeof(h) + n * sizeof(int);
	if (!copy_out_obj((struct cmsghdr *)at, &h))
		c->used += MIN(ALIGN_UP(h.len, sizeof(size_t)), left);
}

void unix_scm_deliver(struct socket *s, struct message *m, struct unix_scm *scm)
{
	bool asked = m->control_out && m->control_out->ubuf;

	if (!asked && (s->opt.passcred || scm->rights))
		m->out_flags |= MSG_CTRUNC;
	if (asked && s->opt.passcred)
		control_put(m, SOL_SOCKET, SCM_CREDENTIALS, &scm->cred,
			    sizeof(scm->cred));
	if (asked && scm->rights)
		put_files(m, scm->rights);
	unix_scm_put(scm);
}
