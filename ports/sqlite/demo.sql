-- What `make demo` runs: the database lies in the image's root filesystem.
.headers on
.mode column
PRAGMA journal_mode = WAL;
SELECT sqlite_version() AS sqlite, count(*) AS ships FROM ship;
INSERT INTO ship(name, built, tons) VALUES ('Posixen', 2026, 0.001);
WITH RECURSIVE age(name, years) AS (SELECT name, 2026 - built FROM ship)
SELECT name, built, tons, years,
       rank() OVER (ORDER BY built) AS place
FROM ship JOIN age USING (name) ORDER BY built;
PRAGMA integrity_check;
