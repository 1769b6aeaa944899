/* SPDX-License-Identifier: BSD-2-Clause */
/* getfsent(3): the lines of /etc/fstab. */
#include <mntent.h>
#include <stdio.h>
#include <string.h>

/* As glibc's <fstab.h> has it. */
struct fstab {
	char *fs_spec, *fs_file, *fs_vfstype, *fs_mntops;
	const char *fs_type;
	int fs_freq, fs_passno;
};

static FILE *table;

int setfsent(void)
{
	if (table)
		rewind(table);
	else
		table = setmntent("/etc/fstab", "r");
	return table != NULL;
}

void endfsent(void)
{
	if (table)
		endmntent(table);
	table = NULL;
}

/* Which of five options says what the line is for. */
static const char *type_of(const struct mntent *line)
{
	static const char *const types[] = {"rw", "rq", "ro", "sw", "xx"};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (hasmntopt(line, types[i]))
			return types[i];
	return "??";
}

struct fstab *getfsent(void)
{
	static struct fstab found;
	static struct mntent line;
	static char text[4096];

	if (!table && !setfsent())
		return NULL;
	if (!getmntent_r(table, &line, text, sizeof(text)))
		return NULL;
	found = (struct fstab){line.mnt_fsname, line.mnt_dir,	line.mnt_type,
			       line.mnt_opts,	type_of(&line), line.mnt_freq,
			       line.mnt_passno};
	return &found;
}

struct fstab *getfsspec(const char *spec)
{
	struct fstab *f = NULL;

	if (setfsent())
		while ((f = getfsent()) && strcmp(f->fs_spec, spec))
			;
	return f;
}

struct fstab *getfsfile(const char *file)
{
	struct fstab *f = NULL;

	if (setfsent())
		while ((f = getfsent()) && strcmp(f->fs_file, file))
			;
	return f;
}
