/* SPDX-License-Identifier: BSD-2-Clause */
/* chardev.c: from the number of a device node to the driver behind it. */
#include <posixen/fs.h>
#include "special.h"

static struct list devices = LIST_INIT(devices);

void chardev_register(struct chardev *c)
{
	list_append(&devices, &c->link);
}

static struct chardev *find(uint64_t rdev)
{
	list_for_each (l, &devices) {
		struct chardev *c = list_entry(l, struct chardev, link);

		if (c->rdev == rdev)
			return c;
	}
	return NULL;
}

int chardev_each(int (*fn)(void *arg, struct chardev *c), void *arg)
{
	list_for_each (l, &devices) {
		int err = fn(arg, list_entry(l, struct chardev, link));

		if (err)
			return err;
	}
	return 0;
}

int chardev_open(struct vnode *v, struct file *f)
{
	struct chardev *c = find(v->rdev);

	if (!c)
		return -ENXIO;
	f->ops = c->ops;
	return c->open ? c->open(f) : 0;
}
