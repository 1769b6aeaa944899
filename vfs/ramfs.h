/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ramfs.h: the memory filesystem's own: ramfs.c (instances), ramfs_dir.c
 * (names), ramfs_data.c (contents), ramfs_size.c (truncate and fallocate).
 */
#ifndef VFS_RAMFS_H
#define VFS_RAMFS_H

#include "internal.h"
#include "page_index.h"

/* v->priv of a regular file. Guarded by the kernel context. */
struct ramfs_file {
	struct page_index pages; /* words made by page_word() */
};

/*
 * A word of the page index is a frame number + 1. This bit marks a page that
 * fallocate(2) reserved and nobody has written: it is zeroes, takes space, and
 * is a hole to SEEK_DATA.
 */
#define PAGE_UNWRITTEN 0x80000000u

/* What tmpfs counts for a name in the size of a directory. */
#define RAMFS_DIRENT_SIZE 20

static inline uint32_t page_word(pfn_t pfn)
{
	return pfn + 1;
}

static inline pfn_t word_pfn(uint32_t word)
{
	return (word & ~PAGE_UNWRITTEN) - 1;
}

static inline struct ramfs_file *ramfs_file(const struct vnode *v)
{
	return v->priv;
}

extern const struct vnode_ops ramfs_dir_ops, ramfs_reg_ops, ramfs_lnk_ops,
	ramfs_special_ops;
extern const struct file_ops ramfs_reg_file_ops;

/* A vnode counted against the limit of files; err_ptr(-ENOSPC, -ENOMEM). */
struct vnode *ramfs_vnode(struct super *s, uint32_t mode, uint64_t rdev);
struct vnode *ramfs_symlink_vnode(struct super *s, const char *to);
/* Change the number of links; the super counts those with none. */
void ramfs_links(struct vnode *v, int n);
void ramfs_evict(struct vnode *v);
bool ramfs_is_regular(const struct vnode *v);
int ramfs_options(struct super *s, struct vnode *root, const char *options);

/* Space for one page of s: false when its share is used up. */
bool ramfs_take_page(struct super *s);
void ramfs_give_pages(struct super *s, uint64_t n);
/* The frame of page idx, made (zeroed) if absent. -ENOSPC. */
int ramfs_get_frame(struct vnode *v, uint64_t idx, pfn_t *out);
/* Free pages [first, end). They are unmapped already. */
void ramfs_free_pages(struct vnode *v, uint64_t first, uint64_t end);
int ramfs_truncate(struct vnode *v, uint64_t size);
void ramfs_zero_range(struct vnode *v, uint64_t from, uint64_t to);
int ramfs_fallocate(struct file *f, int mode, loff_t off, loff_t len);
loff_t ramfs_llseek(struct file *f, loff_t off, int whence);

#endif
