-- Delivery entries: their states as rows, disputes with a coded reason and a conversation, and what silence confirms.

CREATE TABLE delivery_state (
  state TEXT PRIMARY KEY
);
INSERT INTO delivery_state (state) VALUES ('logged'), ('confirmed'), ('disputed'), ('stood_by'), ('contested'), ('reversed');

CREATE TABLE delivery_new (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  day TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity >= 1),
  note TEXT NOT NULL,
  state TEXT NOT NULL REFERENCES delivery_state (state),
  amount BIGINT NOT NULL DEFAULT 0 CHECK (amount >= 0),
  logged_by TEXT NOT NULL REFERENCES person (id),
  logged BIGINT NOT NULL,
  -- Absent where silence answered.
  answered_by TEXT REFERENCES person (id),
  answered BIGINT,
  by_policy BOOLEAN NOT NULL DEFAULT FALSE,
  dispute TEXT CHECK (dispute IN ('not_delivered', 'fewer', 'other_day', 'not_as_agreed')),
  reason TEXT NOT NULL DEFAULT '',
  -- When the receivers were told that silence will confirm it.
  told BIGINT
);
INSERT INTO delivery_new (id, order_id, day, quantity, note, state, amount, logged_by, logged, answered_by, answered, reason)
SELECT id, order_id, day, quantity, note, state, amount, logged_by, logged, answered_by, answered, reason FROM delivery;

CREATE TABLE delivery_part_new (
  delivery TEXT NOT NULL REFERENCES delivery_new (id),
  position BIGINT NOT NULL,
  line TEXT NOT NULL REFERENCES budget_line (id),
  amount BIGINT NOT NULL CHECK (amount >= 1),
  PRIMARY KEY (delivery, position)
);
INSERT INTO delivery_part_new (delivery, position, line, amount) SELECT delivery, position, line, amount FROM delivery_part;

DROP TABLE delivery_part;
DROP TABLE delivery;
ALTER TABLE delivery_new RENAME TO delivery;
ALTER TABLE delivery_part_new RENAME TO delivery_part;
CREATE INDEX delivery_by_order ON delivery (order_id);
CREATE INDEX delivery_by_state ON delivery (state, logged);

-- What school, unit and budget office said about an entry until it was settled.
CREATE TABLE delivery_message (
  delivery TEXT NOT NULL REFERENCES delivery (id),
  position BIGINT NOT NULL,
  at BIGINT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id),
  text TEXT NOT NULL,
  PRIMARY KEY (delivery, position)
);

-- After how many school days silence confirms an entry; the newest row whose day has come when it was logged counts. No days: never.
CREATE TABLE silence_policy (
  from_day TEXT PRIMARY KEY,
  days BIGINT NOT NULL CHECK (days BETWEEN 0 AND 60),
  notice_days BIGINT NOT NULL CHECK (notice_days >= 0 AND notice_days <= days),
  source TEXT NOT NULL
);
INSERT INTO silence_policy (from_day, days, notice_days, source)
VALUES ('2000-01-01', 10, 3, 'Starting policy of the product; the district sets its own');

INSERT INTO order_event_kind (kind) VALUES ('corrected'), ('stood_by'), ('contested'), ('upheld'), ('overruled');
