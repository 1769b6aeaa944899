/* SPDX-License-Identifier: BSD-2-Clause */
/* What the system says of itself: uname(2), sysinfo(2) and kin. */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/sysinfo.h>
#include <posixen/uaccess.h>
#include <linux/reboot.h>
#include <linux/sysinfo.h>
#include <linux/utsname.h>

/* The Linux whose calls these are; programs look for features by it. */
#define RELEASE "6.1.0-posixen"

static char hostname[__NEW_UTS_LEN + 1];
static char domainname[__NEW_UTS_LEN + 1] = "(none)";

const char *system_hostname(void)
{
	const char *given = param_get("hostname");

	if (!hostname[0])
		strlcpy(hostname, given && *given ? given : "posixen",
			sizeof(hostname));
	return hostname;
}

void system_set_hostname(const char *name)
{
	strlcpy(hostname, name, sizeof(hostname));
}

const char *system_release(void)
{
	return RELEASE;
}

const char *system_domainname(void)
{
	return domainname;
}

long sys_uname(void *ubuf)
{
	struct new_utsname u;

	memset(&u, 0, sizeof(u));
	strlcpy(u.sysname, "Linux", sizeof(u.sysname));
	strlcpy(u.nodename, system_hostname(), sizeof(u.nodename));
	strlcpy(u.release, RELEASE, sizeof(u.release));
	strlcpy(u.version, "#1 Posixen", sizeof(u.version));
	strlcpy(u.machine, "x86_64", sizeof(u.machine));
	strlcpy(u.domainname, domainname, sizeof(u.domainname));
	return copy_out_obj((struct new_utsname *)ubuf, &u);
}

static long set_name(char *to, const void *uname, size_t len)
{
	char name[__NEW_UTS_LEN + 1] = {0};

	if (!cred_capable(&current_process()->cred))
		return -EPERM;
	if (len > __NEW_UTS_LEN)
		return -EINVAL;
	if (copy_in(name, uname, len))
		return -EFAULT;
	memcpy(to, name, sizeof(name));
	return 0;
}

long sys_sethostname(const void *uname, size_t len)
{
	/* The size is an int in Linux: a negative one is EINVAL as well. */
	return set_name(hostname, uname, len);
}

long sys_setdomainname(const void *uname, size_t len)
{
	return set_name(domainname, uname, len);
}

long sys_sysinfo(void *uinfo)
{
	struct sysinfo si;

	memset(&si, 0, sizeof(si));
	si.uptime = plat_monotonic_ns() / NSEC_PER_SEC;
	si.totalram = page_total() * PAGE_SIZE;
	si.freeram = page_free_count() * PAGE_SIZE;
	si.sharedram = page_use_count(PAGE_FILE) * PAGE_SIZE;
	system_loads(si.loads);
	si.procs = current_process()->nr_threads;
	si.mem_unit = 1;
	return copy_out_obj((struct sysinfo *)uinfo, &si);
}

long sys_reboot(int magic1, int magic2, int cmd, void *arg)
{
	unsigned int m2 = magic2;

	if (!cred_capable(&current_process()->cred))
		return -EPERM;
	if ((unsigned int)magic1 != LINUX_REBOOT_MAGIC1 ||
	    (m2 != LINUX_REBOOT_MAGIC2 && m2 != LINUX_REBOOT_MAGIC2A &&
	     m2 != LINUX_REBOOT_MAGIC2B && m2 != LINUX_REBOOT_MAGIC2C))
		return -EINVAL;
	switch ((unsigned int)cmd) {
	case LINUX_REBOOT_CMD_CAD_ON:
	case LINUX_REBOOT_CMD_CAD_OFF:
		return 0; /* no keyboard whose Ctrl-Alt-Del would come */
	case LINUX_REBOOT_CMD_HALT:
	case LINUX_REBOOT_CMD_POWER_OFF:
		process_exit(0);
	case LINUX_REBOOT_CMD_RESTART:
		return plat_reboot();
	default:
		return -EINVAL;
	}
}
