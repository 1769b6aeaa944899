/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shutdown.c: what the tools ask of the domain through control/ in the store
 * (docs/misc/xenstore-paths.pandoc of Xen): xl shutdown, xl reboot, xl sysrq.
 *
 * The program gets SIGTERM and the domain ends with it; one that goes on gets
 * SIGKILL after shutdown.grace= seconds.
 *
 * This is in every image, so nothing here waits or has a thread: each reply
 * makes the next request. When the store says that a path is watched or written
 * the path is read; if something is there it is read again in a transaction and
 * made empty, which tells the tools that it was seen.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <asm/siginfo.h>
#include "control.h"
#include "domain.h"
#include "store_core.h"

/* The start of the program need not compete with the store for a processor. */
#define BEGIN	   (NSEC_PER_SEC / 10)
#define GRACE	   30 /* s, without the parameter */
#define LAST_GRACE (10 * NSEC_PER_SEC)
#define VALUE_SIZE 16

struct control {
	struct store_watch watch;
	void (*act)(const char *value);
	bool wanted; /* look at it */
};

static void asked_to_end(const char *value);
static void arrived(struct store_watch *w, const char *path);

static struct control controls[] = {
	{
		.watch = {.path = "control/shutdown", .arrived = arrived},
		.act = asked_to_end,
	},
	{
		.watch = {.path = "control/sysrq", .arrived = arrived},
		.act = sysrq,
	},
};

/* What is being done: one request at a time. */
static struct control *current_control;
static struct store_request request;
static uint32_t transaction; /* 0: none yet */
static char value[VALUE_SIZE];

void send_to_program(int sig)
{
	/* As if process 1 had sent it, which is what init does on Linux. */
	siginfo_t info = {.si_signo = sig, .si_code = SI_USER};

	info.si_pid = 1;
	signal_send(main_process, NULL, sig, &info);
}

/* The program goes on after SIGTERM; the second time, after SIGKILL: it, or
 * what ends with it, waits in the runtime for something that does not come. */
static void grace_is_over(struct timer *t)
{
	static bool killed;

	if (killed)
		plat_exit(SIGKILL);
	killed = true;
	if (!main_process->exiting) {
		klog("the program goes on after SIGTERM: ending it with "
		     "SIGKILL (shutdown.grace=)\n");
		send_to_program(SIGKILL);
	}
	timer_arm(t, plat_monotonic_ns() + LAST_GRACE);
}

static bool can_end(const char *how)
{
	return strcmp(how, "poweroff") == 0 || strcmp(how, "halt") == 0 ||
	       strcmp(how, "reboot") == 0;
}

static void asked_to_end(const char *how)
{
	static struct timer grace = {.fn = grace_is_over};
	uint64_t s;

	if (!can_end(how)) {
		klog("the tools ask for %s, which is not possible here\n", how);
		return;
	}
	exit_reboots = how[0] == 'r';
	send_to_program(SIGTERM);
	if (!grace.deadline) {
		s = MIN(param_u64("shutdown.grace", GRACE), 1000000000ULL);
		timer_arm(&grace, plat_monotonic_ns() + s * NSEC_PER_SEC);
	}
}

static void answered(struct store_request *r, const char *body, int len);

static void send(enum xsd_sockmsg_type type, const char *path)
{
	store_request_init(&request, type, transaction, path, NULL);
	request.done = answered;
	store_submit(&request);
}

static void next(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(controls) && !current_control; i++) {
		struct control *c = &controls[i];

		if (c->wanted) {
			c->wanted = false;
			current_control = c;
			send(XS_READ, c->watch.path);
		}
	}
}

static void finish(void)
{
	struct control *c = current_control;

	current_control = NULL;
	if (value[0])
		c->act(value);
	next();
}

static void was_read(const char *body, int len)
{
	const struct control *c = current_control;

	strlcpy(value, len > 0 ? body : "", sizeof(value));
	if (!transaction)
		value[0] ? send(XS_TRANSACTION_START, "") : finish();
	/* What cannot be done is not confirmed: the tools then give it up. */
	else if (value[0] && (c->act != asked_to_end || can_end(value)))
		send(XS_WRITE, c->watch.path);
	else
		send(XS_TRANSACTION_END, "F");
}

static void answered(struct store_request *r, const char *body, int len)
{
	uint64_t id = 0;

	switch (r->out.head.type) {
	case XS_READ:
		was_read(body, len);
		break;
	case XS_TRANSACTION_START:
		if (len > 0)
			parse_u64(body, &id, NULL);
		transaction = (uint32_t)id;
		/* Without one: better unconfirmed than not at all. */
		transaction ? send(XS_READ, current_control->watch.path)
			    : finish();
		break;
	case XS_WRITE:
		send(XS_TRANSACTION_END, "T");
		break;
	case XS_TRANSACTION_END:
		/* Somebody else wrote meanwhile: see what. */
		transaction = 0;
		len == -EAGAIN ? send(XS_TRANSACTION_START, "") : finish();
		break;
	}
}

static void arrived(struct store_watch *w, const char *path)
{
	container_of(w, struct control, watch)->wanted = true;
	next();
}

static void not_awaited(struct store_request *r, const char *body, int len)
{
}

static void tell(struct store_request *r, enum xsd_sockmsg_type type,
		 const char *path, const char *text, uint32_t n)
{
	store_request_init(r, type, STORE_NO_TRANSACTION, path, NULL);
	store_out_add(&r->out, text, n);
	r->done = not_awaited;
	store_submit(r);
}

static void begin(struct timer *t)
{
	static struct store_request first[2 + ARRAY_SIZE(controls)];
	static char tokens[ARRAY_SIZE(controls)][STORE_TOKEN_SIZE];

	tell(&first[0], XS_WRITE, "control/feature-poweroff", "1", 1);
	tell(&first[1], XS_WRITE, "control/feature-reboot", "1", 1);
	for (size_t i = 0; i < ARRAY_SIZE(controls); i++) {
		struct store_watch *w = &controls[i].watch;

		list_append(&store_watches, &w->link);
		store_token(w, tokens[i]);
		tell(&first[2 + i], XS_WATCH, w->path, tokens[i],
		     strlen(tokens[i]) + 1);
	}
}

void shutdown_init(void)
{
	static struct timer start = {.fn = begin};

	timer_arm_wait(&start, plat_monotonic_ns() + BEGIN);
}
