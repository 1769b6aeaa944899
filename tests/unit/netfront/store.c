/* SPDX-License-Identifier: BSD-2-Clause */
/* store.c: a xenstore of one device, and the toolstack that plugs it. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "netfront.h"

struct xenbus_device bus;
__typeof__(offers) offers;
__typeof__(keys) keys;
unsigned int store_error_in;
static const struct xenbus_driver *driver;

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

int store_read_uint(uint32_t t, const char *path, const char *leaf,
		    unsigned int *value)
{
	static const struct {
		const char *leaf;
		unsigned int *value;
	} row[] = {
		{"feature-split-event-channels", &offers.split},
		{"feature-sg", &offers.sg},
		{"feature-gso-tcpv4", &offers.gso},
		{"feature-gso-tcpv6", &offers.gso},
		{"feature-ipv6-csum-offload", &offers.csum},
		{"feature-multicast-control", &offers.mcast},
		{"feature-rx-copy", &offers.copy},
		{"mtu", &offers.mtu},
		{"carrier", &offers.carrier},
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(row); i++) {
		if (!is(leaf, row[i].leaf))
			continue;
		*value = *row[i].value;
		return 0;
	}
	return -ENOENT;
}

ssize_t store_read_into(uint32_t t, const char *path, const char *leaf,
			char *buf, size_t size)
{
	MUST(is(leaf, "mac"));
	return snprintf(buf, size, "00:16:3E:0a:0B:ff");
}

int store_write(uint32_t t, const char *path, const char *leaf,
		const char *value)
{
	return store_error_in && --store_error_in == 0 ? -EIO : 0;
}

int store_printf(uint32_t t, const char *path, const char *leaf,
		 const char *fmt, ...)
{
	va_list ap;
	int value;

	va_start(ap, fmt);
	value = va_arg(ap, int);
	va_end(ap);
	if (is(leaf, "tx-ring-ref"))
		keys.tx_ref = value;
	else if (is(leaf, "rx-ring-ref"))
		keys.rx_ref = value;
	else if (is(leaf, "event-channel-tx"))
		keys.tx_port = value;
	else if (is(leaf, "event-channel-rx"))
		keys.rx_port = value;
	else if (is(leaf, "event-channel"))
		keys.tx_port = keys.rx_port = value;
	else
		MUST(0);
	return store_write(t, path, leaf, NULL);
}

int store_watch(struct store_watch *w)
{
	w->changed(w, w->path);
	return 0;
}

void store_unwatch(struct store_watch *w)
{
}

int xenbus_register(struct xenbus_driver *drv)
{
	driver = drv;
	return 0;
}

int xenbus_switch_state(struct xenbus_device *d, enum xenbus_state state)
{
	d->state = state;
	return 0;
}

void xenbus_error(struct xenbus_device *d, int err, const char *fmt, ...)
{
	d->state = XenbusStateClosed;
}

struct netfront *plug(void)
{
	MUST(plat_net_start() == 0);
	bus = (struct xenbus_device){
		.node = "device/vif/0",
		.backend = "/local/domain/0/backend/vif/1/0",
		.state = XenbusStateInitialising,
		.backend_state = XenbusStateInitialising,
	};
	if (driver->probe(&bus))
		return NULL;
	return bus.priv;
}

void unplug(void)
{
	driver->remove(&bus);
}

void backend_says(enum xenbus_state state)
{
	bus.backend_state = state;
	driver->backend_changed(&bus);
}
