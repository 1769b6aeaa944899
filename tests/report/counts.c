/* SPDX-License-Identifier: BSD-2-Clause */
/* A program whose calls are counted: see dynamic.py. With an argument it gives
 * up after the call that is absent. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void *thread(void *arg)
{
	for (int i = 0; i < 7; i++)
		getppid();
	return arg;
}

int main(int argc, char **argv)
{
	struct timespec ms20 = {0, 20000000};
	pthread_t t;
	int fd[2];
	char c;

	for (int i = 0; i < 5; i++)
		getppid();
	for (int i = 0; i < 3; i++)
		open("/nowhere", O_RDONLY);
	open("/", O_WRONLY);
	open("/", O_DIRECTORY | O_CREAT | O_EXCL, 0600);
	pipe2(fd, O_NONBLOCK);
	read(fd[0], &c, 1);
	write(99, &c, 1);
	nanosleep(&ms20, NULL);
	pthread_create(&t, NULL, thread, NULL);
	pthread_join(t, NULL);
	if (syscall(SYS_userfaultfd, 0) < 0 && errno == ENOSYS && argc > 1)
		return 3;
	for (int i = 0; i < 30; i++)
		getuid();
	syscall(SYS_userfaultfd, 0);
	return 0;
}
