/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tap.c: network interfaces of the host platform: Linux's tap devices (its
 * Documentation/networking/tuntap.rst), which the parameter tap=NAME[,NAME...]
 * names. Without it there is only lo.
 *
 * Each packet has a struct virtio_net_hdr before it, by which checksums and
 * large TCP packets are left to the kernel, both ways.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/netdev.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include <linux/fcntl.h>
#include <asm/ioctl.h>
#include <asm/poll.h>
#include <asm/signal.h>
#include "host.h"
#include "tap_abi.h"

#define TAPS_MAX 4
#define MTU	 1500
/* The largest packet with its Ethernet header. */
#define PACKET_MAX (65535 + 14)
/* Packets read at one time, so that the program runs too. */
#define BURST 64
/* Up to here a copy costs less than frames of their own. */
#define COPY_MAX 1024

struct tap {
	struct netdev dev; /* first */
	struct host_source source;
	struct virtio_net_hdr head; /* of what was read */
};

struct iovec {
	void *base;
	size_t len;
};

static struct tap *taps[TAPS_MAX];
static unsigned int nr_taps;
static uint8_t packet[PACKET_MAX];

/* Where the transport header is, which the kernel asks for. */
static unsigned int transport_at(const uint8_t *f)
{
	return f[12] == 0x08 ? 14 + (f[14] & 15) * 4 : 14 + 40;
}

static void describe(struct virtio_net_hdr *h, const struct net_tx *t)
{
	const uint8_t *f = t->frags[0].data;
	unsigned int at = transport_at(f);

	memset(h, 0, sizeof(*h));
	if (!(t->flags & NET_CSUM_BLANK))
		return;
	h->flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
	h->csum_start = at;
	h->csum_offset = 16; /* TCP's */
	if (!t->gso_size)
		return;
	h->gso_type = t->flags & NET_GSO_TCP4 ? VIRTIO_NET_HDR_GSO_TCPV4
					      : VIRTIO_NET_HDR_GSO_TCPV6;
	h->gso_size = t->gso_size;
	h->hdr_len = at + (f[at + 12] >> 4) * 4;
}

static int xmit(struct netdev *d, const struct net_tx *t)
{
	struct tap *tap = (struct tap *)d;
	struct iovec iov[1 + NET_FRAGS_MAX];
	struct virtio_net_hdr head;
	long r;

	describe(&head, t);
	iov[0] = (struct iovec){&head, sizeof(head)};
	for (unsigned int i = 0; i < t->nr; i++)
		iov[1 + i] = (struct iovec){(void *)t->frags[i].data,
					    t->frags[i].len};
	r = host_syscall3(__NR_writev, tap->source.fd, iov, 1 + t->nr);
	if (r == -EAGAIN) {
		tap->source.events |= POLLOUT;
		return -EAGAIN;
	}
	if (r < 0) {
		d->stats.tx_errors++;
		return -ENETDOWN;
	}
	d->stats.tx_packets++;
	d->stats.tx_bytes += t->len;
	if (t->done)
		t->done(t->cookie);
	return 0;
}

static void flush(struct netdev *d)
{
}

static const struct netdev_ops ops = {.xmit = xmit, .flush = flush};

/* Hand up packet[0..len) in frames. */
static void receive_large(struct netdev *d, size_t len, unsigned int flags,
			  unsigned int gso_size)
{
	struct net_rx_frag frags[NET_FRAGS_MAX];
	unsigned int nr = 0;

	for (size_t at = 0; at < len; at += PAGE_SIZE, nr++) {
		size_t n = MIN(len - at, PAGE_SIZE);

		frags[nr] =
			(struct net_rx_frag){page_alloc(PAGE_KERNEL, 0), 0, n};
		if (frags[nr].pfn == PFN_NONE) {
			while (nr--)
				page_put(frags[nr].pfn);
			d->stats.rx_dropped++;
			return;
		}
		memcpy(pfn_to_virt(frags[nr].pfn), packet + at, n);
	}
	netdev_rx(d, frags, nr, flags, gso_size);
}

static void receive(struct tap *tap, size_t len)
{
	const struct virtio_net_hdr *h = &tap->head;
	struct netdev *d = &tap->dev;
	unsigned int flags = 0;

	d->stats.rx_packets++;
	d->stats.rx_bytes += len;
	if (h->flags & VIRTIO_NET_HDR_F_NEEDS_CSUM)
		flags |= NET_CSUM_BLANK;
	if (h->flags & VIRTIO_NET_HDR_F_DATA_VALID)
		flags |= NET_CSUM_VALID;
	if (len <= COPY_MAX && !h->gso_type) {
		netdev_rx_copy(d, packet, len, flags);
		return;
	}
	if ((h->gso_type & ~VIRTIO_NET_HDR_GSO_ECN) == VIRTIO_NET_HDR_GSO_TCPV4)
		flags |= NET_GSO_TCP4;
	if ((h->gso_type & ~VIRTIO_NET_HDR_GSO_ECN) == VIRTIO_NET_HDR_GSO_TCPV6)
		flags |= NET_GSO_TCP6;
	receive_large(d, len, flags, h->gso_size);
}

static void ready(struct host_source *s, short events)
{
	struct tap *tap = container_of(s, struct tap, source);
	struct iovec iov[2] = {{&tap->head, sizeof(tap->head)},
			       {packet, sizeof(packet)}};
	long r;

	if (events & POLLOUT) {
		s->events &= ~POLLOUT;
		netdev_tx_ready(&tap->dev);
	}
	for (int i = 0; i < BURST; i++) {
		r = host_syscall3(__NR_readv, s->fd, iov, 2);
		if (r <= (long)sizeof(tap->head))
			break;
		receive(tap, r - sizeof(tap->head));
	}
	netdev_rx_done(&tap->dev);
}

/* A signal when a packet comes, for a program that computes. */
static void ask_for_signals(int fd)
{
	host_syscall3(__NR_fcntl, fd, F_SETOWN, host_syscall0(__NR_getpid));
	host_syscall3(__NR_fcntl, fd, F_SETFL, O_RDWR | O_NONBLOCK | FASYNC);
}

static long open_tap(struct tap *tap, const char *name)
{
	struct tap_ifreq r = {.flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR};
	long fd, err;

	fd = host_syscall3(__NR_open, "/dev/net/tun",
			   O_RDWR | O_NONBLOCK | O_CLOEXEC, 0);
	if (fd < 0)
		return fd;
	strlcpy(r.name, name, sizeof(r.name));
	err = host_syscall3(__NR_ioctl, fd, TUNSETIFF, &r);
	if (err < 0) {
		host_syscall1(__NR_close, fd);
		return err;
	}
	if (!param_bool("tap.plain") &&
	    host_syscall3(__NR_ioctl, fd, TUNSETOFFLOAD,
			  TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6) == 0)
		tap->dev.features =
			NET_CSUM_BLANK | NET_GSO_TCP4 | NET_GSO_TCP6;
	ask_for_signals(fd);
	return fd;
}

/* An address of its own for each process and device: locally administered. */
static void make_mac(uint8_t mac[6])
{
	plat_entropy(mac, 6);
	mac[0] = (mac[0] & ~1) | 2;
}

static int add_tap(const char *name)
{
	struct tap *tap = kzalloc(sizeof(*tap));
	long fd;
	int err;

	if (!tap)
		return -ENOMEM;
	fd = open_tap(tap, name);
	if (fd < 0) {
		klog("tap=%s: cannot open the device (error %ld); make it with "
		     "ip tuntap add %s mode tap\n",
		     name, -fd, name);
		kfree(tap);
		return fd;
	}
	tap->dev.ops = &ops;
	tap->dev.index = nr_taps;
	tap->dev.mtu = param_u64("tap.mtu", MTU);
	tap->dev.link = true;
	make_mac(tap->dev.mac);
	/* Registering sends already. */
	tap->source = (struct host_source){
		.fd = fd, .events = POLLIN, .ready = ready};
	err = netdev_register(&tap->dev);
	if (err) {
		host_syscall1(__NR_close, fd);
		kfree(tap);
		return err;
	}
	host_source_add(&tap->source);
	taps[nr_taps++] = tap;
	return 0;
}

int plat_net_start(void)
{
	const char *at = param_get("tap");
	char name[16];
	int err = 0;

	while (at && *at && !err && nr_taps < TAPS_MAX) {
		const char *end = strchr(at, ',');
		size_t n = end ? (size_t)(end - at) : strlen(at);

		strlcpy(name, at, MIN(n + 1, sizeof(name)));
		err = add_tap(name);
		at = end ? end + 1 : NULL;
	}
	return err;
}

void plat_net_stop(void)
{
	/* What was written is Linux's already. */
}
