-- Makes the database that the demo finds in its root filesystem.
PRAGMA page_size = 512;
CREATE TABLE ship(name TEXT PRIMARY KEY, built INTEGER, tons REAL);
INSERT INTO ship VALUES
  ('Vasa', 1628, 1210.0), ('Victory', 1765, 3556.0),
  ('Cutty Sark', 1869, 921.0), ('Fram', 1892, 402.0), ('Gorch Fock', 1933, 1510.0);
