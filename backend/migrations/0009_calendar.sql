-- The calendar: the district's holidays, breaks and protected days, and the days that schools protect for themselves.

CREATE TABLE calendar_day (
    id TEXT PRIMARY KEY,
    -- Absent for the district's own days.
    school TEXT REFERENCES school (id),
    kind TEXT NOT NULL CHECK (kind IN ('holiday', 'break', 'protected')),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    title TEXT NOT NULL,
    -- Absent for what the demo district set up.
    set_by TEXT REFERENCES person (id),
    set_at BIGINT NOT NULL,
    CHECK (first_day <= last_day),
    -- A school protects days; it does not make holidays.
    CHECK (school IS NULL OR kind = 'protected')
);
CREATE INDEX calendar_day_by_school ON calendar_day (school, first_day);

-- Counts changes to the district's days: an edit carries the number it read, and copies of the catalog know that they are old.
CREATE TABLE calendar_revision (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL
);
INSERT INTO calendar_revision (id, revision) VALUES (1, 1);

-- How many school days of a year a school has protected. The decision is in the write: a principal who protects twice at once
-- cannot have more than the year allows.
CREATE TABLE protected_days (
    school TEXT NOT NULL REFERENCES school (id),
    year BIGINT NOT NULL,
    used BIGINT NOT NULL CHECK (used >= 0),
    most BIGINT NOT NULL,
    PRIMARY KEY (school, year),
    CHECK (used <= most)
);
