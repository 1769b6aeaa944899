/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * peek: reads and writes a domain's memory for debuggers, from dom0. It knows
 * machine frames only; who speaks to it walks the guest's page tables
 * (tools/posixenlib/machine.py).
 *
 *	peek NAME	a domain by its name or number
 *
 * Requests on stdin, answers on stdout, little-endian, each answer begins with
 * a u32: 0, or an errno and nothing else.
 *
 *	c			the vCPU's context, 5,168 bytes (struct
 *				vcpu_guest_context of xen/arch-x86/xen.h)
 *	r u32 n, n u64 mfn	n frames: for each a byte, 0 (cannot be
 *				mapped), 1 (all zero) or 2 and 4,096 bytes
 *	w u64 mfn, u32 at, u32 n, n bytes	write within a frame
 *	p, u			pause, unpause; counted by Xen
 *	s			u32: the flags of getdomaininfo (xen/domctl.h),
 *				or all ones when the domain is no more
 *	S context		set it; the domain must be paused
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* The tools' interface; a release of Xen takes only its own version of it. */
#define __XEN_TOOLS__ 1
#include <xen/xen.h>
#include <xen/domctl.h>
#include <xen/sys/privcmd.h>

#include "dom0.h"

#define PAGE  4096u
#define BATCH 64u

static unsigned int domid;

static void get(void *buf, size_t n)
{
	if (fread(buf, 1, n, stdin) != n)
		exit(0); /* the other side is done */
}

static void put(const void *buf, size_t n)
{
	if (fwrite(buf, 1, n, stdout) != n)
		exit(1);
}

static void put_status(int err)
{
	uint32_t status = err < 0 ? -err : 0;

	put(&status, sizeof(status));
}

/* Frames of the domain in our address space; errs tells which are there. */
static void *map_frames(const uint64_t *mfns, unsigned int n, int prot,
			int *errs)
{
	xen_pfn_t arr[BATCH];
	struct privcmd_mmapbatch_v2 batch = {
		.num = n, .dom = domid, .arr = arr, .err = errs};
	int fd = open("/dev/xen/privcmd", O_RDWR | O_CLOEXEC);
	void *at;

	if (fd < 0)
		return NULL;
	at = mmap(NULL, n * PAGE, prot, MAP_SHARED, fd, 0);
	close(fd);
	if (at == MAP_FAILED)
		return NULL;
	for (unsigned int i = 0; i < n; i++)
		arr[i] = mfns[i];
	batch.addr = (unsigned long)at;
	fd = open("/dev/xen/privcmd", O_RDWR | O_CLOEXEC);
	/* ENOENT and the like: some frames failed, as errs says. */
	if (ioctl(fd, IOCTL_PRIVCMD_MMAPBATCH_V2, &batch) < 0 &&
	    errno != ENOENT && errno != EINVAL) {
		munmap(at, n * PAGE);
		at = NULL;
	}
	close(fd);
	return at;
}

static void put_frame(const void *frame)
{
	static const char zeros[PAGE];
	char kind = memcmp(frame, zeros, PAGE) == 0 ? 1 : 2;

	put(&kind, 1);
	if (kind == 2)
		put(frame, PAGE);
}

static void read_batch(const uint64_t *mfns, unsigned int n)
{
	int errs[BATCH];
	char *at = map_frames(mfns, n, PROT_READ, errs);

	for (unsigned int i = 0; i < n; i++) {
		if (at && errs[i] == 0)
			put_frame(at + i * PAGE);
		else
			put("", 1);
	}
	if (at)
		munmap(at, n * PAGE);
}

static void read_frames(void)
{
	uint32_t n;
	uint64_t *mfns;

	get(&n, sizeof(n));
	mfns = calloc(n + 1, sizeof(*mfns));
	if (!mfns)
		exit(1);
	get(mfns, n * sizeof(*mfns));
	put_status(0);
	for (uint32_t i = 0; i < n; i += BATCH)
		read_batch(mfns + i, n - i < BATCH ? n - i : BATCH);
	free(mfns);
}

static void write_frame(void)
{
	uint64_t mfn;
	uint32_t off, n;
	char data[PAGE], *at;
	int err;

	get(&mfn, sizeof(mfn));
	get(&off, sizeof(off));
	get(&n, sizeof(n));
	if (off > PAGE || n > PAGE - off)
		exit(1);
	get(data, n);
	at = map_frames(&mfn, 1, PROT_READ | PROT_WRITE, &err);
	if (!at) {
		put_status(-EIO);
		return;
	}
	if (err == 0)
		memcpy(at + off, data, n);
	put_status(err);
	munmap(at, PAGE);
}

static int simple(unsigned int cmd)
{
	struct xen_domctl op = {.cmd = cmd, .domain = domid};

	return domctl(&op, NULL);
}

/* The context is larger than a domctl: a page of its own, which stays put. */
static void context(bool set)
{
	vcpu_guest_context_t *c;
	struct xen_domctl op = {.cmd = set ? XEN_DOMCTL_setvcpucontext
					   : XEN_DOMCTL_getvcpucontext,
				.domain = domid};
	int err;

	c = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED | MAP_POPULATE, -1,
		 0);
	if (c == MAP_FAILED)
		exit(1);
	if (set)
		get(c, sizeof(*c));
	op.u.vcpucontext.ctxt.p = (void *)c;
	err = domctl(&op, NULL);
	put_status(err);
	if (!set && err == 0)
		put(c, sizeof(*c));
	munmap(c, 2 * PAGE);
}

static void state(void)
{
	struct xen_domctl op = {.cmd = XEN_DOMCTL_getdomaininfo,
				.domain = domid};
	uint32_t flags = ~0u;

	/* Xen answers with the next domain when this one is no more. */
	if (domctl(&op, NULL) == 0 && op.u.getdomaininfo.domain == domid)
		flags = op.u.getdomaininfo.flags;
	put_status(0);
	put(&flags, sizeof(flags));
}

static void serve(char request)
{
	switch (request) {
	case 'c':
	case 'S':
		context(request == 'S');
		break;
	case 'r':
		read_frames();
		break;
	case 'w':
		write_frame();
		break;
	case 'p':
		put_status(simple(XEN_DOMCTL_pausedomain));
		break;
	case 'u':
		put_status(simple(XEN_DOMCTL_unpausedomain));
		break;
	case 's':
		state();
		break;
	default:
		exit(1);
	}
	fflush(stdout);
}

int main(int argc, char **argv)
{
	char *end;
	int request, err;

	if (argc != 2)
		return 2;
	domid = strtoul(argv[1], &end, 10);
	if (*end || end == argv[1]) {
		err = xs_open();
		if (err >= 0)
			err = domain_id(err, argv[1], &domid);
		if (err) {
			fprintf(stderr, "peek: no domain %s\n", argv[1]);
			return 1;
		}
	}
	while ((request = getchar()) != EOF)
		serve(request);
	return 0;
}
