-- The shelf's memory: filters that people keep under a name, and what schools look for and at, counted by day and without people.

CREATE TABLE saved_filter (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  -- The shelf's address behind the question mark.
  address TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  UNIQUE (person, name)
);

-- What was typed into the search, in the form in which it is looked up. Invariant: neither a person nor a school is kept with it.
CREATE TABLE shelf_search (
  day TEXT NOT NULL,
  words TEXT NOT NULL,
  times BIGINT NOT NULL CHECK (times >= 1),
  -- How many packages it found when it was last typed that day.
  found BIGINT NOT NULL CHECK (found >= 0),
  PRIMARY KEY (day, words)
);

-- Which schools looked at and compared which packages on which day.
CREATE TABLE shelf_interest (
  day TEXT NOT NULL,
  school TEXT NOT NULL REFERENCES school (id),
  package TEXT NOT NULL REFERENCES package (id),
  service TEXT NOT NULL REFERENCES service (id),
  kind TEXT NOT NULL CHECK (kind IN ('viewed', 'compared')),
  times BIGINT NOT NULL CHECK (times >= 1),
  PRIMARY KEY (day, school, package, kind)
);
CREATE INDEX shelf_interest_by_service ON shelf_interest (service, day);
