/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals of real faults: what a handler is told, and what comes of what it
 * writes into the context. See sigaction(2), "The siginfo_t argument". */
#include "t.h"
#include <sys/mman.h>
#include <ucontext.h>

static volatile uintptr_t page __attribute__((used)); /* what faults is at it */
static volatile int faults;

static void handle(int sig, void (*fn)(int, siginfo_t *, void *))
{
	struct sigaction sa = {.sa_sigaction = fn, .sa_flags = SA_SIGINFO};

	sigaction(sig, &sa, NULL);
}

/* A fault in a function without a frame: return from it. */
static void leave(greg_t *g)
{
	long *sp = (long *)g[REG_RSP];

	g[REG_RIP] = *sp;
	g[REG_RSP] = (long)(sp + 1);
}

static const char *place(const void *addr, const greg_t *g)
{
	uintptr_t a = (uintptr_t)addr;

	return a == (uintptr_t)g[REG_RIP]  ? "the instruction"
	       : !a			   ? "0"
	       : page && a - page < 4096   ? "in the page"
	       : a == 8			   ? "8"
	       : a == 0xffff900000000008UL ? "the kernel's"
					   : "elsewhere";
}

static void on_fault(int sig, siginfo_t *si, void *p)
{
	ucontext_t *uc = p;
	greg_t *g = uc->uc_mcontext.gregs;

	faults++;
	t_say("    signal %d, code %d, at %s, trap %d\n", sig, si->si_code,
	      place(si->si_addr, g), (int)g[REG_TRAPNO]);
	if (g[REG_TRAPNO] == 14)
		t_is("cr2 is the address",
		     (uintptr_t)g[REG_CR2] == (uintptr_t)si->si_addr);
	if (g[REG_TRAPNO] != 3) /* behind int3 it goes on by itself */
		leave(g);
}

#define CODE(name, text)                                                       \
	__attribute__((noinline, naked)) static void name(void)                \
	{                                                                      \
		__asm__(text "\n\tret");                                       \
	}

CODE(read_null, "movl 8, %eax")
CODE(write_null, "movl $1, 8")
CODE(call_null, "xorl %eax, %eax\n\taddl $8, %eax\n\tjmp *%rax")
CODE(read_page, "movq page(%rip), %rax\n\tmovl 100(%rax), %eax")
CODE(write_page, "movq page(%rip), %rax\n\tmovl $7, 100(%rax)")
CODE(run_page, "movq page(%rip), %rax\n\tjmp *%rax")
CODE(read_kernel, "movabsq $0xffff900000000008, %rax\n\tmovl (%rax), %eax")
CODE(read_hole, "movabsq $0x1234567890abcdef, %rax\n\tmovl (%rax), %eax")
CODE(halt, "hlt")
CODE(undefined, "ud2")
CODE(breakpoint, "int3")
CODE(divide, "xorl %ecx, %ecx\n\tmovl $1, %eax\n\tcltd\n\tidivl %ecx")
CODE(too_large, "movl $-1, %ecx\n\tmovl $0x80000000, %eax\n\tcltd\n\t"
		"idivl %ecx")

static void fault(const char *name, void (*f)(void))
{
	int before = faults;

	t_say("%s\n", name);
	f();
	t_val("faults", faults - before);
}

static void map(int prot, int flags, int fd)
{
	page = (uintptr_t)mmap(NULL, 4096, prot, flags, fd, 0);
}

static void memory(void)
{
	int fd;

	fault("reading where nothing is", read_null);
	fault("writing there", write_null);
	fault("running it", call_null);
	map(PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	fault("reading PROT_NONE", read_page);
	mprotect((void *)page, 4096, PROT_READ);
	fault("reading PROT_READ", read_page);
	fault("writing it", write_page);
	fault("running it", run_page);
	mprotect((void *)page, 4096, PROT_READ | PROT_WRITE);
	fault("writing PROT_WRITE", write_page);
	fault("running it", run_page);
	munmap((void *)page, 4096);
	fault("reading what was unmapped", read_page);
	fault("reading the kernel's", read_kernel);
	fault("an address that is none", read_hole);

	fd = open("file", O_RDWR | O_CREAT, 0600);
	map(PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	fault("behind the end of a file", read_page);
	fault("writing there", write_page);
	if (ftruncate(fd, 10) < 0)
		t_say("ftruncate: %s\n", t_errno_name(errno));
	fault("on its last page", read_page);
	munmap((void *)page, 4096);
	close(fd);
}

/* ---- stepping */

static volatile int steps, wrong;

static void on_step(int sig, siginfo_t *si, void *p)
{
	greg_t *g = ((ucontext_t *)p)->uc_mcontext.gregs;

	steps++;
	if (si->si_code != TRAP_TRACE || g[REG_TRAPNO] != 1 ||
	    (greg_t)si->si_addr != g[REG_RIP])
		wrong++;
	if (steps == 100)
		g[REG_EFL] &= ~0x100L;
}

static void on_start(int sig, siginfo_t *si, void *p)
{
	greg_t *g = ((ucontext_t *)p)->uc_mcontext.gregs;

	g[REG_RIP] += 2; /* behind ud2 */
	g[REG_EFL] |= 0x100;
}

static void stepping(void)
{
	long n = 0;

	/* The step behind popf, three nops and the popf that ends it. */
	steps = 0;
	__asm__ volatile("pushfq\n\torq $0x100, (%%rsp)\n\tpopfq\n\t"
			 "nop\n\tnop\n\tnop\n\t"
			 "pushfq\n\tandq $~0x100, (%%rsp)\n\tpopfq"
			 :
			 :
			 : "memory", "cc");
	t_val("steps", steps);
	/* Begun by one handler, ended by the other. */
	handle(SIGILL, on_start);
	steps = 0;
	__asm__ volatile("ud2\n1:\tincq %0\n\tcmpq $1000, %0\n\tjne 1b"
			 : "+r"(n)
			 :
			 : "cc", "memory");
	t_val("loop", n);
	t_val("steps", steps);
	t_val("with something wrong", wrong);
}

/* ---- registers */

static void on_registers(int sig, siginfo_t *si, void *p)
{
	ucontext_t *uc = p;
	greg_t *g = uc->uc_mcontext.gregs;
	double d = 2.5;

	t_is("the handler sees rbx", g[REG_RBX] == 77);
	t_is("and xmm3",
	     memcmp(uc->uc_mcontext.fpregs->_xmm[3].element, &d, 8) == 0);
	d = 10.25;
	memcpy(uc->uc_mcontext.fpregs->_xmm[3].element, &d, 8);
	g[REG_RBX] = 88;
	g[REG_R12] = -5;
	g[REG_EFL] |= 0x41; /* ZF, CF */
	g[REG_RIP] += 2;
}

static void registers(void)
{
	register long rbx __asm__("rbx") = 77, r12 __asm__("r12") = 1;
	register double x __asm__("xmm3") = 2.5;
	unsigned char zero, carry;

	__asm__ volatile("xorl %%eax, %%eax\n\tincl %%eax\n\tud2\n\t"
			 "setz %3\n\tsetc %4"
			 : "+r"(rbx), "+r"(r12), "+x"(x), "=m"(zero),
			   "=m"(carry)
			 :
			 : "rax", "cc", "memory");
	t_val("rbx", rbx);
	t_val("r12", r12);
	t_is("xmm3", x == 10.25);
	t_val("zero", zero);
	t_val("carry", carry);
}

int main(void)
{
	static const int sigs[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE};

	for (unsigned int i = 0; i < sizeof(sigs) / sizeof(sigs[0]); i++)
		handle(sigs[i], on_fault);
	memory();
	page = 0;
	fault("hlt", halt);
	fault("ud2", undefined);
	fault("int3", breakpoint);
	fault("division by zero", divide);
	fault("quotient too large", too_large);
	handle(SIGTRAP, on_step);
	stepping();
	handle(SIGILL, on_registers);
	registers();
	return 0;
}
