//! The pages of the calendar: the district's days, and the days that a school protects for itself.

mod add;
mod days;
mod import;
mod month;
mod own;
mod page;
mod visits;

pub use page::CalendarPage;
