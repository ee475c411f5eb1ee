-- The review board's record of services, and who answers for what a unit could deliver and did not sell.

CREATE TABLE service_review (
  id TEXT PRIMARY KEY,
  service TEXT NOT NULL REFERENCES service (id),
  unit TEXT NOT NULL REFERENCES unit (id),
  year BIGINT NOT NULL,
  -- A decision is never changed; the board decides anew, and both stand.
  revision BIGINT NOT NULL CHECK (revision >= 1),
  title TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('keep', 'redesign', 'retire', 'broker')),
  -- The service's figures as they stood when it was decided.
  figures TEXT NOT NULL,
  evidence TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES person (id),
  decided BIGINT NOT NULL,
  reply TEXT NOT NULL DEFAULT '',
  replied_by TEXT REFERENCES person (id),
  replied BIGINT,
  UNIQUE (service, year, revision)
);
CREATE INDEX service_review_by_unit ON service_review (unit, year);

CREATE TABLE unsold_owner (
  package TEXT PRIMARY KEY REFERENCES package (id),
  owner TEXT NOT NULL REFERENCES person (id),
  named_by TEXT NOT NULL REFERENCES person (id),
  named BIGINT NOT NULL
);
