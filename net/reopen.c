/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reopen.c: a client that comes round to a port it used less than a minute ago.
 *
 * The connection of that name may wait here in TIME_WAIT. A SYN whose sequence
 * number is beyond what that one received begins a new one (RFC 9293, 3.6.1).
 * lwIP would acknowledge it, which the client answers with a reset that
 * TIME_WAIT ignores, until the minute is over.
 */
#include <lwip/priv/tcp_priv.h>
#include <hooks.h>

/*
 * lwIP asks for each segment that has found its pcb; not ERR_OK: it is done
 * with. Here for one whose pcb is in TIME_WAIT. The segment goes through
 * tcp_input() once more, which then finds who listens; its static variables are
 * not read again after a hook that took the segment.
 */
err_t net_tcp_reopen(struct tcp_pcb *pcb, struct tcp_hdr *h, uint16_t optlen,
		     const void *opt2, struct pbuf *p)
{
	if ((TCPH_FLAGS(h) & (TCP_SYN | TCP_ACK | TCP_RST)) != TCP_SYN ||
	    !TCP_SEQ_GT(h->seqno, pcb->rcv_nxt) || opt2)
		return ERR_OK;
	/* As it came: in network order, with its header. */
	h->src = lwip_htons(h->src);
	h->dest = lwip_htons(h->dest);
	h->seqno = lwip_htonl(h->seqno);
	h->ackno = lwip_htonl(h->ackno);
	h->wnd = lwip_htons(h->wnd);
	if (pbuf_add_header(p, TCP_HLEN + optlen))
		return ERR_VAL;
	tcp_abort(pcb); /* sends nothing in TIME_WAIT */
	pbuf_ref(p);
	tcp_input(p, ip_current_input_netif());
	return ERR_ABRT;
}
