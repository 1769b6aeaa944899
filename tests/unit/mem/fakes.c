/* SPDX-License-Identifier: BSD-2-Clause */
/* fakes.c: what the memory code wants from the rest of the runtime. */
#include "mem.h"
#include <posixen/file.h>
#include <posixen/fs.h>
#include <posixen/klog.h>
#include <posixen/param.h>
#include <posixen/trap.h>
#include <stdarg.h>
#include <stdlib.h>

__asm__(".pushsection .data\n.globl __kernel_start, __kernel_end, "
	"__image_start, "
	"__image_end\n"
	"__kernel_start: __kernel_end: __image_start: __image_end: .byte "
	"0\n.popsection\n");

int host_memfd;
struct vm_space *vm;
struct process proc;
int last_signal, last_code;
const char *inject_param;
unsigned int fake_files_open, mkwrites;

extern const struct ex_entry ex_start[] __asm__("__start___ex_table");
extern const struct ex_entry ex_end[] __asm__("__stop___ex_table");

unsigned long fault(unsigned long rip, unsigned long addr, int write)
{
	last_signal =
		vm_fault(vm, addr, write ? VM_FAULT_WRITE : 0, &last_code);
	if (!last_signal)
		return 0;
	for (const struct ex_entry *e = ex_start; e < ex_end; e++) {
		if (e->insn == rip)
			return e->fixup;
	}
	printf("fault at %#lx by %#lx: signal %d\n", addr, rip, last_signal);
	return 1;
}

void boot_ranges(const struct boot_range *r, unsigned int n)
{
	struct boot_info info = {.nr_free = n};

	memcpy(info.free, r, n * sizeof(*r));
	info.max_pfn = 8192;
	host_memfd = make_memory_file((uint64_t)info.max_pfn << PAGE_SHIFT);
	catch_faults();
	page_init(&info);
	for (int i = 0; i < RLIM_NLIMITS; i++)
		proc.rlim[i].rlim_cur = proc.rlim[i].rlim_max = RLIM_INFINITY;
	proc.vm = vm = vm_space_create();
	proc.brk = proc.brk_start = BRK_BASE;
}

void boot(pfn_t first, pfn_t end)
{
	struct boot_range r = {first, end};

	boot_ranges(&r, 1);
}

struct process *current_process(void)
{
	return &proc;
}

bool cred_capable(const struct cred *c)
{
	return c->euid == 0;
}

void klog(const char *fmt, ...)
{
}

void klog_raw(const char *fmt, ...)
{
}

void panic(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	fflush(stdout);
	abort();
}

const char *param_get(const char *name)
{
	return strcmp(name, "inject") == 0 ? inject_param : NULL;
}

/* Files. */

struct file *file_alloc(const struct file_ops *ops, int flags, void *priv)
{
	struct file *f = kzalloc(sizeof(*f));

	if (f) {
		f->ops = ops;
		f->refs = 1;
		f->flags = flags;
		f->priv = priv;
		fake_files_open++;
	}
	return f;
}

void file_get(struct file *f)
{
	f->refs++;
}

void file_put(struct file *f)
{
	if (--f->refs)
		return;
	if (f->ops->release)
		f->ops->release(f);
	kfree(f);
	fake_files_open--;
}

struct file *fd_get(int fd)
{
	return NULL;
}

const struct vm_object_ops vm_as_anonymous;

char *path_name(const struct path *p, const struct path *root, char *buf,
		size_t size)
{
	return strcpy(buf, "/fake");
}

struct fake {
	unsigned int pages;
	pfn_t pfn[64];
};

static int fake_get_page(struct file *f, uint64_t idx, bool write, pfn_t *out)
{
	struct fake *k = f->priv;

	if (idx >= k->pages)
		return -EIO;
	if (k->pfn[idx] == PFN_NONE && write)
		k->pfn[idx] = page_zalloc(PAGE_FILE);
	if (k->pfn[idx] == PFN_NONE)
		return write ? -ENOSPC : 0;
	page_get(k->pfn[idx]);
	*out = k->pfn[idx];
	return 0;
}

static void fake_mkwrite(struct file *f, uint64_t idx)
{
	mkwrites++;
}

static void free_from(struct fake *k, unsigned int first)
{
	for (unsigned int i = first; i < k->pages; i++) {
		if (k->pfn[i] != PFN_NONE)
			page_put(k->pfn[i]);
		k->pfn[i] = PFN_NONE;
	}
	k->pages = first;
}

static void fake_release(struct file *f)
{
	free_from(f->priv, 0);
	kfree(f->priv);
}

static const struct vm_object_ops fake_vm = {fake_get_page, fake_mkwrite, NULL};
static const struct file_ops fake_ops = {
	.release = fake_release,
	.vm = &fake_vm,
};

/* Even pages hold their number + 1, odd ones are holes. */
struct file *fake_file(unsigned int pages, int flags)
{
	struct fake *k = kzalloc(sizeof(*k));

	k->pages = pages;
	for (unsigned int i = 0; i < pages; i++) {
		k->pfn[i] = i % 2 ? PFN_NONE : page_alloc(PAGE_FILE, 0);
		if (i % 2 == 0)
			memset(pfn_to_virt(k->pfn[i]), (int)i + 1, PAGE_SIZE);
	}
	return file_alloc(&fake_ops, flags, k);
}

void fake_file_shrink(struct file *f, unsigned int pages)
{
	vm_invalidate(f, pages, UINT64_MAX);
	free_from(f->priv, pages);
}

int fake_file_byte(struct file *f, unsigned int page)
{
	struct fake *k = f->priv;

	return k->pfn[page] == PFN_NONE
		       ? -1
		       : *(unsigned char *)pfn_to_virt(k->pfn[page]);
}
