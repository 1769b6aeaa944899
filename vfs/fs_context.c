/* SPDX-License-Identifier: BSD-2-Clause */
/* fs_context.c: root, working directory and umask of a process. */
#include <posixen/mem.h>
#include <posixen/process.h>
#include "internal.h"
#include "special.h"

/* Used until the first process has a context of its own. */
static struct fs_context boot_context;

static void set_to_root(struct fs_context *c)
{
	struct mount *m = list_first(&mount_list, struct mount, link);
	struct path root = {m, m->root};

	path_get(&root);
	path_get(&root);
	c->root = c->cwd = root;
	c->umask = 022;
}

struct fs_context *fs_current(void)
{
	struct process *p = current_process();

	if (p && p->fs)
		return p->fs;
	if (!boot_context.root.mount)
		set_to_root(&boot_context);
	return &boot_context;
}

struct fs_context *fs_context_create(void)
{
	struct fs_context *c = kzalloc(sizeof(*c));

	if (c)
		set_to_root(c);
	return c;
}

void fs_context_destroy(struct fs_context *c)
{
	path_put(&c->cwd);
	path_put(&c->root);
	kfree(c);
}
