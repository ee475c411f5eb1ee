-- Yearly choices: of a group of offers each school chooses exactly one.

CREATE TABLE choice_group (
  id TEXT PRIMARY KEY,
  -- The year that is chosen for.
  year BIGINT NOT NULL,
  title TEXT NOT NULL,
  about TEXT NOT NULL,
  minimum BIGINT NOT NULL CHECK (minimum >= 1),
  -- What is proposed to schools without a choice; absent where nothing is.
  proposed TEXT REFERENCES service (id),
  made_by TEXT NOT NULL REFERENCES person (id),
  made BIGINT NOT NULL
);
CREATE INDEX choice_group_by_year ON choice_group (year, id);

-- Invariant: no offer is chosen by more schools than it has room for. The decision is in the write.
CREATE TABLE choice_offer (
  group_id TEXT NOT NULL REFERENCES choice_group (id),
  service TEXT NOT NULL REFERENCES service (id),
  position BIGINT NOT NULL,
  capacity BIGINT NOT NULL CHECK (capacity >= 1),
  chosen BIGINT NOT NULL DEFAULT 0 CHECK (chosen >= 0 AND chosen <= capacity),
  failed BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (group_id, service)
);

-- Invariant: exactly one for each school and group; the key decides.
CREATE TABLE choice (
  group_id TEXT NOT NULL REFERENCES choice_group (id),
  school TEXT NOT NULL REFERENCES school (id),
  service TEXT NOT NULL REFERENCES service (id),
  package TEXT NOT NULL REFERENCES package (id),
  version BIGINT NOT NULL CHECK (version >= 1),
  assigned BOOLEAN NOT NULL,
  chosen_by TEXT NOT NULL REFERENCES person (id),
  chosen BIGINT NOT NULL,
  -- The draft in the new year's cart.
  draft TEXT REFERENCES orders (id),
  PRIMARY KEY (group_id, school)
);
CREATE INDEX choice_by_offer ON choice (group_id, service);
