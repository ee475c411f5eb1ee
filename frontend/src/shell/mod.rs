//! The frame around every page: head, navigation, search, the school's small budget line, foot; and the door for who is not signed in.

mod disclosure;
mod keys;
mod navigation;
mod notices;
mod person_menu;
mod scroll;

pub use keys::KeyHelp;
pub use notices::NoticeList;
pub use person_menu::PersonItems;
pub use scroll::use_scroll_memory;

use shared::budget::api::{GetSchoolBudget, YearQuery};
use shared::contract::encode;
use shared::identity::policy::Permission;
use shared::words::shell as words;
use web_sys::HtmlElement;
use yew::prelude::*;
use yew_router::prelude::*;

use self::keys::use_keys;
use self::navigation::{Navigation, Tabbar};
use self::notices::Notices;
use self::person_menu::PersonMenu;
use crate::address;
use crate::later::{Later, Part, Piece};
use crate::load::use_load_if;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{BudgetLine, BudgetLineSize, BudgetParts, Icon, IconName, SearchBox, SkeletonShape};

#[derive(Properties, PartialEq)]
pub struct ShellProps {
    pub here: Route,
    pub children: Html,
}

/// Head, page and foot for somebody who is signed in.
#[component]
pub fn Shell(props: &ShellProps) -> Html {
    let session = use_session();
    let help = use_state(|| false);
    let open_help = {
        let help = help.clone();
        Callback::from(move |()| help.set(true))
    };
    use_keys(open_help.clone());
    let main = use_node_ref();
    let onskip = {
        let main = main.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            if let Some(main) = main.cast::<HtmlElement>() {
                let _ = main.focus();
            }
        })
    };
    let onclose = {
        let help = help.clone();
        Callback::from(move |()| help.set(false))
    };
    let onsearch = Callback::from(|text: String| address::open(&format!("/shelf?q={}", encode(text.trim()))));
    html! {
        <>
            <a class="skip" href="#page" onclick={onskip}>{ words::SKIP }</a>
            <header class="shell-head">
                <div class="in">
                    <Link<Route> classes="brand" to={Route::Desk}>{ words::PRODUCT }</Link<Route>>
                    <Navigation here={props.here.clone()} />
                    if session.may(Permission::ViewOrders) { <SearchBox {onsearch} /> }
                    <div class="shell-who">
                        <HeadBudget />
                        if session.may(Permission::DraftOrder) { <CartLink /> }
                        <Notices key={format!("notices {}", props.here.to_path())} />
                        <PersonMenu onhelp={open_help.clone()} key={props.here.to_path()} />
                    </div>
                </div>
            </header>
            <main id="page" tabindex="-1" ref={main}>{ props.children.clone() }</main>
            <footer class="shell-foot">
                <span class="strong">{ &session.district }</span>
                if session.view().is_some_and(|view| view.district.demo) { <span>{ words::DEMO }</span> }
                if let Some(year) = session.fiscal_year() { <span class="num">{ words::fiscal_year(year) }</span> }
                <button type="button" onclick={open_help.reform(|_: MouseEvent| ())}>{ words::KEYBOARD }</button>
                <span class="push">{ words::FOOTER }</span>
            </footer>
            <Tabbar here={props.here.clone()} />
            if *help { <Later part={Part::Shell} piece={Piece::KeyHelp(onclose)} shape={SkeletonShape::Lines} /> }
        </>
    }
}

/// The chosen school's budget at a glance; a link to the page that explains it.
#[component]
fn HeadBudget() -> Html {
    let session = use_session();
    let school = session.school().filter(|_| session.may(Permission::ViewSchoolBudget)).map(|school| school.id);
    let budget = use_load_if::<GetSchoolBudget>(school.map(|school| (school, YearQuery::default())));
    {
        let reload = budget.reload.clone();
        use_effect_with(session.money_turn, move |turn| {
            if *turn > 0 {
                reload.emit(());
            }
        });
    }
    let Some(data) = budget.data() else { return Html::default() };
    html! {
        <Link<Route> classes="head-budget" to={Route::Budget}>
            <BudgetLine title={data.school.name.clone()} parts={BudgetParts::of(&data.total)} size={BudgetLineSize::Small} />
        </Link<Route>>
    }
}

#[component]
fn CartLink() -> Html {
    html! {
        <Link<Route> classes="button quiet only-icon" to={Route::Cart}>
            <Icon name={IconName::ShoppingCart} title={words::CART} />
        </Link<Route>>
    }
}

#[derive(Properties, PartialEq)]
pub struct DoorProps {
    pub children: Html,
}

/// The frame for who is not signed in.
#[component]
pub fn Door(props: &DoorProps) -> Html {
    let session = use_session();
    html! {
        <div class="signed-out">
            <main class="door" id="page">
                <div class="stack-tight">
                    <span class="brand brand-big door-brand">{ words::PRODUCT }</span>
                    <span class="muted">{ &session.district }</span>
                </div>
                { props.children.clone() }
            </main>
            <footer class="tiny muted">{ words::LICENCES }</footer>
        </div>
    }
}
