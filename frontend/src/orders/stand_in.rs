//! Letting somebody stand in: from when to when, who, for what, and for buying up to how much. One form; what is chosen says which way.

use std::rc::Rc;

use shared::error::FieldError;
use shared::identity::Role;
use shared::identity::absence::{AbsencesView, Candidate, NewAbsence};
use shared::identity::api::SetAbsence;
use shared::money::Cents;
use shared::orders::api::{DecisionsView, Delegate, NewDelegation};
use shared::orders::delegation::DelegationCandidate;
use shared::time::Date;
use shared::words::orders as words;
use shared::words::orders::away as page;
use yew::prelude::*;

use crate::api::{Call, Failure};
use crate::form::{Form, Sender, use_form, use_sender};
use crate::ui::{Button, ButtonKind, Choice, ErrorSummary, Select, TextField, TextKind, use_toasts};

const LABELS: &[(&str, &str)] = &[
    ("who", page::STANDS_IN),
    ("deputy", page::STANDS_IN),
    ("taker", page::STANDS_IN),
    ("first", page::AWAY_FIRST),
    ("last", page::AWAY_LAST),
    ("cap", words::CAP),
    ("note", page::AWAY_NOTE),
];

#[derive(Properties, PartialEq)]
pub struct StandInProps {
    pub away: Rc<AbsencesView>,
    pub decided: Rc<DecisionsView>,
    pub onaway: Callback<AbsencesView>,
    pub ondecided: Callback<DecisionsView>,
}

/// One way of standing in, by one person.
#[derive(Clone, Copy)]
enum Way<'a> {
    /// Answers and delivers meanwhile.
    Answers(&'a Candidate),
    /// Decides on orders, or buys up to an amount.
    Delegated(&'a DelegationCandidate),
}

impl Way<'_> {
    fn title(self) -> String {
        match self {
            Self::Answers(one) => page::answers(&one.person.name, &one.role),
            Self::Delegated(one) => words::candidate(&one.person.name, one.role, one.school.as_ref().map(|school| school.name.as_str())),
        }
    }

    fn buys(self) -> bool {
        matches!(self, Self::Delegated(one) if one.role == Role::Principal)
    }

    fn means(self) -> &'static str {
        match self {
            Self::Answers(_) => page::MEANS_ANSWER,
            Self::Delegated(_) if self.buys() => page::MEANS_BUY,
            Self::Delegated(_) => page::MEANS_DECIDE,
        }
    }
}

fn ways(props: &StandInProps) -> Vec<Way<'_>> {
    props.away.candidates.iter().map(Way::Answers).chain(props.decided.candidates.iter().map(Way::Delegated)).collect()
}

#[component]
pub fn StandInForm(props: &StandInProps) -> Html {
    let toasts = use_toasts();
    let today = props.away.today.to_string();
    let first = [("who", ""), ("first", today.as_str()), ("last", ""), ("cap", ""), ("note", "")];
    let form = use_form(&first);
    let done = {
        let (form, today) = (form.clone(), today.clone());
        move || {
            form.reset(&[("who", ""), ("first", &today), ("last", ""), ("cap", ""), ("note", "")]);
            toasts.say(page::SET_STAND_IN_DONE);
        }
    };
    let absence = {
        let (done, onaway) = (done.clone(), props.onaway.clone());
        use_sender::<SetAbsence>(Callback::from(move |view| {
            done();
            onaway.emit(view);
        }))
    };
    let delegation = {
        let ondecided = props.ondecided.clone();
        use_sender::<Delegate>(Callback::from(move |view| {
            done();
            ondecided.emit(view);
        }))
    };
    let ways = ways(props);
    let chosen = form.text("who").parse::<usize>().ok().and_then(|at| ways.get(at).copied());
    let failure: Option<&Failure> = match chosen {
        Some(Way::Answers(_)) => absence.failure(),
        Some(Way::Delegated(_)) => delegation.failure(),
        None => None,
    };
    let form = form.labelled(LABELS).showing(failure);
    let onsubmit = {
        let (form, props) = (form.clone(), (props.away.clone(), props.decided.clone()));
        let senders = (absence.clone(), delegation.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            send(&form, &props, &senders);
        })
    };
    let titles = ways.iter().enumerate().map(|(at, way)| Choice::new(at.to_string(), way.title()));
    let choices: Vec<Choice> = std::iter::once(Choice::new("", page::CHOOSE_STAND_IN)).chain(titles).collect();
    let field = |name: &'static str, label: &'static str, kind: TextKind, optional: bool| {
        html! { <TextField {name} {label} {kind} {optional} value={form.text(name)} oninput={form.typing(name)} error={form.error(name)} /> }
    };
    let who = form.error("who").or_else(|| form.error("deputy")).or_else(|| form.error("taker"));
    html! {
        <form class="form no-print" {onsubmit} novalidate=true aria-label={page::LET_STAND_IN}>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <div class="fields-2">
                { field("first", page::AWAY_FIRST, TextKind::Date, false) }
                { field("last", page::AWAY_LAST, TextKind::Date, false) }
            </div>
            <Select name="who" label={page::STANDS_IN} value={form.text("who")} {choices} onchange={form.typing("who")} error={who} />
            if let Some(way) = chosen {
                <p class="small"><b>{ page::WHAT_IT_MEANS }</b>{ ": " }{ way.means() }</p>
                if way.buys() {
                    <TextField name="cap" label={words::CAP} hint={words::CAP_HINT} kind={TextKind::Money} value={form.text("cap")}
                        oninput={form.typing("cap")} error={form.error("cap")} />
                }
                if matches!(way, Way::Answers(_)) { { field("note", page::AWAY_NOTE, TextKind::Text, true) } }
            }
            <div class="actions">
                <Button kind={ButtonKind::Primary} submit=true busy={absence.busy() || delegation.busy()}>{ page::SET_STAND_IN }</Button>
            </div>
        </form>
    }
}

type Views = (Rc<AbsencesView>, Rc<DecisionsView>);

/// Sends the one command that the chosen way is, or says what is missing.
fn send(form: &Form, (away, decided): &Views, (absence, delegation): &(Sender<SetAbsence>, Sender<Delegate>)) {
    let mut faults = Vec::new();
    let mut day = |name: &'static str| form.text(name).parse::<Date>().map_err(|_| faults.push(FieldError::new(name, page::DAY_NEEDED))).ok();
    let (first, last) = (day("first"), day("last"));
    let at = form.text("who").parse::<usize>().ok();
    let answers = at.and_then(|at| away.candidates.get(at));
    let delegated = at.and_then(|at| decided.candidates.get(at.checked_sub(away.candidates.len())?));
    if answers.is_none() && delegated.is_none() {
        faults.push(FieldError::new("who", page::CHOOSE_STAND_IN));
    }
    let buying = delegated.is_some_and(|one| one.role == Role::Principal);
    let cap: Option<Cents> = if buying { form.text("cap").trim().parse().ok() } else { None };
    if buying && cap.is_none() {
        faults.push(FieldError::new("cap", words::DELEGATE_CAP));
    }
    let (Some(first), Some(last), true) = (first, last, faults.is_empty()) else { return form.refuse(faults) };
    form.refuse(Vec::new());
    if let Some(one) = answers {
        let note = form.text("note").to_string();
        absence.send(Call::to(()).body(NewAbsence { deputy: one.person.id, first, last, note }));
    } else if let Some(one) = delegated {
        let school = one.school.as_ref().map(|school| school.id);
        delegation.send(Call::to(()).body(NewDelegation { taker: one.person.id, role: one.role, school, first, last, cap }));
    }
}
