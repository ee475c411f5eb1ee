-- Editions: a second person's review, days of sale, what follows what in the next year, what happened, and guaranteed quantities.

-- Since when and by whom a review is asked for; absent while nobody waits for one.
ALTER TABLE menu ADD COLUMN asked_at BIGINT;
ALTER TABLE menu ADD COLUMN asked_by TEXT REFERENCES person (id);
-- Days of sale as the unit writes them, and as they were last published.
ALTER TABLE menu ADD COLUMN wanted_from TEXT;
ALTER TABLE menu ADD COLUMN wanted_until TEXT;
ALTER TABLE menu ADD COLUMN sale_from TEXT;
ALTER TABLE menu ADD COLUMN sale_until TEXT;
CREATE INDEX menu_in_review ON menu (asked_at);

CREATE TABLE menu_event (
    menu TEXT NOT NULL REFERENCES menu (id),
    position BIGINT NOT NULL,
    at BIGINT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('started', 'asked', 'taken_back', 'sent_back', 'published', 'closed')),
    text TEXT NOT NULL,
    PRIMARY KEY (menu, position)
);

-- What a service and a tier were copied from when next year's edition was started: renewals follow it.
ALTER TABLE service ADD COLUMN follows TEXT REFERENCES service (id);
ALTER TABLE package ADD COLUMN follows TEXT REFERENCES package (id);
CREATE INDEX package_by_follows ON package (follows);

-- Invariant: no school takes more of a guaranteed package in a year than is guaranteed. The decision is in the write.
CREATE TABLE package_guarantee (
    package TEXT NOT NULL REFERENCES package (id),
    school TEXT NOT NULL REFERENCES school (id),
    year BIGINT NOT NULL,
    taken BIGINT NOT NULL CHECK (taken >= 0),
    PRIMARY KEY (package, school, year)
);

-- Who has a package in the cart is found when it leaves the shelf.
CREATE INDEX orders_by_package ON orders (package, state);
