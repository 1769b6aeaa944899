/* SPDX-License-Identifier: BSD-2-Clause */
/* memfd.c: memfd_create(2) and file seals (fcntl(2), "File Sealing"). */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/syscalls.h>
#include <posixen/vm.h>
#include <linux/memfd.h>
#include <linux/stat.h>
#include "ramfs.h"

#define PREFIX "memfd:"
#define ALL_SEALS                                                              \
	(F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE |            \
	 F_SEAL_FUTURE_WRITE)

/* The instance that holds all of them; not in the tree. */
static struct mount *memfd_mount;

/* A nameless file of the hidden instance with a dentry that says its name. */
static struct dentry *make_dentry(const char *name)
{
	struct super *s = memfd_mount->super;
	struct vnode *v = ramfs_vnode(s, S_IFREG | 0777, 0);
	struct dentry *d;

	if (is_err(v))
		return (struct dentry *)v;
	ramfs_links(v, -1);
	d = dentry_alloc(s, s->root, name, strlen(name));
	if (!d) {
		vnode_put(v);
		return err_ptr(-ENOMEM);
	}
	d->vnode = v;
	d->unlinked = true;
	return d;
}

static struct file *make_file(const char *name, bool sealable)
{
	struct file *f =
		file_alloc(&ramfs_reg_file_ops, O_RDWR | O_LARGEFILE, NULL);
	struct dentry *d;
	struct path p;

	if (!f)
		return err_ptr(file_alloc_error());
	d = make_dentry(name);
	if (is_err(d)) {
		f->ops = NULL;
		file_put(f);
		return (struct file *)d;
	}
	p = (struct path){memfd_mount, d};
	file_set_path(f, &p);
	dentry_put(d);
	f->vnode->seals = sealable ? 0 : F_SEAL_SEAL;
	return f;
}

/* Huge pages do not exist here; Linux without them says the same. */
long sys_memfd_create(const char *uname, unsigned int flags)
{
	char name[NAME_MAX + 1] = PREFIX;
	size_t room = sizeof(name) - (sizeof(PREFIX) - 1);
	struct file *f;
	ssize_t n;
	int fd, err;

	if (flags & ~(MFD_CLOEXEC | MFD_ALLOW_SEALING))
		return -EINVAL;
	n = copy_in_str(name + sizeof(PREFIX) - 1, uname, room);
	if (n < 0)
		return n == -ENAMETOOLONG ? -EINVAL : n;
	err = memfd_mount ? 0 : mount_hidden(&tmpfs_type, &memfd_mount);
	if (err)
		return err;
	f = make_file(name, flags & MFD_ALLOW_SEALING);
	if (is_err(f))
		return ptr_err(f);
	fd = fd_install_new(f, flags & MFD_CLOEXEC ? O_CLOEXEC : 0);
	if (fd < 0)
		file_put(f);
	return fd;
}

static long add_seals(struct file *f, unsigned long seals)
{
	struct vnode *v = f->vnode;

	if (!file_writable(f))
		return -EPERM;
	if (seals & ~(unsigned long)ALL_SEALS)
		return -EINVAL;
	if (v->seals & F_SEAL_SEAL)
		return -EPERM;
	if ((seals & F_SEAL_WRITE) && !(v->seals & F_SEAL_WRITE) &&
	    vm_mapped_writable(v))
		return -EBUSY;
	v->seals |= (uint32_t)seals;
	return 0;
}

long memfd_fcntl(struct file *f, unsigned int cmd, unsigned long arg)
{
	if (!f->vnode || !ramfs_is_regular(f->vnode))
		return -EINVAL;
	if (cmd == F_GET_SEALS)
		return f->vnode->seals;
	return add_seals(f, arg);
}
