/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_ioctl.c: ioctl(2) of sockets. FIONBIO, FIOCLEX and their like concern
 * the descriptor: vfs has answered them.
 */
#include <linux/sockios.h>
#include "core.h"

#define ENOIOCTLCMD 515 /* Linux's own, inside: not known here */

long socket_ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	struct socket *s = f->priv;
	long ret = -ENOIOCTLCMD;
	int who, err;

	switch (cmd) {
	case FIOSETOWN:
	case SIOCSPGRP:
		err = copy_in_obj(&who, (const int *)arg);
		return err ? err : async_set_owner(f, who);
	case FIOGETOWN:
	case SIOCGPGRP:
		who = async_get_owner(f);
		return copy_out_obj((int *)arg, &who);
	}

	if (s->ops->ioctl)
		ret = s->ops->ioctl(s, cmd, arg);
	if (ret == -ENOTTY || ret == -ENOIOCTLCMD)
		ret = interface_ioctl(s, cmd, arg);
	return ret;
}
