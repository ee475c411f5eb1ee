-- Changes of running orders: proposed by one side, answered by the other; what they add is reserved beside the order's own shares.

CREATE TABLE order_change (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  -- Who proposed it.
  side TEXT NOT NULL CHECK (side IN ('school', 'unit')),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'approving', 'done', 'refused', 'returned', 'withdrawn', 'lapsed')),
  -- The order as it stood when it was proposed.
  was_package TEXT NOT NULL REFERENCES package (id),
  was_tier TEXT NOT NULL,
  was_quantity BIGINT NOT NULL,
  was_start TEXT NOT NULL,
  was_price BIGINT NOT NULL CHECK (was_price >= 0),
  -- What is wanted instead; the version and the day keep the price as it was seen.
  package TEXT NOT NULL REFERENCES package (id),
  package_version BIGINT NOT NULL,
  tier_name TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity BETWEEN 1 AND 100000),
  start TEXT NOT NULL,
  price BIGINT NOT NULL CHECK (price >= 0),
  working TEXT NOT NULL,
  reason TEXT NOT NULL,
  proposed_by TEXT NOT NULL REFERENCES person (id),
  proposed BIGINT NOT NULL,
  -- When whoever has to act next should have acted, and since when that clock rests with how much left.
  due BIGINT,
  rests BIGINT,
  left_seconds BIGINT,
  answered_by TEXT REFERENCES person (id),
  answered BIGINT,
  answer TEXT NOT NULL DEFAULT '',
  -- Who proposed or agreed for the school, where it adds to the price.
  bought_by TEXT REFERENCES person (id),
  -- What of the unit's capacity is kept for it while it waits for approval.
  kept BIGINT NOT NULL DEFAULT 0 CHECK (kept >= 0),
  CHECK ((rests IS NULL) = (left_seconds IS NULL))
);
-- Invariant: one change of an order is open at a time.
CREATE UNIQUE INDEX order_change_open ON order_change (order_id) WHERE state IN ('proposed', 'approving');
CREATE INDEX order_change_by_order ON order_change (order_id, id);
CREATE INDEX order_change_due ON order_change (state, due);

-- Who pays what it adds; the pending transfer while nothing is agreed or approved.
CREATE TABLE order_change_part (
  change TEXT NOT NULL REFERENCES order_change (id),
  position BIGINT NOT NULL,
  line TEXT NOT NULL REFERENCES budget_line (id),
  amount BIGINT NOT NULL CHECK (amount >= 1),
  pending TEXT,
  PRIMARY KEY (change, position),
  UNIQUE (change, line)
);

INSERT INTO order_event_kind (kind) VALUES ('change_proposed'), ('change_agreed'), ('change_refused'), ('change_withdrawn'), ('change_lapsed'),
  ('changed');
