-- A large script whose output must be the same, byte for byte, from SQLite on
-- Linux and from SQLite on Posixen. It opens the database "test.db" in the
-- current directory, and every statement's result is deterministic.
.bail on
.open test.db
PRAGMA page_size = 4096;
PRAGMA journal_mode = WAL;
.headers on

-- 100,000 rows, in one transaction, from a small linear congruence.
CREATE TABLE item(id INTEGER PRIMARY KEY, grp INTEGER, x INTEGER, name TEXT, note BLOB);
BEGIN;
WITH RECURSIVE n(i, r) AS (
  SELECT 1, 12345
  UNION ALL
  SELECT i + 1, (r * 1103515245 + 12345) % 2147483648 FROM n WHERE i < 100000)
INSERT INTO item SELECT i, r % 97, r, printf('name-%08x', r), CASE WHEN i % 1000 = 0 THEN zeroblob(i % 5000) END FROM n;
COMMIT;
SELECT count(*), sum(x), min(x), max(x), sum(length(note)) FROM item;
CREATE INDEX item_grp ON item(grp, x);
CREATE UNIQUE INDEX item_name ON item(name, id);
ANALYZE;
SELECT grp, count(*) c, sum(x) s, avg(x) a FROM item GROUP BY grp ORDER BY s DESC LIMIT 10;

-- Joins.
CREATE TABLE grp(id INTEGER PRIMARY KEY, title TEXT, parent INTEGER REFERENCES grp(id));
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 96)
INSERT INTO grp SELECT i, 'group ' || i, CASE WHEN i > 0 THEN (i - 1) / 2 END FROM n;
SELECT g.title, p.title, count(i.id), max(i.name)
  FROM grp g LEFT JOIN grp p ON p.id = g.parent JOIN item i ON i.grp = g.id
  GROUP BY g.id ORDER BY count(i.id) DESC, g.id LIMIT 12;
SELECT count(*) FROM item a JOIN item b ON b.id = a.x % 100000 + 1 WHERE a.grp = b.grp;
SELECT a.id, b.id FROM item a CROSS JOIN item b WHERE a.id < 4 AND b.id BETWEEN 5 AND 7 ORDER BY 1, 2;

-- Recursive queries.
WITH RECURSIVE path(id, depth, route) AS (
  SELECT id, 0, title FROM grp WHERE parent IS NULL
  UNION ALL
  SELECT g.id, depth + 1, route || '/' || g.id FROM grp g JOIN path p ON g.parent = p.id)
SELECT depth, count(*), max(route) FROM path GROUP BY depth;
WITH RECURSIVE
  xaxis(x) AS (VALUES(-2.0) UNION ALL SELECT x + 0.05 FROM xaxis WHERE x < 1.2),
  yaxis(y) AS (VALUES(-1.0) UNION ALL SELECT y + 0.1 FROM yaxis WHERE y < 1.0),
  m(iter, cx, cy, x, y) AS (
    SELECT 0, x, y, 0.0, 0.0 FROM xaxis, yaxis
    UNION ALL
    SELECT iter + 1, cx, cy, x * x - y * y + cx, 2.0 * x * y + cy FROM m
     WHERE (x * x + y * y) < 4.0 AND iter < 28),
  m2(iter, cx, cy) AS (SELECT max(iter), cx, cy FROM m GROUP BY cx, cy),
  a(t) AS (SELECT group_concat(substr(' .+*#', 1 + min(iter / 7, 4), 1), '') FROM m2 GROUP BY cy)
SELECT group_concat(rtrim(t), x'0a') AS mandelbrot FROM a;

-- Window functions.
SELECT id, x, sum(x) OVER w AS running, rank() OVER (ORDER BY x) AS r,
       lag(x, 2, -1) OVER w AS before, ntile(4) OVER w AS quarter,
       first_value(name) OVER (PARTITION BY id % 3 ORDER BY x DESC) AS top
  FROM item WHERE id <= 20 WINDOW w AS (ORDER BY id ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) ORDER BY id;
SELECT sum(d), count(DISTINCT p) FROM (SELECT x - lag(x) OVER (PARTITION BY grp ORDER BY id) AS d,
       percent_rank() OVER (PARTITION BY grp ORDER BY x) AS p FROM item);

-- JSON.
CREATE TABLE doc(j TEXT);
INSERT INTO doc SELECT json_object('id', id, 'tags', json_array(grp, name, x % 7), 'sub', json_object('even', id % 2 = 0, 'pi', 3.25)) FROM item WHERE id <= 500;
SELECT j ->> '$.tags[1]', json_extract(j, '$.sub.even', '$.sub.pi') FROM doc LIMIT 5;
SELECT sum(value) FROM doc, json_each(doc.j, '$.tags') WHERE json_each.type = 'integer';
SELECT json_group_array(k) FROM (SELECT DISTINCT fullkey AS k FROM doc, json_tree(doc.j) ORDER BY 1);
SELECT json_patch('{"a":1,"b":{"c":2}}', '{"b":{"c":null,"d":[1,2,"\u00fc"]}}'), json_valid('{"x":}');

-- Full text search.
CREATE VIRTUAL TABLE mail USING fts5(subject, body, tokenize = 'porter unicode61');
INSERT INTO mail SELECT 'Subject ' || name, CASE grp % 4 WHEN 0 THEN 'the quick brown foxes jumped' WHEN 1 THEN 'over lazy dogs running' WHEN 2 THEN 'a hypervisor schedules guests' ELSE 'grant tables and event channels' END || ' ' || grp FROM item WHERE id <= 5000;
SELECT count(*) FROM mail WHERE mail MATCH 'fox AND jump*';
SELECT count(*) FROM mail WHERE mail MATCH 'body : (guest OR channel) NOT 42';
SELECT rowid, snippet(mail, 1, '[', ']', '...', 4), round(bm25(mail), 6) FROM mail WHERE mail MATCH '"grant tables" NEAR event' ORDER BY rank, rowid LIMIT 5;
INSERT INTO mail(mail) VALUES ('optimize');
INSERT INTO mail(mail) VALUES ('integrity-check');

-- Blobs, text, numbers.
CREATE TABLE bin(k INTEGER PRIMARY KEY, b BLOB);
WITH RECURSIVE n(i, b) AS (SELECT 0, x'00' UNION ALL SELECT i + 1, CAST(b || char(33 + i % 90) AS BLOB) FROM n WHERE i < 2000)
INSERT INTO bin SELECT i, b FROM n WHERE i % 100 = 0;
SELECT k, length(b), hex(substr(b, 1, 8)), hex(substr(b, -4)) FROM bin ORDER BY k DESC LIMIT 5;
INSERT INTO bin VALUES (9001, zeroblob(1500000));
SELECT length(b), typeof(b) FROM bin WHERE k = 9001;
SELECT quote(x'00ff10'), quote('it''s'), upper('abcXYZ'), 1e308 * 10, 9223372036854775807 + 0, 7 / 2, 7 % -3, -7 / 2, 0.1 + 0.2, round(2.5), printf('%.17g|%e|%,d', 0.1, 12345.678, 1234567);
SELECT sqrt(2.0), pow(2, 0.5), ln(10), sin(1), exp(1), pi(), ceil(-1.5), log2(8), atan2(1, 2);
SELECT date('2026-02-28', '+1 day'), strftime('%Y-%j-%W-%w', '2024-12-31'), julianday('2000-01-01 12:00:00'), datetime(1700000000, 'unixepoch');

-- Triggers, views, foreign keys, upsert, savepoints, generated columns.
PRAGMA foreign_keys = ON;
CREATE TABLE parent(id INTEGER PRIMARY KEY, n TEXT UNIQUE, len INTEGER GENERATED ALWAYS AS (length(n)) STORED);
CREATE TABLE child(id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent ON DELETE CASCADE, at INTEGER);
CREATE TABLE audit(what TEXT, id INTEGER);
CREATE TRIGGER child_del AFTER DELETE ON child BEGIN INSERT INTO audit VALUES ('gone', old.id); END;
INSERT INTO parent(id, n) SELECT id, name FROM item WHERE id <= 50;
INSERT INTO child SELECT id, id % 50 + 1, x FROM item WHERE id <= 1000;
DELETE FROM parent WHERE id % 5 = 0;
SELECT count(*), sum(id) FROM audit;
INSERT INTO parent(id, n) VALUES (1, 'other') ON CONFLICT(id) DO UPDATE SET n = excluded.n || '!' RETURNING id, n, len;
SAVEPOINT a; DELETE FROM child; SELECT count(*) FROM child; ROLLBACK TO a; RELEASE a; SELECT count(*) FROM child;
CREATE VIEW big AS SELECT grp, count(*) AS c FROM item GROUP BY grp HAVING c > 1050;
SELECT count(*), sum(c) FROM big;
UPDATE item SET x = x + 1 FROM grp WHERE grp.id = item.grp AND grp.parent = 3;
SELECT sum(x) FROM item;

-- A second connection's view through the write-ahead log, then VACUUM.
ATTACH 'other.db' AS other;
CREATE TABLE other.copy AS SELECT id, name FROM item WHERE id % 10 = 0;
SELECT count(*), max(name) FROM other.copy;
DETACH other;
DELETE FROM item WHERE id % 3 = 0;
PRAGMA wal_checkpoint(TRUNCATE);
PRAGMA page_count;
VACUUM;
PRAGMA page_count;
PRAGMA integrity_check;
PRAGMA foreign_key_check;
PRAGMA journal_mode = DELETE;
BEGIN; UPDATE item SET name = name || '.' WHERE id < 5000; ROLLBACK;
SELECT count(*) FROM item WHERE name LIKE '%.';
PRAGMA journal_mode = WAL;
SELECT count(*), sum(x), sum(length(name)) FROM item;
VACUUM INTO 'copy.db';
ATTACH 'copy.db' AS c; SELECT count(*) FROM c.item; DETACH c;

-- Everything once more, as text.
.headers off
DELETE FROM item WHERE id > 1000;
DELETE FROM mail WHERE rowid > 50;
INSERT INTO mail(mail) VALUES ('optimize');
DELETE FROM bin WHERE k = 9001;
.dump
