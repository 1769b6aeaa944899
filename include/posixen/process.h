/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * process.h: all state that belongs to a process (runtime/process.c). There is
 * one process today; nothing of it is a global, so that fork() can come.
 */
#ifndef POSIXEN_PROCESS_H
#define POSIXEN_PROCESS_H

#include <posixen/list.h>
#include <posixen/thread.h>
#include <linux/resource.h>
#include <asm/signal.h>

struct vm_space;
struct fd_table;
struct fs_context;

#define NGROUPS 32
struct cred {
	uint32_t uid, euid, suid, fsuid;
	uint32_t gid, egid, sgid, fsgid;
	uint32_t ngroups;
	uint32_t groups[NGROUPS];
};

/* Linux's kernel sigaction, as rt_sigaction(2) passes it. */
struct ksigaction {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	uint64_t mask;
};

struct siginfo;

/* An interval timer: runtime/itimer.c. */
struct itimer {
	struct timer timer;
	struct process *process;
	int which;
	uint64_t next, interval; /* ns of the clock it counts */
};

struct process {
	int pid, ppid, pgid, sid;
	struct list threads;
	unsigned int nr_threads;
	struct thread *leader;

	struct vm_space *vm;
	struct fd_table *files; /* vfs/fdtable.c */
	struct fs_context *fs;	/* vfs: cwd, root, umask */
	struct cred cred;
	struct rlimit rlim[RLIM_NLIMITS];

	struct ksigaction sigact[64];
	uint64_t sig_pending;
	struct list sig_queue;	  /* struct signal_entry */
	struct waitq signal_wait; /* woken when a signal comes: signalfd */
	struct waitq stop_wait;	  /* threads stopped by SIGSTOP and kin */
	bool stopped;

	uintptr_t brk_start, brk;
	char comm[16];
	char *exe;     /* absolute path it goes by */
	char *cmdline; /* NUL-separated, as /proc shows it */
	size_t cmdline_len;
	uintptr_t stack_top; /* of the main thread */
	/* Where arguments, environment and auxiliary vector lie: /proc. */
	uintptr_t arg_start, arg_end, env_start, env_end, auxv_start, auxv_end;
	uint64_t start_ns;

	struct itimer itimers[3]; /* by ITIMER_REAL, ... */
	struct list timers;	  /* POSIX timers; zero until the first */
	int next_timer;
	/* Called with a timer's signal when it is taken; NULL: no timers. */
	void (*timer_signal)(struct siginfo *info);
	int nice; /* its first thread's: for core files */
	struct {
		long nvcsw, nivcsw, minflt;
	} ended; /* what threads that ended had: getrusage(2) */
	struct cputime cputime;
	unsigned long personality;
	long max_resident; /* pages, as far as anyone looked */
	bool not_dumpable, no_new_privs;
	bool subreaper, thp_disable; /* prctl(2) */
	unsigned int membarrier;     /* commands registered for */

	bool exiting;
	int exit_status; /* wait status */
	/* The last signal whose default action was taken, and the registers of
	 * the thread that took it: on its kernel stack. For core files. */
	const struct user_context *fatal_ctx;
	const struct siginfo *fatal_info;
};

/* The program's process; NULL before it is made. */
extern struct process *main_process;
/* The running thread's; main_process while the runtime's own threads run, which
 * have none, or nothing does: so event handlers get a program's in any case. */
struct process *current_process(void);
/* CPU time that the program had: all of the machine's but what kernel threads
 * took (runtime/kthread.c). */
uint64_t process_cpu_ns(void);
/* Become the user and group of the boot parameters uid= and gid=. Until then
 * the process is root's, as the files that boot lays down are. */
void process_take_ids(struct process *p);
bool cred_in_group(const struct cred *c, uint32_t gid);
bool cred_capable(const struct cred *c); /* root may do anything */

/* End the process with a wait status: ends its threads, closes its files, then
 * plat_exit(). Must be called by one of its threads. */
void __noreturn process_exit(int wait_status);

/*
 * Signals (runtime/signal.c). signal_send queues one for a thread (t) or for
 * the process (t NULL) and makes a sleeper return -EINTR. Any context.
 */
int signal_send(struct process *p, struct thread *t, int sig,
		const struct siginfo *info);
bool signal_pending(const struct thread *t);
/* Take the next signal out of set that is pending for t: its number, or 0. */
int signal_take(struct thread *t, uint64_t set, struct siginfo *info);
/* For calls that wait under another mask (sigsuspend, ppoll, epoll_pwait): set
 * it, and when done put the old one back; if the wait ended with -EINTR, that
 * happens after the signal's handler. */
void signal_mask_begin(uint64_t mask);
void signal_mask_end(bool interrupted);

#endif
