-- Capacity: how many starts a term or month takes, who waits for a place, and on which days the unit's people are booked.

-- How often a package's year is divided, and the most that may start in one part; nothing: the year alone counts.
ALTER TABLE package_capacity ADD COLUMN period TEXT CHECK (period IN ('term', 'month'));
ALTER TABLE package_capacity ADD COLUMN most BIGINT CHECK (most >= 0);

-- What is sold by the month in which it starts, and how many wait for it. Changed only together with its row of package_capacity,
-- whose lock orders all that happen at once.
CREATE TABLE package_month (
    package TEXT NOT NULL REFERENCES package (id),
    year BIGINT NOT NULL,
    -- 2026-11
    month TEXT NOT NULL,
    sold BIGINT NOT NULL DEFAULT 0 CHECK (sold >= 0),
    waiting BIGINT NOT NULL DEFAULT 0 CHECK (waiting >= 0),
    PRIMARY KEY (package, year, month)
);

INSERT INTO package_month (package, year, month, sold)
SELECT package, year, SUBSTR(start, 1, 7), CAST(SUM(quantity) AS BIGINT) FROM orders
WHERE state IN ('submitted', 'approved', 'accepted', 'countered', 'in_delivery', 'delivered', 'closed')
GROUP BY package, year, SUBSTR(start, 1, 7);

-- A place in the line for a package. Places are offered in the order in which they were taken.
CREATE TABLE waiting_place (
    id TEXT PRIMARY KEY,
    school TEXT NOT NULL REFERENCES school (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    package TEXT NOT NULL REFERENCES package (id),
    year BIGINT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity BETWEEN 1 AND 100000),
    start TEXT NOT NULL,
    joined BIGINT NOT NULL,
    joined_by TEXT NOT NULL REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'accepted', 'ordered', 'left', 'passed')),
    -- How many are kept for the school while it is offered or accepted.
    held BIGINT NOT NULL DEFAULT 0 CHECK (held >= 0),
    -- Until when they are kept.
    expires BIGINT,
    -- The draft that the accepted place went into.
    draft TEXT REFERENCES orders (id),
    CHECK ((held > 0) = (state IN ('offered', 'accepted'))),
    CHECK ((expires IS NOT NULL) = (state IN ('offered', 'accepted')))
);
CREATE INDEX waiting_place_line ON waiting_place (package, year, state, joined, id);
CREATE INDEX waiting_place_by_school ON waiting_place (school, joined);
CREATE INDEX waiting_place_by_unit ON waiting_place (unit, state, joined);
CREATE INDEX waiting_place_by_expiry ON waiting_place (state, expires);
CREATE INDEX waiting_place_by_draft ON waiting_place (draft);
-- A school stands once in one line.
CREATE UNIQUE INDEX waiting_place_once ON waiting_place (school, package, year) WHERE state IN ('waiting', 'offered', 'accepted');

-- One row for each unit that plans its people's days: every change of its calendar takes its turn on it.
CREATE TABLE unit_calendar (
    unit TEXT PRIMARY KEY REFERENCES unit (id),
    revision BIGINT NOT NULL
);

-- Who can be booked: named people of the unit, whether they have an account or not.
CREATE TABLE unit_staff (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (id),
    name TEXT NOT NULL,
    -- The weekdays on which they can be booked: Monday 1, Tuesday 2, Wednesday 4, Thursday 8, Friday 16.
    weekdays BIGINT NOT NULL CHECK (weekdays BETWEEN 0 AND 31),
    active BOOLEAN NOT NULL
);
CREATE INDEX unit_staff_by_unit ON unit_staff (unit, name);

-- Days on which nobody of the unit can be booked, or one person cannot.
CREATE TABLE unit_day (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (id),
    staff TEXT REFERENCES unit_staff (id),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    title TEXT NOT NULL,
    CHECK (first_day <= last_day)
);
CREATE INDEX unit_day_by_unit ON unit_day (unit, last_day);

CREATE TABLE booking (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    school TEXT NOT NULL REFERENCES school (id),
    staff TEXT NOT NULL REFERENCES unit_staff (id),
    day TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('whole', 'morning', 'afternoon')),
    booked_by TEXT REFERENCES person (id),
    booked_at BIGINT NOT NULL,
    -- Rises with every change, for the calendars that take it in.
    sequence BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX booking_by_order ON booking (order_id, day);
CREATE INDEX booking_by_unit ON booking (unit, day);
CREATE INDEX booking_by_school ON booking (school, day);

-- Invariant: nobody is in two places in one half of a day; the key decides, however many book at once.
CREATE TABLE booking_half (
    staff TEXT NOT NULL REFERENCES unit_staff (id),
    day TEXT NOT NULL,
    half TEXT NOT NULL CHECK (half IN ('morning', 'afternoon')),
    booking TEXT NOT NULL REFERENCES booking (id),
    PRIMARY KEY (staff, day, half)
);
CREATE INDEX booking_half_by_booking ON booking_half (booking);

INSERT INTO order_event_kind (kind) VALUES ('booked'), ('unbooked');
