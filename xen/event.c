/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * event.c: event channels (the two-level ABI of xen/event_channel.h) and
 * idling.
 *
 * The rules. An upcall handles nothing by itself: it notes what came
 * (event_note), tells the runtime (trap_interrupt), and the events stay pending
 * until the runtime calls plat_poll() in kernel context, or plat_idle(). So
 * handlers find the runtime at rest, and nothing here needs a lock against
 * them.
 */
#include <posixen/klog.h>
#include <posixen/platform.h>
#include <posixen/thread.h>
#include "domain.h"
#include "event.h"
#include "hypercall.h"

/* SCHEDOP_poll takes at most 128 ports, and a domain without dozens of devices
 * has few. */
#define NR_PORTS  128
#define WORD_BITS 64

static struct {
	void (*fn)(void *arg);
	void *arg;
} handlers[NR_PORTS];

/*
 * The selector's bits that upcalls have taken and no one has looked at yet.
 * They are kept here and not left where Xen sets them: Xen makes an upcall only
 * when it sets a bit of the selector that was clear, so one event that waits
 * would silence all that come after it, the alarm included.
 */
static xen_ulong_t noted;

/*
 * The ports that are bound and not masked, as SCHEDOP_poll wants them. One that
 * is masked must not be there: the poll ends for an event that is pending,
 * masked or not, and idling would be spinning.
 */
static evtchn_port_t bound[NR_PORTS];
static unsigned int nr_bound;

static bool test_and_clear(xen_ulong_t *word, unsigned int bit)
{
	bool was;

	/* Xen sets bits of the same word from other CPUs: hence the lock. */
	__asm__ volatile("lock btrq %2, %1"
			 : "=@ccc"(was), "+m"(*word)
			 : "r"((uint64_t)bit)
			 : "memory");
	return was;
}

static bool test_and_set(xen_ulong_t *word, unsigned int bit)
{
	bool was;

	__asm__ volatile("lock btsq %2, %1"
			 : "=@ccc"(was), "+m"(*word)
			 : "r"((uint64_t)bit)
			 : "memory");
	return was;
}

void event_init(void)
{
	/* Everything is masked until it has a handler. */
	for (unsigned int i = 0; i < ARRAY_SIZE(domain.shared->evtchn_mask);
	     i++)
		domain.shared->evtchn_mask[i] = ~0UL;
}

static bool test(const xen_ulong_t *words, evtchn_port_t port)
{
	return *(const volatile xen_ulong_t *)&words[port / WORD_BITS] >>
		       (port % WORD_BITS) &
	       1;
}

/* While masked, events on port wait; those that came make one at the unmask. */
static void event_mask(evtchn_port_t port)
{
	unsigned int i = 0;

	if (test_and_set(&domain.shared->evtchn_mask[port / WORD_BITS],
			 port % WORD_BITS))
		return;
	while (bound[i] != port)
		i++;
	bound[i] = bound[--nr_bound];
}

static void event_unmask(evtchn_port_t port)
{
	struct shared_info *s = domain.shared;

	if (!test_and_clear(&s->evtchn_mask[port / WORD_BITS],
			    port % WORD_BITS))
		return;
	bound[nr_bound++] = port;
	/*
	 * An event that came while the port was masked made no upcall and set
	 * no selector bit (xen/xen.h at evtchn_mask): make up for it.
	 */
	if (test(s->evtchn_pending, port))
		event_raise(port);
}

int event_bind(evtchn_port_t port, void (*fn)(void *arg), void *arg)
{
	if (port >= NR_PORTS)
		return -ENOSPC;
	handlers[port].fn = fn;
	handlers[port].arg = arg;
	event_unmask(port);
	return 0;
}

int event_bind_virq(unsigned int virq, void (*fn)(void *arg), void *arg)
{
	struct evtchn_bind_virq bind = {.virq = virq};
	int rc = xen_event_channel_op(EVTCHNOP_bind_virq, &bind);

	if (rc == 0)
		rc = event_bind(bind.port, fn, arg);
	return rc ? rc : (int)bind.port;
}

int event_alloc_unbound(domid_t remote, void (*fn)(void *arg), void *arg)
{
	struct evtchn_alloc_unbound alloc = {.dom = DOMID_SELF,
					     .remote_dom = remote};
	int rc = xen_event_channel_op(EVTCHNOP_alloc_unbound, &alloc);

	if (rc)
		return rc;
	rc = event_bind(alloc.port, fn, arg);
	if (rc) {
		struct evtchn_close close = {.port = alloc.port};

		xen_event_channel_op(EVTCHNOP_close, &close);
		return rc;
	}
	return (int)alloc.port;
}

void event_unbind(evtchn_port_t port)
{
	struct evtchn_close close = {.port = port};

	event_mask(port);
	handlers[port].fn = NULL;
	/* Xen takes the pending bit back with the port. */
	xen_event_channel_op(EVTCHNOP_close, &close);
}

bool event_take(evtchn_port_t port)
{
	return test_and_clear(&domain.shared->evtchn_pending[port / WORD_BITS],
			      port % WORD_BITS);
}

void event_send(evtchn_port_t port)
{
	struct evtchn_send send = {.port = port};

	xen_event_channel_op(EVTCHNOP_send, &send);
}

/* A handler before this one may have masked the port or closed it: then the
 * event stays for event_unmask(), or is nobody's. */
static void handle_port(unsigned int port)
{
	if (test(domain.shared->evtchn_mask, port))
		return;
	event_take(port);
	if (port < NR_PORTS && handlers[port].fn)
		handlers[port].fn(handlers[port].arg);
}

void event_note(void)
{
	/* The flag first: an event that comes now sets it again. */
	vcpu()->evtchn_upcall_pending = 0;
	noted |= __atomic_exchange_n(&vcpu()->evtchn_pending_sel, 0,
				     __ATOMIC_SEQ_CST);
}

static xen_ulong_t take_selector(void)
{
	vcpu()->evtchn_upcall_pending = 0;
	return __atomic_exchange_n(&vcpu()->evtchn_pending_sel, 0,
				   __ATOMIC_SEQ_CST) |
	       __atomic_exchange_n(&noted, 0, __ATOMIC_SEQ_CST);
}

static bool any_pending(void)
{
	return *(volatile xen_ulong_t *)&vcpu()->evtchn_pending_sel ||
	       *(volatile xen_ulong_t *)&noted;
}

/*
 * Handle all that is pending. The flag is cleared before the selector is taken,
 * the selector before the bits are read, the bit before the handler looks at
 * its ring: so an event that comes at any point is seen now or sets everything
 * again.
 */
static void handle_events(void)
{
	struct shared_info *s = domain.shared;
	xen_ulong_t sel, word;

	while ((sel = take_selector()) != 0) {
		for (; sel; sel &= sel - 1) {
			unsigned int w = __builtin_ctzl(sel);

			word = s->evtchn_pending[w] & ~s->evtchn_mask[w];
			for (; word; word &= word - 1) {
				handle_port(w * WORD_BITS +
					    __builtin_ctzl(word));
			}
		}
	}
}

void plat_poll(void)
{
	handle_events();
}

/*
 * One hypercall blocks until an event or the deadline. With events masked
 * SCHEDOP_poll makes no upcall, and Xen looks at the ports after it has marked
 * us as polling: an event between our own look and the hypercall is not lost.
 */
static void poll_ports(const evtchn_port_t *ports, unsigned int n,
		       uint64_t system_time)
{
	struct sched_poll poll = {.nr_ports = n, .timeout = system_time};

	set_xen_guest_handle(poll.ports, (evtchn_port_t *)ports);
	xen_sched_op(SCHEDOP_poll, &poll);
}

void plat_idle(uint64_t deadline_ns)
{
	vcpu()->evtchn_upcall_mask = 1;
	barrier();
	if (!any_pending()) {
		/* In the hypercall's words 0 is: no time-out. */
		uint64_t until = deadline_ns == UINT64_MAX
					 ? 0
					 : time_to_system(deadline_ns);

		if (until == 0 || plat_monotonic_ns() < deadline_ns)
			poll_ports(bound, nr_bound, until);
	}
	plat_poll();
	vcpu()->evtchn_upcall_mask = 0;
	barrier();
	/* What came after the last look made no upcall: the mask was set. */
	if (any_pending())
		plat_poll();
}

void event_wait(evtchn_port_t port, uint64_t ns)
{
	uint8_t mask = vcpu()->evtchn_upcall_mask;

	/* A pending port ends the poll at once; next time it shall not. */
	if (event_take(port))
		return;
	vcpu()->evtchn_upcall_mask = 1;
	barrier();
	poll_ports(&port, 1, time_to_system(plat_monotonic_ns() + ns));
	vcpu()->evtchn_upcall_mask = mask;
	barrier();
}

void event_raise(evtchn_port_t port)
{
	test_and_set(&domain.shared->evtchn_pending[port / WORD_BITS],
		     port % WORD_BITS);
	test_and_set(&noted, port / WORD_BITS);
	if (current())
		current()->work |= WORK_EVENTS;
}
