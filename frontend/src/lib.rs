//! The Chalkline site: a single-page application in the browser.
//!
//! How a page is made (its parts stand in [`ui`], its words in `shared::words::<slice>`):
//!
//! ```text
//! #[component]
//! pub fn OrderPage(props: &OrderPageProps) -> Html {
//!     let session = use_session();                                       // may(Permission), school(), unit(), fiscal_year()
//!     let order = use_load_if::<GetOrder>(props.id.parse().ok().map(|id| (id, Empty {})));
//!     let accept = use_sender::<AcceptOrder>(order.put());               // a command that answers with the current object
//!     order.draw(SkeletonShape::Page, |view| html! { … })                // waiting, stale and failed are drawn here
//! }
//! accept.send(Call::to(id).body(…));                                     // the command id is made and kept per intent
//! session.act(Act::MoneyMoved);                                          // after a command that moves money: renews the head
//! let form = use_form(&[("amount", "")]).showing(accept.failure());      // keeps what is typed; server faults by field name
//! let (filter, set_filter) = use_query::<Filter>();                      // the URL holds filters; Option fields, skipped when None
//! ```
//! `<PathLink to={item.link}>` follows a path that comes as text. A page is hung into `later`: its part in `Part::of`,
//! and an arm where that part draws its pages. Only the door and the frame travel with the first load.

pub mod address;
pub mod api;
pub mod app;
pub mod audit;
pub mod budget;
pub mod calendar;
pub mod catalog;
pub mod clock;
pub mod form;
pub mod identity;
mod later;
pub mod load;
pub mod orders;
pub mod preferences;
pub mod route;
pub mod scorecards;
pub mod session;
mod shell;
pub mod ui;
mod upload;
