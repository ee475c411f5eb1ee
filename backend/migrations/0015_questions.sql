-- Questions inside and outside orders, the answers that units publish, and the clocks that rest while the other side owes an answer.

-- In how many working days a question is answered where no service promises it; the newest row whose day has come counts.
CREATE TABLE question_policy (
  from_day TEXT PRIMARY KEY,
  unit_days BIGINT NOT NULL CHECK (unit_days BETWEEN 1 AND 60),
  school_days BIGINT NOT NULL CHECK (school_days BETWEEN 1 AND 60),
  source TEXT NOT NULL
);
INSERT INTO question_policy (from_day, unit_days, school_days, source)
VALUES ('2000-01-01', 2, 3, 'Starting policy of the product; the district sets its own');

CREATE TABLE question (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL CHECK (version >= 1),
  -- Absent outside an order.
  order_id TEXT REFERENCES orders (id),
  school TEXT NOT NULL REFERENCES school (id),
  unit TEXT NOT NULL REFERENCES unit (id),
  service TEXT REFERENCES service (id),
  -- Copied when asked, so that lists need no catalog.
  service_title TEXT NOT NULL,
  -- Who asked: the school its unit, or inside an order the unit its school.
  side TEXT NOT NULL CHECK (side IN ('school', 'unit')),
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'withdrawn')),
  text TEXT NOT NULL,
  asked_by TEXT NOT NULL REFERENCES person (id),
  asked BIGINT NOT NULL,
  due BIGINT NOT NULL,
  -- The question that this one follows up.
  follows TEXT REFERENCES question (id),
  answer TEXT NOT NULL DEFAULT '',
  -- True where the answer is a no; then it says what the asker can do instead.
  refused BOOLEAN NOT NULL DEFAULT FALSE,
  instead TEXT NOT NULL DEFAULT '',
  answered_by TEXT REFERENCES person (id),
  answered_for TEXT REFERENCES person (id),
  answered BIGINT,
  -- Whether the asker could use the answer; refusals are rated too.
  useful BOOLEAN,
  -- Lower case: question, answer, service, school, unit.
  words TEXT NOT NULL,
  CHECK ((state = 'answered') = (answered IS NOT NULL)),
  CHECK (NOT refused OR instead <> '')
);
CREATE INDEX question_by_school ON question (school, id);
CREATE INDEX question_by_unit ON question (unit, id);
CREATE INDEX question_by_order ON question (order_id, id);
CREATE INDEX question_open ON question (state, due);
CREATE INDEX question_follows ON question (follows);

-- Good answers, in the unit's edited words and without any school's name.
CREATE TABLE library_entry (
  id TEXT PRIMARY KEY,
  question TEXT NOT NULL REFERENCES question (id),
  unit TEXT NOT NULL REFERENCES unit (id),
  service TEXT REFERENCES service (id),
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  published_by TEXT NOT NULL REFERENCES person (id),
  published BIGINT NOT NULL,
  removed BIGINT
);
CREATE UNIQUE INDEX library_entry_once ON library_entry (question) WHERE removed IS NULL;
CREATE INDEX library_entry_newest ON library_entry (published);

-- The clock of an order's next step rests while the other side owes an answer. It holds for the step that was due then: once
-- somebody took it, the rest means nothing any more.
CREATE TABLE order_rest (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  side TEXT NOT NULL CHECK (side IN ('school', 'unit')),
  due BIGINT NOT NULL,
  since BIGINT NOT NULL,
  left_seconds BIGINT NOT NULL CHECK (left_seconds >= 0),
  ended BIGINT
);
CREATE UNIQUE INDEX order_rest_once ON order_rest (order_id) WHERE ended IS NULL;

INSERT INTO order_event_kind (kind) VALUES ('asked'), ('replied');
