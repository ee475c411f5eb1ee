//! Choosing a role and what it is held for; inviting a person with a first role.

use shared::budget::api::{ListPlaces, Places};
use shared::catalog::api::{Catalog, GetCatalog};
use shared::contract::Empty;
use shared::error::FieldError;
use shared::identity::api::{InvitePerson, NewPerson, PersonView, RoleProposal};
use shared::identity::input::{Email, field};
use shared::identity::{Role, Scope, ScopeKind};
use shared::text::{TITLE_LIMIT, required};
use shared::words::identity as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::load::use_load;
use crate::ui::{Button, ButtonKind, Choice, Dialog, ErrorSummary, Select, TextField, TextKind, use_toasts};

/// What is chosen so far; a scope's id is text until its kind is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoleChoice {
    role: Option<Role>,
    place: String,
}

impl RoleChoice {
    /// Complete once the role has its place.
    pub fn proposal(&self) -> Option<RoleProposal> {
        let role = self.role?;
        let scope = match role.scope_kind() {
            ScopeKind::District => Scope::District,
            ScopeKind::School => Scope::School(self.place.parse().ok()?),
            ScopeKind::Unit => Scope::Unit(self.place.parse().ok()?),
            ScopeKind::Network => Scope::Network(self.place.parse().ok()?),
            ScopeKind::Provider => Scope::Provider(self.place.parse().ok()?),
        };
        Some(RoleProposal { role, scope })
    }
}

#[derive(Properties, PartialEq)]
pub struct RoleFieldsProps {
    pub choice: RoleChoice,
    /// Roles the person holds: those that do not go with them are not offered.
    #[prop_or_default]
    pub held: Vec<Role>,
    pub onchange: Callback<RoleChoice>,
}

/// Two selects: the role, then its place where it needs one.
#[component]
pub fn RoleFields(props: &RoleFieldsProps) -> Html {
    let places = use_load::<ListPlaces>((), Empty {});
    let catalog = use_load::<GetCatalog>((), Empty {});
    let fitting = Role::ALL.iter().filter(|role| **role != Role::ProviderStaff && props.held.iter().all(|held| held.goes_with(**role)));
    let roles = fitting.map(|role| Choice::new(role.name(), role.title())).collect::<Vec<_>>();
    let onrole = props.onchange.reform(|name: String| RoleChoice { role: Role::parse(&name), place: String::new() });
    let role = props.choice.role;
    let onplace = props.onchange.reform(move |place: String| RoleChoice { role, place });
    let offered =
        role.map(|role| offered(role.scope_kind(), places.data().map(|p| &**p), catalog.data().map(|c| &**c))).unwrap_or_default();
    html! {
        <div class="fields-2">
            <Select name="role" label={words::ROLE} value={role.map(Role::name).unwrap_or_default()} choices={roles}
                onchange={onrole} />
            if !offered.is_empty() {
                <Select name="scope" label={words::SCOPE} value={props.choice.place.clone()} choices={offered} onchange={onplace} />
            }
        </div>
    }
}

fn offered(kind: ScopeKind, places: Option<&Places>, catalog: Option<&Catalog>) -> Vec<Choice> {
    match kind {
        // People of a provider are invited by the unit that brokers it.
        ScopeKind::District | ScopeKind::Provider => Vec::new(),
        ScopeKind::School => {
            places.map(|p| p.schools.iter().map(|s| Choice::new(s.id.to_string(), s.name.clone())).collect()).unwrap_or_default()
        }
        ScopeKind::Network => {
            places.map(|p| p.networks.iter().map(|n| Choice::new(n.id.to_string(), n.name.clone())).collect()).unwrap_or_default()
        }
        ScopeKind::Unit => {
            catalog.map(|c| c.units.iter().map(|u| Choice::new(u.id.to_string(), u.name.clone())).collect()).unwrap_or_default()
        }
    }
}

const LABELS: [(&str, &str); 2] = [("name", words::NAME), ("email", words::EMAIL)];

#[derive(Properties, PartialEq)]
pub struct InviteDialogProps {
    pub onclose: Callback<()>,
    pub oninvited: Callback<PersonView>,
}

/// Name, address and, if it is known already, the first role.
#[component]
pub fn InviteDialog(props: &InviteDialogProps) -> Html {
    let toasts = use_toasts();
    let oninvited = props.oninvited.clone();
    let sender = use_sender::<InvitePerson>(Callback::from(move |person| {
        toasts.say(words::INVITED);
        oninvited.emit(person);
    }));
    let form = use_form(&[("name", ""), ("email", "")]).labelled(&LABELS).showing(sender.failure());
    let choice = use_state(RoleChoice::default);
    let onchange = {
        let choice = choice.clone();
        Callback::from(move |next| choice.set(next))
    };
    let onsubmit = {
        let (form, sender, role) = (form.clone(), sender.clone(), choice.proposal());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match new_person(&form.text("name"), &form.text("email"), role) {
                Ok(person) => sender.send(Call::to(()).body(person)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    html! {
        <Dialog open=true title={words::INVITE} onclose={props.onclose.clone()}>
            <p class="small muted">{ words::INVITE_NOTE }</p>
            <form class="form" {onsubmit} novalidate=true aria-label={words::INVITE}>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <TextField name="name" label={words::NAME} value={form.text("name")} oninput={form.typing("name")} error={form.error("name")} />
                <TextField name="email" label={words::EMAIL} kind={TextKind::Email} maxlength=254 value={form.text("email")}
                    oninput={form.typing("email")} error={form.error("email")} />
                <RoleFields choice={(*choice).clone()} {onchange} />
                <div class="actions">
                    <Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::SEND_INVITATION }</Button>
                </div>
            </form>
        </Dialog>
    }
}

fn new_person(name: &str, email: &str, role: Option<RoleProposal>) -> Result<NewPerson, Vec<FieldError>> {
    let mut faults = Vec::new();
    let name = field(&mut faults, "name", required(name, TITLE_LIMIT).map_err(|error| error.message()));
    let email = field(&mut faults, "email", Email::parse(email));
    match (name, email) {
        (Some(name), Some(email)) => Ok(NewPerson { name, email: email.as_str().to_owned(), role }),
        _ => Err(faults),
    }
}
