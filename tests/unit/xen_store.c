/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The xenstore client against a store of this test's own on the other side of
 * the two rings, which takes and gives random pieces, sleeps until it is rung
 * as the real one does, and answers in another order than it was asked. Then
 * stores that are broken or mean harm.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "unit.h"
#include <posixen/kthread.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include "../../xen/domain.h"
#include "../../xen/event.h"
#include "../../xen/store_core.h"

/* stdlib.h and unistd.h have other ideas of some types. */
void *malloc(size_t n);
void *realloc(void *p, size_t n);
void free(void *p);
int rand(void);
unsigned long strtoul(const char *s, char **end, int base);
void srand(unsigned int seed);
void exit(int status) __attribute__((noreturn));
int fork(void);
int waitpid(int pid, int *status, int options);

#define SIZE XENSTORE_RING_SIZE
#define HEAD sizeof(struct xsd_sockmsg)

/* The platform and the runtime. */

static struct xenstore_domain_interface page;
struct domain domain = {.store = &page, .store_port = 1};
static struct process program = {.pid = 2};
struct process *main_process = &program;
static struct thread self;
struct thread *current_thread = &self;
static void (*handler)(void *arg);
static bool rung;      /* by the client, since the store slept */
static bool no_memory; /* kmalloc() fails */
static void (*thread)(void *arg);
static char logged[256];
static uint64_t now;
static struct timer *armed;
static int live; /* pieces of the heap */

int event_bind(evtchn_port_t port, void (*fn)(void *arg), void *arg)
{
	handler = fn;
	return 0;
}

void event_send(evtchn_port_t port)
{
	rung = true;
}

void *kmalloc(size_t n)
{
	void *p = no_memory ? NULL : malloc(n);

	live += p != NULL;
	return p;
}

void *krealloc(void *p, size_t n)
{
	live += !p;
	return realloc(p, n);
}

void kfree(void *p)
{
	live -= p != NULL;
	free(p);
}

size_t strlcpy(char *d, const char *s, size_t size)
{
	snprintf(d, size, "%s", s);
	return strlen(s);
}

void klog(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(logged, sizeof(logged), fmt, ap);
	va_end(ap);
}

int kthread_start(const char *name, void (*fn)(void *arg), void *arg)
{
	thread = fn;
	return 0;
}

uint64_t plat_monotonic_ns(void)
{
	return now;
}

void timer_arm_wait(struct timer *t, uint64_t deadline)
{
	t->deadline = deadline;
	armed = t;
}

void timer_cancel(struct timer *t)
{
	t->deadline = 0;
	armed = NULL;
}

void sched_ready(struct thread *t)
{
}

/* The store. */

static struct {
	char path[64], value[4097];
	size_t len;
} nodes[16];
static unsigned int nr_nodes;
static char names[40000]; /* of the directory "many" */
static size_t names_len;
static int nr_names;
static unsigned int generation;
static int generation_changes; /* at so many parts from now */
static bool knows_parts = true;

static char in_bytes[8192], out_bytes[1 << 16];
static uint32_t in_n, out_n;
static bool awake, shuffles, mute;
static unsigned int answers, conflicts;

static void send(uint32_t type, uint32_t id, const char *body, size_t n)
{
	struct xsd_sockmsg head = {type, id, 0, (uint32_t)n};

	memcpy(out_bytes + out_n, &head, HEAD);
	memcpy(out_bytes + out_n + HEAD, body, n);
	out_n += HEAD + n;
	answers++;
}

static void fail(uint32_t id, const char *name)
{
	send(XS_ERROR, id, name, strlen(name) + 1);
}

static int find(const char *path)
{
	for (unsigned int i = 0; i < nr_nodes; i++)
		if (strcmp(nodes[i].path, path) == 0)
			return (int)i;
	return -1;
}

static void make_names(int n)
{
	names_len = 0;
	for (int i = 0; i < n; i++)
		names_len += sprintf(names + names_len, "name-%u.%d",
				     generation, i * i) +
			     1;
	nr_names = n;
}

static void part(uint32_t id, size_t from)
{
	char body[4096];
	int n;
	size_t k = 0;

	if (generation_changes && --generation_changes == 0) {
		generation++;
		make_names(nr_names);
	}
	n = snprintf(body, sizeof(body), "%u", generation) + 1;
	while (from + k < names_len) {
		size_t one = strlen(names + from + k) + 1;

		if (n + k + one + 1 > sizeof(body))
			break;
		memcpy(body + n + k, names + from + k, one);
		k += one;
	}
	if (from + k >= names_len)
		body[n + k++] = '\0';
	send(XS_DIRECTORY_PART, id, body, n + k);
}

static void answer(const struct xsd_sockmsg *h, const char *body)
{
	const char *second = body + strlen(body) + 1;
	size_t rest = h->len - (second - body);
	int i = find(body);
	char text[16];

	switch (h->type) {
	case XS_READ:
		if (i < 0)
			fail(h->req_id, "ENOENT");
		else
			send(XS_READ, h->req_id, nodes[i].value, nodes[i].len);
		return;
	case XS_WRITE:
		if (strcmp(body, "locked") == 0) {
			fail(h->req_id, "EACCES");
			return;
		}
		if (i < 0)
			strcpy(nodes[i = (int)nr_nodes++].path, body);
		memcpy(nodes[i].value, second, rest);
		nodes[i].len = rest;
		break;
	case XS_TRANSACTION_START:
		send(h->type, h->req_id, text,
		     snprintf(text, sizeof(text), "%u", 42) + 1);
		return;
	case XS_TRANSACTION_END:
		if (h->tx_id != 42 || (*body != 'T' && *body != 'F')) {
			fail(h->req_id, "EINVAL");
			return;
		}
		if (*body == 'T' && conflicts) {
			conflicts--;
			fail(h->req_id, "EAGAIN");
			return;
		}
		break;
	case XS_DIRECTORY:
		if (names_len > 4096)
			fail(h->req_id, "E2BIG");
		else
			send(h->type, h->req_id, names, names_len);
		return;
	case XS_DIRECTORY_PART:
		if (knows_parts)
			part(h->req_id, strtoul(second, NULL, 10));
		else
			fail(h->req_id, "ENOSYS");
		return;
	case XS_WATCH:
		send(XS_WATCH_EVENT, 0, body, h->len);
		break;
	}
	send(h->type, h->req_id, "OK", 3);
}

/* Answers that wait, in any order: heads say where each begins. */
static void shuffle(void)
{
	static char copy[sizeof(out_bytes)];
	uint32_t at[64], n = 0, k = 0;

	for (uint32_t i = 0; i < out_n && n < 64; n++) {
		struct xsd_sockmsg h;

		at[n] = i;
		memcpy(&h, out_bytes + i, HEAD);
		i += HEAD + h.len;
	}
	memcpy(copy, out_bytes, out_n);
	while (n) {
		uint32_t i = rand() % n;
		struct xsd_sockmsg h;

		memcpy(&h, copy + at[i], HEAD);
		memcpy(out_bytes + k, copy + at[i], HEAD + h.len);
		k += HEAD + h.len;
		at[i] = at[--n];
	}
}

static uint32_t some(uint32_t n)
{
	return n ? 1 + rand() % n : 0;
}

/* Move some bytes. False: nothing to do before the client rings. */
static bool work(void)
{
	uint32_t n = some(page.req_prod - page.req_cons), room;
	struct xsd_sockmsg h;
	bool moved = n > 0;

	for (uint32_t i = 0; i < n; i++)
		in_bytes[in_n++] = page.req[page.req_cons++ % SIZE];
	while (in_n >= HEAD) {
		memcpy(&h, in_bytes, HEAD);
		if (in_n < HEAD + h.len)
			break;
		if (!mute)
			answer(&h, in_bytes + HEAD);
		in_n -= HEAD + h.len;
		memmove(in_bytes, in_bytes + HEAD + h.len, in_n);
	}
	if (shuffles && answers < 8)
		return moved;
	if (shuffles)
		shuffle();
	shuffles = false;
	room = SIZE - (page.rsp_prod - page.rsp_cons);
	n = some(room < out_n ? room : out_n);
	for (uint32_t i = 0; i < n; i++)
		page.rsp[page.rsp_prod++ % SIZE] = out_bytes[i];
	out_n -= n;
	memmove(out_bytes, out_bytes + n, out_n);
	return moved || n;
}

/* One step of the world outside; false when it has come to rest. */
static bool step(void)
{
	static bool event;

	if (rung) {
		rung = false;
		awake = true;
	}
	if (awake) {
		awake = work();
		event |= awake;
	}
	/* An event may be late, but not for ever. */
	if (event && (!awake || rand() % 3 == 0)) {
		event = false;
		handler(NULL);
		return true;
	}
	return awake || rung || event;
}

void sched_block(void)
{
	if (step())
		return;
	if (armed && armed->deadline) {
		struct timer *t = armed;

		now = t->deadline;
		t->fn(t);
		return;
	}
	printf("a request waits for ever\n");
	exit(1);
}

static void settle(void)
{
	while (step())
		;
}

/* The thread of the watches runs until it has nothing to do. */
static void *way_out[5];

void waitq_block(struct waitq *q, unsigned int mask)
{
	__builtin_longjmp(way_out, 1);
}

unsigned int waitq_wake(struct waitq *q, unsigned int mask, unsigned int max)
{
	return 0;
}

static __attribute__((noinline)) void run_thread(void)
{
	if (__builtin_setjmp(way_out) == 0)
		thread(NULL);
}

/* The tests. */

static void calls(void)
{
	static char big[5000];
	char buf[8], *p;
	size_t len;
	unsigned int v;

	CHECK(store_write(0, "a", NULL, "12") == 0);
	CHECK_STR(nodes[0].path, "a");
	CHECK(store_printf(0, "dir", "leaf", "%d-%s", 5, "x") == 0);
	CHECK_STR(nodes[1].path, "dir/leaf");
	CHECK(nodes[1].len == 3 && memcmp(nodes[1].value, "5-x", 3) == 0);
	p = store_read(0, "dir/leaf", &len);
	CHECK(len == 3);
	CHECK_STR(p, "5-x");
	kfree(p);
	CHECK(store_read_uint(0, "a", NULL, &v) == 0 && v == 12);
	CHECK(store_read_uint(0, "dir", "leaf", &v) == -EINVAL);
	CHECK(store_read_into(0, "dir", "leaf", buf, 4) == 3);
	CHECK(store_read_into(0, "dir", "leaf", buf, 3) == -ENAMETOOLONG);
	CHECK(store_read(0, "none", NULL) == err_ptr(-ENOENT));
	CHECK(store_write(0, "locked", NULL, "1") == -EACCES);
	CHECK(store_write(0, "a", NULL, "") == 0);
	p = store_read(0, "a", &len);
	CHECK(len == 0 && p[0] == '\0');
	kfree(p);
	memset(big, 'b', 4094);
	for (unsigned int n = 0; n < 4094; n += 1 + n / 9) {
		big[n] = '\0';
		CHECK(store_write(0, "a", NULL, big) == 0);
		p = store_read(0, "a", &len);
		CHECK(len == n);
		CHECK_STR(p, big);
		kfree(p);
		big[n] = 'b';
	}
	big[4094] = '\0'; /* with "a" and its NUL 4096 bytes, the most */
	CHECK(store_write(0, "a", NULL, big) == 0);
	big[4094] = 'b';
	CHECK(store_write(0, "a", NULL, big) == -E2BIG);
	no_memory = true;
	CHECK(store_read(0, "a", NULL) == err_ptr(-ENOMEM));
	CHECK(store_read_into(0, "dir", "leaf", buf, 4) == 3);
	no_memory = false;
	CHECK(live == 0);
}

static void transactions(void)
{
	uint32_t t = 0;

	CHECK(store_transaction_start(&t) == 0 && t == 42);
	conflicts = 1;
	CHECK(store_transaction_end(t, false) == -EAGAIN);
	CHECK(store_transaction_end(t, false) == 0);
	CHECK(store_transaction_end(t, true) == 0);
	CHECK(store_transaction_end(7, true) == -EINVAL);
}

static void directories(void)
{
	static const int counts[] = {0, 1, 300, 334, 340, 700, 1500};
	size_t len;
	char *p;

	for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
		make_names(counts[i]);
		for (int change = 0; change < 4; change++) {
			generation_changes = change;
			p = store_directory(0, "many", &len);
			CHECK(!is_err(p) && len == names_len &&
			      memcmp(p, names, len) == 0 && p[len] == '\0');
			kfree(p);
		}
	}
	knows_parts = false;
	CHECK(store_directory(0, "many", &len) == err_ptr(-E2BIG));
	CHECK(live == 0);
}

static struct store_request many[8];
static unsigned int done[8], nr_done;

static void is_done(struct store_request *r, const char *body, int len)
{
	unsigned int i = (unsigned int)(r - many);
	char want[16];

	snprintf(want, sizeof(want), "value %u", i);
	CHECK(len == (int)strlen(want));
	CHECK_STR(body, want);
	done[nr_done++] = i;
}

static void in_flight(void)
{
	bool other_order = false;
	char path[8], value[16];

	for (unsigned int i = 0; i < 8; i++) {
		snprintf(path, sizeof(path), "n%u", i);
		snprintf(value, sizeof(value), "value %u", i);
		CHECK(store_write(0, path, NULL, value) == 0);
	}
	answers = 0;
	shuffles = true;
	for (unsigned int i = 0; i < 8; i++) {
		snprintf(path, sizeof(path), "n%u", i);
		store_request_init(&many[i], XS_READ, 0, nodes[find(path)].path,
				   NULL);
		many[i].done = is_done;
		store_submit(&many[i]);
	}
	settle();
	CHECK(nr_done == 8);
	for (unsigned int i = 0; i < 8; i++)
		other_order |= done[i] != i;
	CHECK(other_order);
}

static char seen[200];

static void changed(struct store_watch *w, const char *path)
{
	strcat(seen, path);
	strcat(seen, " ");
}

static struct store_watch w1 = {.path = "dir", .changed = changed},
			  w2 = {.path = "n1", .changed = changed};

static void event(struct store_watch *w, const char *path)
{
	char body[64], token[STORE_TOKEN_SIZE];
	size_t n = strlen(path) + 1;

	store_token(w, token);
	strcpy(body, path);
	strcpy(body + n, token);
	send(XS_WATCH_EVENT, 0, body, n + strlen(token) + 1);
	awake = true;
	settle();
}

static void watches(void)
{
	CHECK(store_watch(&w1) == 0 && store_watch(&w2) == 0);
	settle();
	run_thread();
	CHECK_STR(seen, "dir n1 "); /* each once at first */
	seen[0] = '\0';
	event(&w1, "dir/leaf");
	event(&w2, "n1");
	event(&w1, "dir/leaf/far/below");
	run_thread();
	CHECK_STR(seen, "dir/leaf n1 dir/leaf/far/below ");
	/* Without memory for a path: the watch's own, once. */
	seen[0] = '\0';
	no_memory = true;
	event(&w1, "dir/1");
	event(&w1, "dir/2");
	no_memory = false;
	run_thread();
	CHECK(strstr(seen, "dir ") && !strstr(seen, "dir/"));
	/* What came before the end of the watch is not told after it. */
	seen[0] = '\0';
	event(&w1, "dir/x");
	event(&w2, "n1");
	store_unwatch(&w1);
	event(&w1, "dir/y");
	run_thread();
	CHECK_STR(seen, "n1 ");
	store_unwatch(&w2);
	CHECK(live == 0);
}

/* Stores that one cannot go on with. Each in a process of its own. */

static void raw(const void *p, size_t n)
{
	memcpy(out_bytes + out_n, p, n);
	out_n += n;
	awake = true;
	settle();
}

static bool gave_up(void)
{
	return strncmp(logged, "xenstore ", 9) == 0 &&
	       store_write(0, "a", NULL, "1") == -EIO &&
	       store_read(0, "a", NULL) == err_ptr(-EIO);
}

static void runs_away(void)
{
	page.rsp_prod = page.rsp_cons + SIZE + 1;
	handler(NULL);
	CHECK(gave_up());
}

static void eats_too_much(void)
{
	page.req_cons = page.req_prod + 1;
	CHECK(store_write(0, "a", NULL, "1") == -EIO);
	CHECK(gave_up());
}

/* A watch that could not be set is its owner's again, who frees it. */
static void watch_that_fails(void)
{
	seen[0] = '\0';
	page.req_cons = page.req_prod + 1;
	CHECK(store_watch(&w1) == -EIO);
	run_thread();
	CHECK_STR(seen, "");
	CHECK(gave_up());
}

static void long_message(void)
{
	struct xsd_sockmsg h = {XS_READ, 1, 0, XENSTORE_PAYLOAD_MAX + 1};

	raw(&h, sizeof(h));
	CHECK(gave_up());
}

static void silent(void)
{
	mute = true;
	program.exiting = true;
	CHECK(store_write(0, "a", NULL, "1") == -EIO);
	CHECK(now >= NSEC_PER_SEC && now <= 10 * NSEC_PER_SEC);
	CHECK(gave_up());
}

static void wrong_answers(void)
{
	struct xsd_sockmsg h = {XS_READ, 12345, 0, 0};
	static const char bodies[][24] = {"",
					  "x",
					  "a\0b\0",
					  "dir\0",
					  "\0\0\0",
					  "dir\0"
					  "0x1234"};
	char bytes[200];

	/* Nobody's, and events of no watch. */
	raw(&h, sizeof(h));
	for (size_t i = 0; i < ARRAY_SIZE(bodies); i++)
		for (uint32_t n = 0; n < sizeof(bodies[i]); n++) {
			struct xsd_sockmsg e = {XS_WATCH_EVENT, 0, 0, n};

			memcpy(bytes, &e, sizeof(e));
			memcpy(bytes + sizeof(e), bodies[i], n);
			raw(bytes, sizeof(e) + n);
		}
	CHECK(store_write(0, "a", NULL, "1") == 0);
	CHECK(!logged[0]);
}

static int wrong_len;

static void wrong_done(struct store_request *r, const char *body, int len)
{
	wrong_len = len;
}

/* Answers to our question, of each kind. */
static void wrong_kind(void)
{
	static const struct {
		uint32_t type;
		const char *body;
		int want;
	} cases[] = {
		{XS_WRITE, "OK", -EIO},	     {XS_ERROR, "ENOENT", -ENOENT},
		{XS_ERROR, "", -EIO},	     {XS_ERROR, "nonsense", -EIO},
		{XS_INVALID, "x", -EIO},     {XS_READ, "x", 1},
		{XS_ERROR, "E2BIG", -E2BIG},
	};
	struct xsd_sockmsg h;
	char bytes[64];

	mute = true;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		store_request_init(&many[0], XS_READ, 0, "a", NULL);
		many[0].done = wrong_done;
		store_submit(&many[0]);
		settle();
		wrong_len = 99;
		h = (struct xsd_sockmsg){cases[i].type, many[0].out.head.req_id,
					 0, (uint32_t)strlen(cases[i].body)};
		memcpy(bytes, &h, sizeof(h));
		memcpy(bytes + sizeof(h), cases[i].body, h.len);
		raw(bytes, sizeof(h) + h.len);
		CHECK(wrong_len == cases[i].want);
	}
	CHECK(!logged[0]);
}

/* Whatever comes: no bad access, and in the end it still says so or works. */
static void noise(void)
{
	char bytes[64];

	CHECK(store_watch(&w1) == 0);
	for (int i = 0; i < 3000 && !logged[0]; i++) {
		size_t n = some(sizeof(bytes));

		for (size_t k = 0; k < n; k++)
			bytes[k] = rand() % 6 ? 0 : rand() % 30;
		raw(bytes, n);
		page.rsp_prod += rand() % 500 == 0;
		page.rsp_cons += rand() % 700 == 0;
	}
}

static void alone(void (*test)(void))
{
	int pid = fork(), status = -1;

	if (pid == 0) {
		test();
		exit(unit_failed != 0);
	}
	waitpid(pid, &status, 0);
	CHECK(status == 0);
}

int main(void)
{
	page.req_prod = page.req_cons = 0xfffffe00;
	page.rsp_prod = page.rsp_cons = 0xffffff00;
	store_init();
	for (unsigned int seed = 1; seed < 5; seed++) {
		srand(seed);
		nr_nodes = nr_done = 0;
		knows_parts = true;
		seen[0] = '\0';
		calls();
		transactions();
		directories();
		in_flight();
		watches();
	}
	alone(runs_away);
	alone(eats_too_much);
	alone(watch_that_fails);
	alone(long_message);
	alone(silent);
	alone(wrong_answers);
	alone(wrong_kind);
	for (unsigned int seed = 0; seed < 50; seed++) {
		srand(seed);
		alone(noise);
	}
	return unit_done();
}
