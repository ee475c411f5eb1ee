//! My desk: what waits for me, what I wait for, and notices.

use serde::{Deserialize, Serialize};

use crate::id::NoticeId;
use crate::money::Cents;
use crate::time::Timestamp;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeskView {
    /// What waits for me, by due time.
    pub mine: Vec<DeskItem>,
    /// What I wait for, with owner and clock.
    pub theirs: Vec<DeskItem>,
    pub numbers: Vec<DeskNumber>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeskItem {
    pub title: String,
    /// What is to be done, as a verb: `Approve`, `Answer`, `Confirm delivery`.
    pub action: String,
    pub owner: String,
    pub due: Option<Timestamp>,
    pub overdue: bool,
    pub amount: Option<Cents>,
    /// Path of the page where it is done.
    pub link: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeskNumber {
    pub label: String,
    pub value: String,
    pub link: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NoticeView {
    pub id: NoticeId,
    pub at: Timestamp,
    pub text: String,
    pub link: String,
    pub read: bool,
}
