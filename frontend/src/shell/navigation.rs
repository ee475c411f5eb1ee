//! Where a person can go: the entries of the main navigation by what they may do.

use shared::identity::policy::Permission;
use shared::words::shell as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::disclosure::use_closing_menu;
use crate::route::Route;
use crate::session::{Session, use_session};
use crate::ui::{Icon, IconName};

/// As many as fit under a thumb; the rest stands behind "More".
const TABS: usize = 4;
/// As many as fit into the head of a wide page beside the search.
const LINKS: usize = 6;

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    route: Route,
    label: &'static str,
    icon: IconName,
}

/// What this caller sees, most urgent first.
fn entries_of(session: &Session) -> Vec<Entry> {
    entries(|permission| session.may(permission), session.school().is_some())
}

fn entries(may: impl Fn(Permission) -> bool, has_school: bool) -> Vec<Entry> {
    let all = [
        (true, Route::Desk, words::MY_DESK, IconName::Inbox),
        (may(Permission::ApproveOrder), Route::Approvals, words::APPROVALS, IconName::ClipboardList),
        (may(Permission::ViewDistrictBudget), Route::BudgetOffice, words::BUDGET_OFFICE, IconName::Landmark),
        (may(Permission::AnswerOrder) || may(Permission::LogDelivery), Route::Unit, words::UNIT, IconName::ClipboardList),
        (may(Permission::ViewProviderOrders), Route::Outside, words::OUR_ORDERS, IconName::Truck),
        (may(Permission::LogDelivery) || may(Permission::ConfirmDelivery), Route::Deliveries, words::DELIVERIES, IconName::Truck),
        (may(Permission::ReviewMenu), Route::Reviews, words::REVIEWS, IconName::Eye),
        (may(Permission::EditMenu), Route::Menu, words::MENU, IconName::Pencil),
        (may(Permission::ViewSeller), Route::Seller, words::SELLER, IconName::HandCoins),
        (may(Permission::SupportSchools), Route::MySchools, words::MY_SCHOOLS, IconName::School),
        (may(Permission::KeepProviders) || may(Permission::CheckProviders), Route::Providers, words::PROVIDERS, IconName::Users),
        (may(Permission::ViewOrders), Route::Shelf, words::SHELF, IconName::Package),
        (may(Permission::ViewOrders), Route::Orders, words::ORDERS, IconName::FileText),
        (may(Permission::ViewOrders), Route::Questions, words::QUESTIONS, IconName::MessageSquare),
        (may(Permission::ViewSchoolBudget) && has_school, Route::Budget, words::BUDGET, IconName::Wallet),
        (may(Permission::ConfirmPolicy), Route::Policy, words::POLICY, IconName::ClipboardList),
        (may(Permission::ViewDistrictBudget), Route::Imports, words::IMPORTS, IconName::Upload),
        (!may(Permission::ViewProviderOrders), Route::Calendar, words::CALENDAR, IconName::Calendar),
        (may(Permission::ViewAudit), Route::Audit, words::TRAIL, IconName::ShieldCheck),
        (may(Permission::ViewPeople), Route::People, words::PEOPLE, IconName::Users),
    ];
    let shown = all.into_iter().filter(|(shown, ..)| *shown);
    shown.map(|(_, route, label, icon)| Entry { route, label, icon }).collect()
}

#[derive(Properties, PartialEq)]
pub struct NavigationProps {
    pub here: Route,
}

/// The row of links in the page's head.
#[component]
pub fn Navigation(props: &NavigationProps) -> Html {
    html! { <Links here={props.here.clone()} class="shell-nav" most={LINKS} icons=false /> }
}

/// The same under the thumb on phones.
#[component]
pub fn Tabbar(props: &NavigationProps) -> Html {
    html! { <Links here={props.here.clone()} class="shell-tabs" most={TABS} icons=true /> }
}

#[derive(Properties, PartialEq)]
struct LinksProps {
    here: Route,
    class: &'static str,
    most: usize,
    icons: bool,
}

/// The most urgent entries in a row; where there are more, the rest behind a word.
#[component]
fn Links(props: &LinksProps) -> Html {
    let session = use_session();
    let node = use_node_ref();
    use_closing_menu(node.clone());
    let all = entries_of(&session);
    let (row, more) = if all.len() > props.most + 1 { all.split_at(props.most) } else { (&all[..], &[][..]) };
    html! {
        <nav class={props.class} aria-label={words::MAIN_NAVIGATION}>
            <ul>
                { for row.iter().map(|entry| html! { <li>{ link(entry, &props.here, props.icons) }</li> }) }
                if !more.is_empty() {
                    <li>
                        // The key closes it on the way to another page.
                        <details ref={node} key={props.here.to_path()}>
                            <summary>if props.icons { <Icon name={IconName::Menu} /> }{ words::MORE }</summary>
                            <div class="more">{ for more.iter().map(|entry| link(entry, &props.here, true)) }</div>
                        </details>
                    </li>
                }
            </ul>
        </nav>
    }
}

fn link(entry: &Entry, here: &Route, with_icon: bool) -> Html {
    let current = (here.section() == entry.route).then_some("page");
    html! {
        <RouteLink to={entry.route.clone()} {current}>
            if with_icon { <Icon name={entry.icon} /> }
            { entry.label }
        </RouteLink>
    }
}

#[derive(Properties, PartialEq)]
struct RouteLinkProps {
    to: Route,
    current: Option<&'static str>,
    children: Html,
}

/// A router link that can be the current page, which the router's own cannot say.
#[component]
fn RouteLink(props: &RouteLinkProps) -> Html {
    let navigator = use_navigator();
    let to = props.to.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        let Some(navigator) = navigator.as_ref().filter(|_| !(event.ctrl_key() || event.meta_key() || event.shift_key())) else { return };
        event.prevent_default();
        navigator.push(&to);
    });
    html! { <a href={props.to.to_path()} {onclick} aria-current={props.current}>{ props.children.clone() }</a> }
}

#[cfg(test)]
mod tests {
    use shared::identity::policy::holds;
    use shared::identity::{Role, ScopeKind};

    use super::*;

    #[test]
    fn everybody_sees_the_places_of_their_role_and_no_others() {
        let seen = |role: &Role| {
            let has_school = matches!(role.scope_kind(), ScopeKind::School | ScopeKind::Network);
            let labels = entries(|permission| holds(&[*role], permission), has_school).into_iter().map(|entry| entry.label);
            format!("{}: {}", role.title(), labels.collect::<Vec<_>>().join(", "))
        };
        insta::assert_snapshot!(Role::ALL.iter().map(seen).collect::<Vec<_>>().join("\n"), @"
        Principal: My desk, Deliveries, Shelf, Orders, Questions, Budget, Calendar
        School staff: My desk, Deliveries, Shelf, Orders, Questions, Budget, Calendar
        Unit head: My desk, Our board, Deliveries, Our menu, What sells, Providers, Shelf, Orders, Questions, Calendar
        Unit staff: My desk, Our board, Deliveries, Shelf, Orders, Questions, Calendar
        Network officer: My desk, Approvals, My schools, Shelf, Orders, Questions, Budget, Calendar
        Budget officer: My desk, Approvals, Budget office, Menu reviews, What sells, Providers, Shelf, Orders, Questions, Policy, Imports, Calendar, Trail, People
        Card administrator: My desk, Calendar
        Auditor: My desk, Budget office, What sells, Shelf, Orders, Questions, Imports, Calendar, Trail, People
        Executive: My desk, Approvals, Budget office, Menu reviews, What sells, Shelf, Orders, Questions, Policy, Imports, Calendar, People
        System administrator: My desk, Calendar, People
        Provider staff: My desk, Our orders
        ");
    }
}
