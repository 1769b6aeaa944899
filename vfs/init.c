/* SPDX-License-Identifier: BSD-2-Clause */
/* init.c: the tree as a program finds it, before archives are unpacked. */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <linux/stat.h>
#include "internal.h"
#include "special.h"

static int make_dir(const char *path, uint32_t mode)
{
	struct path dir;
	struct dentry *d;
	int err = path_create(AT_FDCWD, path, true, &dir, &d);

	if (err)
		return err == -EEXIST ? 0 : err;
	err = vfs_mknod(&dir, d, S_IFDIR | mode, 0);
	dentry_put(d);
	path_put(&dir);
	return err;
}

static int make_dirs(void)
{
	static const struct {
		const char *path;
		uint32_t mode;
	} dirs[] = {
		{"/dev", 0755},	 {"/proc", 0555}, {"/root", 0700},
		{"/tmp", 01777}, {"/etc", 0755},  {"/var", 0755},
		{"/run", 0755},
	};
	int err = 0;

	for (size_t i = 0; !err && i < ARRAY_SIZE(dirs); i++)
		err = make_dir(dirs[i].path, dirs[i].mode);
	return err;
}

int vfs_init(void)
{
	int err;

	fs_register(&rootfs_type);
	fs_register(&ramfs_type);
	fs_register(&tmpfs_type);
	err = vfs_mount("rootfs", "/", "rootfs", 0, NULL);
	if (!err)
		err = make_dirs();
	if (!err)
		err = devfs_init();
	if (!err)
		err = vfs_mount("tmpfs", "/tmp", "tmpfs", 0, NULL);
	return err;
}
