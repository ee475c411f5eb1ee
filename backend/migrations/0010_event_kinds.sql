-- Kinds of timeline entries as rows: a later step adds its kinds by inserting them, and no table is laid anew for it.

CREATE TABLE order_event_kind (
  kind TEXT PRIMARY KEY
);
INSERT INTO order_event_kind (kind) VALUES ('drafted'), ('edited'), ('submitted'), ('approved'), ('policy'), ('returned'), ('accepted'),
  ('countered'), ('taken'), ('withdrawn'), ('cancelled'), ('logged'), ('confirmed'), ('disputed'), ('retracted'), ('reversed'), ('closed'),
  ('comment');

CREATE TABLE order_event_new (
  order_id TEXT NOT NULL REFERENCES orders (id),
  position BIGINT NOT NULL,
  at BIGINT NOT NULL,
  person TEXT REFERENCES person (id),
  kind TEXT NOT NULL REFERENCES order_event_kind (kind),
  text TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (order_id, position)
);
INSERT INTO order_event_new (order_id, position, at, person, kind, text, detail)
SELECT order_id, position, at, person, kind, text, detail FROM order_event;
DROP TABLE order_event;
ALTER TABLE order_event_new RENAME TO order_event;
