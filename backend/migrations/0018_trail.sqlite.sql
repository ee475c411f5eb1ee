-- Invariant: what was sealed is never changed and never removed.
CREATE TRIGGER leaf_no_update BEFORE UPDATE ON leaf BEGIN SELECT RAISE(ABORT, 'sealed entries are never changed'); END;
CREATE TRIGGER leaf_no_delete BEFORE DELETE ON leaf BEGIN SELECT RAISE(ABORT, 'sealed entries are never removed'); END;
CREATE TRIGGER trail_node_no_update BEFORE UPDATE ON trail_node BEGIN SELECT RAISE(ABORT, 'sealed entries are never changed'); END;
CREATE TRIGGER trail_node_no_delete BEFORE DELETE ON trail_node BEGIN SELECT RAISE(ABORT, 'sealed entries are never removed'); END;
CREATE TRIGGER trail_checkpoint_no_delete BEFORE DELETE ON trail_checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoints are never removed'); END;
