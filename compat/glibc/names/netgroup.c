/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Groups of hosts and users (setnetgrent(3)). There is no directory service
 * that could hold any, so each group is empty, as on a machine without one.
 */
#include <errno.h>
#include <stddef.h>

int setnetgrent(const char *group)
{
	return 0;
}

void endnetgrent(void)
{
}

int getnetgrent_r(char **host, char **user, char **domain, char *buf,
		  size_t len)
{
	return 0;
}

int getnetgrent(char **host, char **user, char **domain)
{
	return 0;
}

int innetgr(const char *group, const char *host, const char *user,
	    const char *domain)
{
	return 0;
}
