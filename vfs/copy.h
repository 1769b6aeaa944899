/* SPDX-License-Identifier: BSD-2-Clause */
/* copy.h: moving bytes from file to file inside the runtime (vfs/copy.c). */
#ifndef VFS_COPY_H
#define VFS_COPY_H

#include <posixen/file.h>

#define MAX_COPY ((size_t)0x7ffff000) /* as read(2) and write(2) */

/*
 * Copy up to n bytes from in at *from to out at *to (NULL for a file without
 * positions); both advance by what reached out. Bytes, 0 at end of file, or
 * -errno if none were moved. Blocks where the files do.
 */
ssize_t copy_between(struct file *in, loff_t *from, struct file *out,
		     loff_t *to, size_t n);
/* May the frames that hold a file's contents be used as they are? */
bool has_frames(const struct file *f);
/* The frame of the page at idx, with a reference; PFN_NONE: a hole. */
int frame_of(struct file *f, uint64_t idx, pfn_t *pfn);
/*
 * As copy_between() for an in that has_frames() and an out without positions
 * (socket, pipe): out's write is shown the frames, so that there is one copy or
 * none.
 */
ssize_t send_frames(struct file *in, loff_t *from, struct file *out, size_t n);
/* The position that a call uses: the program's *uoff, or the file's own. */
int offset_in(struct file *f, const long *uoff, loff_t *pos);
int offset_out(struct file *f, long *uoff, loff_t pos);

#endif
