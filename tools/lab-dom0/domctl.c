/* SPDX-License-Identifier: BSD-2-Clause */
/* Orders to Xen about a domain, and finding a domain by its name. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <x86intrin.h>

/* The tools' interface; a release of Xen takes only its own version of it. */
#define __XEN_TOOLS__ 1
#include <xen/xen.h>
#include <xen/domctl.h>
#include <xen/sys/privcmd.h>

#include "dom0.h"

#define PAGE 4096

/*
 * Xen reads and writes the argument by our virtual address: pin its page.
 * tsc, unless NULL: the time stamp right before the call.
 */
int domctl(struct xen_domctl *op, uint64_t *tsc)
{
	struct privcmd_hypercall call = {.op = __HYPERVISOR_domctl};
	int fd = open("/dev/xen/privcmd", O_RDWR | O_CLOEXEC);
	void *page;
	int err = 0;

	if (fd < 0)
		return -errno;
	page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED | MAP_POPULATE, -1,
		    0);
	if (page == MAP_FAILED) {
		err = -errno;
		goto out;
	}
	op->interface_version = XEN_DOMCTL_INTERFACE_VERSION;
	memcpy(page, op, sizeof(*op));
	call.arg[0] = (unsigned long)page;
	if (tsc)
		*tsc = __rdtsc();
	if (ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call) < 0)
		err = -errno;
	memcpy(op, page, sizeof(*op));
	munmap(page, PAGE);
out:
	close(fd);
	return err;
}

/* The number of the domain of that name, by an open xenstore. */
int domain_id(int xenstore, const char *wanted, unsigned int *id)
{
	char list[4096], path[96], name[96];
	int n = xs_directory(xenstore, "/local/domain", list, sizeof(list));

	if (n < 0)
		return n;
	for (char *p = list; p < list + n; p += strlen(p) + 1) {
		snprintf(path, sizeof(path), "/local/domain/%.16s/name", p);
		if (xs_read(xenstore, path, name, sizeof(name)) < 0)
			continue;
		if (strcmp(name, wanted) == 0) {
			*id = strtoul(p, NULL, 10);
			return 0;
		}
	}
	return -ENOENT;
}
