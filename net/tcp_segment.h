/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_segment.h: segments of TCP as we hand them to lwIP (tcp_segment.c), and
 * how they leave (tcp_output.c). Kernel context, any; nothing blocks.
 *
 * A segment here may be longer than the connection's MSS, if the device that it
 * goes to cuts it: what costs so much for each segment is then done once for
 * many. To lwIP it is a segment like another. Where that would matter (a part
 * is acknowledged, a part was lost, only a part fits the window) it is cut.
 */
#ifndef NET_TCP_SEGMENT_H
#define NET_TCP_SEGMENT_H

#include <lwip/priv/tcp_priv.h>

/* The MSS of the connection that is sending; 0: none is. What gso.c cuts
 * longer ones to. */
extern uint16_t tcp_sending_mss;

/* A segment of pcb without data, at seqno, in no list. NULL: no memory. */
struct tcp_seg *tcp_segment_new(const struct tcp_pcb *pcb, uint32_t seqno,
				uint8_t flags);
/* Add len bytes to it, which stay where they are until they are acknowledged:
 * *end is its last pbuf, to begin with seg->p. False: no memory. */
bool tcp_segment_add(struct tcp_seg *seg, struct pbuf **end, const void *data,
		     unsigned int len);
/* Append it to what is unsent, behind last (NULL: nothing is unsent). */
void tcp_segment_queue(struct tcp_pcb *pcb, struct tcp_seg *last,
		       struct tcp_seg *seg);
/* Leave n bytes in seg, which is in one of pcb's lists; what is behind them,
 * FIN and PSH included, becomes another segment behind it. */
err_t tcp_segment_cut(struct tcp_pcb *pcb, struct tcp_seg *seg, unsigned int n);
/* Take away what is acknowledged of a segment that only partly is. How many
 * bytes that was: lwIP has not told the socket of them. */
unsigned int tcp_segment_trim(struct tcp_pcb *pcb, struct tcp_seg *seg);

/* How long a segment may be that pcb sends, where one on the wire has size
 * bytes: a multiple of it. */
unsigned int tcp_segment_max(const struct tcp_pcb *pcb, unsigned int size);

#endif
