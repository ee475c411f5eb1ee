-- Approvals as rows: the policy by dated versions, the steps of each order, whom people report to, and what the unit says beside.

CREATE TABLE policy (
  id TEXT PRIMARY KEY,
  -- The newest confirmed version whose day has come counts.
  from_day TEXT NOT NULL,
  small_order_up_to BIGINT NOT NULL CHECK (small_order_up_to >= 0),
  -- School days within which orders of a school to one seller count together.
  window_days BIGINT NOT NULL CHECK (window_days BETWEEN 1 AND 60),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'withdrawn')),
  -- Why it was written, in the proposer's words.
  reason TEXT NOT NULL,
  -- Absent for what the product starts with.
  proposed_by TEXT REFERENCES person (id),
  proposed_at BIGINT NOT NULL,
  confirmed_by TEXT REFERENCES person (id),
  confirmed_at BIGINT,
  -- Who proposes a policy never confirms it.
  CHECK (confirmed_by IS NULL OR confirmed_by <> proposed_by)
);
CREATE UNIQUE INDEX policy_day ON policy (from_day) WHERE state = 'confirmed';
CREATE INDEX policy_by_state ON policy (state, from_day);

CREATE TABLE policy_row (
  policy TEXT NOT NULL REFERENCES policy (id),
  position BIGINT NOT NULL,
  title TEXT NOT NULL,
  over BIGINT NOT NULL CHECK (over >= 0),
  up_to BIGINT CHECK (up_to > over),
  -- Which of an order's funds it is about, as JSON; likewise the categories, empty for all.
  funds TEXT NOT NULL,
  provider TEXT CHECK (provider IN ('unit', 'outside')),
  categories TEXT NOT NULL,
  PRIMARY KEY (policy, position)
);

CREATE TABLE policy_step (
  policy TEXT NOT NULL,
  row_position BIGINT NOT NULL,
  position BIGINT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('network_officer', 'budget_officer', 'executive')),
  days BIGINT NOT NULL CHECK (days BETWEEN 1 AND 30),
  PRIMARY KEY (policy, row_position, position),
  FOREIGN KEY (policy, row_position) REFERENCES policy_row (policy, position)
);

-- What stood as one amount goes on as one row.
INSERT INTO policy (id, from_day, small_order_up_to, window_days, state, reason, proposed_at)
SELECT 'plc_' || substr(id, 5), from_day, small_order_up_to, 5, 'confirmed', source, 0 FROM approval_policy;
INSERT INTO policy_row (policy, position, title, over, funds, categories)
SELECT 'plc_' || substr(id, 5), 0, 'Orders over the amount that policy approves', auto_approve_up_to, '{"match":"any"}', '[]'
FROM approval_policy;
INSERT INTO policy_step (policy, row_position, position, role, days)
SELECT 'plc_' || substr(id, 5), 0, 0, 'budget_officer', 2 FROM approval_policy;
DROP TABLE approval_policy;

-- The steps of an order's approval, one after the other; each submission begins a round.
CREATE TABLE order_approval (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  round BIGINT NOT NULL CHECK (round >= 1),
  position BIGINT NOT NULL CHECK (position >= 0),
  role TEXT NOT NULL CHECK (role IN ('network_officer', 'budget_officer', 'executive')),
  days BIGINT NOT NULL CHECK (days >= 1),
  because TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'open', 'approved', 'returned', 'void')),
  opened BIGINT,
  due BIGINT,
  decided_by TEXT REFERENCES person (id),
  -- For whom, where they stood in for somebody: both names are kept.
  acting_for TEXT REFERENCES person (id),
  decided BIGINT,
  UNIQUE (order_id, round, position),
  CHECK ((decided_by IS NULL) = (decided IS NULL)),
  CHECK (acting_for IS NULL OR acting_for <> decided_by)
);
-- Invariant: one step of an order is open at a time.
CREATE UNIQUE INDEX order_approval_open ON order_approval (order_id) WHERE state = 'open';
CREATE INDEX order_approval_by_role ON order_approval (role, state, due);
CREATE INDEX order_approval_decided ON order_approval (role, decided);

-- When the unit should have said whether it can; its clock runs beside the approval.
ALTER TABLE orders ADD COLUMN answer_due BIGINT;
-- The outside provider by name, and the kind of help, as they were bought.
ALTER TABLE orders ADD COLUMN provider TEXT;
ALTER TABLE orders ADD COLUMN category TEXT;
ALTER TABLE purchase_line ADD COLUMN provider TEXT;

INSERT INTO order_approval (id, order_id, round, position, role, days, because, state, opened, due)
SELECT 'apv_' || substr(id, 5), id, 1, 0, 'budget_officer', 2, '', 'open', submitted, due FROM orders WHERE state = 'submitted';
INSERT INTO order_approval (id, order_id, round, position, role, days, because, state, opened, due, decided_by, decided)
SELECT 'apv_' || substr(o.id, 5), o.id, 1, 0, 'budget_officer', 2, '', 'approved', o.submitted, e.at, e.person, e.at
FROM orders o JOIN order_event e ON e.order_id = o.id AND e.kind = 'approved'
WHERE o.state <> 'submitted' AND o.submitted IS NOT NULL AND e.at >= o.submitted AND e.person IS NOT NULL
  AND (SELECT COUNT(*) FROM order_event x WHERE x.order_id = o.id AND x.kind = 'approved') = 1;
UPDATE orders SET answer_due = due WHERE state = 'approved';
INSERT INTO order_event_kind (kind) VALUES ('step'), ('available');

-- Whom a person reports to. Nobody approves for somebody above them.
ALTER TABLE person ADD COLUMN reports_to TEXT REFERENCES person (id);
CREATE INDEX person_by_manager ON person (reports_to);
CREATE TABLE manager_change (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (id),
  -- Absent: reports to nobody in this district's system.
  manager TEXT REFERENCES person (id),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'superseded')),
  proposed_by TEXT NOT NULL REFERENCES person (id),
  proposed_at BIGINT NOT NULL,
  confirmed_by TEXT REFERENCES person (id),
  CHECK (manager IS NULL OR manager <> person),
  -- Two people, neither of them the person it is about.
  CHECK (proposed_by <> person),
  CHECK (confirmed_by IS NULL OR (confirmed_by <> person AND confirmed_by <> proposed_by))
);
CREATE UNIQUE INDEX manager_change_open ON manager_change (person) WHERE state = 'proposed';
