/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Debian's own static archives at work: each is asked for something whose
 * answer is the same everywhere. Their headers are not installed, so what is
 * called is declared here, as their manuals have it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* zlib */
unsigned long crc32(unsigned long crc, const unsigned char *p, unsigned n);
int compress(unsigned char *to, unsigned long *room, const unsigned char *from,
	     unsigned long n);
int uncompress(unsigned char *to, unsigned long *room,
	       const unsigned char *from, unsigned long n);

/* OpenSSL: a digest, and a job that pauses, which is done by contexts */
unsigned char *SHA256(const unsigned char *p, size_t n, unsigned char *to);
int ASYNC_start_job(void **job, void *wait, int *result, int (*run)(void *),
		    void *args, size_t size);
int ASYNC_pause_job(void);
int ASYNC_is_capable(void);
void *ASYNC_WAIT_CTX_new(void);
void ASYNC_WAIT_CTX_free(void *wait);

/* SQLite */
int sqlite3_open(const char *name, void **db);
int sqlite3_exec(void *db, const char *sql,
		 int (*row)(void *, int, char **, char **), void *arg,
		 char **error);
int sqlite3_close(void *db);

/* PCRE2 */
void *pcre2_compile_8(const char *pattern, size_t n, unsigned options,
		      int *error, size_t *at, void *context);
void *pcre2_match_data_create_from_pattern_8(void *code, void *context);
int pcre2_match_8(void *code, const char *subject, size_t n, size_t start,
		  unsigned options, void *data, void *context);
size_t *pcre2_get_ovector_pointer_8(void *data);

/* expat */
void *XML_ParserCreate(const char *encoding);
void XML_SetElementHandler(void *parser,
			   void (*start)(void *, const char *, const char **),
			   void (*end)(void *, const char *));
int XML_Parse(void *parser, const char *text, int n, int last);
void XML_ParserFree(void *parser);

/* Lua */
void *luaL_newstate(void);
void luaL_openlibs(void *state);
int luaL_loadstring(void *state, const char *text);
int lua_pcallk(void *state, int arguments, int results, int handler, long ctx,
	       void *k);

/* libevent */
void *event_base_new(void);
void *event_new(void *base, int fd, short what,
		void (*call)(int, short, void *), void *arg);
int event_add(void *event, const void *timeout);
int event_base_dispatch(void *base);
void event_base_free(void *base);
void event_free(void *event);

static void zlib(void)
{
	unsigned char packed[500], again[1000], text[1000];
	unsigned long packed_len = sizeof(packed), len = sizeof(again);

	for (int i = 0; i < 1000; i++)
		text[i] = "squeeze me "[i % 11];
	printf("crc %lx\n", crc32(0, text, 1000));
	printf("compress %d\n", compress(packed, &packed_len, text, 1000));
	printf("uncompress %d\n", uncompress(again, &len, packed, packed_len));
	printf("%lu %d\n", len, memcmp(text, again, 1000));
}

static int job(void *arg)
{
	for (int i = 0; i < 3; i++) {
		printf("job at %d\n", i);
		ASYNC_pause_job();
	}
	return 42;
}

static void openssl(void)
{
	unsigned char digest[32];
	void *wait = ASYNC_WAIT_CTX_new(), *running = NULL;
	int result = 0, state;

	SHA256((const unsigned char *)"abc", 3, digest);
	for (int i = 0; i < 32; i++)
		printf("%02x", digest[i]);
	printf("\ncapable %d\n", ASYNC_is_capable());
	do {
		state = ASYNC_start_job(&running, wait, &result, job, NULL, 0);
		printf("state %d\n", state);
	} while (state == 2);
	printf("result %d\n", result);
	ASYNC_WAIT_CTX_free(wait);
}

static int row(void *arg, int n, char **values, char **names)
{
	for (int i = 0; i < n; i++)
		printf("%s=%s ", names[i], values[i]);
	printf("\n");
	return 0;
}

static void sqlite(void)
{
	void *db;

	printf("open %d\n", sqlite3_open("/tmp/archives.db", &db));
	printf("%d\n",
	       sqlite3_exec(db,
			    "drop table if exists t;"
			    "create table t(a, b);"
			    "insert into t values(1, 'one'), (2, 'two');"
			    "select *, printf('%.3f', a / 3.0) as c "
			    "from t order by a desc;",
			    row, NULL, NULL));
	printf("close %d\n", sqlite3_close(db));
	remove("/tmp/archives.db");
}

static void pcre2(void)
{
	const char *subject = "key = value";
	int error, n;
	size_t at, *ends;
	void *code = pcre2_compile_8("(\\w+)\\s*=\\s*(\\w+)", -1UL, 0, &error,
				     &at, NULL);
	void *data = pcre2_match_data_create_from_pattern_8(code, NULL);

	n = pcre2_match_8(code, subject, -1UL, 0, 0, data, NULL);
	ends = pcre2_get_ovector_pointer_8(data);
	for (int i = 0; i < n; i++)
		printf("%d: %.*s\n", i, (int)(ends[2 * i + 1] - ends[2 * i]),
		       subject + ends[2 * i]);
}

static void element(void *arg, const char *name, const char **attributes)
{
	printf("<%s", name);
	for (; *attributes; attributes += 2)
		printf(" %s=%s", attributes[0], attributes[1]);
	printf(">\n");
}

static void element_end(void *arg, const char *name)
{
	printf("</%s>\n", name);
}

static void expat(void)
{
	const char *text = "<a x='1'><b y='&lt;'/><c>text</c></a>";
	void *parser = XML_ParserCreate(NULL);

	XML_SetElementHandler(parser, element, element_end);
	printf("%d\n", XML_Parse(parser, text, strlen(text), 1));
	XML_ParserFree(parser);
}

static void lua(void)
{
	void *state = luaL_newstate();

	luaL_openlibs(state);
	if (luaL_loadstring(state,
			    "local t = {} for i = 1, 5 do t[i] = i * i end "
			    "print(table.concat(t, ' '), 7 // 2, 2 ^ 0.5) "
			    "print(pcall(error, 'caught')) "
			    "print(('%5.2f|%q'):format(3.14159, 'x\\ny'))") ||
	    lua_pcallk(state, 0, 0, 0, 0, NULL))
		printf("Lua failed\n");
}

static void ring(int fd, short what, void *arg)
{
	printf("event %d %s\n", what, (char *)arg);
}

static void libevent(void)
{
	static const struct {
		long s, us;
	} early = {0, 1000}, late = {0, 60000};
	void *base = event_base_new();
	void *a = event_new(base, -1, 0, ring, "late");
	void *b = event_new(base, -1, 0, ring, "early");

	event_add(a, &late);
	event_add(b, &early);
	printf("dispatched %d\n", event_base_dispatch(base));
	event_free(a);
	event_free(b);
	event_base_free(base);
}

int main(void)
{
	zlib();
	openssl();
	sqlite();
	pcre2();
	expat();
	lua();
	libevent();
	printf("== done\n");
	return 0;
}
