-- The ledger: accounts with four counters and transfers between two of them.

CREATE TABLE ledger_account (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('available', 'encumbered', 'spent', 'source', 'clearing', 'earned')),
    -- What the account belongs to: a budget line for the ruled kinds, a unit for 'earned'.
    owner TEXT NOT NULL,
    -- The open fiscal year it stands in, or closed.
    closed BOOLEAN NOT NULL,
    ruled BOOLEAN NOT NULL,
    debits_pending BIGINT NOT NULL CHECK (debits_pending >= 0),
    debits_posted BIGINT NOT NULL CHECK (debits_posted >= 0),
    credits_pending BIGINT NOT NULL CHECK (credits_pending >= 0),
    credits_posted BIGINT NOT NULL CHECK (credits_posted >= 0),
    UNIQUE (owner, kind),
    -- Invariant: a ruled account never goes below zero, counting what is pending against it.
    CHECK (NOT ruled OR credits_posted - debits_posted - debits_pending >= 0),
    -- Invariant: unruled accounts would be the hot rows; their totals are derived.
    CHECK (ruled OR (debits_pending = 0 AND debits_posted = 0 AND credits_pending = 0 AND credits_posted = 0))
);

CREATE TABLE ledger_transfer (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('allocation', 'allocation_cut', 'books_actual', 'books_actual_reversal', 'order_reserved',
        'order_encumbered', 'delivery_spent', 'delivery_earned', 'delivery_spent_reversal', 'delivery_earned_reversal', 'order_released')),
    -- posted: moved at once. pending: reserved. post / void: resolves the pending transfer that it points at.
    phase TEXT NOT NULL CHECK (phase IN ('posted', 'pending', 'post', 'void')),
    debit_account TEXT NOT NULL REFERENCES ledger_account (id),
    credit_account TEXT NOT NULL REFERENCES ledger_account (id),
    amount BIGINT NOT NULL CHECK (amount BETWEEN 0 AND 1000000000000),
    resolves TEXT REFERENCES ledger_transfer (id),
    cause_kind TEXT NOT NULL CHECK (cause_kind IN ('import', 'order', 'delivery', 'allocation')),
    cause_id TEXT NOT NULL,
    command_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    CHECK (debit_account <> credit_account),
    CHECK ((phase IN ('post', 'void')) = (resolves IS NOT NULL)),
    CHECK (amount > 0 OR phase = 'void')
);

-- Invariant: a pending transfer resolves once.
CREATE UNIQUE INDEX ledger_transfer_resolves ON ledger_transfer (resolves) WHERE resolves IS NOT NULL;
CREATE INDEX ledger_transfer_debit ON ledger_transfer (debit_account, at, id);
CREATE INDEX ledger_transfer_credit ON ledger_transfer (credit_account, at, id);
CREATE INDEX ledger_transfer_cause ON ledger_transfer (cause_id);
