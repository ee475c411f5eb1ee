//! Values on their way in and rows on their way out, in the domain's own types.

use std::fmt::Display;
use std::str::FromStr;

use sea_orm::{ColIdx, QueryResult, TryGetError, TryGetable};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::fiscal::FiscalYear;
use shared::id;
use shared::money::{BasisPoints, Cents};
use shared::time::{Date, Timestamp};

use super::error::DbError;

/// A bound parameter.
pub type Value = sea_orm::Value;

/// `values![order, line, amount]`: the parameters `$1`, `$2`, `$3` of a statement.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::ToValue::to_value(&$value)),*] };
}

/// A type that can be stored in a column.
pub trait ToValue {
    fn to_value(&self) -> Value;
    /// The typed NULL, which PostgreSQL wants to know.
    fn null() -> Value;
}

/// A type that can be read from a column.
pub trait FromColumn: Sized {
    type Stored: TryGetable;
    fn from_stored(stored: Self::Stored) -> Result<Self, String>;
}

/// One row of an answer.
#[derive(Debug)]
pub struct Row(pub(super) QueryResult);

impl Row {
    /// The value of `column`. A value that does not parse is an error, never a default.
    pub fn get<T: FromColumn>(&self, column: &str) -> Result<T, DbError> {
        let wrong = |why: String| DbError::Row { column: column.to_owned(), why };
        let stored = self.0.try_get::<T::Stored>("", column).map_err(|e| wrong(e.to_string()))?;
        T::from_stored(stored).map_err(wrong)
    }

    /// An enum stored by its serde name (`in_delivery`).
    pub fn word<T: DeserializeOwned>(&self, column: &str) -> Result<T, DbError> {
        let stored: String = self.get(column)?;
        serde_json::from_value(serde_json::Value::String(stored))
            .map_err(|e| DbError::Row { column: column.to_owned(), why: e.to_string() })
    }

    /// As [`Row::word`], absent where the column is NULL.
    pub fn word_or_none<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>, DbError> {
        match self.get::<Option<String>>(column)? {
            Some(_) => self.word(column).map(Some),
            None => Ok(None),
        }
    }

    /// A value stored as text that it prints and reads itself.
    pub fn parse<T: FromStr<Err: Display>>(&self, column: &str) -> Result<T, DbError> {
        let stored: String = self.get(column)?;
        stored.parse().map_err(|e| DbError::Row { column: column.to_owned(), why: format!("{stored}: {e}") })
    }

    /// A value stored as JSON text.
    pub fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T, DbError> {
        let stored: String = self.get(column)?;
        serde_json::from_str(&stored).map_err(|e| DbError::Row { column: column.to_owned(), why: e.to_string() })
    }
}

/// The serde name of an enum, for a text column with a CHECK.
pub fn word<T: Serialize>(value: &T) -> Result<String, DbError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        Ok(other) => Err(DbError::Misuse(format!("{other} is no word"))),
        Err(error) => Err(DbError::Misuse(error.to_string())),
    }
}

/// A value as JSON text.
pub fn json<T: Serialize>(value: &T) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Misuse(error.to_string()))
}

/// `$3, $4, $5`: for `IN (…)`, `first` counted from 1.
pub fn placeholders(first: usize, count: usize) -> String {
    (first..first + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// `($1, $2), ($3, $4)`: for an INSERT of many rows. The caller bounds them; SQLite takes 32,766 parameters.
pub fn rows_of_placeholders(rows: usize, columns: usize) -> String {
    (0..rows).map(|row| format!("({})", placeholders(row * columns + 1, columns))).collect::<Vec<_>>().join(", ")
}

/// A whole number of either width: PostgreSQL tells INTEGER from BIGINT, we do not.
#[derive(Debug)]
pub struct Whole(i64);

impl TryGetable for Whole {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        match i64::try_get_by(row, index) {
            Ok(value) => Ok(Self(value)),
            Err(TryGetError::Null(column)) => Err(TryGetError::Null(column)),
            Err(TryGetError::DbErr(_)) => i32::try_get_by(row, index).map(|value| Self(i64::from(value))),
        }
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
    fn null() -> Value {
        T::null()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or_else(T::null, ToValue::to_value)
    }
    fn null() -> Value {
        T::null()
    }
}

impl<T: FromColumn> FromColumn for Option<T>
where
    Option<T::Stored>: TryGetable,
{
    type Stored = Option<T::Stored>;
    fn from_stored(stored: Self::Stored) -> Result<Self, String> {
        stored.map(T::from_stored).transpose()
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value {
        Value::String(Some(self.to_owned()))
    }
    fn null() -> Value {
        Value::String(None)
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value {
        Value::String(Some(self.clone()))
    }
    fn null() -> Value {
        Value::String(None)
    }
}

impl FromColumn for String {
    type Stored = Self;
    fn from_stored(stored: Self) -> Result<Self, String> {
        Ok(stored)
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value {
        Value::Bool(Some(*self))
    }
    fn null() -> Value {
        Value::Bool(None)
    }
}

impl FromColumn for bool {
    type Stored = Self;
    fn from_stored(stored: Self) -> Result<Self, String> {
        Ok(stored)
    }
}

macro_rules! whole_numbers {
    ($($name:ty),*) => {$(
        impl ToValue for $name {
            fn to_value(&self) -> Value { Value::BigInt(i64::try_from(*self).ok()) }
            fn null() -> Value { Value::BigInt(None) }
        }
        impl FromColumn for $name {
            type Stored = Whole;
            fn from_stored(stored: Whole) -> Result<Self, String> { Self::try_from(stored.0).map_err(|e| e.to_string()) }
        }
    )*};
}
whole_numbers!(i64, i32, i16, i8, u64, u32, u16, u8, usize);

macro_rules! numbers_in_words {
    ($($name:ty, $read:expr, $write:expr;)*) => {$(
        impl ToValue for $name {
            fn to_value(&self) -> Value { Value::BigInt(Some($write(*self))) }
            fn null() -> Value { Value::BigInt(None) }
        }
        impl FromColumn for $name {
            type Stored = Whole;
            fn from_stored(stored: Whole) -> Result<Self, String> { $read(stored.0) }
        }
    )*};
}
numbers_in_words! {
    Cents, |cents| Ok(Cents::new(cents)), Cents::get;
    Timestamp, |micros| Ok(Timestamp::from_micros(micros)), Timestamp::micros;
    BasisPoints, |points| Ok(BasisPoints(points)), |points: BasisPoints| points.0;
    FiscalYear, |year: i64| i16::try_from(year).map(FiscalYear).map_err(|e: std::num::TryFromIntError| e.to_string()), |year: FiscalYear| i64::from(year.0);
}

macro_rules! texts {
    ($($name:ty),*) => {$(
        impl ToValue for $name {
            fn to_value(&self) -> Value { Value::String(Some(self.to_string())) }
            fn null() -> Value { Value::String(None) }
        }
        impl FromColumn for $name {
            type Stored = String;
            fn from_stored(stored: String) -> Result<Self, String> { stored.parse::<Self>().map_err(|e| format!("{stored}: {e}")) }
        }
    )*};
}
texts!(
    Date,
    id::CommandId,
    id::PersonId,
    id::RoleGrantId,
    id::InvitationId,
    id::AbsenceId,
    id::ActingId,
    id::SessionId,
    id::SchoolId,
    id::UnitId,
    id::NetworkId,
    id::FundId,
    id::FundRuleId,
    id::BudgetLineId,
    id::LedgerAccountId,
    id::TransferId,
    id::ExceptionId,
    id::ImportId,
    id::PlanGoalId,
    id::CalendarDayId,
    id::MenuId,
    id::ServiceId,
    id::PackageId,
    id::SavedFilterId,
    id::SuggestionId,
    id::ReviewId,
    id::CartCommentId,
    id::OrderId,
    id::DeliveryId,
    id::QuestionId,
    id::LibraryEntryId,
    id::RestId,
    id::ClimbId,
    id::PlaceId,
    id::BookingId,
    id::StaffId,
    id::AwayId,
    id::GiftId,
    id::ChangeId,
    id::ChoiceGroupId,
    id::ApprovalId,
    id::PolicyId,
    id::ManagerId,
    id::DelegationId,
    id::ProviderId,
    id::VettingId,
    id::NoticeId,
    id::EffectId,
    id::AuditRecordId,
    id::RequestId
);
