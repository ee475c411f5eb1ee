-- What nobody answered in the promised time climbs: to its owner as a reminder, to the chief of the division, to the executives.

-- So many working days after the promised time it reaches whom; of each duty the newest day whose time has come counts.
CREATE TABLE climb_step (
  duty TEXT NOT NULL CHECK (duty IN ('answer', 'approve', 'question')),
  from_day TEXT NOT NULL,
  level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 5),
  after_days BIGINT NOT NULL CHECK (after_days BETWEEN 0 AND 60),
  to_whom TEXT NOT NULL CHECK (to_whom IN ('owner', 'chief', 'executive')),
  source TEXT NOT NULL,
  PRIMARY KEY (duty, from_day, level)
);
INSERT INTO climb_step (duty, from_day, level, after_days, to_whom, source) VALUES
  ('answer', '2000-01-01', 1, 0, 'owner', 'Starting policy of the product; the district sets its own'),
  ('answer', '2000-01-01', 2, 1, 'chief', 'Starting policy of the product; the district sets its own'),
  ('answer', '2000-01-01', 3, 3, 'executive', 'Starting policy of the product; the district sets its own'),
  ('question', '2000-01-01', 1, 0, 'owner', 'Starting policy of the product; the district sets its own'),
  ('question', '2000-01-01', 2, 1, 'chief', 'Starting policy of the product; the district sets its own'),
  ('question', '2000-01-01', 3, 3, 'executive', 'Starting policy of the product; the district sets its own'),
  ('approve', '2000-01-01', 1, 0, 'owner', 'Starting policy of the product; the district sets its own'),
  ('approve', '2000-01-01', 2, 2, 'executive', 'Starting policy of the product; the district sets its own');

-- Which executive is responsible for a division, from which day on.
CREATE TABLE chief (
  division TEXT NOT NULL CHECK (division IN ('instruction', 'operations', 'brokered')),
  from_day TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id),
  -- Absent for what the demo district set up.
  named_by TEXT REFERENCES person (id),
  named_at BIGINT NOT NULL,
  PRIMARY KEY (division, from_day)
);

-- One row for each level that something reached; it means the step that was due then and no later one.
CREATE TABLE climb (
  id TEXT PRIMARY KEY,
  duty TEXT NOT NULL CHECK (duty IN ('answer', 'approve', 'question')),
  -- The order or the question.
  object TEXT NOT NULL,
  due BIGINT NOT NULL,
  level BIGINT NOT NULL,
  to_whom TEXT NOT NULL CHECK (to_whom IN ('owner', 'chief', 'executive')),
  -- In words, as everybody reads it.
  to_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (object, due, level)
);

-- On whose desk it stands now.
CREATE TABLE climb_owner (
  climb TEXT NOT NULL REFERENCES climb (id),
  person TEXT NOT NULL REFERENCES person (id),
  PRIMARY KEY (climb, person)
);
CREATE INDEX climb_owner_by_person ON climb_owner (person);

INSERT INTO order_event_kind (kind) VALUES ('climbed');
