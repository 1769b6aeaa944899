/* SPDX-License-Identifier: BSD-2-Clause */
/* sysv.h: what the tests of System V IPC share. Identifiers are not printed. */
#ifndef TESTS_POSIX_SYSV_H
#define TESTS_POSIX_SYSV_H

#include "t.h"
#include <limits.h>
#include <time.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#ifndef MSG_COPY
#define MSG_COPY 040000
#endif
#ifndef MSG_EXCEPT
#define MSG_EXCEPT 020000
#endif
#ifndef MSG_STAT_ANY
#define MSG_STAT_ANY 13
#endif
#ifndef SEM_STAT_ANY
#define SEM_STAT_ANY 20
#endif
#ifndef SHM_STAT_ANY
#define SHM_STAT_ANY 15
#endif

union semun_arg {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
	struct seminfo *info;
};

static inline void be_user(unsigned int uid)
{
	syscall(SYS_setresuid, -1, 0, -1);
	if (uid) {
		syscall(SYS_setresgid, uid, uid, uid);
		syscall(SYS_setresuid, uid, uid, 0);
	} else {
		syscall(SYS_setresuid, 0, 0, 0);
		syscall(SYS_setresgid, 0, 0, 0);
	}
}

static inline int now_or_so(time_t t)
{
	time_t now = time(NULL);

	return t <= now && t > now - 60;
}

/* A line of /proc/sysvipc without what differs from run to run: identifiers,
 * processes, times. columns: one letter for each, x to leave it out. */
static inline void t_sysvipc(const char *file, const char *columns)
{
	char text[4096], *line, *save, *word, *s2;
	int fd = open(file, O_RDONLY), n = 0;
	ssize_t len = read(fd, text, sizeof(text) - 1);

	close(fd);
	text[len > 0 ? len : 0] = 0;
	line = strtok_r(text, "\n", &save);
	t_str("heading", line ? line : "none");
	while ((line = strtok_r(NULL, "\n", &save))) {
		const char *c = columns;

		t_say("%d:", n++);
		for (word = strtok_r(line, " ", &s2); word;
		     word = strtok_r(NULL, " ", &s2))
			if (*c && *c++ != 'x')
				t_say(" %s", word);
		t_say("\n");
	}
}

#endif
