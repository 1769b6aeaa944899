/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Starting the program: its stack as the System V ABI (3.4.1) says, with the
 * auxiliary vector of getauxval(3), then musl's _start.
 *
 *	low	argc, argv[], 0, envp[], 0, auxv[]	<- rsp, 16-byte aligned
 *		16 random bytes, the strings
 *	high	end of the stack
 */
#include <posixen/file.h>
#include <posixen/fs.h>
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/param.h>
#include <posixen/random.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <posixen/vm.h>
#include <linux/fcntl.h>
#include <linux/mman.h>
#include <linux/auxvec.h>
#include <linux/elf.h>
#include "signal.h"
#include "start.h"

/* The gap that Linux keeps below a stack: stack_guard_gap. */
#define STACK_GUARD (256 * PAGE_SIZE)
#define STACK_MIN   (16 * PAGE_SIZE)
#define MAX_STRINGS 4096

extern void _start(void); /* musl's crt1, in the program's part */
extern const char px_program_name[] __weak; /* link-app --name */

/* argv or envp in the making. */
struct strings {
	const char **at;
	size_t nr, bytes;
};

static int strings_add(struct strings *s, const char *str)
{
	const char **more;

	if (s->nr >= MAX_STRINGS)
		return -E2BIG;
	if (s->nr % 16 == 0) {
		more = krealloc(s->at, (s->nr + 16) * sizeof(*s->at));
		if (!more)
			return -ENOMEM;
		s->at = more;
	}
	s->at[s->nr++] = str;
	s->bytes += strlen(str) + 1;
	return 0;
}

static struct strings args, env;

static bool same_name(const char *a, const char *b)
{
	while (*a && *a == *b && *a != '=')
		a++, b++;
	return *a == '=' && *b == '=';
}

/* Boot parameter env.NAME=value: NAME=value, in place of an inherited one. */
static void add_env_param(void *err, const char *name, const char *value)
{
	size_t n = strlen(name + 4) + strlen(value) + 2;
	char *str = kmalloc(n);

	if (!str) {
		*(int *)err = -ENOMEM;
		return;
	}
	snprintf(str, n, "%s=%s", name + 4, value);
	for (size_t i = 0; i < env.nr; i++) {
		if (same_name(env.at[i], str)) {
			env.bytes += n - strlen(env.at[i]) - 1;
			env.at[i] = str;
			return;
		}
	}
	if (!*(int *)err)
		*(int *)err = strings_add(&env, str);
}

static int collect_env(const struct boot_info *info)
{
	/* What Linux gives its first process. */
	static char home[] = "HOME=/", term[] = "TERM=linux",
		    path[] = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:"
			     "/usr/bin:/sbin:/bin";
	static char *defaults[] = {home, term, path, NULL};
	char **from = info->envp ? info->envp : defaults;
	int err = 0;

	for (; *from && !err; from++)
		if (strncmp(*from, "POSIXEN=", 8) != 0)
			err = strings_add(&env, *from);
	param_each("env.", add_env_param, &err);
	return err;
}

/*
 * args=file: run-domu leaves arguments for which the command line has no room
 * in a file of the ramdisk, each with its zero byte.
 */
static int args_from_file(void)
{
	struct file *f = vfs_open(AT_FDCWD, "/.posixen/args", O_RDONLY, 0);
	char *text = NULL, *more, *at;
	ssize_t n = 1;
	loff_t pos = 0;
	int err = 0;

	if (is_err(f))
		return ptr_err(f);
	while (n > 0) {
		more = krealloc(text, pos + PAGE_SIZE + 1);
		n = more ? file_kread(f, more + pos, PAGE_SIZE, &pos) : -ENOMEM;
		if (more)
			text = more;
	}
	file_put(f);
	if (n < 0)
		return n;
	/* The strings stay: they become the process's. */
	text[pos] = 0;
	for (at = text; at < text + pos && !err; at += strlen(at) + 1)
		err = strings_add(&args, at);
	return err;
}

static int collect_args(const struct boot_info *info)
{
	const char *from = param_get("args");
	char **argv = info->argv;
	const char *name = param_get("argv0");
	int err;

	if (!name && argv)
		name = argv[0];
	if (!name && px_program_name)
		name = px_program_name;
	err = strings_add(&args, name ? name : "");
	if (argv && argv[0] && argv[1]) {
		for (char **a = argv + 1; *a && !err; a++)
			err = strings_add(&args, *a);
	} else if (!err && from && strcmp(from, "file") == 0) {
		err = args_from_file();
	} else {
		for (int i = 0; i < param_argc() && !err; i++)
			err = strings_add(&args, param_argv(i));
	}
	return err;
}

int exec_set_args(struct process *p, const struct boot_info *info)
{
	const char *name, *slash;
	int err = collect_args(info);
	size_t at = 0;

	if (!err)
		err = collect_env(info);
	if (err)
		return err;
	slash = strrchr(args.at[0], '/');
	name = slash ? slash + 1 : args.at[0];
	strlcpy(p->comm, name, sizeof(p->comm));
	strlcpy(p->leader->name, name, sizeof(p->leader->name));
	p->exe = kmalloc(strlen(name) + 2);
	p->cmdline = kmalloc(args.bytes);
	if (!p->exe || !p->cmdline)
		return -ENOMEM;
	snprintf(p->exe, strlen(name) + 2, "/%s", name);
	p->cmdline_len = args.bytes;
	for (size_t i = 0; i < args.nr; i++)
		at += strlcpy(p->cmdline + at, args.at[i], args.bytes - at) + 1;
	return 0;
}

int exec_adopt_image(struct process *p)
{
	const struct {
		char *start, *end;
		int prot;
		const char *name;
	} parts[] = {
		{__text_start, __text_end, PROT_READ | PROT_EXEC, NULL},
		{__rodata_start, __rodata_end, PROT_READ, NULL},
		{__data_start, __data_end, PROT_READ | PROT_WRITE, NULL},
		{__kdata_start, __kdata_end, PROT_NONE, "[posixen]"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		int err;

		if (parts[i].start >= parts[i].end)
			continue;
		err = vm_adopt_image(p->vm, (uintptr_t)parts[i].start,
				     (uintptr_t)parts[i].end, parts[i].prot,
				     parts[i].name);
		if (err)
			return err;
	}
	return 0;
}

/* Stack and guard are one reservation; the stack's end, or -errno. */
static long map_stack(struct process *p)
{
	size_t size = param_u64("stack", p->rlim[RLIMIT_STACK].rlim_cur);
	long at;
	int err;

	size = PAGE_UP(MAX(size, STACK_MIN));
	at = vm_mmap(p->vm, 0, size + STACK_GUARD, PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, NULL, 0);
	if (at < 0)
		return at;
	err = vm_mprotect(p->vm, at + STACK_GUARD, size,
			  PROT_READ | PROT_WRITE);
	if (err)
		return err;
	vm_set_name(p->vm, at + STACK_GUARD, "[stack]");
	return at + STACK_GUARD + size;
}

/* Writing the program's stack upward from two places. */
struct writer {
	uintptr_t vec; /* where the next word goes */
	uintptr_t str; /* where the next string goes */
	int err;
};

static void put_word(struct writer *w, uint64_t v)
{
	if (copy_out((void *)w->vec, &v, sizeof(v)))
		w->err = -ENOMEM;
	w->vec += sizeof(v);
}

static uintptr_t put_bytes(struct writer *w, const void *p, size_t n)
{
	uintptr_t at = w->str;

	if (copy_out((void *)at, p, n))
		w->err = -ENOMEM;
	w->str += n;
	return at;
}

static void put_strings(struct writer *w, const struct strings *s)
{
	for (size_t i = 0; i < s->nr; i++)
		put_word(w, put_bytes(w, s->at[i], strlen(s->at[i]) + 1));
	put_word(w, 0);
}

static void put_aux(struct writer *w, uint64_t type, uint64_t value)
{
	put_word(w, type);
	put_word(w, value);
}

#define AUX_PAIRS 22
static const char platform_name[] = "x86_64";

static void put_auxv(struct writer *w, const struct process *p)
{
	/* The linker script puts the ELF header into the first segment. */
	const struct elf64_hdr *eh = (const void *)__image_start;
	uint32_t a = 1, b, c = 0, d;
	uint8_t seed[16];

	__asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
	random_bytes(seed, sizeof(seed));
	if (memcmp(eh->e_ident, ELFMAG, SELFMAG) != 0)
		panic("no ELF header at the start of the image\n");
	put_aux(w, AT_HWCAP, d);
	put_aux(w, AT_PAGESZ, PAGE_SIZE);
	put_aux(w, AT_CLKTCK, 100);
	put_aux(w, AT_PHDR, (uintptr_t)__image_start + eh->e_phoff);
	put_aux(w, AT_PHENT, eh->e_phentsize);
	put_aux(w, AT_PHNUM, eh->e_phnum);
	put_aux(w, AT_BASE, 0);
	put_aux(w, AT_FLAGS, 0);
	put_aux(w, AT_ENTRY, (uintptr_t)_start);
	put_aux(w, AT_UID, p->cred.uid);
	put_aux(w, AT_EUID, p->cred.euid);
	put_aux(w, AT_GID, p->cred.gid);
	put_aux(w, AT_EGID, p->cred.egid);
	put_aux(w, AT_SECURE, 0);
	put_aux(w, AT_RANDOM, put_bytes(w, seed, sizeof(seed)));
	put_aux(w, AT_HWCAP2, 0);
	put_aux(w, AT_MINSIGSTKSZ, signal_frame_size());
	put_aux(w, AT_EXECFN, put_bytes(w, p->exe, strlen(p->exe) + 1));
	put_aux(w, AT_PLATFORM,
		put_bytes(w, platform_name, sizeof(platform_name)));
	put_aux(w, AT_NULL, 0);
}

/* Fill the stack that ends at top; the stack pointer, or -errno. */
static long fill_stack(struct process *p, uintptr_t top)
{
	size_t str = 16 + args.bytes + env.bytes + strlen(p->exe) + 1 +
		     sizeof(platform_name);
	size_t vec = 8 * (1 + args.nr + 1 + env.nr + 1 + 2 * AUX_PAIRS);
	struct writer w = {.str = ALIGN_DOWN(top - str, 16UL)};
	uintptr_t sp = ALIGN_DOWN(w.str - vec, 16UL);

	/* execve(2): the strings may take a quarter of the stack. */
	if (str + vec > p->rlim[RLIMIT_STACK].rlim_cur / 4)
		return -E2BIG;
	w.vec = sp;
	put_word(&w, args.nr);
	p->arg_start = w.str;
	put_strings(&w, &args);
	p->arg_end = p->env_start = w.str;
	put_strings(&w, &env);
	p->env_end = w.str;
	p->auxv_start = w.vec;
	put_auxv(&w, p);
	p->auxv_end = w.vec;
	return w.err ? w.err : (long)sp;
}

static uint64_t rdtsc(void)
{
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (uint64_t)high << 32 | low;
}

void exec_start(const struct boot_info *info)
{
	struct process *p = current_process();
	long top = map_stack(p);
	long sp = top < 0 ? top : fill_stack(p, top);

	if (sp < 0) {
		klog("cannot start the program: its stack (error %ld%s)\n", -sp,
		     sp == -E2BIG ? ": the arguments are too long" : "");
		plat_exit(127 << 8);
	}
	p->stack_top = top;
	inject_arm();
	/* The platform's clock starts within its first instructions. */
	plat_metric("boot_ns", plat_monotonic_ns());
	if (info->start_tsc)
		plat_metric("boot_cycles", rdtsc() - info->start_tsc);
	enter_user((uintptr_t)_start, sp, 0);
}
