/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kmalloc.c: the kernel heap (mem.h).
 *
 * Small objects come from pages that hold objects of one size class. Such a
 * page's state lies in its struct page (PG_SLAB): order is the class, slab_used
 * counts objects out, slab_first is the offset of a free object, whose first
 * two bytes hold the offset of the next, and so on to SLAB_END. Pages with a
 * free object are linked by next and prev. A page whose last object comes back
 * is given up, except one per class, so that a lone object that comes and goes
 * does not take a page along each time.
 *
 * Larger objects are whole frames in one piece (PG_LARGE), as many as needed:
 * what the buddy order has too much goes back at once. Where no such piece is
 * left, or none is large enough, kvmap.c joins single frames.
 *
 * With POSIXEN_DEBUG freed objects are filled with a pattern which is checked
 * when they go out again.
 */
#include "kvmap.h"
#include <posixen/mem.h>
#include <posixen/klog.h>
#include <posixen/lib.h>

#define SLAB_END  0xffff
#define SMALL_MAX 2048u
#define NO_PAGE	  0u /* page.c never hands out frame 0 */
#define POISON	  0x6b

static const uint16_t class_size[] = {
	16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024, 2048,
};
#define CLASSES ARRAY_SIZE(class_size)

static pfn_t partial[CLASSES];	/* pages with a free object */
static uint32_t spare[CLASSES]; /* empty pages among them */
static size_t bytes_in_use;

size_t kmalloc_in_use(void)
{
	return bytes_in_use;
}

static unsigned int class_of(size_t n)
{
	unsigned int c = 0;

	while (class_size[c] < n)
		c++;
	return c;
}

static void link_partial(pfn_t pfn)
{
	struct page *pg = pfn_to_page(pfn);
	pfn_t *head = &partial[pg->order];

	pg->prev = NO_PAGE;
	pg->next = *head;
	if (*head != NO_PAGE)
		pfn_to_page(*head)->prev = pfn;
	*head = pfn;
}

static void unlink_partial(pfn_t pfn)
{
	struct page *pg = pfn_to_page(pfn);

	if (pg->prev != NO_PAGE)
		pfn_to_page(pg->prev)->next = pg->next;
	else
		partial[pg->order] = pg->next;
	if (pg->next != NO_PAGE)
		pfn_to_page(pg->next)->prev = pg->prev;
}

static uint16_t *object_at(pfn_t pfn, unsigned int off)
{
	return (uint16_t *)((char *)pfn_to_virt(pfn) + off);
}

#ifdef POSIXEN_DEBUG
static void poison(void *p, size_t n)
{
	memset((char *)p + 2, POISON, n - 2);
}

static void check_poison(const void *p, size_t n)
{
	const unsigned char *b = p;

	for (size_t i = 2; i < n; i++) {
		if (b[i] != POISON)
			panic("heap object %p was written after kfree\n", p);
	}
}
#else
static void poison(void *p, size_t n)
{
}

static void check_poison(const void *p, size_t n)
{
}
#endif

static bool grow_class(unsigned int c)
{
	pfn_t pfn = page_alloc_inner(PAGE_KERNEL, 0);
	unsigned int size = class_size[c], off = 0;
	struct page *pg;

	if (pfn == PFN_NONE)
		return false;
	pg = pfn_to_page(pfn);
	pg->flags = PG_SLAB;
	pg->order = (uint8_t)c;
	pg->slab_used = 0;
	pg->slab_first = 0;
	for (; off + 2 * size <= PAGE_SIZE; off += size) {
		*object_at(pfn, off) = (uint16_t)(off + size);
		poison(object_at(pfn, off), size);
	}
	*object_at(pfn, off) = SLAB_END;
	poison(object_at(pfn, off), size);
	link_partial(pfn);
	spare[c]++;
	return true;
}

static void *alloc_small(size_t n)
{
	unsigned int c = class_of(n);
	struct page *pg;
	uint16_t *p;

	if (partial[c] == NO_PAGE && !grow_class(c))
		return NULL;
	pg = pfn_to_page(partial[c]);
	p = object_at(partial[c], pg->slab_first);
	pg->slab_first = *p;
	if (!pg->slab_used++)
		spare[c]--;
	if (pg->slab_first == SLAB_END)
		unlink_partial(partial[c]);
	check_poison(p, class_size[c]);
	bytes_in_use += class_size[c];
	return p;
}

static void give_up_page(pfn_t pfn)
{
	struct page *pg = pfn_to_page(pfn);

	unlink_partial(pfn);
	pg->flags = 0;
	pg->refs = 1;
	page_free(pfn, 0);
}

static void free_small(void *p, pfn_t pfn)
{
	struct page *pg = pfn_to_page(pfn);
	unsigned int c = pg->order;
	uint16_t *object = p;

	assert(pg->slab_used && (uintptr_t)p % PAGE_SIZE % class_size[c] == 0);
	poison(p, class_size[c]);
	if (pg->slab_first == SLAB_END)
		link_partial(pfn);
	*object = pg->slab_first;
	pg->slab_first = (uint16_t)((uintptr_t)p % PAGE_SIZE);
	bytes_in_use -= class_size[c];
	if (--pg->slab_used)
		return;
	if (spare[c])
		give_up_page(pfn);
	else
		spare[c]++;
}

static void free_frames(pfn_t first, pfn_t end)
{
	for (; first < end; first++)
		page_free(first, 0);
}

static void *alloc_joined(size_t n)
{
	void *p = kvmap_alloc(n);

	if (p)
		bytes_in_use += PAGE_UP(n);
	return p;
}

static void *alloc_large(size_t n)
{
	size_t frames = PAGE_UP(n) >> PAGE_SHIFT;
	unsigned int order = 0;
	pfn_t pfn;

	while ((size_t)1 << order < frames && order <= PAGE_MAX_ORDER)
		order++;
	pfn = page_alloc_inner(PAGE_KERNEL, order);
	if (pfn == PFN_NONE)
		return alloc_joined(n);
	page_split(pfn, order);
	free_frames(pfn + (pfn_t)frames, pfn + (1u << order));
	pfn_to_page(pfn)->flags = PG_LARGE;
	pfn_to_page(pfn)->next = (uint32_t)frames;
	bytes_in_use += frames << PAGE_SHIFT;
	return pfn_to_virt(pfn);
}

static void free_large(pfn_t pfn)
{
	uint32_t frames = pfn_to_page(pfn)->next;

	bytes_in_use -= (size_t)frames << PAGE_SHIFT;
	free_frames(pfn, pfn + frames);
}

void *kmalloc(size_t n)
{
	if (inject_should_fail() || n > SIZE_MAX / 2)
		return NULL;
	return n <= SMALL_MAX ? alloc_small(n) : alloc_large(n);
}

void *kzalloc(size_t n)
{
	void *p = kmalloc(n);

	return p ? memset(p, 0, n) : NULL;
}

void kfree(void *p)
{
	pfn_t pfn = virt_to_pfn(p);
	struct page *pg = pfn_to_page(pfn);

	if (!p)
		return;
	if (is_kvmap(p)) {
		bytes_in_use -= kvmap_size(p);
		kvmap_free(p);
		return;
	}
	if (pg->flags & PG_SLAB) {
		free_small(p, pfn);
		return;
	}
	assert((pg->flags & PG_LARGE) && (uintptr_t)p % PAGE_SIZE == 0);
	free_large(pfn);
}

static size_t room_of(const void *p)
{
	const struct page *pg = pfn_to_page(virt_to_pfn(p));

	if (is_kvmap(p))
		return kvmap_size(p);
	return pg->flags & PG_SLAB ? class_size[pg->order]
				   : (size_t)pg->next << PAGE_SHIFT;
}

void *krealloc(void *p, size_t n)
{
	void *q;
	size_t room;

	if (!p)
		return kmalloc(n);
	room = room_of(p);
	if (n <= room && n > room / 4)
		return p;
	q = kmalloc(n);
	if (!q)
		return NULL;
	memcpy(q, p, MIN(n, room));
	kfree(p);
	return q;
}

char *kstrndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *p = kmalloc(len + 1);

	if (p) {
		memcpy(p, s, len);
		p[len] = '\0';
	}
	return p;
}

char *kstrdup(const char *s)
{
	return kstrndup(s, SIZE_MAX - 1);
}
