/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lab's agent in dom0.
 *
 *	agent serve PORT TOKEN-FILE	take jobs over TCP, one process each
 *	agent ttys			tell xl that consoles have a terminal
 *	agent cpu DOMAIN		nanoseconds of CPU it has had so far
 *	agent run [-m] CONFIG NAME	run one domain: its console on stdout,
 *					how it went as the last line of stderr
 *
 * The first is what tools/run-domu talks to; the last is for scripts that
 * run in dom0 themselves (tools/lab batch). -m: the guest speaks the framed
 * console protocol; the exit status is then the app's.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dom0.h"

/* After so long without a job the lab ends; the next run starts another. */
#define IDLE_MS (8 * 3600 * 1000)

/*
 * Run argv and wait for it. What it prints on either stream is kept in out
 * as far as it has room (out NULL: thrown away). Returns the exit status,
 * or -1 when it could not run or died of a signal.
 */
int run_command(char *const argv[], char *out, size_t size)
{
	char drop[512];
	int fds[2], status;
	size_t n = 0;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		dup2(fds[1], 1);
		dup2(fds[1], 2);
		execvp(argv[0], argv);
		_exit(127);
	}
	close(fds[1]);
	for (;;) {
		bool keep = out && n < size - 1;
		ssize_t r = read(fds[0], keep ? out + n : drop,
				 keep ? size - 1 - n : sizeof(drop));

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			break;
		if (keep)
			n += r;
	}
	close(fds[0]);
	if (out)
		out[n] = '\0';
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int listen_on(int port)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr = {htonl(INADDR_ANY)},
	};
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0 ||
	    listen(fd, 64) < 0)
		return -errno;
	return fd;
}

/* Take jobs; returns 0 when there have been none for long. */
static int serve(int port, const char *token_file)
{
	char token[64] = "";
	FILE *f = fopen(token_file, "re");
	int fd, one = 1, listener = listen_on(port);

	if (listener < 0 || !f || fscanf(f, "%63s", token) != 1)
		return 1;
	fclose(f);
	signal(SIGPIPE, SIG_IGN);
	for (;;) {
		struct pollfd p = {listener, POLLIN, 0};

		int came = poll(&p, 1, IDLE_MS);

		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		/* Without any child waitpid() fails with ECHILD. */
		if (came == 0 && waitpid(-1, NULL, WNOHANG) < 0)
			return 0;
		if (came <= 0)
			continue;
		fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
		if (fd < 0)
			continue;
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		if (fork() == 0) {
			close(listener);
			session_run(fd, token);
			_exit(0);
		}
		close(fd);
	}
}

/* Pass the console on, taking it apart when the guest frames it. */
static int console_out(struct mux *m, bool framed, const char *buf, size_t n)
{
	if (framed)
		return mux_feed(m, buf, n);
	return write(STDOUT_FILENO, buf, n) == (ssize_t)n ? 0 : -1;
}

/*
 * Stand in for xenconsoled where xl asks for it: xl create does not return
 * before the console of the new domain has a terminal. Two connections,
 * because an event that comes during a request is dropped.
 */
static int serve_ttys(void)
{
	char path[128], value[64];
	int events = xs_open(), fd = xs_open();
	unsigned int id;
	int end;

	if (events < 0 || fd < 0 ||
	    xs_watch(events, "/local/domain", "tty") < 0)
		return 1;
	while (xs_event(events, path, sizeof(path)) >= 0) {
		end = 0;
		sscanf(path, "/local/domain/%u/console/tty%n", &id, &end);
		if (end == 0 || path[end] != '\0')
			continue;
		if (xs_read(fd, path, value, sizeof(value)) == 0)
			xs_write(fd, path, "agent");
	}
	return 1;
}

static int run(const char *config, const char *name, bool framed)
{
	struct domain d = {0};
	struct mux m;
	char buf[4096], err[1024];
	size_t n;
	bool ended;

	snprintf(d.name, sizeof(d.name), "%s", name);
	mux_init(&m);
	if (domain_create(&d, config, err, sizeof(err)) < 0) {
		fprintf(stderr, "%s\n", err);
		return 126;
	}
	domain_unpause(&d);
	do {
		struct pollfd fds[2] = {
			{d.evtchn, POLLIN, 0},
			{d.xenstore, POLLIN, 0},
		};

		ended = domain_ended(&d);
		while ((n = domain_read(&d, buf, sizeof(buf))) > 0)
			if (console_out(&m, framed, buf, n))
				ended = true;
		if (ended)
			break;
		poll(fds, 2, -1);
		if (fds[0].revents)
			domain_event(&d);
		if (fds[1].revents)
			xs_event(d.xenstore, err, sizeof(err));
	} while (true);
	domain_end_text(&d, err, sizeof(err));
	fprintf(stderr, "domain %s output_ns=%llu\n", err,
		(unsigned long long)(m.output ? m.output - d.start : 0));
	domain_release(&d);
	if (framed && m.exit_status >= 0)
		return m.exit_status;
	return strncmp(err, "poweroff", 8) == 0 && !framed ? 0 : 125;
}

static int cpu(const char *name)
{
	uint64_t ns;

	if (domain_cpu(name, &ns) < 0) {
		fprintf(stderr, "no domain %s\n", name);
		return 1;
	}
	printf("%llu\n", (unsigned long long)ns);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "serve") == 0)
		return serve(atoi(argv[2]), argv[3]);
	if (argc >= 4 && strcmp(argv[1], "run") == 0) {
		bool framed = strcmp(argv[2], "-m") == 0;

		if (argc == 4 + framed)
			return run(argv[2 + framed], argv[3 + framed], framed);
	}
	if (argc == 2 && strcmp(argv[1], "ttys") == 0)
		return serve_ttys();
	if (argc == 3 && strcmp(argv[1], "cpu") == 0)
		return cpu(argv[2]);
	fprintf(stderr, "usage: agent serve PORT TOKEN-FILE\n"
			"       agent ttys\n"
			"       agent cpu DOMAIN\n"
			"       agent run [-m] CONFIG NAME\n");
	return 2;
}
