-- The ledger: accounts with four counters, and transfers between two accounts.

-- Ruled accounts only; the others (source, clearing, earned) have no row, because their counters would be the hot rows.
CREATE TABLE ledger_account (
    -- `bln_….available`
    id TEXT NOT NULL PRIMARY KEY,
    line TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('available', 'encumbered', 'spent')),
    closed BOOLEAN NOT NULL,
    debits_pending BIGINT NOT NULL CHECK (debits_pending >= 0),
    debits_posted BIGINT NOT NULL CHECK (debits_posted >= 0),
    credits_pending BIGINT NOT NULL CHECK (credits_pending >= 0),
    credits_posted BIGINT NOT NULL CHECK (credits_posted >= 0),
    -- Invariant: a ruled account never goes below zero, counting what is pending against it.
    CHECK (credits_posted - debits_posted - debits_pending >= 0)
);

CREATE INDEX ledger_account_line ON ledger_account (line);

CREATE TABLE ledger_transfer (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('allocation', 'allocation_cut', 'books_actual', 'books_actual_reversal', 'order_reserved',
        'order_encumbered', 'delivery_spent', 'delivery_earned', 'delivery_spent_reversal', 'delivery_earned_reversal', 'order_released')),
    -- posted: moved at once. pending: reserved. post, void: resolves the pending transfer that it points at.
    phase TEXT NOT NULL CHECK (phase IN ('posted', 'pending', 'post', 'void')),
    debit_account TEXT NOT NULL,
    credit_account TEXT NOT NULL,
    line TEXT NOT NULL,
    unit TEXT,
    amount BIGINT NOT NULL CHECK (amount BETWEEN 0 AND 1000000000000),
    resolves TEXT REFERENCES ledger_transfer (id),
    cause_kind TEXT NOT NULL CHECK (cause_kind IN ('import', 'order', 'delivery', 'allocation')),
    cause_id TEXT NOT NULL,
    command_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    CHECK (debit_account <> credit_account),
    CHECK ((phase IN ('post', 'void')) = (resolves IS NOT NULL)),
    CHECK ((phase = 'void') = (amount = 0))
);

-- Invariant: a pending transfer resolves once.
CREATE UNIQUE INDEX ledger_transfer_resolves ON ledger_transfer (resolves) WHERE resolves IS NOT NULL;
CREATE INDEX ledger_transfer_line ON ledger_transfer (line, at, id);
CREATE INDEX ledger_transfer_unit ON ledger_transfer (unit, at, id) WHERE unit IS NOT NULL;
CREATE INDEX ledger_transfer_cause ON ledger_transfer (cause_id);
