//! Use cases of the calendar, and what other slices ask of it: which days count, and when a deadline is.

mod keep;
mod protect;
mod time;

pub use keep::{add, export, import, put, remove, revision, view};
pub use protect::{free, own_days, protect, protected, put_protected};
pub use time::{WorkingTime, days_of_schools, school_time, time};
