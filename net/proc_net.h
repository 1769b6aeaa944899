/* SPDX-License-Identifier: BSD-2-Clause */
/* proc_net.h: /proc/net (proc_net.c). */
#ifndef NET_PROC_NET_H
#define NET_PROC_NET_H

struct udp_pcb;
struct dgram_sock;

/* From here on there is /proc/net. At the network's start. */
void proc_net_start(void);
/* proc_stat.c */
struct seq;
struct proc_inode;
int proc_show_snmp(struct seq *s, const struct proc_inode *pi);
int proc_show_sockstat(struct seq *s, const struct proc_inode *pi);
int proc_show_sockstat6(struct seq *s, const struct proc_inode *pi);
/* udp.c: the socket behind a pcb, or NULL: the stack's own. */
const struct dgram_sock *udp_dgram(const struct udp_pcb *p);
/* raw.c: fn of each raw socket. */
void raw_each(void (*fn)(void *arg, const struct dgram_sock *d), void *arg);

#endif
