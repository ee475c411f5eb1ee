-- The renewal round: what becomes of this year's orders in the next.

-- The order of the year before that this one goes on with, the year of its term, and the price that stays through the term.
ALTER TABLE orders ADD COLUMN renews TEXT REFERENCES orders (id);
ALTER TABLE orders ADD COLUMN term_year BIGINT NOT NULL DEFAULT 1;
ALTER TABLE orders ADD COLUMN locked BIGINT;
CREATE INDEX orders_by_renews ON orders (renews);
CREATE INDEX orders_by_year ON orders (year, state);

-- An offer to renew: one for each order that a unit had accepted when the round was open.
CREATE TABLE renewal (
  order_id TEXT PRIMARY KEY REFERENCES orders (id),
  version BIGINT NOT NULL CHECK (version >= 1),
  school TEXT NOT NULL REFERENCES school (id),
  unit TEXT NOT NULL REFERENCES unit (id),
  -- The year that is decided about.
  year BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'renewed', 'changed', 'dropped', 'lapsed', 'gone')),
  quantity BIGINT NOT NULL CHECK (quantity >= 1),
  reason TEXT NOT NULL,
  -- What it cost when it was answered.
  price BIGINT CHECK (price >= 0),
  offered BIGINT NOT NULL,
  answered_by TEXT REFERENCES person (id),
  answered BIGINT,
  -- The draft in the new year's cart.
  draft TEXT REFERENCES orders (id),
  CHECK (state <> 'dropped' OR reason <> ''),
  CHECK (state NOT IN ('renewed', 'changed', 'dropped') OR answered_by IS NOT NULL),
  CHECK (draft IS NULL OR state IN ('renewed', 'changed'))
);
CREATE INDEX renewal_by_school ON renewal (school, year);
CREATE INDEX renewal_by_unit ON renewal (unit, year);
CREATE INDEX renewal_by_state ON renewal (year, state);

INSERT INTO order_event_kind (kind) VALUES ('renewal');

-- Reminders stand among the dates of the year.
CREATE TABLE yearly_date_new (
  year BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('half_year', 'hand_back', 'renewal_opens', 'renewal_reminds', 'renewal_closes', 'choice_opens',
    'choice_reminds', 'choice_closes', 'choose_again')),
  day TEXT NOT NULL,
  PRIMARY KEY (year, kind)
);
INSERT INTO yearly_date_new (year, kind, day) SELECT year, kind, day FROM yearly_date;
DROP TABLE yearly_date;
ALTER TABLE yearly_date_new RENAME TO yearly_date;
