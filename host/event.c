/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Events on the host are signals and the readiness of the standard streams and
 * of network devices.
 *
 * Faults (SIGSEGV and kin) are the machine's exceptions: the ucontext becomes a
 * struct regs for the runtime and back. SIGINT and kin are noted and handed on
 * as the program's signals. SIGALRM is the alarm of plat_set_alarm().
 *
 * The handlers run on a stack of their own, so the program's stack, red zone
 * included, is untouched.
 */
#include <posixen/sigcontext.h>
#include <posixen/platform.h>
#include <posixen/trap.h>
#include <asm/poll.h>
#include <asm/sigcontext.h>
#include <linux/signal.h>
#include <asm/ucontext.h>
#include <linux/time.h>
#include <linux/time_types.h>
#include "host.h"

#define NR_SIGNALS  64
#define STACK_BYTES (64 * 1024)
#define VECTOR_GP   13
#define VECTOR_PF   14
#define BIT(sig)    (1UL << ((sig)-1))

/* Not glibc's: what rt_sigaction(2) itself takes. */
struct host_sigaction {
	void (*handler)(int, siginfo_t *, struct ucontext *);
	unsigned long flags;
	void (*restorer)(void);
	unsigned long mask;
};

void host_sigreturn(void); /* sigentry.S */

static char signal_stack[STACK_BYTES] __attribute__((aligned(16)));
static volatile unsigned long arrived; /* forwarded signals, BIT() each */

/* What the program gets as if a terminal or another process had sent it. Stop
 * signals are Linux's affair: they stop the whole machine. */
static const int forwarded[] = {SIGHUP,	 SIGINT,  SIGQUIT, SIGTERM,
				SIGUSR1, SIGUSR2, SIGWINCH};

static void to_regs(struct regs *r, const struct sigcontext *c)
{
	regs_from_sigcontext(r, c);
	r->rflags = c->eflags;
	r->cs = c->cs;
	r->ss = c->ss;
	r->error = c->err;
	r->vector = c->trapno;
}

static void from_regs(struct sigcontext *c, const struct regs *r)
{
	regs_to_sigcontext(c, r);
	c->eflags = r->rflags;
}

/* On Intel's processors Linux takes the instruction sysenter for a 32-bit
 * program's: it returns in 32-bit mode, to where nothing is. What comes of the
 * fault is our code, and 64-bit. */
static void leave_32bit_mode(struct sigcontext *c)
{
	uint16_t cs;

	__asm__("mov %%cs, %0" : "=r"(cs));
	c->cs = cs;
}

static void on_fault(int sig, siginfo_t *info, struct ucontext *uc)
{
	struct regs regs;

	leave_32bit_mode(&uc->uc_mcontext);
	to_regs(&regs, &uc->uc_mcontext);
	/* A page fault that is a SIGBUS: Linux has no memory for the file. */
	if (sig == SIGBUS && regs.vector == VECTOR_PF)
		host_die("the host is out of memory", -ENOMEM);
	if (regs.vector == VECTOR_PF)
		trap_page_fault(&regs, uc->uc_mcontext.cr2);
	else
		trap_exception(&regs, regs.vector);
	from_regs(&uc->uc_mcontext, &regs);
}

static void on_event(int sig, siginfo_t *info, struct ucontext *uc)
{
	struct regs regs;

	if (sig != SIGALRM && sig != SIGIO)
		arrived |= BIT(sig);
	to_regs(&regs, &uc->uc_mcontext);
	trap_interrupt(&regs);
	from_regs(&uc->uc_mcontext, &regs);
}

static void set_handler(int sig,
			void (*fn)(int, siginfo_t *, struct ucontext *),
			unsigned long flags, unsigned long mask)
{
	struct host_sigaction sa = {
		.handler = fn,
		.flags = SA_SIGINFO | SA_ONSTACK | SA_RESTORER | flags,
		.restorer = host_sigreturn,
		.mask = mask,
	};
	long r = host_syscall4(__NR_rt_sigaction, sig, &sa, NULL, 8);

	if (r)
		host_die("cannot catch a signal", r);
}

/* As this process was started: by nohup, a shell's "&". */
static uint64_t ignored;

static void find_ignored(void)
{
	struct host_sigaction old = {0};

	for (int sig = 1; sig <= NR_SIGNALS; sig++)
		if (!host_syscall4(__NR_rt_sigaction, sig, NULL, &old, 8) &&
		    (unsigned long)old.handler == 1)
			ignored |= BIT(sig);
}

uint64_t plat_signals_ignored(void)
{
	return ignored;
}

static unsigned long event_mask(void)
{
	unsigned long mask = BIT(SIGALRM) | BIT(SIGIO);

	for (size_t i = 0; i < ARRAY_SIZE(forwarded); i++)
		mask |= BIT(forwarded[i]);
	return mask;
}

void host_signals_init(void)
{
	static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
	stack_t ss = {.ss_sp = signal_stack, .ss_size = STACK_BYTES};
	struct host_sigaction ignore = {.handler = (void *)1};
	unsigned long events = event_mask();
	long r = host_syscall2(__NR_sigaltstack, &ss, NULL);

	if (r)
		host_die("no stack for signals", r);
	find_ignored();
	/* A fault inside a fault handler (a bad address in a backtrace) must be
	 * taken; an event must wait until the handler is done. */
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++)
		set_handler(faults[i], on_fault, SA_NODEFER, events);
	for (size_t i = 0; i < ARRAY_SIZE(forwarded); i++)
		set_handler(forwarded[i], on_event, SA_RESTART, events);
	set_handler(SIGALRM, on_event, SA_RESTART, events);
	/* A source is ready while the program computes. */
	set_handler(SIGIO, on_event, SA_RESTART, events);
	/* A closed pipe is -EPIPE; the program's SIGPIPE is made by vfs. */
	host_syscall4(__NR_rt_sigaction, SIGPIPE, &ignore, NULL, 8);
}

static void hand_on_signals(void)
{
	unsigned long set = arrived;

	if (!set)
		return;
	__atomic_and_fetch(&arrived, ~set, __ATOMIC_RELAXED);
	for (int sig = 1; sig <= NR_SIGNALS; sig++)
		if (set & BIT(sig))
			stdio_signal(sig);
}

#define SOURCES_MAX 8
static struct host_source *sources;

void host_source_add(struct host_source *s)
{
	s->next = sources;
	sources = s;
}

/* Append the sources to what poll(2) is asked for. */
static int sources_want(struct pollfd *fds)
{
	int n = 0;

	for (struct host_source *s = sources; s && n < SOURCES_MAX; s = s->next)
		fds[n++] = (struct pollfd){.fd = s->fd, .events = s->events};
	return n;
}

static void sources_polled(const struct pollfd *fds)
{
	int n = 0;

	for (struct host_source *s = sources; s && n < SOURCES_MAX;
	     s = s->next, n++)
		if (fds[n].revents)
			s->ready(s, fds[n].revents);
}

static void polled(const struct pollfd *fds, int console)
{
	host_console_polled(fds, console);
	sources_polled(fds + console);
}

void plat_poll(void)
{
	struct pollfd fds[3 + SOURCES_MAX];
	int console = host_console_want(fds);
	int n = console + sources_want(fds + console);

	hand_on_signals();
	if (n && host_syscall3(__NR_poll, fds, n, 0) > 0)
		polled(fds, console);
}

void plat_idle(uint64_t deadline_ns)
{
	struct __kernel_timespec ts, *timeout = NULL;
	unsigned long all = ~0UL, old = 0;
	struct pollfd fds[3 + SOURCES_MAX];
	uint64_t now;
	int console = host_console_want(fds);
	int n = console + sources_want(fds + console);

	if (deadline_ns != UINT64_MAX) {
		now = plat_monotonic_ns();
		deadline_ns = deadline_ns > now ? deadline_ns - now : 0;
		ts.tv_sec = deadline_ns / NSEC_PER_SEC;
		ts.tv_nsec = deadline_ns % NSEC_PER_SEC;
		timeout = &ts;
	}
	/* A signal that came before ppoll(2) must end it: they stay blocked
	 * from the look at arrived until inside the call. */
	host_syscall4(__NR_rt_sigprocmask, SIG_SETMASK, &all, &old, 8);
	if (!arrived && host_syscall5(__NR_ppoll, fds, n, timeout, &old, 8) > 0)
		polled(fds, console);
	host_syscall4(__NR_rt_sigprocmask, SIG_SETMASK, &old, NULL, 8);
	hand_on_signals();
}

void plat_set_alarm(uint64_t deadline_ns)
{
	struct __kernel_old_itimerval it = {0};
	uint64_t now = plat_monotonic_ns(), us;

	if (deadline_ns != UINT64_MAX) {
		us = deadline_ns > now ? (deadline_ns - now) / 1000 + 1 : 1;
		it.it_value.tv_sec = us / 1000000;
		it.it_value.tv_usec = us % 1000000;
	}
	host_syscall3(__NR_setitimer, ITIMER_REAL, &it, NULL);
}
