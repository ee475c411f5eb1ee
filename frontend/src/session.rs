//! Who is signed in, for which schools and units, and what they may do: a context around all pages.

use std::rc::Rc;

use shared::fiscal::FiscalYear;
use shared::id::SchoolId;
use shared::identity::api::{GetSession, SchoolRef, SessionReply, SessionView, UnitRef};
use shared::identity::policy::Permission;
use shared::words::shell as words;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::api::{Api, Call, Failure};
use crate::clock::ClockProvider;
use crate::preferences::{store_school, stored_school};
use crate::ui::use_toasts;

/// Whether somebody is signed in.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Presence {
    #[default]
    Waiting,
    Failed(Failure),
    Out,
    In(Rc<SessionView>),
}

/// The caller's session; get it with [`use_session`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    pub presence: Presence,
    /// The district's name, also for somebody at the door.
    pub district: AttrValue,
    school: Option<SchoolId>,
    /// How often money moved since the page was loaded; the head's budget line follows it.
    pub money_turn: u32,
    act: Callback<Act>,
}

/// What happens to a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    SignedIn(Rc<SessionView>),
    /// By the person, or found out by a refused call.
    SignedOut,
    Choose(SchoolId),
    /// A command moved money of the school: what the head shows is renewed.
    MoneyMoved,
    /// Asks the server again.
    Refresh,
}

/// The nearest session; waiting where there is none.
#[hook]
pub fn use_session() -> Session {
    use_context::<Session>().unwrap_or_default()
}

impl Session {
    pub fn view(&self) -> Option<&Rc<SessionView>> {
        match &self.presence {
            Presence::In(view) => Some(view),
            Presence::Waiting | Presence::Failed(_) | Presence::Out => None,
        }
    }

    /// Whether any role of the caller holds `permission`; scope is for the server to decide.
    pub fn may(&self, permission: Permission) -> bool {
        self.view().is_some_and(|view| view.permissions.contains(&permission))
    }

    /// The school acted for: the chosen one, else the first; none for district roles.
    pub fn school(&self) -> Option<&SchoolRef> {
        let schools = &self.view()?.schools;
        schools.iter().find(|school| Some(school.id) == self.school).or_else(|| schools.first())
    }

    /// The caller's first unit, for unit heads and staff.
    pub fn unit(&self) -> Option<&UnitRef> {
        self.view()?.units.first()
    }

    pub fn fiscal_year(&self) -> Option<FiscalYear> {
        self.view().map(|view| view.district.fiscal_year)
    }

    pub fn zone(&self) -> AttrValue {
        self.view().map(|view| AttrValue::from(view.district.zone.clone())).unwrap_or_default()
    }

    pub fn act(&self, act: Act) {
        self.act.emit(act);
    }
}

#[derive(Clone, Default, PartialEq)]
struct State {
    presence: Presence,
    district: AttrValue,
    school: Option<SchoolId>,
    money_turn: u32,
    refresh_turn: u32,
}

enum Change {
    Act(Act),
    Answer(Box<Result<SessionReply, Failure>>),
}

impl Reducible for State {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut next = (*self).clone();
        match change {
            Change::Act(Act::SignedIn(view)) => {
                next.district = view.district.name.clone().into();
                next.presence = Presence::In(view);
            }
            Change::Act(Act::SignedOut) => next.presence = Presence::Out,
            Change::Act(Act::Choose(school)) => next.school = Some(school),
            Change::Act(Act::MoneyMoved) => next.money_turn = next.money_turn.wrapping_add(1),
            Change::Act(Act::Refresh) => next.refresh_turn = next.refresh_turn.wrapping_add(1),
            Change::Answer(answer) => next.answered(*answer),
        }
        Rc::new(next)
    }
}

impl State {
    fn answered(&mut self, answer: Result<SessionReply, Failure>) {
        match answer {
            Ok(reply) => {
                self.district = reply.district.into();
                self.presence = reply.session.map_or(Presence::Out, |view| Presence::In(Rc::new(view)));
            }
            // A failed refresh does not throw out who is in.
            Err(_) if matches!(self.presence, Presence::In(_)) => {}
            Err(failure) => self.presence = Presence::Failed(failure),
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct SessionProviderProps {
    pub children: Html,
}

/// Asks who is signed in and gives session, way to the server and clock to all pages.
#[component]
pub fn SessionProvider(props: &SessionProviderProps) -> Html {
    let toasts = use_toasts();
    let state = use_reducer(|| State { school: stored_school().parse().ok(), ..State::default() });
    {
        let dispatcher = state.dispatcher();
        use_effect_with(state.refresh_turn, move |_| {
            spawn_local(async move {
                let answer = Api::default().call(Call::<GetSession>::to(())).await;
                dispatcher.dispatch(Change::Answer(Box::new(answer)));
            });
        });
    }
    let act = {
        let dispatcher = state.dispatcher();
        Callback::from(move |act: Act| {
            if let Act::Choose(school) = &act {
                store_school(&school.to_string());
            }
            dispatcher.dispatch(Change::Act(act));
        })
    };
    let signed_out = {
        let act = act.clone();
        Callback::from(move |()| {
            toasts.say(words::SIGNED_OUT);
            act.emit(Act::SignedOut);
        })
    };
    let session = Session {
        presence: state.presence.clone(),
        district: state.district.clone(),
        school: state.school,
        money_turn: state.money_turn,
        // Callbacks made anew are unequal; the pages are drawn again only when the state is another.
        act: (*use_memo((), |()| act)).clone(),
    };
    let token = session.view().map(|view| AttrValue::from(view.csrf_token.clone()));
    let api = Api { csrf_token: token, signed_out: (*use_memo((), |()| signed_out)).clone() };
    let zone = session.zone();
    html! {
        <ContextProvider<Api> context={api}>
            <ContextProvider<Session> context={session}>
                <ClockProvider {zone}>{ props.children.clone() }</ClockProvider>
            </ContextProvider<Session>>
        </ContextProvider<Api>>
    }
}
