//! Use cases of orders, by what is done.

mod answer;
mod approve;
mod bench;
mod cart;
mod cart_edit;
mod deliver;
mod desk;
mod end;
mod facts;
mod forecast;
mod money;
mod notices;
mod pending;
mod step;
mod submit;
mod suggest;
mod support;
mod view;

pub use answer::{accept, counter, take};
pub use approve::{approve, send_back};
pub use cart::{add, view as cart};
pub use cart_edit::{edit, remove};
pub use deliver::{confirm, dispute, log, retract, reverse};
pub use desk::desk;
pub use end::{cancel, close, comment, withdraw};
pub use notices::{list as notices, read as read_notice};
pub use pending::pending;
pub use submit::submit;
pub use suggest::{adopt, decline, suggest, suggestions};
pub use support::{cart_comments, comment_cart, my_schools};
pub use view::{list, order};
