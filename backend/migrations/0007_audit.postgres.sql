-- Invariant: an audit record is never changed and never removed.
CREATE FUNCTION audit_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit records are never changed or removed'; END $$;
CREATE TRIGGER audit_record_no_change BEFORE UPDATE OR DELETE ON audit_record FOR EACH ROW EXECUTE FUNCTION audit_record_refuse();
CREATE TRIGGER audit_record_no_truncate BEFORE TRUNCATE ON audit_record FOR EACH STATEMENT EXECUTE FUNCTION audit_record_refuse();
CREATE TRIGGER audit_object_no_change BEFORE UPDATE OR DELETE ON audit_object FOR EACH ROW EXECUTE FUNCTION audit_record_refuse();
CREATE TRIGGER audit_object_no_truncate BEFORE TRUNCATE ON audit_object FOR EACH STATEMENT EXECUTE FUNCTION audit_record_refuse();
