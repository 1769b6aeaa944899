/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * count: a QEMU TCG plugin that counts how often each translated block is
 * executed, and writes "address instructions" of each to the file of its
 * argument out= when the machine ends. All of the machine is in it: guests,
 * dom0, Xen.
 *
 * The prototypes are those of QEMU's docs/devel/tcg-plugins.rst, version 1:
 * Debian has no package with the header.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct qemu_plugin_tb;
typedef uint64_t plugin_id;

void qemu_plugin_register_vcpu_tb_trans_cb(
	plugin_id id, void (*cb)(plugin_id id, struct qemu_plugin_tb *tb));
void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *tb, int op,
					      void *counter, uint64_t add);
void qemu_plugin_register_atexit_cb(plugin_id id,
				    void (*cb)(plugin_id id, void *arg),
				    void *arg);
uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
int qemu_plugin_install(plugin_id id, const void *info, int argc, char **argv);

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

#define OP_ADD_U64 0
#define BUCKETS	   (1u << 18)

struct block {
	struct block *next;
	uint64_t address, instructions;
	uint64_t executed; /* instructions, not times */
};

static struct block *table[BUCKETS];
static const char *file = "count.out";

/* A block is translated anew whenever its page was thrown out, and blocks of
 * several lengths begin at one address: each keeps its own counter. */
static struct block *find(uint64_t address, uint64_t instructions)
{
	struct block **at = &table[(address * 0x9e3779b97f4a7c15u) >> 46];
	struct block *b;

	for (b = *at; b; b = b->next)
		if (b->address == address && b->instructions == instructions)
			return b;
	b = calloc(1, sizeof(*b));
	if (!b)
		abort();
	b->address = address;
	b->instructions = instructions;
	b->next = *at;
	*at = b;
	return b;
}

static void translated(plugin_id id, struct qemu_plugin_tb *tb)
{
	uint64_t n = qemu_plugin_tb_n_insns(tb);
	struct block *b = find(qemu_plugin_tb_vaddr(tb), n);

	(void)id;
	qemu_plugin_register_vcpu_tb_exec_inline(tb, OP_ADD_U64, &b->executed,
						 n);
}

static void at_exit(plugin_id id, void *arg)
{
	FILE *f = fopen(file, "w");

	(void)id;
	(void)arg;
	for (unsigned int i = 0; f && i < BUCKETS; i++)
		for (struct block *b = table[i]; b; b = b->next)
			if (b->executed)
				fprintf(f, "%llx %llu\n",
					(unsigned long long)b->address,
					(unsigned long long)b->executed);
	if (!f || fclose(f))
		fprintf(stderr, "count: cannot write %s\n", file);
}

__attribute__((visibility("default"))) int qemu_plugin_install(plugin_id id,
							       const void *info,
							       int argc,
							       char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++)
		if (strncmp(argv[i], "out=", 4) == 0)
			file = strdup(argv[i] + 4);
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	qemu_plugin_register_atexit_cb(id, at_exit, NULL);
	return 0;
}
