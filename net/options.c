/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * options.c: setsockopt(2) and getsockopt(2). SOL_SOCKET (socket(7)) is here,
 * as far as the families share it; an option that nobody keeps is refused.
 */
#include <posixen/lib.h>
#include <posixen/ktime.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <asm/socket.h>
#include <linux/time_types.h>
#include "core.h"

/* Of Linux: net.core.wmem_max and rmem_max, and what may not be gone below. */
#define BUF_MAX	   212992
#define SNDBUF_MIN 4608
#define RCVBUF_MIN 2304

struct linger_abi {
	int onoff, seconds;
};

/* Linux counts its own overhead too, and so doubles what was asked for. */
static void set_buf(int *buf, int val, int min, bool force)
{
	unsigned int ask = (unsigned int)val;

	if (force)
		ask = MIN((unsigned int)MAX(val, 0), INT_MAX / 2U);
	else
		ask = MIN(ask, (unsigned int)BUF_MAX);
	*buf = MAX((int)ask * 2, min);
}

static int set_timeout(uint64_t *timeout, const void *uval, unsigned int len)
{
	struct __kernel_sock_timeval tv;

	if (len < sizeof(tv))
		return -EINVAL;
	if (copy_in_obj(&tv, uval))
		return -EFAULT;
	if (tv.tv_usec < 0 || tv.tv_usec >= 1000000)
		return -EDOM;
	/* A time that is over already: do not wait. Zero is no limit. */
	if (tv.tv_sec < 0)
		*timeout = 1;
	else if ((uint64_t)tv.tv_sec >= INT64_MAX / NSEC_PER_SEC)
		*timeout = 0;
	else
		*timeout = tv.tv_sec * NSEC_PER_SEC + tv.tv_usec * 1000;
	return 0;
}

static int set_linger(struct socket *s, const void *uval, unsigned int len)
{
	struct linger_abi l;

	if (len < sizeof(l))
		return -EINVAL;
	if (copy_in_obj(&l, uval))
		return -EFAULT;
	s->opt.linger_on = l.onoff;
	if (l.onoff)
		s->opt.linger = l.seconds;
	return 0;
}

static int set_priority(struct socket *s, int val)
{
	if ((val < 0 || val > 6) && !cred_capable(&current_process()->cred))
		return -EPERM;
	s->opt.priority = val;
	return 0;
}

static int set_privileged(int *opt, int val)
{
	if (!cred_capable(&current_process()->cred))
		return -EPERM;
	*opt = val;
	return 0;
}

static int force_buf(int *buf, int val, int min)
{
	if (!cred_capable(&current_process()->cred))
		return -EPERM;
	set_buf(buf, val, min, true);
	return 0;
}

/* The flags among the options. */
static bool *flag_of(struct socket_options *o, int name)
{
	switch (name) {
	case SO_REUSEADDR:
		return &o->reuseaddr;
	case SO_REUSEPORT:
		return &o->reuseport;
	case SO_DONTROUTE:
		return &o->dontroute;
	case SO_BROADCAST:
		return &o->broadcast;
	case SO_KEEPALIVE:
		return &o->keepalive;
	case SO_OOBINLINE:
		return &o->oobinline;
	case SO_PASSCRED:
		return &o->passcred;
	default:
		return NULL;
	}
}

static int set_common(struct socket *s, int name, int val, const void *uval,
		      unsigned int len)
{
	struct socket_options *o = &s->opt;

	if (flag_of(o, name)) {
		*flag_of(o, name) = val;
		return 0;
	}
	switch (name) {
	case SO_SNDBUF:
		set_buf(&o->sndbuf, val, SNDBUF_MIN, false);
		return 0;
	case SO_RCVBUF:
		set_buf(&o->rcvbuf, val, RCVBUF_MIN, false);
		return 0;
	case SO_SNDBUFFORCE:
		return force_buf(&o->sndbuf, val, SNDBUF_MIN);
	case SO_RCVBUFFORCE:
		return force_buf(&o->rcvbuf, val, RCVBUF_MIN);
	case SO_RCVLOWAT:
		o->rcvlowat = val < 0 ? INT_MAX : MAX(val, 1);
		return 0;
	case SO_LINGER:
		return set_linger(s, uval, len);
	case SO_PRIORITY:
		return set_priority(s, val);
	case SO_MARK:
		return set_privileged(&o->mark, val);
	case SO_RCVTIMEO_OLD:
		return set_timeout(&o->rcv_timeout, uval, len);
	case SO_SNDTIMEO_OLD:
		return set_timeout(&o->snd_timeout, uval, len);
	default:
		return -ENOPROTOOPT;
	}
}

/* For the family: a kernel copy of the value. */
static int set_family(struct socket *s, int level, int name, const void *uval,
		      unsigned int len)
{
	char val[SOCKET_OPT_MAX] __attribute__((aligned(8)));
	unsigned int n = MIN(len, (unsigned int)sizeof(val));

	if (!s->ops->setopt)
		return level == SOL_SOCKET ? -ENOPROTOOPT : -EOPNOTSUPP;
	if (copy_in(val, uval, n))
		return -EFAULT;
	return s->ops->setopt(s, level, name, val, n);
}

static int set_socket(struct socket *s, int name, const void *uval,
		      unsigned int len)
{
	int val, err;

	/* The name of an interface: no number. */
	if (name == SO_BINDTODEVICE)
		return set_family(s, SOL_SOCKET, name, uval, len);
	if (len < sizeof(val))
		return -EINVAL;
	if (copy_in_obj(&val, uval))
		return -EFAULT;
	err = set_common(s, name, val, uval, len);
	if (err == -ENOPROTOOPT)
		return set_family(s, SOL_SOCKET, name, uval, len);
	/* A family may have to do something about it. */
	if (!err && s->ops->option_changed)
		s->ops->option_changed(s, name);
	return err;
}

long sys_setsockopt(px_fd fd, px_socklevel level, px_sockopt name,
		    px_optval_in uval, px_socklen len)
{
	struct socket *s;
	struct file *f = socket_get(fd, &s);
	int err;

	if (is_err(f))
		return ptr_err(f);
	if ((int)len < 0)
		err = -EINVAL;
	else
		err = level == SOL_SOCKET
			      ? set_socket(s, name, uval, len)
			      : set_family(s, level, name, uval, len);
	file_put(f);
	return err;
}

static struct __kernel_sock_timeval timeval_of(uint64_t ns)
{
	struct __kernel_sock_timeval tv = {
		.tv_sec = (long long)(ns / NSEC_PER_SEC),
		.tv_usec = (long long)(ns % NSEC_PER_SEC / 1000),
	};

	return tv;
}

union value {
	int n;
	struct linger_abi linger;
	struct __kernel_sock_timeval time;
	char bytes[SOCKET_OPT_MAX];
};

/* The value and its length, or -ENOPROTOOPT. */
static int get_common(struct socket *s, int name, union value *v)
{
	struct socket_options *o = &s->opt;

	if (flag_of(o, name)) {
		v->n = *flag_of(o, name);
		return sizeof(v->n);
	}
	switch (name) {
	case SO_SNDBUF:
		v->n = o->sndbuf;
		break;
	case SO_RCVBUF:
		v->n = o->rcvbuf;
		break;
	case SO_TYPE:
		v->n = s->type;
		break;
	case SO_PROTOCOL:
		v->n = s->protocol;
		break;
	case SO_DOMAIN:
		v->n = s->family;
		break;
	case SO_ERROR:
		v->n = -socket_take_error(s);
		break;
	case SO_ACCEPTCONN:
		v->n = s->listening;
		break;
	case SO_RCVLOWAT:
		v->n = o->rcvlowat;
		break;
	case SO_SNDLOWAT:
		v->n = 1;
		break;
	case SO_PRIORITY:
		v->n = o->priority;
		break;
	case SO_MARK:
		v->n = o->mark;
		break;
	case SO_LINGER:
		v->linger = (struct linger_abi){o->linger_on, o->linger};
		return sizeof(v->linger);
	case SO_RCVTIMEO_OLD:
		v->time = timeval_of(o->rcv_timeout);
		return sizeof(v->time);
	case SO_SNDTIMEO_OLD:
		v->time = timeval_of(o->snd_timeout);
		return sizeof(v->time);
	default:
		return -ENOPROTOOPT;
	}
	return sizeof(v->n);
}

static long get_option(struct socket *s, int level, int name, void *uval,
		       unsigned int *ulen)
{
	unsigned int len, room;
	union value v;
	int have = -ENOPROTOOPT;

	if (copy_in_obj(&len, ulen))
		return -EFAULT;
	if ((int)len < 0)
		return -EINVAL;
	memset(&v, 0, sizeof(v));
	if (level == SOL_SOCKET)
		have = get_common(s, name, &v);
	else if (!s->ops->getopt)
		have = -EOPNOTSUPP;
	if (have == -ENOPROTOOPT && s->ops->getopt) {
		room = MIN(len, (unsigned int)sizeof(v));
		have = s->ops->getopt(s, level, name, &v, &room);
		if (!have)
			have = (int)room;
	}
	if (have < 0)
		return have;
	len = MIN(len, (unsigned int)have);
	if (copy_out(uval, &v, len))
		return -EFAULT;
	return copy_out_obj(ulen, &len);
}

long sys_getsockopt(px_fd fd, px_socklevel level, px_sockopt name,
		    px_optval_out uval, px_socklen_io ulen)
{
	struct socket *s;
	struct file *f = socket_get(fd, &s);
	long ret;

	if (is_err(f))
		return ptr_err(f);
	ret = get_option(s, level, name, uval, ulen);
	file_put(f);
	return ret;
}
