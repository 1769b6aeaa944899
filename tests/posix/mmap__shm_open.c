/* SPDX-License-Identifier: BSD-2-Clause */
/* Shared memory objects, shm_overview(7): files in /dev/shm. */
#include "t.h"

int main(void)
{
	char name[40], path[60];
	struct stat st;
	char *a, *b;
	int fd, other;

	snprintf(name, sizeof(name), "/posixen-%d-memory", getpid());
	t_ret("not there", shm_open(name, O_RDWR, 0));
	t_ret("slash inside", shm_open("/a/b", O_RDWR | O_CREAT, 0600));
	umask(022);
	fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0666);
	t_ret("new", fd);
	t_ret("exclusive", shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600));
	fstat(fd, &st);
	t_say("mode %o, size %ld\n", st.st_mode, (long)st.st_size);
	t_val("closed at exec", fcntl(fd, F_GETFD));
	t_ret("size", ftruncate(fd, 10000));
	a = mmap(NULL, 10000, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	other = shm_open(name, O_RDONLY, 0);
	b = mmap(NULL, 10000, PROT_READ, MAP_SHARED, other, 0);
	strcpy(a + 5000, "shared");
	t_str("seen", b + 5000);
	t_ret("no writing",
	      (long)mmap(NULL, 10000, PROT_WRITE, MAP_SHARED, other, 0));
	t_ret("nor truncating", ftruncate(other, 0));
	snprintf(path, sizeof(path), "/dev/shm%s", name);
	t_ret("its file", stat(path, &st));
	t_ret("unlink", shm_unlink(name));
	t_ret("twice", shm_unlink(name));
	t_ret("gone", shm_open(name, O_RDWR, 0));
	strcpy(a + 9000, "still");
	t_str("still", b + 9000);
	t_ret("O_TRUNC of another",
	      shm_open(name, O_RDWR | O_CREAT | O_TRUNC, 0600));
	t_str("untouched", b + 9000);
	shm_unlink(name);
	close(fd);
	close(other);
	t_str("without descriptors", b + 5000);
	munmap(a, 10000);
	munmap(b, 10000);
	return 0;
}
