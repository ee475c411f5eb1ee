-- Schools, the chart of accounts, funds and their rules, budget lines, the books behind them, plans and imports.

CREATE TABLE network (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE school (
    id TEXT PRIMARY KEY,
    -- The site segment of the account code, padded.
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    span TEXT NOT NULL CHECK (span IN ('early_childhood', 'elementary', 'k_eight', 'middle', 'high', 'six_twelve', 'all')),
    network TEXT REFERENCES network (id),
    enrollment BIGINT NOT NULL CHECK (enrollment >= 0),
    low_income_bp BIGINT NOT NULL CHECK (low_income_bp BETWEEN 0 AND 10000),
    english_learners_bp BIGINT NOT NULL CHECK (english_learners_bp BETWEEN 0 AND 10000),
    posts BIGINT NOT NULL CHECK (posts >= 0),
    -- Where the counts come from, with their year.
    facts_source TEXT NOT NULL
);
CREATE INDEX school_by_network ON school (network);
CREATE INDEX school_by_name ON school (name);

-- Every site of the chart, schools and offices alike; `kind` and `category` in the source's own words.
CREATE TABLE site (
    code TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    category TEXT NOT NULL,
    is_school BOOLEAN NOT NULL
);

-- The ledger's own funds: SACS fund segment, in the source's width and in SACS's two digits.
CREATE TABLE ledger_fund (
    code TEXT PRIMARY KEY,
    sacs TEXT NOT NULL,
    title TEXT NOT NULL
);

CREATE TABLE object_code (
    code TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    -- Whether a school decides over what is charged here.
    discretionary BOOLEAN NOT NULL
);

CREATE TABLE function_code (
    code TEXT PRIMARY KEY,
    title TEXT NOT NULL
);

-- The funds of the screens: SACS resources.
CREATE TABLE fund (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('unrestricted', 'restricted')),
    family TEXT NOT NULL CHECK (family IN ('base', 'supplemental', 'title_one', 'title_two', 'title_three', 'title_four', 'other_federal',
        'lottery_materials', 'expanded_learning', 'special_education', 'other_state', 'parcel_tax', 'grant', 'other_local', 'facilities')),
    -- SACS fund, two digits, that money of this resource mostly sits in.
    sacs_fund TEXT NOT NULL,
    intent TEXT NOT NULL,
    -- The source's own words for type, category and subcategory, joined by ` / `.
    source_words TEXT NOT NULL
);

-- Decisions on what a fund may pay for; the newest is in force, older ones stay.
CREATE TABLE fund_rule (
    id TEXT PRIMARY KEY,
    fund TEXT NOT NULL REFERENCES fund (id),
    in_force BOOLEAN NOT NULL,
    -- True for the shipped starter rules; a decision of the budget office is never replaced by one.
    starter BOOLEAN NOT NULL,
    -- A FundRule as JSON.
    content TEXT NOT NULL,
    decided_by TEXT,
    decided_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX fund_rule_in_force ON fund_rule (fund) WHERE in_force;

CREATE TABLE budget_line (
    id TEXT PRIMARY KEY,
    school TEXT NOT NULL REFERENCES school (id),
    fund TEXT NOT NULL REFERENCES fund (id),
    year INTEGER NOT NULL,
    -- SACS fund, two digits, of the account strings that post to this line.
    sacs_fund TEXT NOT NULL,
    UNIQUE (school, year, fund)
);
CREATE INDEX budget_line_by_year ON budget_line (year, fund);

CREATE TABLE import (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('sites', 'ledger_funds', 'resources', 'objects', 'functions', 'books', 'units', 'enrollment')),
    file_name TEXT NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('checking', 'ready', 'refused', 'publishing', 'published', 'discarded')),
    started_at BIGINT NOT NULL,
    started_by TEXT,
    -- The last sign of life while it is checked.
    touched_at BIGINT NOT NULL,
    published_at BIGINT,
    rows_read BIGINT NOT NULL,
    rows_good BIGINT NOT NULL,
    rows_refused BIGINT NOT NULL,
    rows_unchanged BIGINT NOT NULL,
    -- Lists of sentences as JSON.
    summary TEXT NOT NULL,
    remarks TEXT NOT NULL
);
CREATE INDEX import_by_start ON import (started_at);

-- Staged rows of the small kinds: what was read, as JSON. Kept, so that a published import can be read again.
CREATE TABLE import_row (
    import TEXT NOT NULL REFERENCES import (id),
    line BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (import, line)
);

CREATE TABLE import_problem (
    import TEXT NOT NULL REFERENCES import (id),
    position BIGINT NOT NULL,
    line BIGINT NOT NULL,
    field TEXT NOT NULL,
    message TEXT NOT NULL,
    found TEXT NOT NULL,
    PRIMARY KEY (import, position)
);

-- The books, every row signed as it came. Seen only where `books_edition` points to its import.
CREATE TABLE books_line (
    import TEXT NOT NULL REFERENCES import (id),
    line BIGINT NOT NULL,
    year INTEGER NOT NULL,
    site TEXT NOT NULL,
    ledger_fund TEXT NOT NULL,
    resource TEXT NOT NULL,
    project TEXT NOT NULL,
    goal TEXT NOT NULL,
    function TEXT NOT NULL,
    object TEXT NOT NULL,
    budget_cents BIGINT NOT NULL,
    actual_cents BIGINT NOT NULL,
    discretionary BOOLEAN NOT NULL,
    PRIMARY KEY (import, line)
);
CREATE INDEX books_line_by_place ON books_line (import, year, site, resource);

-- Which import is the books of a year. Publishing flips this row.
CREATE TABLE books_edition (
    year INTEGER PRIMARY KEY,
    import TEXT NOT NULL REFERENCES import (id),
    published_at BIGINT NOT NULL
);

-- What the books have posted to a line so far; the next edition posts the difference.
CREATE TABLE books_position (
    line TEXT PRIMARY KEY REFERENCES budget_line (id),
    allocated_cents BIGINT NOT NULL CHECK (allocated_cents >= 0),
    spent_cents BIGINT NOT NULL CHECK (spent_cents >= 0)
);

CREATE TABLE exception_register (
    id TEXT PRIMARY KEY,
    school TEXT NOT NULL REFERENCES school (id),
    fund TEXT NOT NULL REFERENCES fund (id),
    year INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('opening_deficit', 'shortfall')),
    amount_cents BIGINT NOT NULL CHECK (amount_cents > 0),
    reason TEXT NOT NULL,
    import TEXT,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE UNIQUE INDEX exception_register_open ON exception_register (year, school, fund, kind) WHERE closed_at IS NULL;
CREATE INDEX exception_register_by_year ON exception_register (year, opened_at);

CREATE TABLE plan_goal (
    id TEXT PRIMARY KEY,
    school TEXT NOT NULL REFERENCES school (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    indicator TEXT NOT NULL,
    -- Service categories that serve it, as JSON.
    categories TEXT NOT NULL,
    UNIQUE (school, year, number)
);

CREATE TABLE plan_line (
    goal TEXT NOT NULL REFERENCES plan_goal (id),
    fund TEXT NOT NULL REFERENCES fund (id),
    amount_cents BIGINT NOT NULL CHECK (amount_cents > 0),
    council_reviewed TEXT,
    board_approved TEXT,
    PRIMARY KEY (goal, fund)
);
