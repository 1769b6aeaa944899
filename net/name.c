/* SPDX-License-Identifier: BSD-2-Clause */
/* name.c: socket names between the program and the families. */
#include "core.h"

int name_in(struct sockaddr_storage_k *name, const void *uname, int len)
{
	if (len < 0 || (size_t)len > sizeof(*name))
		return -EINVAL;
	return len ? copy_in(name, uname, len) : 0;
}

int name_out(const struct sockaddr_storage_k *name, int len, void *uname,
	     int *ulen)
{
	int room;

	if (copy_in_obj(&room, ulen))
		return -EFAULT;
	room = MIN(room, len);
	if (room < 0)
		return -EINVAL;
	if (room && copy_out(uname, name, room))
		return -EFAULT;
	return copy_out_obj(ulen, &len);
}
