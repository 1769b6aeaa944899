/* SPDX-License-Identifier: BSD-2-Clause */
/* getsockname(fd, name, len): see getsockname(2) and unix(7). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	struct sockaddr_un a = {AF_UNIX, "path"}, b;
	int fd = open("/dev/null", O_RDWR), s;
	socklen_t len = sizeof(b);

	t_val("not open", getsockname(99, NULL, NULL));
	t_val("no socket", getsockname(fd, NULL, NULL));
	s = socket(AF_UNIX, SOCK_DGRAM, 0);
	t_val("bad length", getsockname(s, (void *)&b, T_BAD));
	t_val("bad name", getsockname(s, T_BAD, &len));
	len = 0;
	t_val("bad name, no room", getsockname(s, T_BAD, &len));
	t_val("length", len);
	len = -1;
	t_val("negative", getsockname(s, (void *)&b, &len));
	memset(&b, 0x55, sizeof(b));
	len = sizeof(b);
	t_val("no name", getsockname(s, (void *)&b, &len));
	t_val("length", len);
	t_bytes("name", &b, 4);
	bind(s, (void *)&a, sizeof(a));
	for (socklen_t room = 0; room < 12; room++) {
		len = room;
		memset(&b, 0x55, sizeof(b));
		t_val("getsockname", getsockname(s, (void *)&b, &len));
		t_val("length", len);
		t_bytes("name", &b, 12);
	}
	return 0;
}
