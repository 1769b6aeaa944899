/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netfront.c: network devices come and go: the front end's part of the xenbus
 * state machine (xenbus.h).
 *
 *	backend		we
 *	InitWait	make rings, say where they are, Connected
 *	Connected	the link is up
 *	Closing, Closed	take everything back, Closed
 *	InitWait again	Initialising, and from the start
 *
 * All runs in the xenbus thread, except that a backend which broke the protocol
 * is left from a thread of its own: that is noticed in event context, and the
 * store must be waited for.
 */
#include <posixen/klog.h>
#include <posixen/kthread.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include "event.h"
#include "netfront.h"

struct list netfront_devices = LIST_INIT(netfront_devices);
struct waitq netfront_progress = {.waiters =
					  LIST_INIT(netfront_progress.waiters)};

static const struct netdev_ops ops = {
	.xmit = netfront_xmit,
	.flush = netfront_flush,
	.multicast = netfront_multicast,
};

static void progress(struct netfront *nf)
{
	waitq_wake_all(&nf->changed, 1);
	waitq_wake_all(&netfront_progress, 1);
}

static void set_link(struct netfront *nf)
{
	bool link = nf->up && nf->connected && !nf->broken && nf->carrier_on;

	if (nf->dev.link == link)
		return;
	nf->dev.link = link;
	netdev_link_changed(&nf->dev);
}

static void disconnect(struct netfront *nf)
{
	bool was_up = nf->up;

	nf->connected = false;
	nf->up = false;
	set_link(nf);
	if (was_up)
		netfront_tear_down(nf);
	nf->broken = false;
}

static void close_broken(void *arg)
{
	struct netfront *nf = arg;

	disconnect(nf);
	xenbus_switch_state(nf->bus, XenbusStateClosed);
	nf->closing = false;
	progress(nf);
}

void netfront_broken(struct netfront *nf, const char *what)
{
	if (nf->broken)
		return;
	nf->broken = true;
	nf->settled = true;
	klog("eth%u is closed: its backend broke the ring protocol: %s\n",
	     nf->dev.index, what);
	set_link(nf);
	/* Without memory for the thread it stays as it is: silent. */
	nf->closing = kthread_start("netfront", close_broken, nf) == 0;
}

static void connect(struct netfront *nf)
{
	int err;

	if (nf->bus->state != XenbusStateInitialising)
		xenbus_switch_state(nf->bus, XenbusStateInitialising);
	err = netfront_set_up(nf);
	if (err) {
		nf->settled = true;
		xenbus_error(
			nf->bus, err, "eth%u does not connect%s", nf->dev.index,
			err == -ENOMEM ? ": give the domain more memory" : "");
		return;
	}
	xenbus_switch_state(nf->bus, XenbusStateConnected);
}

static void backend_connected(struct netfront *nf)
{
	if (!nf->up || nf->connected)
		return;
	nf->connected = true;
	nf->settled = true;
	/* It may have looked at the rings before there was anything. */
	event_send((evtchn_port_t)nf->rx_port);
	netfront_flush(&nf->dev);
	set_link(nf);
}

static void backend_changed(struct xenbus_device *bus)
{
	struct netfront *nf = bus->priv;

	while (nf->closing)
		waitq_block(&nf->changed, 1);
	switch (bus->backend_state) {
	case XenbusStateInitWait:
		/* Seen after we have answered it, it is old news, unless the
		 * backend has been connected since: then it began anew. */
		if (nf->up && !nf->connected)
			break;
		disconnect(nf);
		connect(nf);
		break;
	case XenbusStateConnected:
		backend_connected(nf);
		break;
	case XenbusStateClosing:
	case XenbusStateClosed:
	case XenbusStateUnknown:
		nf->settled = true;
		disconnect(nf);
		if (bus->state != XenbusStateClosed)
			xenbus_switch_state(bus, XenbusStateClosed);
		break;
	default:
		break;
	}
	progress(nf);
}

static void carrier_changed(struct store_watch *w, const char *path)
{
	struct netfront *nf = container_of(w, struct netfront, carrier);
	unsigned int value;

	/* Backends that say nothing have a carrier (xen/io/netif.h). */
	if (store_read_uint(STORE_NO_TRANSACTION, nf->bus->backend, "carrier",
			    &value))
		value = 1;
	nf->carrier_on = value != 0;
	set_link(nf);
}

static int hex_byte(const char *s)
{
	int v = 0;

	for (int i = 0; i < 2; i++) {
		char c = s[i];

		v <<= 4;
		if (c >= '0' && c <= '9')
			v += c - '0';
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			v += (c | 0x20) - 'a' + 10;
		else
			return -EINVAL;
	}
	return v;
}

static int read_mac(struct netfront *nf)
{
	char text[18];
	ssize_t n = store_read_into(STORE_NO_TRANSACTION, nf->bus->node, "mac",
				    text, sizeof(text));

	if (n < 0)
		return (int)n;
	if (n != 17)
		return -EINVAL;
	for (int i = 0; i < 6; i++) {
		int b = hex_byte(text + 3 * i);

		if (b < 0 || (i < 5 && text[3 * i + 2] != ':'))
			return -EINVAL;
		nf->dev.mac[i] = (uint8_t)b;
	}
	return 0;
}

static void watch_carrier(struct netfront *nf)
{
	snprintf(nf->carrier_path, sizeof(nf->carrier_path), "%s/carrier",
		 nf->bus->backend);
	nf->carrier.path = nf->carrier_path;
	nf->carrier.changed = carrier_changed;
	nf->carrier_watched = store_watch(&nf->carrier) == 0;
}

static int probe(struct xenbus_device *bus)
{
	struct netfront *nf = kzalloc(sizeof(*nf));
	int err;

	if (!nf)
		return -ENOMEM;
	bus->priv = nf;
	nf->bus = bus;
	nf->carrier_on = true;
	waitq_init(&nf->changed);
	nf->dev.ops = &ops;
	nf->dev.index = bus->index;
	nf->dev.mtu = 1500;
	nf->dev.driver = nf;
	err = read_mac(nf);
	if (!err)
		err = netdev_register(&nf->dev);
	if (err) {
		kfree(nf);
		return err;
	}
	list_append(&netfront_devices, &nf->link);
	watch_carrier(nf);
	return 0;
}

static void remove(struct xenbus_device *bus)
{
	struct netfront *nf = bus->priv;

	while (nf->closing)
		waitq_block(&nf->changed, 1);
	if (nf->carrier_watched)
		store_unwatch(&nf->carrier);
	disconnect(nf);
	netdev_unregister(&nf->dev);
	list_del(&nf->link);
	waitq_wake_all(&netfront_progress, 1);
	kfree(nf);
}

struct xenbus_driver netfront_driver = {
	.type = "vif",
	.probe = probe,
	.backend_changed = backend_changed,
	.remove = remove,
};
