/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the lab's dom0 agent share: a xenstore client
 * (xenstore.c), one domain with its console (domain.c), the decoder of the
 * stdio=mux: protocol (mux.c, docs/console-protocol.md), the session that a
 * run-domu on the other side of the TCP connection talks to (session.c).
 *
 * Every process here serves one job, so state lives in structs on its stack
 * and nothing needs a lock except the creation and destruction of domains,
 * which wait for one another over all agents (domain.c).
 */
#ifndef POSIXEN_LAB_DOM0_H
#define POSIXEN_LAB_DOM0_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* xenstore.c: -errno on failure; strings end in a NUL that is not counted. */
int xs_open(void);
int xs_read(int fd, const char *path, char *buf, size_t size);
int xs_directory(int fd, const char *path, char *buf, size_t size);
int xs_watch(int fd, const char *path, const char *token);
int xs_write(int fd, const char *path, const char *value);
int xs_event(int fd, char *path, size_t size);

/* domain.c */
struct xencons_interface;

struct xen_domctl;

struct domain {
	unsigned int id;
	char name[64];
	bool keep;     /* leave it there when it ends */
	bool hold;     /* ... until the other side has looked at it */
	int xenstore;  /* fd; a watch on @releaseDomain */
	int evtchn;    /* fd of /dev/xen/evtchn */
	uint32_t port; /* our end of the console's channel */
	volatile struct xencons_interface *ring;
	uint64_t start, created, unpaused, first, ended; /* ns, monotonic */
	uint64_t unpaused_tsc;
	uint64_t first_cpu_ns, cpu_ns; /* what Xen counted for the domain */
	char reason[16];	       /* poweroff, crash, ...; "" = runs */
};

uint64_t now_ns(void);
int domain_create(struct domain *d, const char *config, char *err,
		  size_t errsize);
int domain_unpause(struct domain *d);
size_t domain_read(struct domain *d, char *buf, size_t size);
size_t domain_write(struct domain *d, const char *buf, size_t size);
void domain_event(struct domain *d);
bool domain_ended(struct domain *d);
void domain_end_text(const struct domain *d, char *buf, size_t size);
void domain_release(struct domain *d);
int domain_ending(void);
int domain_cpu(const char *name, uint64_t *ns);

/* domctl.c: -errno on failure */
int domctl(struct xen_domctl *op, uint64_t *tsc);
int domain_id(int xenstore, const char *wanted, unsigned int *id);

/* mux.c */
struct mux {
	unsigned int magic; /* bytes of the magic seen, 4 = framed */
	unsigned char head[3];
	unsigned int nhead;
	unsigned int left; /* payload bytes still to come */
	char text[256];	   /* payload of a short frame */
	unsigned int ntext;
	int exit_status; /* -1 until the x frame came */
	uint64_t window; /* stdin bytes the guest will take */
	uint64_t output; /* when the first byte of stdout came, ns; 0: never */
};

void mux_init(struct mux *m);
int mux_feed(struct mux *m, const char *buf, size_t n);

/* session.c */
void session_run(int sock, const char *token);

/* agent.c */
int run_command(char *const argv[], char *out, size_t size);

#endif
