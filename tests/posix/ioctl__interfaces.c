/* SPDX-License-Identifier: BSD-2-Clause */
/* Interfaces by ioctl(): see netdevice(7), if_nametoindex(3). */
#include "inet.h"
#include <net/if.h>

static void interfaces(void)
{
	struct ifreq r = {.ifr_name = "lo"};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	char name[IF_NAMESIZE];

	t_val("if_nametoindex", if_nametoindex("lo"));
	t_str("if_indextoname", if_indextoname(1, name) ? name : "none");
	t_val("no such name", if_nametoindex("none0"));
	t_is("no such index", !if_indextoname(77, name));
	t_val("SIOCGIFADDR", VAL(ioctl(fd, SIOCGIFADDR, &r)));
	t_str("is", inet_ntoa(((struct sockaddr_in *)&r.ifr_addr)->sin_addr));
	t_val("SIOCGIFNETMASK", VAL(ioctl(fd, SIOCGIFNETMASK, &r)));
	t_str("is", inet_ntoa(((struct sockaddr_in *)&r.ifr_addr)->sin_addr));
	t_val("SIOCGIFFLAGS", VAL(ioctl(fd, SIOCGIFFLAGS, &r)));
	t_val("is", r.ifr_flags & (IFF_UP | IFF_LOOPBACK | IFF_RUNNING |
				   IFF_BROADCAST | IFF_POINTOPOINT));
	t_val("SIOCGIFINDEX", VAL(ioctl(fd, SIOCGIFINDEX, &r)));
	t_val("is", r.ifr_ifindex);
	strcpy(r.ifr_name, "none0");
	t_val("no such", VAL(ioctl(fd, SIOCGIFADDR, &r)));
	t_val("bad pointer", VAL(ioctl(fd, SIOCGIFADDR, T_BAD)));
	close(fd);
}

int main(void)
{
	interfaces();
	return 0;
}
