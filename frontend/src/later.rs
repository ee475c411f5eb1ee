//! Pages that load later: only the door and the frame travel with the first load; the others come in parts when first opened.
//!
//! `wasm_split` makes each function here the start of a part: what only it reaches is cut out of the program when the site is
//! built, and fetched at its first call. Invariant: what the first load reaches never names a page of a part, else it travels with it.

use std::cell::RefCell;

use shared::words::shell as words;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use crate::api::Failure;
use crate::route::Route;
use crate::ui::{Button, ButtonKind, Notice, Skeleton, SkeletonShape, Tone};
use crate::{audit, budget, calendar, catalog, identity, orders, scorecards, shell};

/// What a part draws: a page, or a piece of the frame that opens on demand.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Page(Route),
    /// The list behind the bell.
    Notices,
    /// What stands in the signed-in person's menu; with the way to the keys' help.
    PersonMenu(Callback<()>),
    /// The help on keys, and what closes it.
    KeyHelp(Callback<()>),
    /// The filters of the shelf that the person keeps; with how many packages stand on it now.
    SavedFilters(u32),
    /// The services that the person looked at last.
    RecentlySeen,
    /// Published answers of units that speak of these words.
    FoundAnswers(String),
}

/// Draws the pieces of one part.
type Pages = fn(&Piece) -> Option<Html>;

/// Which part a page is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What opens out of the frame, notices, the person's menu, help on keys; and what somebody needs once: taking an invitation,
    /// a new password, the own account. Each part more cuts what parts share into smaller pieces, which weigh more together.
    Shell,
    /// What waits for the reader.
    Desk,
    /// The whole catalog, searched and narrowed.
    Shelf,
    /// One service, services side by side, and what the shelf remembers: it comes after the shelf, before the first service is opened.
    Service,
    /// Cart, orders, questions, the school's money and days; a network officer's schools.
    Buying,
    /// What units sell: menus and the board of orders.
    Selling,
    /// The budget office: allocating, approving, importing, auditing, people.
    Office,
}

/// A part could not be fetched: the line is down, or a newer site has taken the old one's place.
pub struct NotLoaded;

impl From<SplitLoaderError> for NotLoaded {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

#[wasm_split(desk, fallible)]
fn desk_pages() -> Result<Pages, NotLoaded> {
    Ok(|piece| match piece {
        Piece::Page(Route::Desk) => Some(html! { <orders::DeskPage /> }),
        _ => None,
    })
}

#[wasm_split(shelf, fallible)]
fn shelf_pages() -> Result<Pages, NotLoaded> {
    Ok(|piece| match piece {
        Piece::Page(Route::Shelf) => Some(html! { <catalog::ShelfPage /> }),
        _ => None,
    })
}

#[wasm_split(service, fallible)]
fn service_pages() -> Result<Pages, NotLoaded> {
    Ok(|piece| match piece {
        Piece::Page(Route::Service { id }) => Some(html! { <catalog::ServicePage id={id.clone()} /> }),
        Piece::Page(Route::Compare) => Some(html! { <catalog::ComparePage /> }),
        Piece::SavedFilters(packages) => Some(html! { <catalog::SavedFilters packages={*packages} /> }),
        Piece::RecentlySeen => Some(html! { <catalog::RecentlySeen /> }),
        Piece::FoundAnswers(wanted) => Some(html! { <orders::FoundAnswers wanted={wanted.clone()} /> }),
        _ => None,
    })
}

#[wasm_split(buying, fallible)]
fn buying_pages() -> Result<Pages, NotLoaded> {
    Ok(|piece| match piece {
        Piece::Page(Route::Decisions) => Some(html! { <orders::DecisionsPage /> }),
        Piece::Page(Route::Outside) => Some(html! { <orders::OutsidePage /> }),
        Piece::Page(Route::Away) => Some(html! { <orders::AwayPage /> }),
        Piece::Page(Route::Cart) => Some(html! { <orders::CartPage /> }),
        Piece::Page(Route::Orders) => Some(html! { <orders::OrdersPage /> }),
        Piece::Page(Route::Order { id }) => Some(html! { <orders::OrderPage id={id.clone()} /> }),
        Piece::Page(Route::Questions) => Some(html! { <orders::QuestionsPage /> }),
        Piece::Page(Route::Question { id }) => Some(html! { <orders::QuestionPage id={id.clone()} /> }),
        Piece::Page(Route::Deliveries) => Some(html! { <orders::EntriesPage /> }),
        Piece::Page(Route::Gifts) => Some(html! { <orders::GiftsPage /> }),
        Piece::Page(Route::Dates) => Some(html! { <orders::DatesPage /> }),
        Piece::Page(Route::Renewals) => Some(html! { <orders::RenewalsPage /> }),
        Piece::Page(Route::Choices) => Some(html! { <orders::ChoicesPage /> }),
        Piece::Page(Route::Calendar) => Some(html! { <calendar::CalendarPage /> }),
        Piece::Page(Route::Budget) => Some(html! { <budget::BudgetPage /> }),
        Piece::Page(Route::MySchools) => Some(html! { <orders::MySchoolsPage /> }),
        Piece::Page(Route::MySchool { id }) => Some(html! { <orders::MySchoolPage key={id.clone()} id={id.clone()} /> }),
        Piece::Page(Route::BudgetLine { id }) => Some(html! { <budget::BudgetLinePage id={id.clone()} /> }),
        _ => None,
    })
}

#[wasm_split(selling, fallible)]
fn selling_pages() -> Result<Pages, NotLoaded> {
    Ok(|piece| match piece {
        Piece::Page(Route::Menu) => Some(html! { <catalog::MenuPage /> }),
        Piece::Page(Route::MenuService { id }) => Some(html! { <catalog::MenuServicePage id={id.clone()} /> }),
        Piece::Page(Route::Seller) => Some(html! { <scorecards::SellerPage /> }),
        Piece::Page(Route::MenuVersions { id }) => Some(html! { <catalog::MenuVersionsPage id={id.clone()} /> }),
        Piece::Page(Route::MenuList) => Some(html! { <catalog::MenuListPage /> }),
        Piece::Page(Route::MenuPrices) => Some(html! { <catalog::MenuPricesPage /> }),
        Piece::Page(Route::Reviews) => Some(html! { <catalog::ReviewsPage /> }),
        Piece::Page(Route::Review { id }) => Some(html! { <catalog::ReviewPage id={id.clone()} /> }),
        Piece::Page(Route::Unit) => Some(html! { <orders::UnitPage /> }),
        Piece::Page(Route::UnitDays) => Some(html! { <orders::UnitDaysPage /> }),
        Piece::Page(Route::Providers) => Some(html! { <catalog::ProvidersPage /> }),
        _ => None,
    })
}

#[wasm_split(office, fallible)]
fn office_pages() -> Result<Pages, NotLoaded> {
    Ok(|piece| match piece {
        Piece::Page(Route::BudgetOffice) => Some(html! { <budget::BudgetOfficePage /> }),
        Piece::Page(Route::Imports) => Some(html! { <budget::ImportsPage /> }),
        Piece::Page(Route::Import { id }) => Some(html! { <budget::ImportPage id={id.clone()} /> }),
        Piece::Page(Route::Policy) => Some(html! { <orders::PolicyPage /> }),
        Piece::Page(Route::Approvals) => Some(html! { <orders::ApprovalsPage /> }),
        Piece::Page(Route::Audit) => Some(html! { <audit::TrailPage /> }),
        Piece::Page(Route::People) => Some(html! { <identity::PeoplePage /> }),
        _ => None,
    })
}

#[wasm_split(shell, fallible)]
fn shell_pieces() -> Result<Pages, NotLoaded> {
    Ok(|piece| match piece {
        Piece::Page(Route::Forgot) => Some(html! { <identity::ForgotPage /> }),
        Piece::Page(Route::Invitation { token }) => Some(html! { <identity::InvitationPage token={token.clone()} /> }),
        Piece::Page(Route::Reset { token }) => Some(html! { <identity::ResetPage token={token.clone()} /> }),
        Piece::Page(Route::Account) => Some(html! { <identity::AccountPage /> }),
        Piece::Notices => Some(html! { <shell::NoticeList /> }),
        Piece::PersonMenu(onhelp) => Some(html! { <shell::PersonItems {onhelp} /> }),
        Piece::KeyHelp(onclose) => Some(html! { <shell::KeyHelp {onclose} /> }),
        _ => None,
    })
}

impl Part {
    /// The part that has the page; none where the page travels with the first load.
    pub const fn of(route: &Route) -> Option<Self> {
        match route {
            Route::SignIn | Route::NotFound => None,
            Route::Forgot | Route::Invitation { .. } | Route::Reset { .. } | Route::Account => Some(Self::Shell),
            Route::Desk => Some(Self::Desk),
            Route::Shelf => Some(Self::Shelf),
            Route::Service { .. } | Route::Compare => Some(Self::Service),
            Route::Cart | Route::Orders | Route::Order { .. } | Route::Budget | Route::BudgetLine { .. } | Route::Decisions => Some(Self::Buying),
            Route::Deliveries | Route::Gifts | Route::Dates | Route::Away | Route::Outside | Route::Renewals | Route::Choices => Some(Self::Buying),
            Route::Calendar | Route::Questions | Route::Question { .. } | Route::MySchools | Route::MySchool { .. } => Some(Self::Buying),
            Route::Menu | Route::MenuService { .. } | Route::MenuVersions { .. } | Route::MenuPrices | Route::MenuList => Some(Self::Selling),
            Route::Reviews | Route::Review { .. } | Route::Unit | Route::UnitDays | Route::Providers | Route::Seller => Some(Self::Selling),
            Route::Policy | Route::BudgetOffice | Route::Imports | Route::Import { .. } | Route::Approvals | Route::Audit | Route::People => {
                Some(Self::Office)
            }
        }
    }

    async fn fetch(self) -> Result<Pages, NotLoaded> {
        match self {
            Self::Shell => shell_pieces().await,
            Self::Desk => desk_pages().await,
            Self::Shelf => shelf_pages().await,
            Self::Service => service_pages().await,
            Self::Buying => buying_pages().await,
            Self::Selling => selling_pages().await,
            Self::Office => office_pages().await,
        }
    }
}

thread_local! {
    /// The parts that are there, so that a page of theirs stands at once.
    static LOADED: RefCell<Vec<(Part, Pages)>> = const { RefCell::new(Vec::new()) };
}

fn loaded(part: Part) -> Option<Pages> {
    LOADED.with_borrow(|loaded| loaded.iter().find(|(known, _)| *known == part).map(|(_, pages)| *pages))
}

#[derive(Properties, PartialEq)]
pub struct LaterProps {
    pub part: Part,
    pub piece: Piece,
    /// The outline until it is there.
    #[prop_or_default]
    pub shape: SkeletonShape,
}

/// A piece of a part: its outline until the part is there, or what to do where it does not come.
#[component]
pub fn Later(props: &LaterProps) -> Html {
    let part = props.part;
    // Whether the last attempt failed.
    let failed = use_state(|| false);
    let turn = use_state(|| 0_u32);
    {
        let (failed, turn, again) = (failed.clone(), *turn, use_force_update());
        use_effect_with((part, turn), move |(part, _)| {
            let part = *part;
            failed.set(false);
            if loaded(part).is_none() {
                spawn_local(async move {
                    match part.fetch().await {
                        Ok(pages) => {
                            LOADED.with_borrow_mut(|loaded| loaded.push((part, pages)));
                            again.force_update();
                        }
                        Err(NotLoaded) => failed.set(true),
                    }
                });
            }
        });
    }
    match loaded(part) {
        Some(pages) => pages(&props.piece).unwrap_or_default(),
        None if *failed => {
            let onclick = Callback::from(move |_: MouseEvent| turn.set(turn.wrapping_add(1)));
            let actions = html! { <Button kind={ButtonKind::Normal} compact=true {onclick}>{ words::TRY_AGAIN }</Button> };
            html! { <Notice tone={Tone::Bad} {actions}>{ Failure::Unreachable.message() }</Notice> }
        }
        None => html! { <Skeleton shape={props.shape} /> },
    }
}

#[cfg(test)]
mod tests {
    use yew_router::Routable as _;

    use super::*;

    #[tokio::test]
    async fn every_page_stands_in_the_part_that_is_fetched_for_it() {
        let mut seen = 0;
        for address in Route::routes() {
            let route = Route::recognize(&address.replace(":id", "x").replace(":token", "x")).expect("a route");
            let Some(part) = Part::of(&route) else { continue };
            let Ok(pages) = part.fetch().await else { panic!("{part:?} is compiled in on the host") };
            assert!(pages(&Piece::Page(route)).is_some(), "{part:?} has no page for {address}");
            seen += 1;
        }
        assert!(seen > 10, "{seen} pages in parts");
    }
}
