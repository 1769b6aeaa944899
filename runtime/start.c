/* SPDX-License-Identifier: BSD-2-Clause */
/* What happens between the platform's entry and the program's first
 * instruction. */
#include <posixen/entry.h>
#include <posixen/file.h>
#include <posixen/fs.h>
#include <posixen/klog.h>
#include <posixen/mem.h>
#include <posixen/param.h>
#include <posixen/stdio.h>
#include <posixen/subsystem.h>
#include "sched.h"
#include "start.h"

/* An archive that link-app --rootfs put into the image. */
extern const char __rootfs_start[] __weak, __rootfs_end[] __weak;

/* The rows of the subsystems that the image contains. */
extern const struct subsystem __subsystems_start[], __subsystems_end[];

static struct boot_info boot;

static void must(int err, const char *what)
{
	if (err) {
		klog("cannot start the program: %s (error %d%s)\n", what, -err,
		     err == -ENOMEM ? ": give the domain more memory" : "");
		plat_exit(127 << 8);
	}
}

static void unpack_root(void)
{
	size_t linked = (uintptr_t)__rootfs_end - (uintptr_t)__rootfs_start;

	if (linked)
		must(cpio_unpack(__rootfs_start, linked),
		     "the root filesystem in the image");
	if (!boot.ramdisk_size)
		return;
	must(cpio_unpack(boot.ramdisk, boot.ramdisk_size), "the ramdisk");
	if (boot.ramdisk_pfn)
		page_donate(boot.ramdisk_pfn,
			    boot.ramdisk_pfn +
				    PAGE_UP(boot.ramdisk_size) / PAGE_SIZE);
}

static void start_subsystems(void)
{
	for (const struct subsystem *s = __subsystems_start;
	     s < __subsystems_end; s++)
		if (s->start)
			must(s->start(), s->name);
}

void stop_subsystems(void)
{
	for (const struct subsystem *s = __subsystems_end;
	     s-- > __subsystems_start;)
		if (s->stop)
			s->stop();
}

static void first_thread(void *arg)
{
	struct process *p = arg;

	must(vfs_init(), "filesystems");
	unpack_root();
	p->fs = fs_context_create();
	p->files = fd_table_create();
	must(p->fs && p->files ? 0 : -ENOMEM, "files");
	must(stdio_open(), "standard streams");
	start_subsystems();
	process_take_ids(p);
	must(exec_adopt_image(p), "address space");
	must(exec_set_args(p, &boot), "arguments");
	exec_start(&boot);
}

void runtime_start(const struct boot_info *info)
{
	struct process *p;
	struct thread *t;

	boot = *info;
	param_init(info->cmdline);
	shim_init();
	page_init(info);
	sched_init();
	p = process_create();
	must(p ? 0 : -ENOMEM, "process");
	main_process = p;
	t = thread_create(p, first_thread, p);
	must(t ? 0 : -ENOMEM, "first thread");
	p->leader = t;
	thread_start(t);
	plat_enter_user_mode();
	sched_start();
}
