/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * file.c: open files and their reference counts.
 */
#include <posixen/klog.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <linux/uio.h>
#include "async.h"
#include "internal.h"
#include "locks.h"
#include "notify.h"
#include "special.h"

/*
 * Open files of the whole system (proc(5), file-max): as on Linux, about a
 * tenth of memory at 1 KB a file, with a floor. Root may go beyond.
 */
#define MIN_MAX_FILES 8192
static size_t nr_files;

static bool too_many_files(void)
{
	size_t max = page_total() * (PAGE_SIZE / 1024) / 10;

	return nr_files >= MAX(max, MIN_MAX_FILES) && !fs_capable();
}

int file_alloc_error(void)
{
	return too_many_files() ? -ENFILE : -ENOMEM;
}

struct file *file_alloc(const struct file_ops *ops, int flags, void *priv)
{
	struct file *f;

	if (too_many_files())
		return NULL;
	f = kzalloc(sizeof(*f));
	if (!f)
		return NULL;
	f->ops = ops;
	f->flags = flags;
	f->priv = priv;
	f->refs = 1;
	nr_files++;
	return f;
}

/* f has no path yet and gets references of its own. */
void file_set_path(struct file *f, const struct path *p)
{
	path_get(p);
	f->mount = p->mount;
	f->dentry = p->dentry;
	f->vnode = p->dentry->vnode;
	vnode_get(f->vnode);
}

void file_get(struct file *f)
{
	f->refs++;
}

void file_put(struct file *f)
{
	assert(f->refs);
	if (--f->refs)
		return;
	if (f->ops)
		notify_file(f, file_writable(f) ? IN_CLOSE_WRITE
						: IN_CLOSE_NOWRITE);
	if (f->watchers)
		epoll_forget(f);
	if (f->async)
		async_hooks->forget(f);
	if (f->ops) {
		locks_release_file(f);
		if (f->ops->release)
			f->ops->release(f);
	}
	if (f->vnode)
		vnode_put(f->vnode);
	if (f->writes_mount)
		f->mount->writers--;
	if (f->dentry)
		dentry_put(f->dentry);
	if (f->mount)
		mount_put(f->mount);
	kfree(f);
	nr_files--;
}

static void kernel_uio(struct uio *u, struct iovec *iov, void *buf, size_t n)
{
	iov->iov_base = buf;
	iov->iov_len = n;
	*u = (struct uio){.iov = iov, .nr = 1, .left = n, .kernel = true};
}

ssize_t file_kread(struct file *f, void *buf, size_t n, loff_t *pos)
{
	struct iovec iov;
	struct uio u;

	if (!f->ops->read)
		return -EINVAL;
	kernel_uio(&u, &iov, buf, n);
	return f->ops->read(f, &u, pos);
}

ssize_t file_kwrite(struct file *f, const void *buf, size_t n, loff_t *pos)
{
	struct iovec iov;
	struct uio u;

	if (!f->ops->write)
		return -EINVAL;
	kernel_uio(&u, &iov, (void *)buf, n);
	return f->ops->write(f, &u, pos);
}
