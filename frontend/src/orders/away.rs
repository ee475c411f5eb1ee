//! Away and standing in: who is away from when to when, and who stands in for what, on one page.

use std::rc::Rc;

use shared::contract::Empty as NoQuery;
use shared::identity::absence::{AbsenceView, AbsencesView};
use shared::identity::acting::ActingView;
use shared::identity::api::{EndAbsence, GetAbsences};
use shared::orders::api::{DecisionsView, DelegationView, EndDelegation, GetDecisions};
use shared::words::identity as identity_words;
use shared::words::orders as words;
use shared::words::orders::away as page;
use yew::prelude::*;

use super::stand_in::StandInForm;
use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load;
use crate::ui::{Button, ButtonKind, Card, Chip, Empty, IconName, Notice, PageHead, SkeletonShape, Tone, use_toasts};

/// For everybody, about themselves.
#[component]
pub fn AwayPage() -> Html {
    let absences = use_load::<GetAbsences>((), NoQuery {});
    let decisions = use_load::<GetDecisions>((), NoQuery {});
    let (onaway, ondecided) = (absences.put(), decisions.put());
    html! {
        <>
            <PageHead title={page::AWAY} lead={html! { page::AWAY_LEAD }} />
            { absences.draw(SkeletonShape::Page, |away| decisions.draw(SkeletonShape::Page, |decided| {
                html! { <Standing away={away.clone()} decided={decided.clone()} {onaway} {ondecided} /> }
            })) }
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct StandingProps {
    pub away: Rc<AbsencesView>,
    pub decided: Rc<DecisionsView>,
    pub onaway: Callback<AbsencesView>,
    pub ondecided: Callback<DecisionsView>,
}

/// Both lists, and the form beside them.
#[component]
pub fn Standing(props: &StandingProps) -> Html {
    let toasts = use_toasts();
    let said = move |text: &'static str| {
        let toasts = toasts.clone();
        move || toasts.say(text)
    };
    let away_ender = {
        let (onaway, say) = (props.onaway.clone(), said(identity_words::AWAY_ENDED));
        use_sender::<EndAbsence>(Callback::from(move |view| {
            say();
            onaway.emit(view);
        }))
    };
    let ender = {
        let (ondecided, say) = (props.ondecided.clone(), said(words::STOOD_DOWN));
        use_sender::<EndDelegation>(Callback::from(move |view| {
            say();
            ondecided.emit(view);
        }))
    };
    let (away, decided) = (&props.away, &props.decided);
    let me = decided.person.id;
    let absent = |row: &AbsenceView| {
        let (sender, id) = (away_ender.clone(), row.id);
        let onend = (row.person.id == me).then(|| Callback::from(move |_: MouseEvent| sender.send(Call::to(id).body(NoQuery {}))));
        let (what, days) = (page::answers_for(&row.deputy.name, &row.person.name), page::from_until(row.first, row.last));
        item(&Item { key: row.id.to_string(), what, days, note: row.note.clone(), now: row.now, onend, busy: away_ender.busy() })
    };
    let delegated = |row: &DelegationView| {
        let (sender, id) = (ender.clone(), row.id);
        let onend = row.may_end.then(|| Callback::from(move |_: MouseEvent| sender.send(Call::to(id))));
        let (what, days) = (words::stands_in_for(&row.giver.name, &row.taker.name, row.cap), page::from_until(row.first, row.last));
        let now = row.first <= away.today && away.today <= row.last;
        item(&Item { key: row.id.to_string(), what, days, note: String::new(), now, onend, busy: ender.busy() })
    };
    let (on_leave, acts): (Vec<&ActingView>, Vec<&ActingView>) = away.acting.iter().partition(|row| row.person.id == me);
    let for_me: Vec<Html> = away.own.iter().map(absent).chain(decided.given.iter().map(delegated)).chain(on_leave.into_iter().map(acting)).collect();
    let for_others: Vec<Html> =
        away.for_others.iter().map(absent).chain(decided.taken.iter().map(delegated)).chain(acts.into_iter().map(acting)).collect();
    let could = !(away.candidates.is_empty() && decided.candidates.is_empty());
    html! {
        <div class="two">
            <div class="stack-wide">
                { for [away_ender.failure(), ender.failure()].into_iter().flatten().map(|failure| html! { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }) }
                { list(page::FOR_ME, page::NOBODY_FOR_ME, for_me) }
                { list(page::FOR_OTHERS, page::FOR_NOBODY, for_others) }
            </div>
            <div class="stack-wide">
                <Card title={page::LET_STAND_IN}>
                    if could {
                        <StandInForm away={away.clone()} decided={decided.clone()} onaway={props.onaway.clone()} ondecided={props.ondecided.clone()} />
                    } else {
                        <Empty title={page::LET_STAND_IN} text={page::NOBODY_COULD} icon={IconName::Users} />
                    }
                </Card>
                <p class="small muted">{ page::LONG_LEAVE }</p>
            </div>
        </div>
    }
}

fn list(title: &'static str, none: &'static str, items: Vec<Html>) -> Html {
    if items.is_empty() {
        return html! { <Card {title}><p class="small muted">{ none }</p></Card> };
    }
    html! { <Card {title} flush=true><ul class="work-list">{ for items }</ul></Card> }
}

/// One line of either list.
struct Item {
    key: String,
    what: String,
    days: String,
    note: String,
    now: bool,
    onend: Option<Callback<MouseEvent>>,
    busy: bool,
}

fn item(one: &Item) -> Html {
    let label = format!("{}: {}", words::END_IT, one.what);
    html! {
        <li key={one.key.clone()}>
            <div>
                <span class="grow stack-tight">
                    <b>{ &one.what }</b>
                    <span class="small num">{ &one.days }</span>
                    if !one.note.is_empty() { <q class="small muted">{ &one.note }</q> }
                </span>
                if one.now { <Chip tone={Tone::Warn}>{ page::NOW_RUNNING }</Chip> }
                if let Some(onclick) = &one.onend {
                    <Button compact=true kind={ButtonKind::Quiet} busy={one.busy} {label} {onclick}>{ words::END_IT }</Button>
                }
            </div>
        </li>
    }
}

fn acting(row: &ActingView) -> Html {
    let (what, days) = (identity_words::acts_at(&row.deputy.name, &row.person.name, &row.school.name), page::from_until(row.first, row.last));
    item(&Item { key: row.id.to_string(), what, days, note: row.reason.clone(), now: row.now, onend: None, busy: false })
}

#[cfg(test)]
mod tests {
    use shared::id::{AbsenceId, ActingId, Id as _, PersonId, SchoolId};
    use shared::identity::Role;
    use shared::identity::absence::Candidate;
    use shared::identity::api::{PersonRef, SchoolRef};
    use shared::orders::delegation::DelegationCandidate;
    use yew::LocalServerRenderer;

    use super::*;

    fn person(number: u128, name: &str) -> PersonRef {
        PersonRef { id: PersonId::from_bits(number), name: name.to_owned() }
    }

    fn view(candidates: bool) -> StandingProps {
        let (me, joel, lincoln) = (person(1, "Ana"), person(2, "Joel"), SchoolRef { id: SchoolId::from_bits(1), name: "Lincoln".to_owned() });
        let day = |text: &str| text.parse().expect("a day");
        let (first, last, today) = (day("2026-11-23"), day("2026-12-04"), day("2026-11-24"));
        let absence =
            AbsenceView { id: AbsenceId::from_bits(1), person: me.clone(), deputy: joel.clone(), first, last, note: "The key is here.".to_owned(), now: true };
        let acting = ActingView {
            id: ActingId::from_bits(1),
            school: lincoln.clone(),
            person: me.clone(),
            deputy: joel.clone(),
            first,
            last,
            reason: "Parental leave".to_owned(),
            proposed_by: person(3, "Helen"),
            confirmed_by: Some(person(4, "Thomas")),
            now: true,
        };
        let away = AbsencesView {
            today,
            own: vec![absence],
            for_others: Vec::new(),
            acting: vec![acting],
            candidates: candidates.then(|| Candidate { person: joel.clone(), role: "School staff, Lincoln".to_owned() }).into_iter().collect(),
        };
        let buys = DelegationCandidate { person: joel, role: Role::Principal, school: Some(lincoln) };
        let decided = DecisionsView {
            today,
            person: me,
            roles: Vec::new(),
            policy: None,
            fund_titles: Vec::new(),
            school: None,
            funds: Vec::new(),
            given: Vec::new(),
            taken: Vec::new(),
            candidates: candidates.then_some(buys).into_iter().collect(),
        };
        StandingProps { away: Rc::new(away), decided: Rc::new(decided), onaway: Callback::noop(), ondecided: Callback::noop() }
    }

    #[tokio::test]
    async fn one_page_lists_whoever_stands_in_and_offers_each_way() {
        let html = LocalServerRenderer::<Standing>::with_props(view(true)).hydratable(false).render().await;
        for part in ["Joel answers for Ana", "Joel acts for Ana, Lincoln", "The key is here.", "Joel: answers meanwhile", "Joel: buys for Lincoln"] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(html.matches("End: ").count(), 1, "an appointment is not ended by the two of it: {html}");
        let html = LocalServerRenderer::<Standing>::with_props(view(false)).hydratable(false).render().await;
        assert!(html.contains(page::NOBODY_COULD) && !html.contains("<form"), "{html}");
    }
}
