/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xenbus.h: devices with a front end here and a back end in another domain
 * (xenbus.c), by the state machine of xen/io/xenbus.h.
 *
 * A driver registers a type; its functions are called in the xenbus thread, one
 * at a time, and may block and use the store. A device disappears when the
 * tools remove it (hot-unplug), its backend may close and come back: then the
 * driver sees XenbusStateClosing, Closed, and afterwards a new InitWait.
 *
 * That is xenbus.c's doing: when the backend closed first, the driver has
 * answered with Closed and the tools still want the device, the front end is
 * Initialising again, which a backend takes as an invitation. A driver that
 * closes by itself stays closed.
 */
#ifndef XEN_XENBUS_H
#define XEN_XENBUS_H

#include <posixen/list.h>
#include "abi.h"
#include <xen/io/xenbus.h>
#include "store.h"

struct xenbus_driver;

struct xenbus_device {
	struct list link;
	const struct xenbus_driver *driver;
	char node[64];	   /* device/vif/0, relative to our home */
	char backend[128]; /* /local/domain/0/backend/vif/7/0 */
	domid_t backend_id;
	unsigned int index; /* of its type: the last part of node */
	enum xenbus_state state, backend_state;
	void *priv; /* the driver's */

	/* xenbus.c's own. */
	struct store_watch watch;
	char state_path[136]; /* the backend's */
	bool there, probed, told, may_reopen;
};

struct xenbus_driver {
	struct list link;
	const char *type; /* "vif" */
	/* A new device; its backend's state comes by backend_changed, at least
	 * once. 0, or -errno: the device is left alone. */
	int (*probe)(struct xenbus_device *d);
	/* The backend is in d->backend_state now. The driver answers with
	 * xenbus_switch_state(). */
	void (*backend_changed)(struct xenbus_device *d);
	/* It is gone: nothing of it may be in use on return. */
	void (*remove)(struct xenbus_device *d);
};

/* Thread context, blocks: on return the devices that are there have been probed
 * and their backends' states seen once. */
int xenbus_register(struct xenbus_driver *drv);
int xenbus_switch_state(struct xenbus_device *d, enum xenbus_state state);
/* Log what went wrong with d and tell it to the tools (error/ in the store). */
void xenbus_error(struct xenbus_device *d, int err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
