-- Who stands in for whom: approvals for a dated while, and buying up to a cap.

CREATE TABLE delegation (
  id TEXT PRIMARY KEY,
  -- Approvals go to somebody of the same role; buying goes to the school's staff, up to a cap.
  kind TEXT NOT NULL CHECK (kind IN ('approval', 'buying')),
  giver TEXT NOT NULL REFERENCES person (id),
  taker TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('network_officer', 'budget_officer', 'executive', 'principal')),
  school TEXT REFERENCES school (id),
  -- The district's own days, both included.
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  cap BIGINT CHECK (cap > 0),
  given_at BIGINT NOT NULL,
  ended_by TEXT REFERENCES person (id),
  ended_at BIGINT,
  CHECK (giver <> taker),
  CHECK (last_day >= first_day),
  CHECK ((kind = 'buying') = (cap IS NOT NULL)),
  CHECK ((kind = 'buying') = (school IS NOT NULL)),
  CHECK ((kind = 'buying') = (role = 'principal'))
);
CREATE INDEX delegation_by_taker ON delegation (taker, last_day);
CREATE INDEX delegation_by_giver ON delegation (giver, last_day);
