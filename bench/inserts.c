/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SQLite's inserts into a file: 60,000 in one transaction, by a prepared
 * statement and as so many statements of SQL, and 1,000 transactions of one
 * each. Prints "name nanoseconds". Arguments: the database, and the number of
 * rounds (default 1). With further arguments, numbers of queries (up to
 * 60,000), those instead: databases opened, filled by so many statements and
 * closed. The same source runs on Linux.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "sqlite3.h"

enum { ROWS = 60000 };

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

static struct {
	char text[32];
	char sql[128];
} rows[ROWS];

/* Made before the clock runs: SQLite is measured, not snprintf(). */
static void make_rows(void)
{
	for (int i = 0; i < ROWS; i++) {
		snprintf(rows[i].text, sizeof(rows[i].text),
			 "row %d of the benchmark", i);
		snprintf(rows[i].sql, sizeof(rows[i].sql),
			 "INSERT INTO t(n, s) VALUES (%d, 'row %d of the "
			 "benchmark')",
			 i * 7919 % 10007, i);
	}
}

static sqlite3 *new_table(const char *path)
{
	sqlite3 *db;

	unlink(path);
	check(NULL, sqlite3_open(path, &db), SQLITE_OK, path);
	exec(db, "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER, s TEXT)");
	return db;
}

/* Whether all have come, which is not part of the time. */
static void end_table(sqlite3 *db, int n)
{
	sqlite3_stmt *st;

	check(db,
	      sqlite3_prepare_v2(db, "SELECT count(*) FROM t", -1, &st, NULL),
	      SQLITE_OK, "prepare");
	check(db, sqlite3_step(st), SQLITE_ROW, "count");
	if (sqlite3_column_int(st, 0) != n) {
		fprintf(stderr, "%d rows instead of %d\n",
			sqlite3_column_int(st, 0), n);
		exit(1);
	}
	sqlite3_finalize(st);
	sqlite3_close(db);
}

static double prepared(const char *path, int n, int one_transaction)
{
	sqlite3 *db = new_table(path);
	sqlite3_stmt *st;
	double start;

	check(db,
	      sqlite3_prepare_v2(db, "INSERT INTO t(n, s) VALUES (?, ?)", -1,
				 &st, NULL),
	      SQLITE_OK, "prepare");
	start = now_ns();
	if (one_transaction)
		exec(db, "BEGIN");
	for (int i = 0; i < n; i++) {
		sqlite3_bind_int(st, 1, i * 7919 % 10007);
		sqlite3_bind_text(st, 2, rows[i].text, -1, SQLITE_STATIC);
		check(db, sqlite3_step(st), SQLITE_DONE, "insert");
		sqlite3_reset(st);
	}
	if (one_transaction)
		exec(db, "COMMIT");
	start = now_ns() - start;
	sqlite3_finalize(st);
	end_table(db, n);
	return start;
}

static double statements(const char *path)
{
	sqlite3 *db = new_table(path);
	double start = now_ns();

	exec(db, "BEGIN");
	for (int i = 0; i < ROWS; i++)
		exec(db, rows[i].sql);
	exec(db, "COMMIT");
	start = now_ns() - start;
	end_table(db, ROWS);
	return start;
}

/* With what SQLite allocates when it opens and frees when it closes. */
static double queries(const char *path, int n)
{
	double start = now_ns();
	sqlite3 *db = new_table(path);

	exec(db, "BEGIN");
	for (int i = 0; i < n; i++)
		exec(db, rows[i].sql);
	exec(db, "COMMIT");
	end_table(db, n);
	return now_ns() - start;
}

static int query_numbers(const char *path, char **numbers)
{
	for (; *numbers; numbers++) {
		int n = atoi(*numbers);

		if (n < 1 || n > ROWS) {
			fprintf(stderr, "%s queries: 1 to %d\n", *numbers,
				ROWS);
			return 1;
		}
		printf("queries%d_ns %.0f\n", n, queries(path, n));
		fflush(stdout);
	}
	return 0;
}

int main(int argc, char **argv)
{
	const char *path = argc > 1 ? argv[1] : "bench.db";
	int rounds = argc > 2 ? atoi(argv[2]) : 1;

	make_rows();
	for (int i = 0; i < rounds; i++) {
		if (argc > 3) {
			if (query_numbers(path, argv + 3))
				return 1;
			continue;
		}
		printf("inserts60k_ns %.0f\n", prepared(path, ROWS, 1));
		printf("statements60k_ns %.0f\n", statements(path));
		printf("autocommit1k_ns %.0f\n", prepared(path, 1000, 0));
		fflush(stdout);
	}
	return 0;
}
