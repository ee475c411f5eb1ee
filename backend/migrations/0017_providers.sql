-- Outside providers under a unit: vetting papers by maker and checker, and the contract that orders draw down.

CREATE TABLE provider (
  id TEXT PRIMARY KEY,
  unit TEXT NOT NULL REFERENCES unit (id),
  -- Services name their provider by this name; it does not change.
  name TEXT NOT NULL,
  contact_email TEXT NOT NULL,
  added_by TEXT REFERENCES person (id),
  added_at BIGINT NOT NULL,
  -- From the papers that were checked: the last day each covers. Absent: nothing checked yet.
  contract_until TEXT,
  insurance_until TEXT,
  clearance_until TEXT,
  UNIQUE (unit, name)
);

-- Each paper as it was recorded and checked; never edited.
CREATE TABLE provider_paper (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL REFERENCES provider (id),
  kind TEXT NOT NULL CHECK (kind IN ('contract', 'insurance', 'clearance')),
  -- The contract's number, the policy's number, where the clearance is filed.
  reference TEXT NOT NULL,
  until_day TEXT NOT NULL,
  -- What orders of one fiscal year may come to; contracts only.
  year BIGINT,
  not_to_exceed BIGINT CHECK (not_to_exceed >= 0),
  state TEXT NOT NULL CHECK (state IN ('recorded', 'checked', 'refused')),
  note TEXT NOT NULL DEFAULT '',
  recorded_by TEXT REFERENCES person (id),
  recorded_at BIGINT NOT NULL,
  checked_by TEXT REFERENCES person (id),
  checked_at BIGINT,
  CHECK ((kind = 'contract') = (not_to_exceed IS NOT NULL)),
  CHECK ((not_to_exceed IS NULL) = (year IS NULL)),
  -- Who records a paper never checks it (RELIABILITY 4, rule 7).
  CHECK (checked_by IS NULL OR checked_by <> recorded_by)
);
CREATE INDEX provider_paper_by_provider ON provider_paper (provider, id);
CREATE INDEX provider_paper_by_state ON provider_paper (state);

-- Invariant: orders never draw more than the contract allows, however many are submitted at once. The decision is in the write.
CREATE TABLE provider_contract (
  provider TEXT NOT NULL REFERENCES provider (id),
  year BIGINT NOT NULL,
  not_to_exceed BIGINT NOT NULL CHECK (not_to_exceed >= 0),
  drawn BIGINT NOT NULL DEFAULT 0 CHECK (drawn >= 0),
  PRIMARY KEY (provider, year)
);

-- What an order holds of its provider's contract: the price less the brokerage, less what was given back.
ALTER TABLE orders ADD COLUMN contract_draw BIGINT NOT NULL DEFAULT 0;
