//! The tree against RFC 6962's own recursive words, and against another implementation.

use proptest::prelude::*;

use super::*;

fn entry(number: u64) -> Vec<u8> {
    number.to_string().into_bytes()
}

/// RFC 6962, 2.1, to the letter.
fn recursive_root(entries: &[Vec<u8>]) -> Hash {
    match entries {
        [] => empty_root(),
        [one] => leaf_hash(one),
        many => {
            let middle = usize::try_from(split_point(u64::try_from(many.len()).unwrap())).unwrap();
            node_hash(recursive_root(&many[..middle]), recursive_root(&many[middle..]))
        }
    }
}

/// A tree with all its nodes, as a database keeps them.
struct Stored {
    entries: Vec<Vec<u8>>,
    nodes: std::collections::BTreeMap<(u32, u64), Hash>,
    roots: Vec<Hash>,
}

fn grown(size: u64) -> Stored {
    let (mut edge, mut stored) = (Edge::default(), Stored { entries: Vec::new(), nodes: Default::default(), roots: vec![empty_root()] });
    for number in 0..size {
        let leaf = leaf_hash(&entry(number));
        stored.entries.push(entry(number));
        stored.nodes.insert((0, number), leaf);
        stored.nodes.extend(edge.push(leaf).into_iter().map(|node| ((node.level, node.index), node.hash)));
        stored.roots.push(edge.root());
    }
    stored
}

impl Stored {
    fn proof(&self, runs: Vec<Run>) -> Vec<Hash> {
        let of = |run: Run| fold(&run.nodes().iter().map(|place| self.nodes[place]).collect::<Vec<_>>()).unwrap();
        runs.into_iter().map(of).collect()
    }
}

#[test]
fn the_root_is_that_of_the_recursive_definition_at_every_size() {
    let tree = grown(130);
    for size in 0..=130 {
        assert_eq!(tree.roots[size], recursive_root(&tree.entries[..size]), "{size}");
    }
}

#[test]
fn every_proof_of_small_trees_holds_and_none_holds_elsewhere() {
    let tree = grown(40);
    for size in 1..=40u64 {
        let root = tree.roots[usize::try_from(size).unwrap()];
        for index in 0..size {
            let proof = tree.proof(inclusion_runs(index, size));
            let leaf = leaf_hash(&entry(index));
            assert!(proves_inclusion(leaf, (index, size), &proof, root));
            assert!(!proves_inclusion(leaf_hash(b"another"), (index, size), &proof, root));
            assert!(size == 1 || !proves_inclusion(leaf, ((index + 1) % size, size), &proof, root));
        }
        for old in 1..=size {
            let (before, proof) = (tree.roots[usize::try_from(old).unwrap()], tree.proof(consistency_runs(old, size)));
            assert!(proves_consistency((old, before), (size, root), &proof), "{old} in {size}");
            assert!(!proves_consistency((old, leaf_hash(b"forged")), (size, root), &proof), "{old} in {size}");
            assert!(old == size || !proves_consistency((old, before), (size, leaf_hash(b"forged")), &proof), "{old} in {size}");
        }
    }
}

#[test]
fn roots_and_proofs_equal_those_of_another_implementation() {
    let mut theirs = ct_merkle::mem_backed_tree::MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let mine = grown(100);
    for number in 0..100u64 {
        theirs.push(entry(number));
        let root = theirs.root();
        assert_eq!(root.as_bytes().as_slice(), mine.roots[usize::try_from(number).unwrap() + 1].0);
    }
    for index in 0..100u64 {
        let bytes: Vec<u8> = mine.proof(inclusion_runs(index, 100)).iter().flat_map(|hash| hash.0).collect();
        assert_eq!(theirs.prove_inclusion(usize::try_from(index).unwrap()).as_bytes(), bytes, "{index}");
    }
    for old in 1..100u64 {
        let bytes: Vec<u8> = mine.proof(consistency_runs(old, 100)).iter().flat_map(|hash| hash.0).collect();
        let added = usize::try_from(100 - old).unwrap();
        assert_eq!(theirs.prove_consistency(added).as_bytes(), bytes, "{old}");
    }
}

#[test]
fn a_stored_edge_goes_on_as_if_it_had_never_been_put_down() {
    let mut whole = Edge::default();
    for number in 0..77 {
        whole.push(leaf_hash(&entry(number)));
        let again = Edge::stored(whole.size(), whole.peaks().to_vec());
        assert_eq!(again.as_ref(), Some(&whole));
    }
    assert_eq!(Edge::stored(3, vec![empty_root()]), None);
}

#[test]
fn hashes_are_read_as_they_are_printed() {
    let hash = leaf_hash(b"");
    // RFC 6962: the hash of a leaf without bytes.
    assert_eq!(hash.to_string(), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assert_eq!(hash.to_string().parse(), Ok(hash));
    assert!("6e34".parse::<Hash>().is_err() && "é".repeat(32).parse::<Hash>().is_err());
}

proptest! {
    #[test]
    fn proofs_of_large_trees_are_short_and_hold(size in 1u64..600, at in any::<prop::sample::Index>(), early in any::<prop::sample::Index>()) {
        let tree = grown(size);
        let count = usize::try_from(size).unwrap();
        let (index, old) = (u64::try_from(at.index(count)).unwrap(), u64::try_from(early.index(count)).unwrap() + 1);
        let proof = tree.proof(inclusion_runs(index, size));
        prop_assert!(proof.len() <= 10);
        prop_assert!(proves_inclusion(leaf_hash(&entry(index)), (index, size), &proof, tree.roots[count]));
        let proof = tree.proof(consistency_runs(old, size));
        prop_assert!(proves_consistency((old, tree.roots[usize::try_from(old).unwrap()]), (size, tree.roots[count]), &proof));
    }
}
