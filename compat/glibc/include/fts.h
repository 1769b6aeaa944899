/* SPDX-License-Identifier: BSD-2-Clause */
/* fts(3), in glibc's layout on x86-64; musl has no such header. */
#ifndef GLIBC_FTS_H
#define GLIBC_FTS_H

#include <sys/stat.h>
#include <sys/types.h>

/* Options of fts_open(). */
#define FTS_COMFOLLOW  0x0001
#define FTS_LOGICAL    0x0002
#define FTS_NOCHDIR    0x0004
#define FTS_NOSTAT     0x0008
#define FTS_PHYSICAL   0x0010
#define FTS_SEEDOT     0x0020
#define FTS_XDEV       0x0040
#define FTS_WHITEOUT   0x0080
#define FTS_OPTIONMASK 0x00ff
#define FTS_NAMEONLY   0x0100
#define FTS_STOP       0x0200

#define FTS_ROOTPARENTLEVEL -1
#define FTS_ROOTLEVEL	    0

/* What an entry is: fts_info. */
enum {
	FTS_D = 1,
	FTS_DC,
	FTS_DEFAULT,
	FTS_DNR,
	FTS_DOT,
	FTS_DP,
	FTS_ERR,
	FTS_F,
	FTS_INIT,
	FTS_NS,
	FTS_NSOK,
	FTS_SL,
	FTS_SLNONE,
	FTS_W
};

/* fts_flags. */
#define FTS_DONTCHDIR 0x01
#define FTS_SYMFOLLOW 0x02

/* fts_instr: what fts_set() asks for. */
enum { FTS_AGAIN = 1, FTS_FOLLOW, FTS_NOINSTR, FTS_SKIP };

typedef struct _ftsent {
	struct _ftsent *fts_cycle;
	struct _ftsent *fts_parent;
	struct _ftsent *fts_link;
	long fts_number;
	void *fts_pointer;
	char *fts_accpath;
	char *fts_path;
	int fts_errno;
	int fts_symfd;
	unsigned short fts_pathlen;
	unsigned short fts_namelen;
	ino_t fts_ino;
	dev_t fts_dev;
	nlink_t fts_nlink;
	short fts_level;
	unsigned short fts_info;
	unsigned short fts_flags;
	unsigned short fts_instr;
	struct stat *fts_statp;
	char fts_name[1];
} FTSENT;

typedef struct {
	FTSENT *fts_cur;
	FTSENT *fts_child;
	FTSENT **fts_array;
	dev_t fts_dev;
	char *fts_path;
	int fts_rfd;
	int fts_pathlen;
	int fts_nitems;
	int (*fts_compar)(const void *, const void *);
	int fts_options;
} FTS;

FTS *fts_open(char *const *paths, int options,
	      int (*compare)(const FTSENT **, const FTSENT **));
FTSENT *fts_read(FTS *fts);
FTSENT *fts_children(FTS *fts, int options);
int fts_set(FTS *fts, FTSENT *entry, int instruction);
int fts_close(FTS *fts);

#endif
