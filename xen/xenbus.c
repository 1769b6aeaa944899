/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xenbus.c: which devices there are, and what their back ends are at
 * (xenbus.h).
 *
 * A type's devices are the directories below device/<type> in the store. A
 * watch there says when one comes or goes, another on each backend's state when
 * that changes. Everything happens in the thread that serves watches; events
 * are only hints, and what they hint at is read again.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/waitq.h>
#include "xenbus.h"

/* A driver and its devices. */
struct bus {
	struct xenbus_driver *driver;
	struct store_watch watch;
	struct list devices;
	struct waitq ready;
	bool scanned;
	char path[32]; /* device/vif */
};

int xenbus_switch_state(struct xenbus_device *d, enum xenbus_state state)
{
	unsigned int old;
	uint32_t t;
	int err;

	if (d->state == state)
		return 0;
	/* A device that was removed must not come back by this write, so look
	 * whether it is there, in the same transaction. */
	do {
		err = store_transaction_start(&t);
		if (err)
			return err;
		err = store_read_uint(t, d->node, "state", &old);
		if (!err)
			err = store_printf(t, d->node, "state", "%d", state);
		if (err) {
			store_transaction_end(t, true);
			return err;
		}
		err = store_transaction_end(t, false);
	} while (err == -EAGAIN);
	if (!err)
		d->state = state;
	return err;
}

void xenbus_error(struct xenbus_device *d, int err, const char *fmt, ...)
{
	char text[100], path[80];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	klog("%s: %s (error %d)\n", d->node, text, -err);
	/* Where xl and people look: docs/misc/xenstore-paths.pandoc. */
	snprintf(path, sizeof(path), "error/%s", d->node);
	store_printf(STORE_NO_TRANSACTION, path, "error", "%d %s", -err, text);
}

static bool is_closed(enum xenbus_state state)
{
	return state == XenbusStateClosing || state == XenbusStateClosed;
}

/* Both are closed, because the backend wished it; but the tools still want the
 * device: offer to begin again. */
static void reopen(struct xenbus_device *d)
{
	unsigned int online = 0;

	store_read_uint(STORE_NO_TRANSACTION, d->backend, "online", &online);
	if (!online)
		return;
	d->may_reopen = false;
	xenbus_switch_state(d, XenbusStateInitialising);
}

static void check_backend(struct xenbus_device *d)
{
	unsigned int state = XenbusStateUnknown;
	int err = store_read_uint(STORE_NO_TRANSACTION, d->backend, "state",
				  &state);

	/* That the store fails says nothing of the backend; that it has no
	 * state does. */
	if (err && err != -ENOENT && d->told)
		return;
	if (d->told && d->backend_state == (enum xenbus_state)state)
		return;
	d->told = true;
	d->backend_state = state;
	if (is_closed(state) && !is_closed(d->state))
		d->may_reopen = true;
	d->driver->backend_changed(d);
	if (d->may_reopen && d->backend_state == XenbusStateClosed &&
	    d->state == XenbusStateClosed)
		reopen(d);
}

static void backend_event(struct store_watch *w, const char *path)
{
	check_backend(container_of(w, struct xenbus_device, watch));
}

/* Read where d's backend is. */
static int find_backend(const struct xenbus_device *d, char *path, size_t size,
			domid_t *id)
{
	unsigned int n;
	ssize_t len = store_read_into(STORE_NO_TRANSACTION, d->node, "backend",
				      path, size);
	int err = len < 0 ? (int)len
			  : store_read_uint(STORE_NO_TRANSACTION, d->node,
					    "backend-id", &n);

	if (!err)
		*id = (domid_t)n;
	return err;
}

static void set_up(struct bus *b, struct xenbus_device *d)
{
	unsigned int state = XenbusStateInitialising;
	int err;

	store_read_uint(STORE_NO_TRANSACTION, d->node, "state", &state);
	d->state = state;
	d->driver = b->driver;
	err = b->driver->probe(d);
	if (err) {
		xenbus_error(d, err, "the device is left alone");
		return;
	}
	d->probed = true;
	snprintf(d->state_path, sizeof(d->state_path), "%s/state", d->backend);
	d->watch.path = d->state_path;
	d->watch.changed = backend_event;
	err = store_watch(&d->watch);
	if (err)
		xenbus_error(d, err, "cannot watch the backend");
	check_backend(d);
}

static void add(struct bus *b, const char *name)
{
	struct xenbus_device *d = kzalloc(sizeof(*d));
	uint64_t index;
	int n;

	if (!d) {
		klog("%s/%s: no memory for it\n", b->path, name);
		return;
	}
	n = snprintf(d->node, sizeof(d->node), "%s/%s", b->path, name);
	/* One that the tools are still writing comes again. */
	if (n >= (int)sizeof(d->node) || parse_u64(name, &index, NULL) ||
	    find_backend(d, d->backend, sizeof(d->backend), &d->backend_id)) {
		kfree(d);
		return;
	}
	d->index = (unsigned int)index;
	d->there = true;
	list_append(&b->devices, &d->link);
	set_up(b, d);
}

static void drop(struct xenbus_device *d)
{
	if (d->probed) {
		store_unwatch(&d->watch);
		d->driver->remove(d);
	}
	list_del(&d->link);
	kfree(d);
}

static struct xenbus_device *find(struct bus *b, const char *name)
{
	list_for_each (pos, &b->devices) {
		struct xenbus_device *d =
			list_entry(pos, struct xenbus_device, link);

		if (strcmp(strrchr(d->node, '/') + 1, name) == 0)
			return d;
	}
	return NULL;
}

/* Is d the device that the store has under its name? If it has another backend
 * it is another. */
static bool same(const struct xenbus_device *d)
{
	char backend[sizeof(d->backend)];
	domid_t id;

	return find_backend(d, backend, sizeof(backend), &id) == 0 &&
	       id == d->backend_id && strcmp(backend, d->backend) == 0;
}

/* Compare what there is with what is known. */
static void scan(struct bus *b)
{
	size_t len = 0;
	char *names = store_directory(STORE_NO_TRANSACTION, b->path, &len);

	if (is_err(names) && names != err_ptr(-ENOENT))
		return;
	if (is_err(names))
		names = NULL;
	list_for_each (pos, &b->devices)
		list_entry(pos, struct xenbus_device, link)->there = false;
	for (size_t i = 0; i < len; i += strlen(names + i) + 1) {
		struct xenbus_device *d = find(b, names + i);

		if (d)
			d->there = same(d);
	}
	list_for_each_safe (pos, &b->devices) {
		struct xenbus_device *d =
			list_entry(pos, struct xenbus_device, link);

		if (!d->there)
			drop(d);
	}
	for (size_t i = 0; i < len; i += strlen(names + i) + 1)
		if (names[i] && !find(b, names + i))
			add(b, names + i);
	kfree(names);
}

/* Our own writes below a device's node are events too. */
static bool matters(const struct bus *b, const char *path)
{
	const char *leaf = strrchr(path, '/');
	size_t n = strlen(b->path);

	if (strncmp(path, b->path, n) != 0 || path[n] != '/')
		return true;
	return !strchr(path + n + 1, '/') || strcmp(leaf, "/backend") == 0;
}

static void type_event(struct store_watch *w, const char *path)
{
	struct bus *b = container_of(w, struct bus, watch);

	if (b->scanned && !matters(b, path))
		return;
	scan(b);
	b->scanned = true;
	waitq_wake_all(&b->ready, ~0u);
}

int xenbus_register(struct xenbus_driver *drv)
{
	struct bus *b = kzalloc(sizeof(*b));
	int err;

	if (!b)
		return -ENOMEM;
	b->driver = drv;
	b->watch.path = b->path;
	b->watch.changed = type_event;
	list_init(&b->devices);
	waitq_init(&b->ready);
	snprintf(b->path, sizeof(b->path), "device/%s", drv->type);
	err = store_watch(&b->watch);
	if (err) {
		kfree(b);
		return err;
	}
	while (!b->scanned)
		waitq_block(&b->ready, ~0u);
	return 0;
}
