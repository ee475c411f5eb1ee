-- Carts that a network officer suggests and a principal takes into her own, and what is said beside a cart.

CREATE TABLE suggestion (
  id TEXT PRIMARY KEY,
  school TEXT NOT NULL REFERENCES school (id),
  title TEXT NOT NULL,
  note TEXT NOT NULL,
  -- Invariant: what was suggested is never edited; it is answered once.
  state TEXT NOT NULL CHECK (state IN ('open', 'adopted', 'declined')),
  version BIGINT NOT NULL,
  made_by TEXT NOT NULL REFERENCES person (id),
  made BIGINT NOT NULL,
  answered_by TEXT REFERENCES person (id),
  answered BIGINT,
  answer TEXT NOT NULL DEFAULT '',
  CHECK ((state = 'open') = (answered IS NULL))
);
CREATE INDEX suggestion_by_school ON suggestion (school, id);
CREATE INDEX suggestion_by_state ON suggestion (state, id);

CREATE TABLE suggestion_line (
  suggestion TEXT NOT NULL REFERENCES suggestion (id),
  position BIGINT NOT NULL,
  package TEXT NOT NULL REFERENCES package (id),
  -- As they were called when it was suggested.
  title TEXT NOT NULL,
  tier_name TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity >= 1),
  start_day TEXT,
  goal TEXT REFERENCES plan_goal (id),
  reason TEXT NOT NULL,
  -- The draft that it became.
  order_id TEXT REFERENCES orders (id),
  PRIMARY KEY (suggestion, position)
);

CREATE TABLE cart_comment (
  id TEXT PRIMARY KEY,
  school TEXT NOT NULL REFERENCES school (id),
  person TEXT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX cart_comment_by_school ON cart_comment (school, id);
