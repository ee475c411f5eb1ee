-- Invariant: what was sealed is never changed and never removed.
CREATE TRIGGER leaf_no_change BEFORE UPDATE OR DELETE ON leaf FOR EACH ROW EXECUTE FUNCTION audit_record_refuse();
CREATE TRIGGER leaf_no_truncate BEFORE TRUNCATE ON leaf FOR EACH STATEMENT EXECUTE FUNCTION audit_record_refuse();
CREATE TRIGGER trail_node_no_change BEFORE UPDATE OR DELETE ON trail_node FOR EACH ROW EXECUTE FUNCTION audit_record_refuse();
CREATE TRIGGER trail_node_no_truncate BEFORE TRUNCATE ON trail_node FOR EACH STATEMENT EXECUTE FUNCTION audit_record_refuse();
CREATE TRIGGER trail_checkpoint_no_delete BEFORE DELETE ON trail_checkpoint FOR EACH ROW EXECUTE FUNCTION audit_record_refuse();
