/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading /proc: the shape of its files, see proc(5). Values differ from
 * machine to machine; what must be there, and how it is written, does not. */
#include "t.h"
#include <dirent.h>
#include <limits.h>

static char buf[1 << 16];

static ssize_t slurp(const char *name)
{
	int fd = open(name, O_RDONLY);
	ssize_t n, len = 0;

	if (fd < 0) {
		t_ret(name, -1);
		buf[0] = '\0';
		return -1;
	}
	while ((n = read(fd, buf + len, sizeof(buf) - 1 - len)) > 0)
		len += n;
	close(fd);
	buf[len] = '\0';
	return len;
}

/* The text between "name:" and the end of its line. */
static const char *field(const char *name)
{
	static char val[256];
	char *p = buf;
	size_t n = strlen(name);

	while (p && (strncmp(p, name, n) || p[n] != ':')) {
		p = strchr(p, '\n');
		p = p ? p + 1 : NULL;
	}
	snprintf(val, sizeof(val), "%.*s",
		 p ? (int)strcspn(p + n + 1, "\n") : 7,
		 p ? p + n + 1 : "missing");
	return val;
}

/* Digits as 9, so that values of any size look the same. */
static void shape(const char *what, const char *s)
{
	char out[256];
	size_t n = 0;

	for (; *s && n < sizeof(out) - 1; s++) {
		char c = *s >= '0' && *s <= '9' ? '9' : *s;

		if (c != '9' || !n || out[n - 1] != '9')
			out[n++] = c;
	}
	out[n] = '\0';
	t_str(what, out);
}

static void squeezed(const char *what, const char *s)
{
	char out[256];
	size_t n = 0;

	for (; *s && n < sizeof(out) - 1; s++)
		if (*s != ' ' || !n || out[n - 1] != ' ')
			out[n++] = *s;
	out[n] = '\0';
	shape(what, out);
}

static void fields(const char *file, const char *const *names)
{
	slurp(file);
	for (; *names; names++)
		squeezed(*names, field(*names));
}

static void self(void)
{
	static const char *const status[] = {
		"Umask",  "State",  "Ngid",	  "TracerPid", "Uid",
		"Gid",	  "VmSize", "VmRSS",	  "Threads",   "SigBlk",
		"SigIgn", "SigCgt", "NoNewPrivs", NULL};
	struct sigaction sa = {.sa_handler = SIG_IGN};
	char name[64], want[64];
	int pid, fields_seen = 0;
	sigset_t set;

	sigaction(SIGUSR2, &sa, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	umask(027);
	fields("/proc/self/status", status);
	t_is("pid",
	     atoi(field("Pid")) == getpid() && atoi(field("Tgid")) == getpid());
	slurp("/proc/self/stat");
	t_is("stat begins with the pid",
	     sscanf(buf, "%d (%63[^)]) R", &pid, name) == 2 && pid == getpid());
	for (char *p = strrchr(buf, ')'); p && *p; p++)
		fields_seen += *p == ' ';
	t_val("fields behind the name", fields_seen);
	shape("statm", (slurp("/proc/self/statm"), buf));
	t_is("same as its number",
	     (snprintf(name, sizeof(name), "/proc/%d/statm", getpid()),
	      slurp(name) > 0));
	slurp("/proc/self/comm");
	snprintf(want, sizeof(want), "%.63s", buf);
	t_is("comm is a line", strchr(want, '\n') != NULL);
	int fd = open("/proc/self/comm", O_WRONLY);
	t_val("set comm", write(fd, "other-name-that-is-long", 23));
	close(fd);
	slurp("/proc/self/comm");
	t_str("comm", buf);
	slurp("/proc/self/limits");
	t_is("limits", !strncmp(buf,
				"Limit                     Soft Limit       "
				"    Hard Limit           Units     \n",
				79));
	t_is("open files", strstr(buf, "Max open files") != NULL);
	t_is("environ", slurp("/proc/self/environ") >= 0);
	t_is("cmdline ends in NUL",
	     slurp("/proc/self/cmdline") > 1 && !buf[strlen(buf)]);
}

static void links(void)
{
	char a[PATH_MAX], b[PATH_MAX], name[64];
	struct stat st;
	ssize_t n;
	int fd;

	n = readlink("/proc/self", a, sizeof(a) - 1);
	a[n > 0 ? n : 0] = '\0';
	t_is("self", atoi(a) == getpid());
	n = readlink("/proc/thread-self", a, sizeof(a) - 1);
	a[n > 0 ? n : 0] = '\0';
	snprintf(b, sizeof(b), "%d/task/%d", getpid(), (int)gettid());
	t_is("thread-self", !strcmp(a, b));
	n = readlink("/proc/self/cwd", a, sizeof(a) - 1);
	a[n > 0 ? n : 0] = '\0';
	t_is("cwd", getcwd(b, sizeof(b)) && !strcmp(a, b));
	n = readlink("/proc/self/root", a, sizeof(a) - 1);
	a[n > 0 ? n : 0] = '\0';
	t_str("root", a);
	n = readlink("/proc/self/exe", a, sizeof(a) - 1);
	t_is("exe is absolute", n > 0 && a[0] == '/');
	n = readlink("/proc/mounts", a, sizeof(a) - 1);
	a[n > 0 ? n : 0] = '\0';
	t_str("mounts", a);

	t_file("victim", "still here");
	fd = open("victim", O_RDONLY);
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	t_ret("lstat", lstat(name, &st));
	t_say("mode %o size %ld\n", st.st_mode, (long)st.st_size);
	unlink("victim");
	n = readlink(name, a, sizeof(a) - 1);
	a[n > 0 ? n : 0] = '\0';
	t_is("deleted", n > 10 && !strcmp(a + n - 10, " (deleted)"));
	t_cat("opened through it", name);
	snprintf(b, sizeof(b), "/proc/self/fdinfo/%d", fd);
	slurp(b);
	shape("pos", field("pos"));
	t_str("flags", field("flags"));
	close(fd);
	t_ret("closed", readlink(name, a, sizeof(a)));
	t_ret("closed", open(name, O_RDONLY));
	t_ret("no such thing", open("/proc/self/nothing", O_RDONLY));
	t_ret("no such process", open("/proc/99999999/stat", O_RDONLY));
	t_ret("create", open("/proc/new", O_WRONLY | O_CREAT, 0644));
	t_ret("mkdir", mkdir("/proc/self/dir", 0755));
	t_ret("unlink", unlink("/proc/self/stat"));
}

static void list(const char *what, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char line[256] = "";
	int n[100] = {0};

	if (!d) {
		t_ret(what, -1);
		return;
	}
	while ((e = readdir(d)))
		if (e->d_name[0] >= '0' && e->d_name[0] <= '9')
			n[atoi(e->d_name) % 100] += e->d_type == DT_LNK ? 1 : 2;
	for (int i = 0; i < 100; i++)
		if (n[i] && i != dirfd(d))
			snprintf(line + strlen(line), 12, " %d:%d", i, n[i]);
	t_str(what, line);
	closedir(d);
}

static void system_wide(void)
{
	static const char *const mem[] = {
		"MemTotal",   "MemFree", "MemAvailable",
		"Buffers",    "Cached",	 "SwapTotal",
		"AnonPages",  "Shmem",	 "Slab",
		"PageTables", NULL};
	static const char *const cpu[] = {
		"processor\t", "vendor_id\t", "model name\t",	"cpu MHz\t\t",
		"flags\t\t",   "bogomips\t",  "clflush size\t", NULL};
	unsigned long total, freed;

	fields("/proc/meminfo", mem);
	total = strtoul(field("MemTotal"), NULL, 10);
	freed = strtoul(field("MemFree"), NULL, 10);
	t_is("free is less than all", total > freed && freed > 0);
	slurp("/proc/cpuinfo");
	for (int i = 0; cpu[i]; i++)
		t_is(cpu[i], strcmp(field(cpu[i]), "missing") != 0);
	t_is("sse2", strstr(field("flags\t\t"), " sse2 ") != NULL);
	slurp("/proc/uptime");
	shape("uptime", buf);
	slurp("/proc/loadavg");
	shape("loadavg", buf);
	slurp("/proc/version");
	t_is("version", !strncmp(buf, "Linux version ", 14));
	slurp("/proc/stat");
	t_is("stat", !strncmp(buf, "cpu  ", 5) && strstr(buf, "\nbtime ") &&
			     strstr(buf, "\nctxt ") &&
			     strstr(buf, "\nprocesses "));
	slurp("/proc/filesystems");
	t_is("tmpfs", strstr(buf, "nodev\ttmpfs\n") != NULL);
	t_is("proc", strstr(buf, "nodev\tproc\n") != NULL);
	slurp("/proc/self/mounts");
	t_is("a mount of proc", strstr(buf, " /proc proc rw") != NULL);
	slurp("/proc/self/mountinfo");
	t_is("mountinfo", strstr(buf, " - proc ") != NULL);
}

static void sysctl(void)
{
	static const char *const names[] = {
		"kernel/ostype", "kernel/overflowuid", "kernel/ngroups_max",
		"fs/nr_open",	 "fs/pipe-max-size",   NULL};
	static const char *const numbers[] = {"kernel/pid_max",
					      "kernel/threads-max",
					      "kernel/random/entropy_avail",
					      "vm/overcommit_memory",
					      "vm/max_map_count",
					      "fs/file-max",
					      NULL};
	char name[64], first[64];

	for (int i = 0; names[i]; i++) {
		snprintf(name, sizeof(name), "/proc/sys/%s", names[i]);
		slurp(name);
		t_str(names[i], buf);
	}
	for (int i = 0; numbers[i]; i++) {
		snprintf(name, sizeof(name), "/proc/sys/%s", numbers[i]);
		slurp(name);
		shape(numbers[i], buf);
	}
	slurp("/proc/sys/kernel/random/boot_id");
	snprintf(first, sizeof(first), "%.63s", buf);
	slurp("/proc/sys/kernel/random/boot_id");
	t_is("boot_id stays", !strcmp(first, buf) && strlen(buf) == 37);
	slurp("/proc/sys/kernel/random/uuid");
	snprintf(first, sizeof(first), "%.63s", buf);
	slurp("/proc/sys/kernel/random/uuid");
	t_is("uuid changes", strcmp(first, buf) && strlen(buf) == 37);
	t_is("version 4", buf[14] == '4' && strchr("89ab", buf[19]) != NULL);
}

/* The line of /proc/self/maps that holds an address, without addresses. */
static void map_of(const char *what, const void *addr)
{
	unsigned long a, b, off, ino;
	char perm[8], name[256], *line;
	unsigned int major, minor;
	int n;

	slurp("/proc/self/maps");
	for (line = strtok(buf, "\n"); line; line = strtok(NULL, "\n")) {
		name[0] = '\0';
		n = sscanf(line, "%lx-%lx %7s %lx %x:%x %lu %255[^\n]", &a, &b,
			   perm, &off, &major, &minor, &ino, name);
		if (n < 7 || (unsigned long)addr < a ||
		    (unsigned long)addr >= b)
			continue;
		t_say("%s: %s offset %lx %s %s\n", what, perm, off,
		      ino ? "file" : "no file", strrchr(name, '/') ?: name);
		return;
	}
	t_say("%s: not mapped\n", what);
}

static void maps(void)
{
	char *m, *f, on_stack;
	int fd;

	m = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	mprotect(m + 4096, 4096, PROT_READ);
	mprotect(m + 2 * 4096, 4096, PROT_NONE);
	map_of("read and write", m);
	map_of("read", m + 4096);
	map_of("none", m + 2 * 4096);
	t_file("mapped", "some text");
	fd = open("mapped", O_RDWR);
	ftruncate(fd, 3 * 4096);
	f = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 2 * 4096);
	map_of("file", f);
	munmap(f, 4096);
	f = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
	map_of("private file", f);
	munmap(f, 4096);
	map_of("gone", f);
	map_of("stack", &on_stack);
	close(fd);
}

static void positions(void)
{
	char a[64], b[64];
	int fd = open("/proc/version", O_RDONLY);

	t_val("part", read(fd, a, 10));
	t_val("position", lseek(fd, 0, SEEK_CUR));
	t_val("pread", pread(fd, b, 10, 0));
	t_is("the same", !memcmp(a, b, 10));
	t_val("seek", lseek(fd, 6, SEEK_SET));
	t_val("read", read(fd, b, 7));
	t_bytes("bytes", b, 7);
	t_val("behind the end", pread(fd, b, 10, 100000));
	t_val("write", write(fd, b, 1));
	close(fd);
}

int main(void)
{
	self();
	links();
	list("descriptors", "/proc/self/fd");
	list("their info", "/proc/self/fdinfo");
	system_wide();
	sysctl();
	maps();
	positions();
	return 0;
}
