/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of functions for backtraces, from this executable's own .symtab. Only
 * a crash looks here, so the file is mapped then. */
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <linux/mman.h>
#include <asm/stat.h>
#include <linux/elf.h>
#include <linux/fcntl.h>
#include "host.h"

#define STT_FUNC_ 2

static const Elf64_Sym *symbols;
static size_t nr_symbols;
static const char *names;
static size_t names_size;

static void use_sections(const char *file, size_t size)
{
	const Elf64_Ehdr *eh = (const void *)file;
	const Elf64_Shdr *sh;

	if (size < sizeof(*eh) || eh->e_shentsize != sizeof(*sh) ||
	    eh->e_shoff > size ||
	    eh->e_shnum * sizeof(*sh) > size - eh->e_shoff)
		return;
	sh = (const void *)(file + eh->e_shoff);
	for (int i = 0; i < eh->e_shnum; i++) {
		const Elf64_Shdr *s = sh + i, *str;

		if (s->sh_type != SHT_SYMTAB || s->sh_link >= eh->e_shnum)
			continue;
		str = sh + s->sh_link;
		if (s->sh_offset > size || s->sh_size > size - s->sh_offset ||
		    str->sh_offset > size ||
		    str->sh_size > size - str->sh_offset || !str->sh_size)
			return;
		names = file + str->sh_offset;
		names_size = str->sh_size;
		symbols = (const void *)(file + s->sh_offset);
		nr_symbols = s->sh_size / sizeof(*symbols);
		return;
	}
}

static void load(void)
{
	struct stat st;
	long fd, p;

	fd = host_syscall3(__NR_open, "/proc/self/exe", O_RDONLY, 0);
	if (fd < 0)
		return;
	if (host_syscall2(__NR_fstat, fd, &st) == 0) {
		p = host_syscall6(__NR_mmap, 0, st.st_size, PROT_READ,
				  MAP_PRIVATE, fd, 0);
		if (p > 0)
			use_sections((const char *)p, st.st_size);
	}
	host_syscall1(__NR_close, fd);
}

const char *plat_symbol(uintptr_t addr, size_t *off)
{
	static bool loaded;
	const Elf64_Sym *best = NULL;

	if (!loaded) {
		loaded = true;
		load();
	}
	for (size_t i = 0; i < nr_symbols; i++) {
		const Elf64_Sym *s = symbols + i;

		/* Assembler labels have no size and no type; the nearest symbol
		 * below is the best guess. */
		if (!s->st_shndx || s->st_value > addr ||
		    s->st_name >= names_size ||
		    ELF64_ST_TYPE(s->st_info) != STT_FUNC_)
			continue;
		if (s->st_size && addr - s->st_value >= s->st_size)
			continue;
		if (!best || s->st_value > best->st_value)
			best = s;
	}
	if (!best)
		return NULL;
	*off = addr - best->st_value;
	return names + best->st_name;
}
