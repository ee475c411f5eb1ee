-- Invariant: an audit record is never changed and never removed.
CREATE TRIGGER audit_record_no_update BEFORE UPDATE ON audit_record BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON audit_record BEGIN SELECT RAISE(ABORT, 'audit records are never removed'); END;
CREATE TRIGGER audit_object_no_update BEFORE UPDATE ON audit_object BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
CREATE TRIGGER audit_object_no_delete BEFORE DELETE ON audit_object BEGIN SELECT RAISE(ABORT, 'audit records are never removed'); END;
