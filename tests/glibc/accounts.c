/* SPDX-License-Identifier: BSD-2-Clause */
/* getpwent_r(3), getgrent_r(3), getspent_r(3) and those that read a file. */
#define _GNU_SOURCE
#include "test.h"
#include <grp.h>
#include <pwd.h>
#include <shadow.h>

static const char passwd_text[] = "root:x:0:0:The Root:/root:/bin/sh\n"
				  "user:*:1000:100::/home/user:/bin/false\n";
static const char group_text[] = "root:x:0:\nusers:x:100:user,other,third\n";
static const char shadow_text[] = "root:*:19000:0:99999:7:::\n"
				  "user:!:19001::::::\n";

static void passwords(void)
{
	FILE *f = fmemopen((void *)passwd_text, sizeof(passwd_text) - 1, "r");
	struct passwd pw, *result;
	char buf[256];

	SHOW(fgetpwent_r(f, &pw, buf, 20, &result));
	SHOW(result == NULL);
	/* The one that did not fit comes again. */
	while (!fgetpwent_r(f, &pw, buf, sizeof(buf), &result))
		printf("%s %s %u %u %s %s %s %d\n", pw.pw_name, pw.pw_passwd,
		       pw.pw_uid, pw.pw_gid, pw.pw_gecos, pw.pw_dir,
		       pw.pw_shell, result == &pw);
	SHOW(fgetpwent_r(f, &pw, buf, sizeof(buf), &result));
	fclose(f);
	setpwent();
	SHOW(getpwent_r(&pw, buf, sizeof(buf), &result));
	printf("%s %u %s\n", pw.pw_name, pw.pw_uid, pw.pw_dir);
	endpwent();
}

static void groups(void)
{
	FILE *f = fmemopen((void *)group_text, sizeof(group_text) - 1, "r");
	struct group gr, *result;
	char buf[256];

	while (!fgetgrent_r(f, &gr, buf, sizeof(buf), &result)) {
		printf("%s %s %u:", gr.gr_name, gr.gr_passwd, gr.gr_gid);
		for (char **m = gr.gr_mem; *m; m++)
			printf(" %s", *m);
		printf("\n");
	}
	rewind(f);
	SHOW(fgetgrent_r(f, &gr, buf, 4, &result));
	fclose(f);
	setgrent();
	SHOW(getgrent_r(&gr, buf, sizeof(buf), &result));
	printf("%s %u\n", gr.gr_name, gr.gr_gid);
	endgrent();
}

static void shadows(void)
{
	FILE *f = fmemopen((void *)shadow_text, sizeof(shadow_text) - 1, "r");
	struct spwd sp, *result;
	char buf[256];

	while (!fgetspent_r(f, &sp, buf, sizeof(buf), &result))
		printf("%s %s %ld %ld %ld\n", sp.sp_namp, sp.sp_pwdp,
		       sp.sp_lstchg, sp.sp_max, sp.sp_warn);
	fclose(f);
}

void test_accounts(void)
{
	passwords();
	groups();
	shadows();
}
