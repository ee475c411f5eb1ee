//! Sets of packages as bits: what makes facet counts cheap enough for every keystroke.

/// A set of numbers below a fixed bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// The empty set of numbers below `bound`.
    pub fn none(bound: usize) -> Self {
        Self(vec![0; bound.div_ceil(64)])
    }

    /// All numbers below `bound`.
    pub fn all(bound: usize) -> Self {
        let mut bits = Self(vec![u64::MAX; bound.div_ceil(64)]);
        if let (Some(last), left_over @ 1..) = (bits.0.last_mut(), bound % 64) {
            *last = (1 << left_over) - 1;
        }
        bits
    }

    pub fn insert(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    pub fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    pub fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    pub fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// How many numbers are in both sets, without making a third.
    pub fn count_shared(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(word, other)| (word & other).count_ones()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn all_holds_nothing_beyond_its_bound() {
        for bound in [0, 1, 63, 64, 65, 200] {
            assert_eq!(usize::try_from(Bits::all(bound).count()), Ok(bound));
            assert!(!Bits::all(bound).contains(bound));
        }
    }

    proptest! {
        #[test]
        fn bits_behave_as_a_set(left in prop::collection::btree_set(0usize..300, 0..80), right in prop::collection::btree_set(0usize..300, 0..80)) {
            let of = |set: &BTreeSet<usize>| {
                let mut bits = Bits::none(300);
                set.iter().for_each(|number| bits.insert(*number));
                bits
            };
            let (mut both, mut either) = (of(&left), of(&left));
            both.keep(&of(&right));
            either.add(&of(&right));
            prop_assert_eq!(&both, &of(&left.intersection(&right).copied().collect()));
            prop_assert_eq!(&either, &of(&left.union(&right).copied().collect()));
            prop_assert_eq!(of(&left).count_shared(&of(&right)), both.count());
            prop_assert_eq!(both.is_empty(), left.is_disjoint(&right));
        }
    }
}
