//! Identifiers: 128 bits, ordered by time, with a readable prefix (`ord_01j…`) that is checked on parsing.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 26;

/// A text that is not an identifier of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdError;

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an identifier of this kind")
    }
}

impl std::error::Error for IdError {}

/// 48 bits of Unix milliseconds followed by 80 bits of chance.
pub const fn bits_from_parts(unix_millis: u64, chance: u128) -> u128 {
    ((unix_millis as u128) << 80) | (chance & ((1 << 80) - 1))
}

/// Writes `prefix_` and 26 letters of Crockford's base 32.
pub fn print_bits(prefix: &str, bits: u128, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut letters = [0u8; LENGTH];
    for (index, letter) in letters.iter_mut().enumerate() {
        let shift = 5 * (LENGTH - 1 - index);
        *letter = ALPHABET[((bits >> shift) & 31) as usize];
    }
    write!(f, "{prefix}_{}", std::str::from_utf8(&letters).map_err(|_| fmt::Error)?)
}

/// Reads what [`print_bits`] wrote; refuses another prefix, other letters, and more than 128 bits.
pub fn parse_bits(prefix: &str, text: &str) -> Result<u128, IdError> {
    let letters = text.strip_prefix(prefix).and_then(|t| t.strip_prefix('_')).ok_or(IdError)?;
    if letters.len() != LENGTH || letters.as_bytes()[0] > b'7' {
        return Err(IdError);
    }
    letters.bytes().try_fold(0u128, |bits, letter| {
        let value = ALPHABET.iter().position(|known| *known == letter).ok_or(IdError)?;
        Ok((bits << 5) | value as u128)
    })
}

/// What every identifier can do; implemented by [`ids!`] only.
pub trait Id: Copy + Eq + Ord + fmt::Display + FromStr<Err = IdError> + Send + Sync + 'static {
    const PREFIX: &'static str;
    fn from_bits(bits: u128) -> Self;
    fn bits(self) -> u128;
}

pub fn serialize_id<I: Id, S: Serializer>(id: I, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&id)
}

pub fn deserialize_id<'de, I: Id, D: Deserializer<'de>>(deserializer: D) -> Result<I, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
            #[cfg_attr(feature = "schema", schema(value_type = String))]
            pub struct $name(u128);

            impl Id for $name {
                const PREFIX: &'static str = $prefix;
                fn from_bits(bits: u128) -> Self { Self(bits) }
                fn bits(self) -> u128 { self.0 }
            }
            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { print_bits($prefix, self.0, f) }
            }
            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(self, f) }
            }
            impl FromStr for $name {
                type Err = IdError;
                fn from_str(text: &str) -> Result<Self, IdError> { parse_bits($prefix, text).map(Self) }
            }
            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> { serialize_id(*self, serializer) }
            }
            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> { deserialize_id(deserializer) }
            }
        )*

        /// Every prefix once, for the test that refuses a collision.
        pub const PREFIXES: &[&str] = &[$($prefix),*];
    };
}

ids! {
    /// A command: chosen by the client, kept for ever, so that a repeated command has one effect.
    CommandId = "cmd";
    PersonId = "per";
    RoleGrantId = "rol";
    InvitationId = "inv";
    AbsenceId = "abs";
    ActingId = "act";
    SessionId = "ses";
    SchoolId = "sch";
    UnitId = "unt";
    NetworkId = "net";
    FundId = "fun";
    FundRuleId = "frl";
    BudgetLineId = "bln";
    LedgerAccountId = "acc";
    TransferId = "trf";
    ExceptionId = "exc";
    ImportId = "imp";
    PlanGoalId = "goa";
    CalendarDayId = "day";
    MenuId = "men";
    ServiceId = "svc";
    PackageId = "pkg";
    SavedFilterId = "flt";
    SuggestionId = "sug";
    ReviewId = "rvw";
    CartCommentId = "cct";
    OrderId = "ord";
    DeliveryId = "dlv";
    QuestionId = "qst";
    LibraryEntryId = "lib";
    RestId = "rst";
    ClimbId = "clm";
    PlaceId = "wpl";
    BookingId = "bkg";
    StaffId = "stf";
    AwayId = "awy";
    GiftId = "gft";
    /// A proposed change of a running order.
    ChangeId = "chg";
    /// A group of offers of which a school chooses one.
    ChoiceGroupId = "cho";
    /// One step of an order's approval.
    ApprovalId = "apv";
    /// A dated version of the approval policy.
    PolicyId = "plc";
    /// A proposal of whom a person reports to.
    ManagerId = "mgr";
    DelegationId = "dlg";
    /// An outside provider under a unit.
    ProviderId = "prv";
    /// One paper of a provider's vetting.
    VettingId = "vet";
    NoticeId = "ntc";
    EffectId = "eff";
    AuditRecordId = "aud";
    RequestId = "req";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_prefix_stands_once() {
        assert_eq!(PREFIXES.iter().collect::<HashSet<_>>().len(), PREFIXES.len());
    }

    #[test]
    fn an_identifier_of_another_kind_is_refused() {
        let order = OrderId::from_bits(7).to_string();
        assert_eq!(order.parse::<PersonId>(), Err(IdError));
        assert_eq!("ord_8zzzzzzzzzzzzzzzzzzzzzzzzz".parse::<OrderId>(), Err(IdError));
    }

    proptest! {
        #[test]
        fn printing_and_reading_agree(bits: u128) {
            let id = OrderId::from_bits(bits);
            prop_assert_eq!(id.to_string().parse::<OrderId>(), Ok(id));
        }

        #[test]
        fn text_order_is_time_order(a in 0u64..1 << 48, b in 0u64..1 << 48, x: u128, y: u128) {
            prop_assume!(a < b);
            let text = |millis, chance| OrderId::from_bits(bits_from_parts(millis, chance)).to_string();
            prop_assert!(text(a, x) < text(b, y));
        }
    }
}
