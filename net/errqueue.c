/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * errqueue.c: errors that a datagram socket keeps for recvmsg(MSG_ERRQUEUE):
 * errqueue.h. Only ICMP's: there are no local ones, as "don't fragment" is
 * never set. As much of the datagram comes back as whoever complained has
 * quoted.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <asm/poll.h>
#include <linux/time.h>
#include <linux/errqueue.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <lwip/pbuf.h>
#include "dgram.h"

struct said {
	struct list link;
	ip_addr_t to, offender;
	uint16_t port;
	struct sock_extended_err ee;
	unsigned int len;
	uint8_t data[];
};

/* More is not quoted: RFC 4443, 2.4 (c). */
#define QUOTE_MAX 1280U
#define CHARGE(n) (ALIGN_UP((n), 256U) + 512)

void errqueue_init(struct errqueue *q)
{
	list_init(&q->said);
}

static struct said *first(const struct errqueue *q)
{
	return list_empty(&q->said) ? NULL
				    : list_first(&q->said, struct said, link);
}

static void drop(struct dgram_sock *d, struct said *e)
{
	d->queued -= CHARGE(e->len);
	list_del(&e->link);
	kfree(e);
}

void errqueue_clear(struct dgram_sock *d)
{
	while (first(&d->errors))
		drop(d, first(&d->errors));
}

bool errqueue_wants(const struct dgram_sock *d, const struct icmp_said *e)
{
	return IP_IS_V4(e->remote) ? d->errors.on : d->errors.on6;
}

void errqueue_put(struct dgram_sock *d, const struct icmp_said *e)
{
	unsigned int len = 0;
	struct said *keep;

	if (e->off < e->p->tot_len)
		len = MIN(e->p->tot_len - e->off, QUOTE_MAX);
	if (d->queued + CHARGE(len) > (unsigned int)d->in.s->opt.rcvbuf)
		return;
	keep = kzalloc(sizeof(*keep) + len);
	if (!keep)
		return;
	ip_addr_copy(keep->to, *e->remote);
	ip_addr_copy(keep->offender, *e->offender);
	keep->port = e->rport;
	keep->ee.ee_errno = (uint32_t)e->error;
	keep->ee.ee_origin =
		IP_IS_V4(e->remote) ? SO_EE_ORIGIN_ICMP : SO_EE_ORIGIN_ICMP6;
	keep->ee.ee_type = e->type;
	keep->ee.ee_code = e->code;
	keep->ee.ee_info = e->info;
	keep->len = len;
	pbuf_copy_partial(e->p, keep->data, (u16_t)len, (u16_t)e->off);
	d->queued += CHARGE(len);
	list_append(&d->errors.said, &keep->link);
}

/* struct sock_extended_err, and behind it SO_EE_OFFENDER(). */
static void put_control(struct message *m, const struct dgram_sock *d,
			const struct said *e)
{
	struct {
		struct sock_extended_err ee;
		struct sockaddr_storage_k offender;
	} out = {.ee = e->ee};
	bool v6 = d->in.s->family == AF_INET6;
	size_t len = inet_name_out(&d->in, &e->offender, 0, &out.offender);

	if (m->control_out)
		control_put(m, v6 ? IPPROTO_IPV6 : IPPROTO_IP,
			    v6 ? IPV6_RECVERR : IP_RECVERR, &out,
			    sizeof(out.ee) + len);
}

ssize_t errqueue_recv(struct socket *s, struct message *m)
{
	struct dgram_sock *d = dgram_of(s);
	struct said *e = first(&d->errors), *next;
	size_t n;
	ssize_t ret;

	if (!e)
		return -EAGAIN;
	n = MIN(m->uio->left, (size_t)e->len);
	ret = n ? uio_write(e->data, n, m->uio) : 0;
	if (ret == (ssize_t)n) {
		if (n < e->len)
			m->out_flags |= MSG_TRUNC;
		m->out_flags |= MSG_ERRQUEUE;
		m->name_len = inet_name_out(&d->in, &e->to, e->port, &m->name);
		put_control(m, d, e);
	} else {
		ret = -EFAULT;
	}
	drop(d, e);
	/* SO_ERROR tells of the first that waits. */
	next = first(&d->errors);
	s->error = next ? (int)next->ee.ee_errno : 0;
	if (next)
		socket_wake(s, POLLERR);
	return ret;
}

static bool *option(struct socket *s, int level, int name)
{
	struct errqueue *q = &dgram_of(s)->errors;

	if (level == IPPROTO_IP && name == IP_RECVERR)
		return &q->on;
	if (level == IPPROTO_IPV6 && name == IPV6_RECVERR &&
	    s->family == AF_INET6)
		return &q->on6;
	return NULL;
}

int errqueue_setopt(struct socket *s, int level, int name, const void *val,
		    unsigned int len)
{
	bool *on = option(s, level, name);
	int n, err;

	if (!on)
		return -ENOPROTOOPT;
	if (level == IPPROTO_IPV6 && len < sizeof(n))
		return -EINVAL;
	err = opt_int(val, len, &n);
	if (!err && n)
		err = icmp_errors_start();
	if (err)
		return err;
	*on = n;
	if (!n)
		errqueue_clear(dgram_of(s));
	return 0;
}

int errqueue_getopt(struct socket *s, int level, int name, void *val,
		    unsigned int *len)
{
	bool *on = option(s, level, name);
	int n;

	if (!on)
		return -ENOPROTOOPT;
	if (level == IPPROTO_IP)
		return opt_give_int(val, len, *on);
	n = *on;
	*len = MIN(*len, (unsigned int)sizeof(n));
	memcpy(val, &n, *len);
	return 0;
}
