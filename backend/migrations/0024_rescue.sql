-- Stretches of time, the dates of a fiscal year, and what is made of an order's rest.

-- The periods behind an order's units where it is bought by the month, the week or the year; empty for pieces.
ALTER TABLE orders ADD COLUMN periods TEXT NOT NULL DEFAULT '[]';
-- The order whose rest this one came of: swapped, or given by another school.
ALTER TABLE orders ADD COLUMN born_of TEXT REFERENCES orders (id);
-- The first day of a stretch that ends on the entry's day.
ALTER TABLE delivery ADD COLUMN first_day TEXT;

-- Set by the district; the product's usual day holds for each other.
CREATE TABLE yearly_date (
  year BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('half_year', 'hand_back', 'renewal_opens', 'renewal_closes', 'choice_opens', 'choice_closes',
    'choose_again')),
  day TEXT NOT NULL,
  PRIMARY KEY (year, kind)
);

-- Days that one school gives to another. Nothing moves before it is done.
CREATE TABLE gift (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL CHECK (version >= 1),
  state TEXT NOT NULL CHECK (state IN ('offered', 'taken', 'done', 'declined', 'withdrawn')),
  order_id TEXT NOT NULL REFERENCES orders (id),
  from_school TEXT NOT NULL REFERENCES school (id),
  to_school TEXT NOT NULL REFERENCES school (id),
  units BIGINT NOT NULL CHECK (units >= 1),
  value BIGINT NOT NULL CHECK (value >= 0),
  goal TEXT REFERENCES plan_goal (id),
  reason TEXT NOT NULL,
  offered_by TEXT NOT NULL REFERENCES person (id),
  offered BIGINT NOT NULL,
  taken_by TEXT REFERENCES person (id),
  taken BIGINT,
  approved_by TEXT REFERENCES person (id),
  becomes TEXT REFERENCES orders (id),
  CHECK (from_school <> to_school),
  CHECK ((state = 'done') = (becomes IS NOT NULL))
);
CREATE INDEX gift_by_order ON gift (order_id);
CREATE INDEX gift_by_giver ON gift (from_school, id);
CREATE INDEX gift_by_taker ON gift (to_school, id);
CREATE INDEX gift_by_state ON gift (state, id);

INSERT INTO order_event_kind (kind) VALUES ('handed_back'), ('swapped'), ('given'), ('received'), ('behind');
