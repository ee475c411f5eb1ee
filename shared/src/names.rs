//! Reading one of a closed list of names: one small visitor for all of them, where a derived one for each costs 3 KB of the site.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};

/// The place in `names` of the name that comes.
///
/// # Errors
/// For any other name, or what is no text.
pub fn read<'de, D: Deserializer<'de>>(from: D, names: &'static [&'static str]) -> Result<usize, D::Error> {
    from.deserialize_str(OneOf(names))
}

struct OneOf(&'static [&'static str]);

impl Visitor<'_> for OneOf {
    type Value = usize;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("one of a list of names")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        self.0.iter().position(|known| *known == name).ok_or_else(|| E::unknown_variant(name, self.0))
    }
}

/// Reads an enum with a list `ALL` by the names of its variants, in the same order.
macro_rules! read_by_name {
    ($type:ident, [$($wire:literal),* $(,)?]) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::names::read(from, &[$($wire),*]).map(|place| Self::ALL[place])
            }
        }
    };
}

pub(crate) use read_by_name;

#[cfg(test)]
mod tests {
    use crate::catalog::Category;
    use crate::error::ErrorCode;
    use crate::identity::Role;
    use crate::identity::policy::Permission;

    #[test]
    fn each_name_is_read_as_what_wrote_it() {
        fn all<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(known: &[T]) {
            for one in known {
                let text = serde_json::to_string(one).expect("written");
                assert_eq!(&serde_json::from_str::<T>(&text).expect("read"), one);
            }
        }
        all(Category::ALL);
        all(Role::ALL);
        all(Permission::ALL);
        all(ErrorCode::ALL);
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_known_ones() {
        let refused = serde_json::from_str::<Role>("\"janitor\"").expect_err("unknown").to_string();
        assert!(refused.contains("janitor") && refused.contains("principal"), "{refused}");
        assert!(serde_json::from_str::<Role>("7").is_err());
    }
}
