//! Pages of orders: My desk, the cart, lists, an order, approvals, the unit's board.

mod actions;
mod answer;
mod approvals;
mod ask;
mod board;
mod bookings;
mod cart;
mod cart_line;
mod counter;
mod days;
mod deliveries;
mod desk;
mod dialogs;
mod fields;
mod list;
mod order;
mod order_aside;
mod order_questions;
mod question;
mod questions;
mod split;
mod steps;
mod support;
mod waiting;

pub use approvals::ApprovalsPage;
pub use ask::{AskCard, FoundAnswers};
pub use board::UnitPage;
pub use cart::CartPage;
pub use days::UnitDaysPage;
pub use desk::DeskPage;
pub use list::OrdersPage;
pub use order::OrderPage;
pub use question::QuestionPage;
pub use questions::QuestionsPage;
pub use support::{MySchoolPage, MySchoolsPage};
