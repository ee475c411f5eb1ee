-- The trail, sealed: records become leaves of a Merkle tree (RFC 6962) whose nodes are kept, and whose root is signed and published.

-- Records without a place in the tree yet. A queue rather than a high-water mark, which would miss late commits.
CREATE TABLE unsealed (
  record TEXT PRIMARY KEY REFERENCES audit_record (id)
);
INSERT INTO unsealed (record) SELECT id FROM audit_record;

CREATE TABLE leaf (
  place BIGINT PRIMARY KEY CHECK (place >= 0),
  record TEXT NOT NULL UNIQUE REFERENCES audit_record (id)
);

-- Complete nodes: they never change. Level 0 are the leaves' own hashes.
CREATE TABLE trail_node (
  level BIGINT NOT NULL CHECK (level >= 0),
  place BIGINT NOT NULL CHECK (place >= 0),
  hash TEXT NOT NULL,
  PRIMARY KEY (level, place)
);

-- The tree's right edge. Sealing fences itself by the size it read.
CREATE TABLE trail_tree (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  size BIGINT NOT NULL CHECK (size >= 0),
  -- Hashes in hexadecimal, from left to right, parted by spaces.
  peaks TEXT NOT NULL,
  root TEXT NOT NULL,
  -- The key that signs, as readers hold it; set by the first checkpoint. The secret half is never here.
  public_key TEXT
);
INSERT INTO trail_tree (id, size, peaks, root) VALUES (1, 0, '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

CREATE TABLE trail_checkpoint (
  size BIGINT PRIMARY KEY CHECK (size >= 0),
  root TEXT NOT NULL,
  note TEXT NOT NULL,
  at BIGINT NOT NULL,
  -- True once it lies outside the database.
  published BOOLEAN NOT NULL
);
CREATE INDEX trail_checkpoint_unpublished ON trail_checkpoint (published, size);
