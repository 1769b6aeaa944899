/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netfront.h: the driver's surroundings in this test.
 *
 * Frames are poisoned while they are free, so that a read or write of one ends
 * the test. Grants are counted per frame, and a frame that is freed or handed
 * up while the backend can reach it fails a check.
 */
#ifndef TESTS_UNIT_NETFRONT_H
#define TESTS_UNIT_NETFRONT_H

#include <stdint.h>
#include <stdlib.h>
#include <posixen/klog.h>
#include <posixen/kthread.h>
#include <posixen/mem.h>
#include <posixen/netdev.h>
#include <posixen/platform.h>
#include <posixen/rxpage.h>
#include <posixen/thread.h>
#include <posixen/txpage.h>
#include "../../../xen/event.h"
#include "../../../xen/netfront.h"

#define FRAMES 3000u
#define REFS   4096u

/* Each check counts; the first that fails is shown and ends the test. */
#define MUST(c)                                                                \
	do {                                                                   \
		checks++;                                                      \
		if (!(c))                                                      \
			failed(__FILE__, __LINE__, #c);                        \
	} while (0)
extern unsigned long checks;
void failed(const char *file, int line, const char *what);

/* fakes.c */
void fakes_init(void);
struct grant {
	bool used, set, readonly;
	pfn_t pfn;
	unsigned int mapped; /* the backend is at it: it cannot be ended */
	bool later;	     /* ends, and puts the frame, when it is not */
	domid_t domid;
};
extern struct grant grants[REFS];
void grant_map(grant_ref_t ref);
void grant_unmap(grant_ref_t ref);
extern unsigned int frames_used, refs_used, kmallocs;
extern unsigned int fail_alloc; /* one in so many allocations fails; 0: none */
extern unsigned int sends[16];	/* event_send() by port */
extern unsigned int log_lines;
bool timer_fire(void); /* one that is armed; false: none is */
void run_kthreads(void);
extern bool inside_kthread;
void fire(int port); /* an event from the backend */
extern unsigned int total_frames;

/* What the stack got. */
struct got {
	unsigned int len, flags, gso_size;
	uint8_t *data;
};
extern struct got got[64];
extern unsigned int nr_got, nr_done, nr_ready, link_changes;
extern void (*on_done)(void); /* the burst is over */
extern bool drop_got;	      /* the stack frees at once, and nobody looks */
void got_clear(void);

/* store.c: the device and what is in the store about it. */
extern struct xenbus_device bus;
extern struct {
	unsigned int split, sg, gso, csum, mcast, copy, mtu, carrier;
} offers;
extern struct {
	int tx_ref, rx_ref, tx_port, rx_port;
} keys;
extern unsigned int store_error_in; /* the n-th write from now fails */
struct netfront *plug(void);
void unplug(void);
void backend_says(enum xenbus_state state);

/* backend.c: the other side's end of both rings. */
struct sent {
	uint8_t *data;
	unsigned int len, flags, gso_size, slots;
};
struct back {
	struct netif_tx_sring *tx;
	struct netif_rx_sring *rx;
	uint32_t tx_cons, tx_rsp, rx_cons;
	/* Requests taken and not answered, in the order to answer them. */
	struct {
		uint16_t id;
		bool extra;
	} owed[TX_SLOTS];
	unsigned int nr_owed;
	struct sent sent[TX_SLOTS];
	unsigned int nr_sent;
	unsigned int nr_mcast;
	uint8_t mcast[TX_SLOTS][6];
};
void back_attach(struct back *b);
/* Move both rings' indices so that the next ones wrap. */
void back_shift(struct back *b, struct netfront *nf, uint32_t by);
/* Take what was sent (data are the caller's to free by back_clear()). */
void back_take_tx(struct back *b);
/* Answer so many requests, in random order; an event if one is due. */
void back_answer_tx(struct back *b, unsigned int n);
unsigned int back_rx_room(struct back *b);
/* Put a packet into posted pages, unseen until back_push_rx(). */
struct rx_send {
	const uint8_t *data;
	unsigned int len, flags, gso_size;
	unsigned int junk; /* extra infos of unknown types before GSO's */
};
bool back_put_rx(struct back *b, const struct rx_send *s);
void back_push_rx(struct back *b);
void back_clear(struct back *b);

/* netfront.c */
uint32_t rnd(uint32_t below);

#endif
