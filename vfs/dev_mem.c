/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dev_mem.c: null(4), zero, full(4) and random(4). The random devices never
 * block: the generator is seeded before the program starts.
 */
#include <posixen/fs.h>
#include <posixen/lib.h>
#include <posixen/random.h>
#include <posixen/vm.h>
#include <linux/fs.h>
#include <linux/random.h>
#include <linux/stat.h>
#include <asm/poll.h>
#include "console.h"
#include "special.h"

static ssize_t null_read(struct file *f, struct uio *u, loff_t *pos)
{
	return 0;
}

/* What is written goes nowhere, so the memory it comes from is not looked at:
 * Linux takes a bad pointer here as well. */
static ssize_t null_write(struct file *f, struct uio *u, loff_t *pos)
{
	return u->left;
}

static ssize_t zero_read(struct file *f, struct uio *u, loff_t *pos)
{
	return u->left ? uio_zero(u->left, u) : 0;
}

static ssize_t full_write(struct file *f, struct uio *u, loff_t *pos)
{
	return -ENOSPC;
}

static loff_t null_seek(struct file *f, loff_t off, int whence)
{
	return f->pos = 0;
}

static loff_t no_seek(struct file *f, loff_t off, int whence)
{
	return f->pos;
}

static ssize_t random_read(struct file *f, struct uio *u, loff_t *pos)
{
	char buf[256];
	ssize_t done = 0, n;

	while (u->left) {
		n = MIN(u->left, sizeof(buf));
		random_bytes(buf, n);
		n = uio_write(buf, n, u);
		if (n < 0)
			return done ? done : n;
		done += n;
		if (n < (ssize_t)sizeof(buf))
			break;
	}
	return done;
}

/* Anyone may stir the pool. Ours needs no stirring; the bytes are read, so
 * that a bad pointer is found, and forgotten. */
static ssize_t random_write(struct file *f, struct uio *u, loff_t *pos)
{
	char buf[256];
	ssize_t done = 0, n;

	while (u->left) {
		n = uio_read(buf, MIN(u->left, sizeof(buf)), u);
		if (n < 0)
			return done ? done : n;
		done += n;
	}
	return done;
}

static unsigned int random_poll(struct file *f, struct waitq **q)
{
	*q = NULL;
	return POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM;
}

static long random_ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	int bits = 256;

	if (cmd != RNDGETENTCNT)
		return -ENOTTY;
	return copy_out_obj((int *)arg, &bits);
}

/* A mapping of /dev/zero is anonymous memory; see vm_as_anonymous. */
static int zero_page(struct file *f, uint64_t idx, bool write, pfn_t *out)
{
	*out = PFN_NONE;
	return write ? -ENOMEM : 0;
}

const struct vm_object_ops vm_as_anonymous = {.get_page = zero_page};

static const struct file_ops null_ops = {
	.read = null_read,
	.write = null_write,
	.llseek = null_seek,
};

static const struct file_ops zero_ops = {
	.read = zero_read,
	.write = null_write,
	.llseek = null_seek,
	.vm = &vm_as_anonymous,
};

static const struct file_ops full_ops = {
	.read = zero_read,
	.write = full_write,
	.llseek = null_seek,
};

static const struct file_ops random_ops = {
	.read = random_read,
	.write = random_write,
	.llseek = no_seek,
	.poll = random_poll,
	.ioctl = random_ioctl,
};

void mem_register(void)
{
	static struct chardev devices[] = {
		{.name = "null", .mode = 0666, .ops = &null_ops},
		{.name = "zero", .mode = 0666, .ops = &zero_ops},
		{.name = "full", .mode = 0666, .ops = &full_ops},
		{.name = "random", .mode = 0666, .ops = &random_ops},
		{.name = "urandom", .mode = 0666, .ops = &random_ops},
	};
	static const unsigned char minor[] = {3, 5, 7, 8, 9};

	for (size_t i = 0; i < ARRAY_SIZE(devices); i++) {
		devices[i].rdev = makedev(1, minor[i]);
		chardev_register(&devices[i]);
	}
}
