-- Invariant: transfers are never edited; corrections are new transfers.
CREATE TRIGGER ledger_transfer_no_update BEFORE UPDATE ON ledger_transfer BEGIN SELECT RAISE(ABORT, 'transfers are never edited'); END;
CREATE TRIGGER ledger_transfer_no_delete BEFORE DELETE ON ledger_transfer BEGIN SELECT RAISE(ABORT, 'transfers are never removed'); END;
CREATE TRIGGER ledger_account_no_delete BEFORE DELETE ON ledger_account BEGIN SELECT RAISE(ABORT, 'accounts are never removed'); END;
