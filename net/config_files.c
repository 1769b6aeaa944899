/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * config_files.c: /etc/hostname, /etc/hosts and /etc/resolv.conf. A file that
 * the image has is never touched; resolv.conf, if it is ours, follows what DHCP
 * and router advertisements say, by a thread of its own because writing a file
 * may wait.
 */
#include <posixen/file.h>
#include <posixen/fs.h>
#include <posixen/klog.h>
#include <posixen/kthread.h>
#include <posixen/lib.h>
#include <posixen/param.h>
#include <posixen/sysinfo.h>
#include <linux/fcntl.h>
#include "config.h"

#define NAME_MAX_LEN 64

static struct file *resolv; /* open, if it is ours */
static bool started, updating;

void config_files_hostname(const char *name)
{
	if (!param_get("hostname"))
		system_set_hostname(name);
}

/* A name for the machine out of the image's /etc/hostname. */
static void read_hostname(void)
{
	struct file *f = vfs_open(AT_FDCWD, "/etc/hostname", O_RDONLY, 0);
	char name[NAME_MAX_LEN + 1];
	loff_t pos = 0;
	ssize_t n;

	if (is_err(f))
		return;
	n = file_kread(f, name, NAME_MAX_LEN, &pos);
	file_put(f);
	for (ssize_t i = 0; i < n; i++)
		if (name[i] == '\n' || name[i] == ' ')
			n = i;
	if (n <= 0)
		return;
	name[n] = '\0';
	config_files_hostname(name);
}

/* A new file in /etc, or NULL: there is one, or it cannot be made. */
static struct file *fresh(const char *path)
{
	struct file *f =
		vfs_open(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL, 0644);

	return is_err(f) ? NULL : f;
}

static void write_text(struct file *f, const char *text)
{
	loff_t pos = 0;

	if (file_kwrite(f, text, strlen(text), &pos) < 0)
		klog("no room for a file in /etc\n");
}

static void write_new(const char *path, const char *text)
{
	struct file *f = fresh(path);

	if (!f)
		return;
	write_text(f, text);
	file_put(f);
}

static void write_resolv(void)
{
	struct kattr empty = {.mask = ATTR_SIZE};
	char text[256] = "";
	size_t at = 0;
	const ip_addr_t *a;

	for (unsigned int i = 0; i < CONFIG_DNS_MAX; i++) {
		char name[IPADDR_STRLEN_MAX];

		a = config_dns_server(i);
		if (!a)
			break;
		if (IP_IS_V6(a))
			config_ip6_text(ip_2_ip6(a), name);
		else
			ip4addr_ntoa_r(ip_2_ip4(a), name, sizeof(name));
		at += snprintf(text + at, sizeof(text) - at,
			       "nameserver %s%s\n", name,
			       IP_IS_V6(a) && ip6_addr_islinklocal(ip_2_ip6(a))
				       ? "%eth0"
				       : "");
	}
	resolv->vnode->ops->setattr(resolv->vnode, &empty);
	write_text(resolv, text);
}

static void update(void *arg)
{
	updating = false;
	if (resolv)
		write_resolv();
}

void config_files_dns_changed(void)
{
	if (!started || !resolv || updating)
		return;
	updating = kthread_start("resolv.conf", update, NULL) == 0;
}

/* An archive (cpio(5), newc) that holds the directory /etc: the way by which
 * the runtime fills the root. */
#define F0 "00000000"
static const char etc_archive[] =
	"070701" F0 "000041ed" F0 F0 "00000002" F0 F0 F0 F0 F0 F0 "00000004" F0
	"etc\0\0"
	"070701" F0 F0 F0 F0 "00000001" F0 F0 F0 F0 F0 F0 "0000000b" F0
	"TRAILER!!!\0\0\0";

static bool make_etc(void)
{
	struct path p;

	if (path_lookup(AT_FDCWD, "/etc", WALK_FOLLOW, &p) == 0) {
		path_put(&p);
		return true;
	}
	return cpio_unpack(etc_archive, sizeof(etc_archive) - 1) == 0;
}

void config_files_start(void)
{
	char text[2 * NAME_MAX_LEN + 100];

	read_hostname();
	if (!make_etc())
		return;
	snprintf(text, sizeof(text), "%s\n", system_hostname());
	write_new("/etc/hostname", text);
	snprintf(text, sizeof(text),
		 "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost\n"
		 "127.0.1.1\t%s\n",
		 system_hostname());
	write_new("/etc/hosts", text);
	resolv = fresh("/etc/resolv.conf");
	if (resolv)
		write_resolv();
	started = true;
}

void config_files_stop(void)
{
	if (resolv)
		file_put(resolv);
	resolv = NULL;
}
