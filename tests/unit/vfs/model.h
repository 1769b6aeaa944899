/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * model.h: what the parts of the model share.
 *
 * model.c		sequences of calls, and the comparison of the trees
 * model_files.c	calls on descriptors
 * model_names.c	calls on names
 * model_sides.c	the rest
 */
#ifndef TESTS_UNIT_VFS_MODEL_H
#define TESTS_UNIT_VFS_MODEL_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "../unit.h"
#include <posixen/syscalls.h>
#include "fake.h"

#define SLOTS	12
#define MAX_IO	20000
#define HISTORY 100

extern uint64_t rng;
extern unsigned long step;
extern char history[HISTORY][400];
extern int ours_fd[SLOTS], host_fd[SLOTS];
extern int failed;
extern unsigned int uid;
/*
 * Linux's tmpfs shows reserved pages that nobody wrote as holes, except after
 * some truncations near them. So a sequence either reserves pages or looks for
 * holes.
 */
extern int reserving;
extern char buf_o[MAX_IO], buf_h[MAX_IO];

/* Below n, by chance. */
unsigned int rnd(unsigned int n);
/* The call that is made now, for the history. */
void note(const char *fmt, ...);
/* Both sides must have it. */
void same(const char *what, long o, long h);
/* -errno, as ours have it. */
long host(long r);
#define HOST(...) host(syscall(__VA_ARGS__))
/* A path of few names, so that calls meet; four can be in use. */
const char *path(int which);
/* A directory for *at calls: the working directory or a slot. */
int slot_or_cwd(int *o, int *h);
void compare_stat(const struct stat *o, const struct stat *h);
void close_slot(int s);
bool is_dir(int s);
/* Another user, on both sides. */
void become(unsigned int id);

/* model_files.c */
void do_fstat(void);
void do_open(void);
void do_openat2(void);
void do_close(void);
void do_write(void);
void do_read(void);
void do_lseek(void);
void do_truncate(void);
void do_fallocate(void);
void do_dup(void);
void do_getfl(void);

/* model_names.c */
void do_stat(void);
void do_mkdir(void);
void do_mknod(void);
void do_unlink(void);
void do_rename(void);
void do_link(void);
void do_symlink(void);
void do_readlink(void);
void do_chmod(void);
void do_chown(void);
void do_utimens(void);
void do_access(void);
void do_chdir(void);
void do_getcwd(void);
void do_getdents(void);
void do_become(void);
void do_same_file(void);
void do_umask(void);
void do_mount(void);
void do_umount(void);

#endif
