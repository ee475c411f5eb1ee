-- Units, their menus, services, and the packages that schools buy.

CREATE TABLE unit (
    id TEXT PRIMARY KEY,
    -- The district's own number of the unit, where the books know one.
    code TEXT UNIQUE,
    name TEXT NOT NULL,
    division TEXT NOT NULL CHECK (division IN ('instruction', 'operations', 'brokered')),
    about TEXT NOT NULL,
    contact TEXT NOT NULL,
    contact_email TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX unit_by_name ON unit (name);

CREATE TABLE menu (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (id),
    year BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'closed')),
    version BIGINT NOT NULL CHECK (version > 0),
    published_at BIGINT,
    UNIQUE (unit, year)
);

CREATE TABLE service (
    id TEXT PRIMARY KEY,
    menu TEXT NOT NULL REFERENCES menu (id),
    -- Place on the menu, in the order in which the unit wrote them.
    position BIGINT NOT NULL,
    -- Counts edits of the draft; an edit carries the version it read.
    version BIGINT NOT NULL CHECK (version > 0),
    -- The words being written, and the words that were last published: a ServiceDraft as JSON.
    draft TEXT NOT NULL,
    published TEXT,
    -- The number of the published words; absent where the shelf does not show the service.
    published_version BIGINT,
    -- True where the unit took it off its menu; what was sold of it stands.
    removed BOOLEAN NOT NULL,
    UNIQUE (menu, position)
);

-- Published words are kept for ever: an order shows what it bought.
CREATE TABLE service_version (
    service TEXT NOT NULL REFERENCES service (id),
    version BIGINT NOT NULL CHECK (version > 0),
    content TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (service, version)
);

CREATE TABLE package (
    id TEXT PRIMARY KEY,
    service TEXT NOT NULL REFERENCES service (id),
    position BIGINT NOT NULL,
    -- The latest published version; kept when the tier leaves the shelf.
    version BIGINT,
    on_sale BOOLEAN NOT NULL
);
CREATE INDEX package_by_service ON package (service);

CREATE TABLE package_version (
    package TEXT NOT NULL REFERENCES package (id),
    version BIGINT NOT NULL CHECK (version > 0),
    -- The words of the service that were published with it.
    service_version BIGINT NOT NULL,
    content TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (package, version)
);

-- Invariant: no more is sold than can be delivered, however many buyers come at once. The decision is in the write.
-- A unit may lower its capacity below what is sold; then nothing more is sold, and nothing that was sold is broken.
CREATE TABLE package_capacity (
    package TEXT NOT NULL REFERENCES package (id),
    year BIGINT NOT NULL,
    capacity BIGINT CHECK (capacity >= 0),
    sold BIGINT NOT NULL CHECK (sold >= 0),
    -- Counts sales and releases; with the catalog's revision it tells when a copy of the catalog is old.
    moves BIGINT NOT NULL,
    PRIMARY KEY (package, year)
);

-- Counts publications and ratings, so that every replica knows when its copy of the catalog is old.
CREATE TABLE catalog_revision (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL
);
INSERT INTO catalog_revision (id, revision) VALUES (1, 1);
