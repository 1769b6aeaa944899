/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SQLite's inserts: 60,000 in one transaction and 1,000 of one each, into a
 * file. Prints "name nanoseconds". Arguments: the database, and the number of
 * rounds (default 1). The same source runs on Linux.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "sqlite3.h"

static double now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1e9 + ts.tv_nsec;
}

static void check(sqlite3 *db, int rc, int want, const char *what)
{
	if (rc == want)
		return;
	fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(db));
	exit(1);
}

static void exec(sqlite3 *db, const char *sql)
{
	check(db, sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, sql);
}

static double inserts(const char *path, int rows, int one_transaction)
{
	sqlite3_stmt *st;
	sqlite3 *db;
	double start;

	unlink(path);
	check(NULL, sqlite3_open(path, &db), SQLITE_OK, path);
	exec(db, "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER, s TEXT)");
	check(db,
	      sqlite3_prepare_v2(db, "INSERT INTO t(n, s) VALUES (?, ?)", -1,
				 &st, NULL),
	      SQLITE_OK, "prepare");
	start = now_ns();
	if (one_transaction)
		exec(db, "BEGIN");
	for (int i = 0; i < rows; i++) {
		char text[64];

		snprintf(text, sizeof(text), "row %d of the benchmark", i);
		sqlite3_bind_int(st, 1, i * 7919 % 10007);
		sqlite3_bind_text(st, 2, text, -1, SQLITE_STATIC);
		check(db, sqlite3_step(st), SQLITE_DONE, "insert");
		sqlite3_reset(st);
	}
	if (one_transaction)
		exec(db, "COMMIT");
	start = now_ns() - start;
	sqlite3_finalize(st);
	sqlite3_close(db);
	return start;
}

int main(int argc, char **argv)
{
	const char *path = argc > 1 ? argv[1] : "bench.db";
	int rounds = argc > 2 ? atoi(argv[2]) : 1;

	for (int i = 0; i < rounds; i++) {
		printf("inserts60k_ns %.0f\n", inserts(path, 60000, 1));
		printf("autocommit1k_ns %.0f\n", inserts(path, 1000, 0));
		fflush(stdout);
	}
	return 0;
}
