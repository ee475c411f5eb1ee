//! The signed-in person's menu: school acted for, colours, density, account, sign out.

use shared::contract::Empty;
use shared::identity::api::{SessionView, SignOut};
use shared::identity::policy::Permission;
use shared::words::shell as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::disclosure::use_opening_menu;
use crate::api::Call;
use crate::form::use_sender;
use crate::later::{Later, Part, Piece};
use crate::preferences::{Density, Theme};
use crate::route::Route;
use crate::session::{Act, use_session};
use crate::ui::{Avatar, Choice, Icon, IconName, Segments, Select, SkeletonShape};

#[derive(Properties, PartialEq)]
pub struct PersonMenuProps {
    pub onhelp: Callback<()>,
}

/// Name and school in the page's head; opens the menu.
#[component]
pub fn PersonMenu(props: &PersonMenuProps) -> Html {
    let session = use_session();
    let (node, opened, ontoggle) = use_opening_menu();
    let Some(view) = session.view().cloned() else { return Html::default() };
    let place = session.school().map_or_else(|| view.district.name.clone(), |school| school.name.clone());
    html! {
        <details class="shell-person" ref={node} {ontoggle}>
            <summary>
                <span class="visually-hidden">{ words::person_menu(&view.person.name) }</span>
                <span class="names"><span class="strong">{ place }</span><br /><span class="tiny muted">{ title_of(&view) }</span></span>
                <Avatar name={view.person.name.clone()} />
            </summary>
            <div class="shell-menu">
                if opened {
                    <Later part={Part::Shell} piece={Piece::PersonMenu(props.onhelp.clone())} shape={SkeletonShape::Lines} />
                }
            </div>
        </details>
    }
}

/// What stands in the menu.
#[component]
pub fn PersonItems(props: &PersonMenuProps) -> Html {
    let session = use_session();
    let several = session.view().is_some_and(|view| view.schools.len() > 1);
    html! {
        <>
            if several { <div class="group"><SchoolChoice /></div> }
            <div class="group"><Appearance /></div>
            <div class="group">
                if !session.may(Permission::ViewProviderOrders) {
                    <Link<Route> classes="menu-item" to={Route::Decisions}><Icon name={IconName::ShieldCheck} />{ words::DECISIONS }</Link<Route>>
                    <Link<Route> classes="menu-item" to={Route::Away}><Icon name={IconName::Users} />{ words::AWAY }</Link<Route>>
                }
                <Link<Route> classes="menu-item" to={Route::Account}><Icon name={IconName::User} />{ words::ACCOUNT }</Link<Route>>
                <button type="button" class="menu-item" onclick={props.onhelp.reform(|_: MouseEvent| ())}>
                    <Icon name={IconName::Keyboard} />{ words::KEYBOARD }
                </button>
                <SignOutItem />
            </div>
        </>
    }
}

/// `Ana Whitfield, Principal`.
fn title_of(view: &SessionView) -> String {
    let acts = (!view.acting.is_empty()).then_some(words::ACTING_PRINCIPAL);
    let role = acts.or_else(|| view.roles.iter().find(|role| role.confirmed).map(|role| role.role.title()));
    role.map_or_else(|| view.person.name.clone(), |role| format!("{}, {role}", view.person.name))
}

#[component]
fn SchoolChoice() -> Html {
    let session = use_session();
    let Some(view) = session.view().cloned() else { return Html::default() };
    let choices = view.schools.iter().map(|school| Choice::new(school.id.to_string(), school.name.clone())).collect::<Vec<_>>();
    let value = session.school().map(|school| school.id.to_string()).unwrap_or_default();
    let onchange = Callback::from(move |id: String| {
        if let Ok(school) = id.parse() {
            session.act(Act::Choose(school));
        }
    });
    html! { <Select name="acting-for" label={words::ACTING_FOR} {value} {choices} {onchange} /> }
}

#[component]
fn Appearance() -> Html {
    let theme = use_state(Theme::stored);
    let density = use_state(Density::stored);
    let onchange_theme = {
        let theme = theme.clone();
        Callback::from(move |name: AttrValue| {
            let chosen = Theme::parse(&name);
            chosen.choose();
            theme.set(chosen);
        })
    };
    let onchange_density = {
        let density = density.clone();
        Callback::from(move |name: AttrValue| {
            let chosen = Density::parse(&name);
            chosen.choose();
            density.set(chosen);
        })
    };
    let themes = [(Theme::Auto, words::THEME_AUTO), (Theme::Light, words::THEME_LIGHT), (Theme::Dark, words::THEME_DARK)];
    let densities = [(Density::Comfortable, words::DENSITY_COMFORTABLE), (Density::Compact, words::DENSITY_COMPACT)];
    html! {
        <>
            <Segments name="theme" label={words::THEME} value={theme.name()} onchange={onchange_theme}
                choices={themes.map(|(theme, label)| Choice::new(theme.name(), label)).to_vec()} />
            <Segments name="density" label={words::DENSITY} value={density.name()} onchange={onchange_density}
                choices={densities.map(|(density, label)| Choice::new(density.name(), label)).to_vec()} />
        </>
    }
}

#[component]
fn SignOutItem() -> Html {
    let session = use_session();
    let sender = use_sender::<SignOut>(Callback::from(move |Empty {}| {
        session.act(Act::SignedOut);
        crate::address::open("/sign-in");
    }));
    let onclick = Callback::from(move |_: MouseEvent| sender.send(Call::to(())));
    html! { <button type="button" class="menu-item" {onclick}><Icon name={IconName::LogOut} />{ words::SIGN_OUT }</button> }
}
