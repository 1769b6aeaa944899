/* SPDX-License-Identifier: BSD-2-Clause */
/* path_name.c: from a place in the tree back to its absolute name. */
#include <posixen/lib.h>
#include "internal.h"

/* Put n bytes in front of *at; false if they do not fit above buf. */
static bool prepend(char **at, const char *buf, const char *s, size_t n)
{
	if ((size_t)(*at - buf) < n)
		return false;
	*at -= n;
	memcpy(*at, s, n);
	return true;
}

static bool same(const struct path *a, const struct path *b)
{
	return a->mount == b->mount && a->dentry == b->dentry;
}

/*
 * Climb from p to root. A path that does not lie below root (chroot(2), a
 * detached mount, a memfd) ends at the top of its own tree.
 */
char *path_name(const struct path *p, const struct path *root, char *buf,
		size_t size)
{
	struct path at = *p;
	char *s = buf + size;
	char *end;

	if (!prepend(&s, buf, "", 1))
		return err_ptr(-ENAMETOOLONG);
	if (p->dentry->unlinked && !prepend(&s, buf, " (deleted)", 10))
		return err_ptr(-ENAMETOOLONG);
	end = s;
	while (!same(&at, root)) {
		if (at.dentry == at.mount->root) {
			if (!at.mount->parent)
				break;
			at.dentry = at.mount->mountpoint;
			at.mount = at.mount->parent;
			continue;
		}
		if (!prepend(&s, buf, at.dentry->name, at.dentry->len) ||
		    !prepend(&s, buf, "/", 1))
			return err_ptr(-ENAMETOOLONG);
		if (at.dentry->parent == at.dentry)
			break;
		at.dentry = at.dentry->parent;
	}
	if (s == end && !prepend(&s, buf, "/", 1))
		return err_ptr(-ENAMETOOLONG);
	return s;
}
