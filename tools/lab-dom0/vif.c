/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xl runs this as /etc/xen/scripts/vif-bridge when a guest's network interface
 * comes and goes: argv[1] is online or offline, $vif its name in dom0,
 * $XENBUS_PATH its backend's folder in xenstore (xl-network-configuration(5),
 * script=). netback passes packets on once hotplug-status says connected.
 *
 * A program and not a script, because the creation of every guest waits for
 * it and each process that a script starts takes 20 ms under emulation.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dom0.h"

#define BRIDGE "xenbr0"

static int xenstore;
static const char *backend;

static int read_leaf(const char *leaf, char *buf, size_t size)
{
	char path[160];

	snprintf(path, sizeof(path), "%s/%s", backend, leaf);
	return xs_read(xenstore, path, buf, size);
}

static void write_leaf(const char *leaf, const char *value)
{
	char path[160];

	snprintf(path, sizeof(path), "%s/%s", backend, leaf);
	xs_write(xenstore, path, value);
}

static int fail(const char *what)
{
	char text[200];

	snprintf(text, sizeof(text), "%s: %s", what, strerror(errno));
	write_leaf("hotplug-error", text);
	write_leaf("hotplug-status", "error");
	fprintf(stderr, "vif: %s\n", text);
	return 1;
}

/* An interface with IPv6 would speak for itself; a bridge's port must not. */
static void without_ipv6(const char *vif)
{
	char path[96];
	int fd;

	snprintf(path, sizeof(path), "/proc/sys/net/ipv6/conf/%s/disable_ipv6",
		 vif);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	(void)!write(fd, "1", 1);
	close(fd);
}

static int online(const char *vif)
{
	struct ifreq ifr = {0};
	char bridge[IFNAMSIZ] = BRIDGE, mtu[16];
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	for (int i = 0; access("/run/lab/network", F_OK) < 0; i++) {
		if (i == 500)
			return fail("dom0 has no network");
		usleep(20000);
	}
	without_ipv6(vif);
	if (read_leaf("mtu", mtu, sizeof(mtu)) > 0) {
		snprintf(ifr.ifr_name, IFNAMSIZ, "%s", vif);
		ifr.ifr_mtu = atoi(mtu);
		if (ioctl(fd, SIOCSIFMTU, &ifr) < 0)
			return fail("mtu");
	}
	if (read_leaf("bridge", bridge, sizeof(bridge)) <= 0)
		strcpy(bridge, BRIDGE);
	snprintf(ifr.ifr_name, IFNAMSIZ, "%s", bridge);
	ifr.ifr_ifindex = if_nametoindex(vif);
	/* It is there already when a back end comes back. */
	if (ioctl(fd, SIOCBRADDIF, &ifr) < 0 && errno != EBUSY)
		return fail(bridge);
	memset(&ifr, 0, sizeof(ifr));
	snprintf(ifr.ifr_name, IFNAMSIZ, "%s", vif);
	if (ioctl(fd, SIOCGIFFLAGS, &ifr) < 0)
		return fail(vif);
	ifr.ifr_flags |= IFF_UP;
	if (ioctl(fd, SIOCSIFFLAGS, &ifr) < 0)
		return fail(vif);
	write_leaf("hotplug-status", "connected");
	return 0;
}

int main(int argc, char **argv)
{
	const char *vif = getenv("vif");

	backend = getenv("XENBUS_PATH");
	if (argc < 2 || !vif || !backend) {
		fprintf(stderr, "vif: this is for xl to call\n");
		return 2;
	}
	/* With the interface its place in the bridge goes by itself. */
	if (strcmp(argv[1], "online") != 0 && strcmp(argv[1], "add") != 0)
		return 0;
	xenstore = xs_open();
	if (xenstore < 0) {
		fprintf(stderr, "vif: no xenstore in dom0\n");
		return 1;
	}
	return online(vif);
}
