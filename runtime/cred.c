/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Users and groups: credentials(7). The rules differ only in the names of the
 * fields, so uid and gid calls share their code over struct ids.
 */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/capability.h>

#define KEEP ((uint32_t)-1) /* "leave as it is" in setre* and setres* */

/* The four numbers of one kind, wherever they are. */
struct ids {
	uint32_t *real, *eff, *saved, *fs;
};

static struct cred *cred(void)
{
	return &current_process()->cred;
}

static struct ids uids(void)
{
	struct cred *c = cred();

	return (struct ids){&c->uid, &c->euid, &c->suid, &c->fsuid};
}

static struct ids gids(void)
{
	struct cred *c = cred();

	return (struct ids){&c->gid, &c->egid, &c->sgid, &c->fsgid};
}

static bool privileged(void)
{
	return cred_capable(cred());
}

static bool one_of(uint32_t id, struct ids i)
{
	return id == *i.real || id == *i.eff || id == *i.saved;
}

static long set_one(struct ids i, uint32_t id)
{
	if (id == KEEP)
		return -EINVAL;
	if (privileged())
		*i.real = *i.saved = id;
	else if (id != *i.real && id != *i.saved)
		return -EPERM;
	*i.eff = *i.fs = id;
	return 0;
}

static long set_re(struct ids i, uint32_t real, uint32_t eff)
{
	uint32_t old_real = *i.real;

	if (!privileged()) {
		if (real != KEEP && real != *i.real && real != *i.eff)
			return -EPERM;
		if (eff != KEEP && !one_of(eff, i))
			return -EPERM;
	}
	if (real != KEEP)
		*i.real = real;
	if (eff != KEEP)
		*i.eff = eff;
	/* setreuid(2), "the saved set-user-ID". */
	if (real != KEEP || (eff != KEEP && eff != old_real))
		*i.saved = *i.eff;
	*i.fs = *i.eff;
	return 0;
}

static long set_res(struct ids i, uint32_t real, uint32_t eff, uint32_t saved)
{
	if (!privileged() && ((real != KEEP && !one_of(real, i)) ||
			      (eff != KEEP && !one_of(eff, i)) ||
			      (saved != KEEP && !one_of(saved, i))))
		return -EPERM;
	if (real != KEEP)
		*i.real = real;
	if (eff != KEEP)
		*i.eff = eff;
	if (saved != KEEP)
		*i.saved = saved;
	*i.fs = *i.eff;
	return 0;
}

/* The old one is the answer, whether it was changed or not: setfsuid(2). */
static long set_fs(struct ids i, uint32_t id)
{
	uint32_t old = *i.fs;

	if (id != KEEP && (privileged() || one_of(id, i) || id == old))
		*i.fs = id;
	return old;
}

static long get_res(struct ids i, uint32_t *r, uint32_t *e, uint32_t *s)
{
	if (copy_out_obj(r, i.real) || copy_out_obj(e, i.eff) ||
	    copy_out_obj(s, i.saved))
		return -EFAULT;
	return 0;
}

long sys_getuid(void)
{
	return cred()->uid;
}

long sys_geteuid(void)
{
	return cred()->euid;
}

long sys_getgid(void)
{
	return cred()->gid;
}

long sys_getegid(void)
{
	return cred()->egid;
}

long sys_setuid(unsigned int id)
{
	return set_one(uids(), id);
}

long sys_setgid(unsigned int id)
{
	return set_one(gids(), id);
}

long sys_setreuid(unsigned int real, unsigned int eff)
{
	return set_re(uids(), real, eff);
}

long sys_setregid(unsigned int real, unsigned int eff)
{
	return set_re(gids(), real, eff);
}

long sys_setresuid(unsigned int r, unsigned int e, unsigned int s)
{
	return set_res(uids(), r, e, s);
}

long sys_setresgid(unsigned int r, unsigned int e, unsigned int s)
{
	return set_res(gids(), r, e, s);
}

long sys_getresuid(unsigned int *r, unsigned int *e, unsigned int *s)
{
	return get_res(uids(), r, e, s);
}

long sys_getresgid(unsigned int *r, unsigned int *e, unsigned int *s)
{
	return get_res(gids(), r, e, s);
}

long sys_setfsuid(unsigned int id)
{
	return set_fs(uids(), id);
}

long sys_setfsgid(unsigned int id)
{
	return set_fs(gids(), id);
}

long sys_getgroups(int size, void *list)
{
	struct cred *c = cred();

	if (size < 0)
		return -EINVAL;
	if (size == 0)
		return c->ngroups;
	if ((uint32_t)size < c->ngroups)
		return -EINVAL;
	if (copy_out(list, c->groups, c->ngroups * sizeof(c->groups[0])))
		return -EFAULT;
	return c->ngroups;
}

/* Linux keeps them in order, and getgroups(2) shows it. */
static void insert_group(struct cred *c, uint32_t gid)
{
	uint32_t at = c->ngroups++;

	for (; at > 0 && c->groups[at - 1] > gid; at--)
		c->groups[at] = c->groups[at - 1];
	c->groups[at] = gid;
}

long sys_setgroups(size_t size, const void *list)
{
	struct cred *c = cred();
	uint32_t groups[NGROUPS];

	if (!privileged())
		return -EPERM;
	if (size > NGROUPS)
		return -EINVAL;
	if (copy_in(groups, list, size * sizeof(groups[0])))
		return -EFAULT;
	c->ngroups = 0;
	for (size_t i = 0; i < size; i++)
		insert_group(c, groups[i]);
	return 0;
}

/* capabilities(7): root has all of them, others none. */
long sys_capget(void *uheader, void *udata)
{
	struct __user_cap_header_struct h;
	struct __user_cap_data_struct d[2] = {0};
	uint64_t all = (2ULL << CAP_LAST_CAP) - 1;
	size_t n = 2;

	if (copy_in_obj(&h, uheader))
		return -EFAULT;
	switch (h.version) {
	case _LINUX_CAPABILITY_VERSION_1:
		n = 1;
		break;
	case _LINUX_CAPABILITY_VERSION_2:
	case _LINUX_CAPABILITY_VERSION_3:
		break;
	default:
		h.version = _LINUX_CAPABILITY_VERSION_3;
		if (copy_out_obj((struct __user_cap_header_struct *)uheader,
				 &h))
			return -EFAULT;
		return udata ? -EINVAL : 0;
	}
	if (h.pid < 0)
		return -EINVAL;
	if (h.pid && h.pid != current_process()->pid && !thread_by_tid(h.pid))
		return -ESRCH;
	for (int i = 0; i < 2 && privileged(); i++) {
		d[i].effective = all >> (32 * i);
		d[i].permitted = all >> (32 * i);
	}
	return udata ? copy_out(udata, d, n * sizeof(d[0])) : 0;
}
