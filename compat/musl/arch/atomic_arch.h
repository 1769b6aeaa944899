/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * atomic_arch.h: replaces arch/x86_64/atomic_arch.h of musl 1.2.3.
 *
 * A guest has one virtual CPU (and the host platform one thread of Linux):
 * the only thing to be atomic against is being preempted, and that happens
 * between instructions.  One instruction that reads and writes memory is
 * therefore enough, without the lock prefix, which makes it several times as
 * slow; SQLite spends 8 % of a small transaction in it.  A second virtual CPU
 * would need musl's own file here.
 *
 * musl ends a program whose heap or locks are corrupt by a_crash().  Its hlt
 * faults in user mode only and would sleep in ring 0; ud2 faults anywhere.
 */

#define a_cas a_cas
static inline int a_cas(volatile int *p, int old, int new)
{
	__asm__ __volatile__("cmpxchg %2, %1"
			     : "+a"(old), "+m"(*p)
			     : "r"(new)
			     : "memory");
	return old;
}

#define a_cas_p a_cas_p
static inline void *a_cas_p(volatile void *p, void *old, void *new)
{
	__asm__ __volatile__("cmpxchg %2, %1"
			     : "+a"(old), "+m"(*(void *volatile *)p)
			     : "r"(new)
			     : "memory");
	return old;
}

/* xchg would lock the bus by itself. */
#define a_swap a_swap
static inline int a_swap(volatile int *p, int new)
{
	int old, seen = *p;

	do {
		old = seen;
		seen = a_cas(p, old, new);
	} while (seen != old);
	return old;
}

#define a_fetch_add a_fetch_add
static inline int a_fetch_add(volatile int *p, int v)
{
	__asm__ __volatile__("xadd %0, %1" : "+r"(v), "+m"(*p) : : "memory");
	return v;
}

#define a_and a_and
static inline void a_and(volatile int *p, int v)
{
	__asm__ __volatile__("andl %1, %0" : "+m"(*p) : "ir"(v) : "memory");
}

#define a_or a_or
static inline void a_or(volatile int *p, int v)
{
	__asm__ __volatile__("orl %1, %0" : "+m"(*p) : "ir"(v) : "memory");
}

#define a_and_64 a_and_64
static inline void a_and_64(volatile uint64_t *p, uint64_t v)
{
	__asm__ __volatile__("andq %1, %0" : "+m"(*p) : "r"(v) : "memory");
}

#define a_or_64 a_or_64
static inline void a_or_64(volatile uint64_t *p, uint64_t v)
{
	__asm__ __volatile__("orq %1, %0" : "+m"(*p) : "r"(v) : "memory");
}

#define a_inc a_inc
static inline void a_inc(volatile int *p)
{
	__asm__ __volatile__("incl %0" : "+m"(*p) : : "memory");
}

#define a_dec a_dec
static inline void a_dec(volatile int *p)
{
	__asm__ __volatile__("decl %0" : "+m"(*p) : : "memory");
}

/* Other threads run on this same CPU: they see stores in program order. */
#define a_barrier a_barrier
static inline void a_barrier(void)
{
	__asm__ __volatile__("" : : : "memory");
}

#define a_store a_store
static inline void a_store(volatile int *p, int v)
{
	__asm__ __volatile__("movl %1, %0" : "=m"(*p) : "ir"(v) : "memory");
}

/* No one else can change what is spun on: get the spinning over with. */
#define a_spin a_spin
static inline void a_spin(void)
{
	a_barrier();
}

#define a_crash a_crash
static inline void a_crash(void)
{
	__asm__ __volatile__("ud2" : : : "memory");
}

#define a_ctz_64 a_ctz_64
static inline int a_ctz_64(uint64_t x)
{
	return __builtin_ctzll(x);
}

#define a_clz_64 a_clz_64
static inline int a_clz_64(uint64_t x)
{
	return __builtin_clzll(x);
}
