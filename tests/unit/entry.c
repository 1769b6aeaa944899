/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The entry code, in an ordinary process: that arguments, results, callee-saved
 * registers and stacks are what the handler and the program expect, that work
 * is done on the way out, that a call can be begun again, and that a child can
 * leave a call of its parent.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "unit.h"
#include <posixen/entry.h>
#include <posixen/syscalls.h>
#include "../../shim/shim.h"

static char kstack[16384] __attribute__((aligned(16)));
static struct thread thread = {.kstack_top = kstack + sizeof(kstack)};
struct thread *current_thread = &thread;
uint8_t shim_tracing;

long px_getpid(void);
long px_pwrite64(int, const void *, size_t, long);
long px_mmap(unsigned long, size_t, int, int, int, long);
long px_pause(void);
long px_userfaultfd(int);
long px_close(int);
long px_syscall(long, long, long, long, long, long, long);
long px_clone_start(unsigned long, void *, int *, int *, unsigned long,
		    int (*)(void *), void *);

static char said[400];

void klog(const char *fmt, ...)
{
	size_t n = strlen(said);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(said + n, sizeof(said) - n, fmt, ap);
	va_end(ap);
}

const char *param_get(const char *name)
{
	return strcmp(name, "syscalls") == 0 ? "report" : NULL;
}

/* The decoders that the rows point to are linked, and never run here. */
void plat_log(const char *s, size_t n)
{
}

int copy_in(void *dst, const void *src, size_t n)
{
	return -14;
}

size_t copy_in_some(void *dst, const void *src, size_t n)
{
	return 0;
}

/* What stats.c asks for, which is off. */
void *kzalloc(size_t n)
{
	return NULL;
}

uint64_t plat_monotonic_ns(void)
{
	return 0;
}

void plat_metric(const char *name, uint64_t value)
{
}

void shim_trace_init(void)
{
}

void shim_trace_enter(struct px_frame *f, struct trace *t)
{
	((long *)t)[61] = 123;
}

static long traced;

void shim_trace_exit(struct px_frame *f, struct trace *t)
{
	CHECK(((long *)t)[61] == 123);
	traced += f->ret;
}

static int on_kstack(void)
{
	char here;

	return &here >= kstack && &here < kstack + sizeof(kstack);
}

/* A leaf, on the caller's stack, when its thunk is called and not its number,
 * and as soon as the table does not say absent any more. */
extern const struct px_call px_call_getpid;
static int by_number;

long sys_getpid(void)
{
	int leaf = !by_number && px_call_getpid.state != PX_ABSENT;

	CHECK(on_kstack() == !leaf);
	CHECK(thread.in_kernel == !leaf);
	CHECK(((uintptr_t)__builtin_frame_address(0) & 15) == 0);
	return 42;
}

long sys_mmap(unsigned long a, size_t n, int prot, int flags, int fd, long off)
{
	CHECK(on_kstack());
	CHECK(thread.in_kernel == 1);
	CHECK(((uintptr_t)__builtin_frame_address(0) & 15) == 0);
	CHECK(uframe_to_frame(thread.uframe)->args[5] == (uint64_t)off);
	CHECK(uframe_to_frame(thread.uframe)->call->nr == 9);
	return a + 2 * n + 3 * prot + 4 * flags + 5 * fd + 6 * off;
}

static int restarts, handled;
static long seen_ret;

long sys_pwrite64(int fd, const void *buf, size_t n, long off)
{
	thread.work = restarts ? WORK_SIGNAL : 0;
	return restarts ? -512 : fd + (long)buf + (long)n + off;
}

static void handler(int sig)
{
	handled = sig;
	CHECK(!on_kstack());
}

/* A program's stack on which a handler runs; it "returns" into the call. */
extern char back_to_call[];
__asm__(".globl back_to_call\nback_to_call:\n"
	"movq saved_rax(%rip), %rax\n movq saved_rdi(%rip), %rdi\n"
	"movq saved_rsi(%rip), %rsi\n movq saved_rdx(%rip), %rdx\n"
	"movq saved_rcx(%rip), %rcx\n movq saved_rsp(%rip), %rsp\n"
	"jmp *saved_rip(%rip)\n");
uint64_t saved_rax, saved_rdi, saved_rsi, saved_rdx, saved_rcx, saved_rsp,
	saved_rip;

long kernel_exit_work(long ret)
{
	struct uframe *u = thread.uframe;
	struct px_frame *f = uframe_to_frame(u);
	uint64_t *sp;

	CHECK(on_kstack());
	CHECK(thread.in_kernel == 1);
	seen_ret = ret;
	thread.work = 0;
	if (ret != -512)
		return ret + 1;
	if (restarts-- == 2)
		return uframe_restart(u);
	/* Run handler(7) first, then begin again. */
	saved_rax = uframe_restart(u);
	saved_rdi = f->args[0];
	saved_rsi = f->args[1];
	saved_rdx = f->args[2];
	saved_rcx = f->args[3];
	saved_rsp = u->rsp + 8;
	saved_rip = u->rip;
	sp = (uint64_t *)((u->rsp - 512) & ~15UL) - 1;
	*sp = (uintptr_t)back_to_call;
	u->rsp = (uintptr_t)(sp - 1);
	u->rip = (uintptr_t)handler;
	f->args[0] = 7;
	return 0;
}

long sys_close(int fd)
{
	thread.work = WORK_RESCHED;
	return fd;
}

/* clone: the child runs first and for good; the parent's call "returns" after
 * it, by a copy of its own frame. */
static struct uframe parent;
static int child_ran;

long sys_clone(unsigned long flags, void *stack, int *ptid, int *ctid,
	       unsigned long tls)
{
	struct uframe child = *thread.uframe;

	CHECK(flags == 0x11 && tls == 0x1234 && *ptid == 5 && *ctid == 6);
	parent = child;
	child.rsp = (uintptr_t)stack - 8;
	uframe_resume(&child, 0);
}

static char child_stack[8192] __attribute__((aligned(16)));

static int child(void *arg)
{
	char here;

	CHECK(&here > child_stack && &here < child_stack + 8192);
	CHECK(!thread.in_kernel);
	child_ran = *(int *)arg;
	uframe_resume(&parent, 77);
	return 0;
}

/* Does calling fn keep the callee-saved registers? */
long keeps_registers(long (*fn)(long), long arg);
__asm__(".globl keeps_registers\nkeeps_registers:\n"
	"pushq %rbx\n pushq %rbp\n pushq %r12\n pushq %r13\n pushq %r14\n"
	"pushq %r15\n subq $8, %rsp\n"
	"movq %rdi, %rax\n movq %rsi, %rdi\n"
	"movq $1, %rbx\n movq $2, %rbp\n movq $3, %r12\n movq $4, %r13\n"
	"movq $5, %r14\n movq $6, %r15\n call *%rax\n"
	"subq $1, %rbx\n subq $2, %rbp\n subq $3, %r12\n subq $4, %r13\n"
	"subq $5, %r14\n subq $6, %r15\n"
	"orq %rbp, %rbx\n orq %r12, %rbx\n orq %r13, %rbx\n orq %r14, %rbx\n"
	"orq %r15, %rbx\n xorl %eax, %eax\n testq %rbx, %rbx\n sete %al\n"
	"addq $8, %rsp\n popq %r15\n popq %r14\n popq %r13\n popq %r12\n"
	"popq %rbp\n popq %rbx\n ret\n");

static long fn_close(long fd)
{
	return px_close(fd);
}

int main(void)
{
	int five = 5, six = 6, arg = 99;
	long (*volatile call)(long);

	shim_init();
	CHECK(px_getpid() == 42);
	shim_tracing = 1;
	by_number = 1;
	CHECK(px_getpid() == 42);
	by_number = 0;
	CHECK(px_mmap(1, 2, 3, 4, 5, 6) == 1 + 4 + 9 + 16 + 25 + 36);
	CHECK(traced == 42 + 91);
	shim_tracing = 0;
	CHECK(px_mmap(1, 2, 3, 4, 5, 6) == 1 + 4 + 9 + 16 + 25 + 36);
	CHECK(!thread.in_kernel);
	CHECK(px_syscall(9, 1, 2, 3, 4, 5, 6) == 1 + 4 + 9 + 16 + 25 + 36);
	by_number = 1;
	CHECK(px_syscall(39, 0, 0, 0, 0, 0, 0) == 42);
	by_number = 0;

	/* Work on the way out, also out of a leaf. */
	CHECK(px_close(9) == 10 && seen_ret == 9);
	thread.work = WORK_EVENTS;
	CHECK(px_getpid() == 43 && seen_ret == 42);
	call = fn_close;
	CHECK(keeps_registers(call, 3) == 1);

	/* Twice interrupted, the second time with a handler. */
	restarts = 2;
	CHECK(px_pwrite64(1, (void *)20, 300, 4000) == 4321);
	CHECK(restarts == 0 && handled == 7);

	CHECK(px_clone_start(0x11, child_stack + sizeof(child_stack), &five,
			     &six, 0x1234, child, &arg) == 77);
	CHECK(child_ran == 99);
	CHECK(px_clone_start(0x11, NULL, &five, &six, 0, child, &arg) == -22);

	/* Absent calls. */
	CHECK(px_pause() == -38);
	CHECK(px_userfaultfd(0) == -38);
	CHECK(px_userfaultfd(0) == -38);
	CHECK(px_syscall(323, 0, 0, 0, 0, 0, 0) == -38);
	CHECK(px_syscall(335, 0, 0, 0, 0, 0, 0) == -38);
	CHECK(px_syscall(451, 0, 0, 0, 0, 0, 0) == -38);
	CHECK(px_syscall(-1, 0, 0, 0, 0, 0, 0) == -38);
	said[0] = 0;
	shim_report();
	CHECK_STR(said, "pause is absent; calls: 1\n"
			"userfaultfd is absent; calls: 3\n"
			"calls of other absent numbers: 3\n");
	return unit_done();
}
