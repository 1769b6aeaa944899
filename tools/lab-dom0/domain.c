/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One domain: created paused by xl, its console ring mapped before its first
 * instruction, unpaused, pumped, found ended, destroyed.
 *
 * The agent takes the place of xenconsoled, which the lab does not run:
 * xenconsoled stops a guest that rings more than 30 times in 200 ms, and
 * adds a pty to the path of binary data. The ring is xen/io/console.h: the
 * guest owns out_prod and in_cons, we own out_cons and in_prod.
 *
 * xl create -e leaves no process that waits for the domain's death, so a
 * domain that has shut down stays until domain_release() and its reason can
 * be asked (xen/sched.h, SHUTDOWN_*).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include <x86intrin.h>

/* The tools' interface; a release of Xen takes only its own version of it. */
#define __XEN_TOOLS__ 1
#include <xen/xen.h>
#include <xen/domctl.h>
#include <xen/event_channel.h>
#include <xen/grant_table.h>
#include <xen/io/console.h>
#include <xen/sched.h>
#include <xen/sys/evtchn.h>
#include <xen/sys/gntdev.h>
#include <xen/sys/privcmd.h>

#include "dom0.h"

#define PAGE 4096

uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}

static int lock(const char *path, int how)
{
	int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0)
		flock(fd, how);
	return fd;
}

/*
 * Held from before the end of a domain is told until its memory is back, by
 * as many as there are; a creation waits until nobody holds it, so that a run
 * that follows another always finds the memory. Close to unlock.
 */
int domain_ending(void)
{
	return lock("/run/lab/ending.lock", LOCK_SH);
}

/* One creation at a time, over all agents: xl would wait anyway. */
static int creation_lock(void)
{
	int fd = lock("/run/lab/creation.lock", LOCK_EX);

	close(lock("/run/lab/ending.lock", LOCK_EX));
	return fd;
}

static int console_value(struct domain *d, const char *leaf, uint32_t *value)
{
	char path[96], text[32];
	int n;

	snprintf(path, sizeof(path), "/local/domain/%u/console/%s", d->id,
		 leaf);
	n = xs_read(d->xenstore, path, text, sizeof(text));
	if (n < 0)
		return n;
	*value = strtoul(text, NULL, 10);
	return 0;
}

/*
 * The toolstack has granted the console's page to us under a reserved
 * reference, so the guest's own grant table does not matter.
 */
static int map_ring(struct domain *d)
{
	struct ioctl_gntdev_map_grant_ref map = {
		.count = 1,
		.refs = {{.domid = d->id, .ref = GNTTAB_RESERVED_CONSOLE}},
	};
	int fd = open("/dev/xen/gntdev", O_RDWR | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (ioctl(fd, IOCTL_GNTDEV_MAP_GRANT_REF, &map) < 0) {
		err = -errno;
	} else {
		d->ring = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED,
			       fd, map.index);
		if (d->ring == MAP_FAILED) {
			err = -errno;
			d->ring = NULL;
		}
	}
	close(fd);
	return err;
}

static int bind_port(struct domain *d)
{
	struct ioctl_evtchn_bind_interdomain bind = {.remote_domain = d->id};
	int err = console_value(d, "port", &bind.remote_port);
	int port;

	if (err)
		return err;
	d->evtchn = open("/dev/xen/evtchn", O_RDWR | O_CLOEXEC);
	if (d->evtchn < 0)
		return -errno;
	port = ioctl(d->evtchn, IOCTL_EVTCHN_BIND_INTERDOMAIN, &bind);
	if (port < 0)
		return -errno;
	d->port = port;
	return 0;
}

static void notify(struct domain *d)
{
	struct ioctl_evtchn_notify n = {.port = d->port};

	ioctl(d->evtchn, IOCTL_EVTCHN_NOTIFY, &n);
}

/*
 * Create the domain of an xl configuration whose name is d->name, paused.
 * On failure err says why, in xl's words where they are xl's, and nothing
 * is left behind. Blocks.
 */
int domain_create(struct domain *d, const char *config, char *err,
		  size_t errsize)
{
	char *argv[] = {"xl", "create", "-q", "-p", "-e", (char *)config, NULL};
	int creation, rc;

	d->start = now_ns();
	d->evtchn = -1;
	d->xenstore = xs_open();
	if (d->xenstore < 0) {
		snprintf(err, errsize, "no xenstore in dom0");
		return d->xenstore;
	}
	creation = creation_lock();
	rc = run_command(argv, err, errsize);
	close(creation);
	if (rc != 0)
		return -EIO;
	d->created = now_ns();
	rc = domain_id(d->xenstore, d->name, &d->id);
	if (rc == 0)
		rc = map_ring(d);
	if (rc == 0)
		rc = bind_port(d);
	if (rc == 0)
		rc = xs_watch(d->xenstore, "@releaseDomain", "end");
	if (rc < 0) {
		snprintf(err, errsize, "attaching to the console of %s: %s",
			 d->name, strerror(-rc));
		d->keep = false;
		domain_release(d);
		return rc;
	}
	return 0;
}

int domain_unpause(struct domain *d)
{
	struct xen_domctl op = {.cmd = XEN_DOMCTL_unpausedomain,
				.domain = d->id};

	d->unpaused = now_ns();
	return domctl(&op, &d->unpaused_tsc);
}

/* What Xen has counted for the domain so far; 0 when it cannot say. */
static uint64_t cpu_time(struct domain *d)
{
	struct xen_domctl op = {.cmd = XEN_DOMCTL_getdomaininfo,
				.domain = d->id};

	if (domctl(&op, NULL) < 0 || op.u.getdomaininfo.domain != d->id)
		return 0;
	return op.u.getdomaininfo.cpu_time;
}

/* The CPU time of the domain of that name: for scripts that measure. */
int domain_cpu(const char *name, uint64_t *ns)
{
	struct domain d = {.xenstore = xs_open()};
	int err;

	if (d.xenstore < 0)
		return d.xenstore;
	snprintf(d.name, sizeof(d.name), "%s", name);
	err = domain_id(d.xenstore, d.name, &d.id);
	if (err == 0)
		*ns = cpu_time(&d);
	close(d.xenstore);
	return err;
}

/* Take what the guest has written, at most size bytes; never blocks. */
size_t domain_read(struct domain *d, char *buf, size_t size)
{
	uint32_t cons = d->ring->out_cons, prod = d->ring->out_prod;
	size_t n = 0;

	/* Read the bytes only after the index that says they are there. */
	__sync_synchronize();
	/* A guest that breaks its ring harms itself alone: take it as empty. */
	if (prod - cons > sizeof(d->ring->out))
		prod = cons;
	while (cons != prod && n < size)
		buf[n++] = d->ring->out[MASK_XENCONS_IDX(cons++, d->ring->out)];
	if (n == 0)
		return 0;
	/* Give the space back only after the bytes were taken. */
	__sync_synchronize();
	if (d->first == 0) {
		d->first = now_ns();
		d->first_cpu_ns = cpu_time(d);
	}
	d->ring->out_cons = cons;
	notify(d);
	return n;
}

/* Hand the guest as much of buf as its ring has room for; never blocks. */
size_t domain_write(struct domain *d, const char *buf, size_t size)
{
	uint32_t cons = d->ring->in_cons, prod = d->ring->in_prod;
	size_t n = 0;

	__sync_synchronize();
	while (n < size && prod - cons < sizeof(d->ring->in))
		d->ring->in[MASK_XENCONS_IDX(prod++, d->ring->in)] = buf[n++];
	if (n == 0)
		return 0;
	/* The bytes must be there before the index says so. */
	__sync_synchronize();
	d->ring->in_prod = prod;
	notify(d);
	return n;
}

/* The event channel's fd is readable: take the event and open it again. */
void domain_event(struct domain *d)
{
	evtchn_port_t port;

	if (read(d->evtchn, &port, sizeof(port)) == sizeof(port))
		(void)!write(d->evtchn, &port, sizeof(port));
}

/* Ask Xen whether the domain has ended, and if so keep the reason. */
bool domain_ended(struct domain *d)
{
	static const char *const reasons[] = {
		[SHUTDOWN_poweroff] = "poweroff",
		[SHUTDOWN_reboot] = "reboot",
		[SHUTDOWN_suspend] = "suspend",
		[SHUTDOWN_crash] = "crash",
		[SHUTDOWN_watchdog] = "watchdog",
		[SHUTDOWN_soft_reset] = "soft_reset",
	};
	struct xen_domctl op = {.cmd = XEN_DOMCTL_getdomaininfo,
				.domain = d->id};
	struct xen_domctl_getdomaininfo *info = &op.u.getdomaininfo;
	const char *reason = "gone";
	unsigned int code;

	if (d->reason[0])
		return true;
	/* Xen answers with the next domain when this one is no more. */
	if (domctl(&op, NULL) == 0 && info->domain == d->id &&
	    !(info->flags & XEN_DOMINF_dying)) {
		if (!(info->flags & XEN_DOMINF_shutdown))
			return false;
		code = info->flags >> XEN_DOMINF_shutdownshift &
		       XEN_DOMINF_shutdownmask;
		reason = code < sizeof(reasons) / sizeof(reasons[0])
				 ? reasons[code]
				 : "unknown";
		d->cpu_ns = info->cpu_time;
	}
	d->ended = now_ns();
	snprintf(d->reason, sizeof(d->reason), "%s", reason);
	return true;
}

/*
 * How it went, in one line: the reason and then name=value, times in
 * nanoseconds: create_ns (xl create), first_ns (unpause to the first console
 * byte, 0 = none), run_ns (unpause to the end); first_cpu_ns and cpu_ns are
 * what the vCPU itself had run by then. unpaused_tsc is the time stamp counter
 * before the first instruction, for guests that say theirs.
 */
void domain_end_text(const struct domain *d, char *buf, size_t size)
{
	snprintf(buf, size,
		 "%s domid=%u create_ns=%llu first_ns=%llu"
		 " run_ns=%llu first_cpu_ns=%llu cpu_ns=%llu"
		 " unpaused_tsc=%llu",
		 d->reason, d->id, (unsigned long long)(d->created - d->start),
		 (unsigned long long)(d->first ? d->first - d->unpaused : 0),
		 (unsigned long long)(d->ended - d->unpaused),
		 (unsigned long long)d->first_cpu_ns,
		 (unsigned long long)d->cpu_ns,
		 (unsigned long long)d->unpaused_tsc);
}

/* Let go of the console and, unless it is to be kept, destroy the domain. */
void domain_release(struct domain *d)
{
	char id[16], out[512];
	char *argv[] = {"xl", "destroy", id, NULL};

	if (d->ring)
		munmap((void *)d->ring, PAGE);
	if (d->evtchn >= 0)
		close(d->evtchn);
	if (d->xenstore >= 0)
		close(d->xenstore);
	d->ring = NULL;
	d->evtchn = d->xenstore = -1;
	if (d->id == 0 || d->keep)
		return;
	snprintf(id, sizeof(id), "%u", d->id);
	run_command(argv, out, sizeof(out));
	d->id = 0;
}
