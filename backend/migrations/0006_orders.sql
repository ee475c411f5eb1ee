-- Orders: drafts, submitted orders, their funding, deliveries, timeline, notices, and the purchases projection.

-- From when on which amounts hold; the newest row whose day has come counts.
CREATE TABLE approval_policy (
  id TEXT PRIMARY KEY,
  from_day TEXT NOT NULL,
  auto_approve_up_to BIGINT NOT NULL CHECK (auto_approve_up_to >= 0),
  small_order_up_to BIGINT NOT NULL CHECK (small_order_up_to >= 0),
  source TEXT NOT NULL
);
CREATE UNIQUE INDEX approval_policy_day ON approval_policy (from_day);

INSERT INTO approval_policy (id, from_day, auto_approve_up_to, small_order_up_to, source)
VALUES ('apv_00000000000000000000000001', '2000-01-01', 500000, 100000, 'Starting policy of the product; the district sets its own');

-- The number people say. Drawn late in the transaction that drafts, so that its lock is short; submitting never touches it.
CREATE TABLE order_counter (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  next_number BIGINT NOT NULL
);
INSERT INTO order_counter (id, next_number) VALUES (1, 1001);

CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  number BIGINT NOT NULL UNIQUE,
  version BIGINT NOT NULL CHECK (version >= 1),
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'returned', 'accepted', 'countered', 'in_delivery',
    'delivered', 'closed', 'withdrawn', 'cancelled')),
  school TEXT NOT NULL REFERENCES school (id),
  unit TEXT NOT NULL REFERENCES unit (id),
  service TEXT NOT NULL REFERENCES service (id),
  package TEXT NOT NULL REFERENCES package (id),
  package_version BIGINT NOT NULL,
  year BIGINT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity BETWEEN 1 AND 100000),
  -- What is counted when something is delivered, and how many of it the order holds.
  measure TEXT NOT NULL,
  units BIGINT NOT NULL CHECK (units >= 1),
  -- Logged and not taken back; Invariant: never beyond what was ordered.
  logged_units BIGINT NOT NULL DEFAULT 0 CHECK (logged_units >= 0 AND logged_units <= units),
  confirmed_units BIGINT NOT NULL DEFAULT 0 CHECK (confirmed_units >= 0 AND confirmed_units <= logged_units),
  start TEXT NOT NULL,
  goal TEXT REFERENCES plan_goal (id),
  note TEXT NOT NULL,
  price BIGINT NOT NULL CHECK (price >= 0),
  working TEXT NOT NULL,
  -- The approved envelope: an alternative up to this sum needs no new approval.
  envelope BIGINT NOT NULL DEFAULT 0 CHECK (envelope >= 0),
  -- True where a person typed the split; false: the product's proposal is taken anew.
  split_typed BOOLEAN NOT NULL,
  -- Copied from the catalog when bought, so that lists need no catalog.
  title TEXT NOT NULL,
  tier TEXT NOT NULL,
  tier_name TEXT NOT NULL,
  division TEXT NOT NULL,
  -- Lower case: number, service, tier, school, unit.
  words TEXT NOT NULL,
  contact TEXT NOT NULL DEFAULT '',
  drafted_by TEXT NOT NULL REFERENCES person (id),
  buyer TEXT REFERENCES person (id),
  drafted BIGINT NOT NULL,
  submitted BIGINT,
  approved BIGINT,
  answered BIGINT,
  -- When whoever has to act next should have acted.
  due BIGINT,
  counter TEXT,
  countered_by TEXT REFERENCES person (id),
  stars BIGINT CHECK (stars BETWEEN 1 AND 5),
  helped TEXT CHECK (helped IN ('yes', 'partly', 'no')),
  hours_saved BIGINT CHECK (hours_saved >= 0),
  rating_comment TEXT
);
CREATE INDEX orders_newest ON orders (number);
CREATE INDEX orders_by_school ON orders (school, number);
CREATE INDEX orders_by_unit ON orders (unit, number);
CREATE INDEX orders_by_state ON orders (state, number);
CREATE INDEX orders_by_goal ON orders (goal);
CREATE INDEX orders_by_service ON orders (service);

-- One share of an order's price. Invariant: the amounts of an order sum to its price once it is submitted.
CREATE TABLE order_split (
  order_id TEXT NOT NULL REFERENCES orders (id),
  position BIGINT NOT NULL,
  line TEXT NOT NULL REFERENCES budget_line (id),
  amount BIGINT NOT NULL CHECK (amount >= 1),
  spent BIGINT NOT NULL DEFAULT 0 CHECK (spent >= 0),
  released BIGINT NOT NULL DEFAULT 0 CHECK (released >= 0),
  -- The pending transfer while the order awaits approval.
  pending TEXT,
  PRIMARY KEY (order_id, position),
  UNIQUE (order_id, line),
  CHECK (spent + released <= amount)
);
CREATE INDEX order_split_by_line ON order_split (line);

CREATE TABLE delivery (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  day TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity >= 1),
  note TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('logged', 'confirmed', 'disputed', 'reversed')),
  amount BIGINT NOT NULL DEFAULT 0 CHECK (amount >= 0),
  logged_by TEXT NOT NULL REFERENCES person (id),
  logged BIGINT NOT NULL,
  answered_by TEXT REFERENCES person (id),
  answered BIGINT,
  reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX delivery_by_order ON delivery (order_id);
CREATE INDEX delivery_by_state ON delivery (state);

-- What a confirmed delivery posted to each budget line; a reversal posts exactly these back.
CREATE TABLE delivery_part (
  delivery TEXT NOT NULL REFERENCES delivery (id),
  position BIGINT NOT NULL,
  line TEXT NOT NULL REFERENCES budget_line (id),
  amount BIGINT NOT NULL CHECK (amount >= 1),
  PRIMARY KEY (delivery, position)
);

-- The timeline, in the order in which things were written.
CREATE TABLE order_event (
  order_id TEXT NOT NULL REFERENCES orders (id),
  position BIGINT NOT NULL,
  at BIGINT NOT NULL,
  person TEXT REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('drafted', 'edited', 'submitted', 'approved', 'policy', 'returned', 'accepted', 'countered',
    'taken', 'withdrawn', 'cancelled', 'logged', 'confirmed', 'disputed', 'retracted', 'reversed', 'closed', 'comment')),
  text TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (order_id, position)
);

CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL,
  text TEXT NOT NULL,
  link TEXT NOT NULL,
  seen BOOLEAN NOT NULL
);
CREATE INDEX notice_by_person ON notice (person, id);

-- Everything bought, one row for each share of its price. Other slices read this projection and nothing else of orders:
-- what similar schools did, who bought and rated a service, what was ordered under a goal, sums by vendor.
CREATE TABLE purchase_line (
  order_id TEXT NOT NULL REFERENCES orders (id),
  position BIGINT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('order', 'card')),
  school TEXT NOT NULL REFERENCES school (id),
  unit TEXT NOT NULL REFERENCES unit (id),
  service TEXT NOT NULL REFERENCES service (id),
  package TEXT NOT NULL REFERENCES package (id),
  tier TEXT NOT NULL,
  -- Absent where nothing is charged.
  fund TEXT REFERENCES fund (id),
  goal TEXT REFERENCES plan_goal (id),
  year BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  state TEXT NOT NULL,
  day TEXT NOT NULL,
  -- The buyer's answers when closing; absent until then.
  stars BIGINT CHECK (stars BETWEEN 1 AND 5),
  helped TEXT CHECK (helped IN ('yes', 'partly', 'no')),
  PRIMARY KEY (order_id, position)
);
CREATE INDEX purchase_line_by_goal ON purchase_line (goal);
CREATE INDEX purchase_line_by_service ON purchase_line (service, school);
CREATE INDEX purchase_line_by_day ON purchase_line (day);
CREATE INDEX purchase_line_recent ON purchase_line (school, day, unit, amount, state);

-- Whoever submits what policy approves by itself writes this row first, and so waits for the one before: the sums of a school's
-- orders to a unit are read only then.
CREATE TABLE order_turn (
  school TEXT NOT NULL REFERENCES school (id),
  unit TEXT NOT NULL REFERENCES unit (id),
  turns BIGINT NOT NULL CHECK (turns >= 1),
  PRIMARY KEY (school, unit)
);
