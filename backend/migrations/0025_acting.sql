-- Acting appointments: who holds a school's principal permissions while its principal is on leave. Two people make one, neither of them
-- the one on leave nor the one who acts; it runs out by itself.

CREATE TABLE acting (
    id TEXT NOT NULL PRIMARY KEY,
    school TEXT NOT NULL REFERENCES school (id),
    -- The principal on leave, and who acts.
    person TEXT NOT NULL REFERENCES person (id),
    deputy TEXT NOT NULL REFERENCES person (id),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    -- The same days as instants of the district's own zone: the first, and the one after the last.
    begins_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    proposed_by TEXT NOT NULL REFERENCES person (id),
    proposed_at BIGINT NOT NULL,
    confirmed_by TEXT REFERENCES person (id),
    confirmed_at BIGINT,
    -- Ended before its last day, or never confirmed.
    ended_by TEXT REFERENCES person (id),
    ended_at BIGINT,
    CHECK (first_day <= last_day),
    CHECK (begins_at < ends_at),
    CHECK (person <> deputy),
    CHECK (proposed_by <> person AND proposed_by <> deputy),
    CHECK (confirmed_by IS NULL OR (confirmed_by <> person AND confirmed_by <> deputy AND confirmed_by <> proposed_by)),
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
    CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX acting_by_deputy ON acting (deputy, begins_at);
CREATE INDEX acting_by_person ON acting (person, begins_at);
CREATE INDEX acting_by_end ON acting (ends_at);

-- For whom somebody who acts bought it: both persons count as its buyer.
ALTER TABLE orders ADD COLUMN bought_for TEXT REFERENCES person (id);
