/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * devfs.c: what is in /dev. The filesystem is an ordinary memory filesystem,
 * so a program may make and remove nodes as on Linux; here it gets its first
 * ones: a node for each driver, and links to /proc/self/fd.
 */
#include <posixen/fs.h>
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include "console.h"
#include "special.h"

/* Make the entry name of dir with fn; 0 also when it is there already. */
static int make(struct dentry *dir, const char *name, uint32_t mode,
		uint64_t rdev, const char *to)
{
	struct dentry *d = dentry_child(dir, name, strlen(name));
	struct vnode *v = dir->vnode;
	int err;

	if (is_err(d))
		return ptr_err(d);
	if (d->vnode)
		err = 0;
	else if (S_ISLNK(mode))
		err = v->ops->symlink(v, d, to);
	else if (S_ISDIR(mode))
		err = v->ops->mkdir(v, d, mode);
	else
		err = v->ops->mknod(v, d, mode, rdev);
	dentry_put(d);
	return err;
}

static int make_dir(const char *path)
{
	struct path dir;
	const char *last;
	size_t len;
	bool slash;
	int err;

	err = path_lookup_parent(AT_FDCWD, path, 0, &dir, &last, &len, &slash);
	if (err)
		return err;
	err = make(dir.dentry, last, S_IFDIR | 0755, 0, NULL);
	path_put(&dir);
	return err;
}

static int make_node(void *arg, struct chardev *c)
{
	return make(arg, c->name, S_IFCHR | c->mode, c->rdev, NULL);
}

static int populate(struct dentry *dev)
{
	static const char *const links[][2] = {
		{"fd", "/proc/self/fd"},
		{"stdin", "/proc/self/fd/0"},
		{"stdout", "/proc/self/fd/1"},
		{"stderr", "/proc/self/fd/2"},
	};
	int err = chardev_each(make_node, dev);

	for (size_t i = 0; i < ARRAY_SIZE(links) && !err; i++)
		err = make(dev, links[i][0], S_IFLNK | 0777, 0, links[i][1]);
	if (!err)
		err = make(dev, "shm", S_IFDIR | 0755, 0, NULL);
	return err;
}

int devfs_init(void)
{
	struct path dev;
	int err;

	mem_register();
	tty_register();
	err = make_dir("/dev");
	if (!err)
		err = vfs_mount("devtmpfs", "/dev", "tmpfs", 0, "mode=0755");
	if (!err)
		err = path_lookup(AT_FDCWD, "/dev", WALK_DIRECTORY, &dev);
	if (err)
		return err;
	err = populate(dev.dentry);
	path_put(&dev);
	if (!err)
		err = vfs_mount("tmpfs", "/dev/shm", "tmpfs", 0, "mode=1777");
	return err;
}
