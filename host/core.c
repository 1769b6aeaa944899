/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core.c: a core file of the program, core(5), where boot parameter core=FILE
 * says. It is what Linux would have written if the program ran on it, so gdb
 * shows the program's threads; in addition it holds the runtime's data and
 * kernel stacks, for the scripts in tools/gdb and for a failure of the runtime
 * itself.
 *
 *	ELF header, program headers (PT_NOTE, then one PT_LOAD an area)
 *	notes: the process, then each thread, first the one that ended it all
 *	the areas' pages; those that are zero or were never touched are holes
 *
 * It runs in a process that may be broken: nothing is allocated, and what is
 * not mapped is passed over.
 */
#include <posixen/debug.h>
#include <posixen/klog.h>
#include <posixen/layout.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <asm/siginfo.h>
#include <linux/elf.h>
#include <linux/elf-em.h>
#include <linux/fcntl.h>
#include <linux/mman.h>
#include <linux/stat.h>
#include "host.h"

#define NAME	     "CORE"
#define NAME_SIZE    8	    /* with its NUL, padded */
#define MAX_HEADERS  65000u /* more would need PN_XNUM, elf(5) */
#define FPU_BYTES    512
#define MXCSR_START  0x1f80
#define FPUCW_START  0x037f
#define PSARGS_BYTES 80

/* struct elf_prstatus and user_regs_struct of Linux's x86-64, which its UAPI
 * headers do not have. */
struct core_regs {
	uint64_t r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8;
	uint64_t rax, rcx, rdx, rsi, rdi, orig_rax;
	uint64_t rip, cs, rflags, rsp, ss, fs_base, gs_base, ds, es, fs, gs;
};

struct prstatus {
	int32_t signo, code, error;
	int16_t cursig;
	uint64_t sigpend, sighold;
	int32_t pid, ppid, pgrp, sid;
	uint64_t times[8];
	struct core_regs regs;
	int32_t fpvalid;
};
_Static_assert(sizeof(struct prstatus) == 336, "struct elf_prstatus");

struct prpsinfo {
	char state, sname, zombie, nice;
	uint64_t flag;
	uint32_t uid, gid;
	int32_t pid, ppid, pgrp, sid;
	char fname[16], psargs[PSARGS_BYTES];
};
_Static_assert(sizeof(struct prpsinfo) == 136, "struct elf_prpsinfo");

struct core {
	int fd;
	int sig;
	const struct regs *panic; /* the runtime failed here; else NULL */
	long err;		  /* the first failure to write */
	uint64_t at;		  /* end of the file so far */
	uint64_t phdr;		  /* where the next program header goes */
	uint64_t room;		  /* bytes of memory that RLIMIT_CORE leaves */
	unsigned int headers, files;
	size_t names; /* bytes of the files' names */
};

static char path_buf[PATH_MAX];

static void put_at(struct core *c, uint64_t at, const void *p, size_t n)
{
	long r = host_syscall4(__NR_pwrite64, c->fd, p, n, at);

	if (r != (long)n && !c->err)
		c->err = r < 0 ? r : -ENOSPC;
}

static void put(struct core *c, const void *p, size_t n)
{
	put_at(c, c->at, p, n);
	c->at += n;
}

/* The header of a note of n bytes, which the caller then puts. */
static void note_begin(struct core *c, unsigned int type, size_t n)
{
	struct elf64_note h = {sizeof(NAME), n, type};
	char name[NAME_SIZE] = NAME;

	put(c, &h, sizeof(h));
	put(c, name, sizeof(name));
}

static void note(struct core *c, unsigned int type, const void *p, size_t n)
{
	note_begin(c, type, n);
	put(c, p, n);
	c->at = ALIGN_UP(c->at, 4UL);
}

/* Threads. */

static void regs_to_core(struct core_regs *c, const struct regs *r)
{
	c->r15 = r->r15, c->r14 = r->r14, c->r13 = r->r13, c->r12 = r->r12;
	c->rbp = r->rbp, c->rbx = r->rbx, c->r11 = r->r11, c->r10 = r->r10;
	c->r9 = r->r9, c->r8 = r->r8, c->rax = r->rax, c->rcx = r->rcx;
	c->rdx = r->rdx, c->rsi = r->rsi, c->rdi = r->rdi;
	c->rip = r->rip, c->cs = r->cs, c->rflags = r->rflags;
	c->rsp = r->rsp, c->ss = r->ss;
}

static void note_thread(struct core *c, const struct thread *t)
{
	const struct process *p = t->proc;
	struct program_state s = {.call = -1};
	struct prstatus st = {.signo = c->sig, .cursig = c->sig};
	uint8_t fpu[FPU_BYTES] = {0};
	uint16_t cw = FPUCW_START;
	uint32_t mxcsr = MXCSR_START;

	if (c->panic && t == current())
		s.regs = *c->panic;
	else
		thread_state_get(t, &s);
	st.sigpend = t->sig_pending;
	st.sighold = t->sig_mask;
	st.pid = t->tid;
	st.ppid = p->ppid;
	st.pgrp = p->pgid;
	st.sid = p->sid;
	st.times[0] = t->cpu_ns / NSEC_PER_SEC;
	st.times[1] = t->cpu_ns % NSEC_PER_SEC / 1000;
	st.fpvalid = 1;
	regs_to_core(&st.regs, &s.regs);
	st.regs.orig_rax = (uint64_t)s.call;
	st.regs.fs_base = t == current() ? plat_get_fs() : t->fs_base;
	note(c, NT_PRSTATUS, &st, sizeof(st));
	/* FXSAVE's layout: control word first, MXCSR at 24. */
	memcpy(fpu, &cw, sizeof(cw));
	memcpy(fpu + 24, &mxcsr, sizeof(mxcsr));
	note(c, NT_PRFPREG, s.fpu ? s.fpu : fpu, FPU_BYTES);
}

/* The process. */

static void note_psinfo(struct core *c, const struct process *p)
{
	struct prpsinfo i = {.sname = 'R', .nice = (char)p->nice};
	size_t n = MIN(p->cmdline_len, (size_t)PSARGS_BYTES);

	i.uid = p->cred.uid;
	i.gid = p->cred.gid;
	i.pid = p->pid, i.ppid = p->ppid, i.pgrp = p->pgid, i.sid = p->sid;
	strlcpy(i.fname, p->comm, sizeof(i.fname));
	for (size_t k = 0; k + 1 < n; k++)
		i.psargs[k] = p->cmdline[k] ? p->cmdline[k] : ' ';
	note(c, NT_PRPSINFO, &i, sizeof(i));
}

static void note_auxv(struct core *c, const struct process *p)
{
	size_t n = p->auxv_end - p->auxv_start;

	if (!n)
		return;
	/* Linux copies it for us, and says so if it is not there. */
	note(c, NT_AUXV, (const void *)p->auxv_start, n);
}

/* The name that gdb can open: this executable's, for the image. */
static const char *file_name(const struct vm_extent *e)
{
	static char exe[PATH_MAX];
	long n;

	if (!e->image)
		return e->name ? e->name : "";
	n = host_syscall3(__NR_readlink, "/proc/self/exe", exe,
			  sizeof(exe) - 1);
	exe[n > 0 ? n : 0] = '\0';
	return exe;
}

/* The image's first bytes are the file's: tools/image.ld.in. Its other
 * segments' places in the file are not known here. */
static bool listed(const struct vm_extent *e)
{
	return e->is_file &&
	       (!e->image || e->start == (uintptr_t)__image_start);
}

static int count_extent(void *arg, const struct vm_extent *e)
{
	struct core *c = arg;

	c->headers++;
	if (listed(e)) {
		c->files++;
		c->names += strlen(file_name(e)) + 1;
	}
	return 0;
}

static int put_file_entry(void *arg, const struct vm_extent *e)
{
	uint64_t entry[3] = {e->start, e->end, e->image ? 0 : e->pgoff};

	if (listed(e))
		put(arg, entry, sizeof(entry));
	return 0;
}

static int put_file_name(void *arg, const struct vm_extent *e)
{
	if (listed(e))
		put(arg, file_name(e), strlen(file_name(e)) + 1);
	return 0;
}

/* NT_FILE as Linux's fill_files_note() writes it. */
static void note_files(struct core *c, const struct process *p)
{
	uint64_t head[2] = {c->files, PAGE_SIZE};

	note_begin(c, NT_FILE, sizeof(head) + 24 * c->files + c->names);
	put(c, head, sizeof(head));
	vm_each_extent(p->vm, path_buf, put_file_entry, c);
	vm_each_extent(p->vm, path_buf, put_file_name, c);
	c->at = ALIGN_UP(c->at, 4UL);
}

static void put_notes(struct core *c, const struct process *p)
{
	const struct thread *self = current();
	struct siginfo info = {.si_signo = c->sig};

	if (self && self->proc == p)
		note_thread(c, self);
	note_psinfo(c, p);
	if (p->exiting && p->fatal_info)
		info = *p->fatal_info;
	note(c, NT_SIGINFO, &info, sizeof(info));
	note_auxv(c, p);
	note_files(c, p);
	list_for_each (pos, &p->threads) {
		const struct thread *t =
			list_entry(pos, struct thread, proc_link);

		if (t != self)
			note_thread(c, t);
	}
}

/* Memory. */

static bool is_zero(const void *page)
{
	const uint64_t *w = page;

	for (size_t i = 0; i < PAGE_SIZE / sizeof(*w); i++)
		if (w[i])
			return false;
	return true;
}

struct load {
	struct core *core;
	uintptr_t start;
	uint64_t offset;
	bool any;
};

static int put_page(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot)
{
	struct load *l = arg;
	struct core *c = l->core;

	l->any = true;
	if (is_zero(pfn_to_virt(pfn)) || c->room < PAGE_SIZE)
		return 0;
	c->room -= PAGE_SIZE;
	put_at(c, l->offset + (va - l->start), pfn_to_virt(pfn), PAGE_SIZE);
	return 0;
}

/* Pages that Linux mapped: it tells which can be read. */
static void put_plain(struct load *l, size_t size)
{
	struct core *c = l->core;

	for (size_t n = 0; n < size && c->room >= PAGE_SIZE; n += PAGE_SIZE) {
		long r = host_syscall4(__NR_pwrite64, c->fd, l->start + n,
				       PAGE_SIZE, l->offset + n);

		l->any = true;
		c->room -= PAGE_SIZE;
		if (r < 0 && r != -EFAULT && !c->err)
			c->err = r;
	}
}

static void put_load(struct core *c, uintptr_t start, uintptr_t end, int prot,
		     bool plain, bool skip)
{
	struct elf64_phdr h = {.p_type = PT_LOAD, .p_align = PAGE_SIZE};
	struct load l = {c, start, PAGE_UP(c->at), false};

	if (skip)
		;
	else if (plain)
		put_plain(&l, end - start);
	else
		plat_walk(start, (end - start) >> PAGE_SHIFT, put_page, &l);
	h.p_flags = (prot & PROT_READ ? PF_R : 0) |
		    (prot & PROT_WRITE ? PF_W : 0) |
		    (prot & PROT_EXEC ? PF_X : 0);
	h.p_vaddr = start;
	h.p_memsz = end - start;
	h.p_offset = l.offset;
	/* What nobody may touch and nobody has touched needs no hole. */
	h.p_filesz = skip || (!prot && !l.any) ? 0 : h.p_memsz;
	c->at = l.offset + h.p_filesz;
	put_at(c, c->phdr, &h, sizeof(h));
	c->phdr += sizeof(h);
}

static int put_extent(void *arg, const struct vm_extent *e)
{
	put_load(arg, e->start, e->end, e->prot, e->image, e->dont_dump);
	return 0;
}

/* The pages that hold an object of the runtime's. */
static void put_object(struct core *c, const void *p, size_t n)
{
	uintptr_t at = PAGE_DOWN((uintptr_t)p);

	put_load(c, at, PAGE_UP((uintptr_t)p + n), PROT_READ | PROT_WRITE, true,
		 false);
}

/* A thread and its kernel stack. */
#define HEADERS_PER_THREAD 2u

static void put_runtime(struct core *c, const struct process *p)
{
	put_object(c, p, sizeof(*p));
	list_for_each (pos, &p->threads) {
		const struct thread *t =
			list_entry(pos, struct thread, proc_link);
		uintptr_t top = (uintptr_t)t->kstack_top;

		put_object(c, t, sizeof(*t));
		put_load(c, top - KSTACK_SIZE, top, PROT_READ | PROT_WRITE,
			 false, false);
	}
}

static void put_headers(struct core *c, size_t notes)
{
	struct elf64_hdr h = {
		.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB,
			    EV_CURRENT},
		.e_type = ET_CORE,
		.e_machine = EM_X86_64,
		.e_version = EV_CURRENT,
		.e_phoff = sizeof(h),
		.e_ehsize = sizeof(h),
		.e_phentsize = sizeof(struct elf64_phdr),
		.e_phnum = c->headers,
	};
	struct elf64_phdr note = {
		.p_type = PT_NOTE,
		.p_offset = sizeof(h) + c->headers * sizeof(note),
		.p_filesz = notes,
	};

	put_at(c, 0, &h, sizeof(h));
	put_at(c, sizeof(h), &note, sizeof(note));
}

static void write_core(struct core *c, const struct process *p)
{
	bool all = true;
	uint64_t start;

	c->headers = 1;
	vm_each_extent(p->vm, path_buf, count_extent, c);
	if (c->headers + 1 + HEADERS_PER_THREAD * p->nr_threads > MAX_HEADERS)
		all = false;
	else
		c->headers += 1 + HEADERS_PER_THREAD * p->nr_threads;
	c->phdr = sizeof(struct elf64_hdr) + sizeof(struct elf64_phdr);
	start = sizeof(struct elf64_hdr) +
		c->headers * sizeof(struct elf64_phdr);
	c->at = start;
	put_notes(c, p);
	put_headers(c, c->at - start);
	vm_each_extent(p->vm, path_buf, put_extent, c);
	if (all)
		put_runtime(c, p);
	host_syscall2(__NR_ftruncate, c->fd, c->at);
}

static void core_file(int sig, const struct regs *panic)
{
	static bool writing;
	struct core c = {.sig = sig, .panic = panic};
	const struct process *p = main_process;
	const char *name = param_get("core");

	if (!name || !*name || !p || !p->vm || writing)
		return;
	writing = true;
	c.room = panic ? RLIM64_INFINITY : p->rlim[RLIMIT_CORE].rlim_cur;
	if (!c.room || (p->not_dumpable && !panic))
		return;
	c.fd = host_syscall3(__NR_open, name,
			     O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	c.err = c.fd < 0 ? c.fd : 0;
	if (c.fd >= 0)
		write_core(&c, p);
	if (c.err)
		klog("core=%s: the file could not be written (error %ld)\n",
		     name, -c.err);
	else
		klog("core dumped: %s\n", name);
}

void host_core_of_signal(int sig)
{
	if (signal_dumps_core(sig))
		core_file(sig, NULL);
}

/* The registers that a C function preserves are enough for a debugger to find
 * all callers. */
void host_core_of_panic(void)
{
	struct regs r = {.cs = 0x33, .ss = 0x2b, .rflags = 0x202};

	__asm__ volatile("mov %%rbx, %0\n\t"
			 "mov %%rbp, %1\n\t"
			 "mov %%r12, %2\n\t"
			 "mov %%r13, %3\n\t"
			 "mov %%r14, %4\n\t"
			 "mov %%r15, %5\n\t"
			 "mov %%rsp, %6\n\t"
			 : "=m"(r.rbx), "=m"(r.rbp), "=m"(r.r12), "=m"(r.r13),
			   "=m"(r.r14), "=m"(r.r15), "=m"(r.rsp));
	__asm__ volatile("lea 0(%%rip), %%rax\n\t"
			 "mov %%rax, %0"
			 : "=m"(r.rip)
			 :
			 : "rax");
	core_file(SIGABRT, &r);
}
