//! Outside providers: what is on file, who recorded and checked it, and what the contract still allows.

use std::rc::Rc;

use shared::catalog::api::{ListProviders, ProviderView};
use shared::catalog::provider::{ContractView, PaperKind, PaperState, PaperView};
use shared::contract::Empty as NoQuery;
use shared::identity::policy::Permission;
use shared::words::catalog as words;
use yew::prelude::*;

use super::provider_forms::{AddProviderDialog, CheckPaperForm, RecordPaperDialog};
use super::provider_people::ProviderPeople;
use crate::load::use_load;
use crate::session::use_session;
use crate::ui::{
    BudgetLine, BudgetParts, Button, ButtonKind, Card, Chip, Day, Empty, IconName, Notice, PageHead, PrintButton, SkeletonShape, Tone, When,
};

/// What stands open over the page.
#[derive(Clone, PartialEq)]
enum Open {
    Nothing,
    New,
    Paper(Rc<ProviderView>),
}

/// For unit heads, who record, and the budget office, which checks.
#[component]
pub fn ProvidersPage() -> Html {
    let session = use_session();
    let all = use_load::<ListProviders>((), NoQuery {});
    let open = use_state(|| Open::Nothing);
    let to = |next: Open| {
        let open = open.clone();
        Callback::from(move |()| open.set(next.clone()))
    };
    let onchanged = {
        let (put, open) = (all.put(), open.clone());
        Callback::from(move |views: Vec<ProviderView>| {
            open.set(Open::Nothing);
            put.emit(views);
        })
    };
    let unit = session.unit().map(|unit| unit.id).filter(|_| session.may(Permission::KeepProviders));
    let onrecord = {
        let open = open.clone();
        Callback::from(move |provider: Rc<ProviderView>| open.set(Open::Paper(provider)))
    };
    let onclick = to(Open::New).reform(|_: MouseEvent| ());
    let tools = html! {
        <>
            if unit.is_some() { <Button kind={ButtonKind::Primary} icon={IconName::Plus} {onclick}>{ words::ADD_PROVIDER }</Button> }
            <PrintButton />
        </>
    };
    let close = to(Open::Nothing);
    html! {
        <>
            <PageHead title={words::PROVIDERS} lead={html! { words::PROVIDERS_LEAD }} {tools} />
            { all.draw(SkeletonShape::Page, |views| list(views, &onrecord, &onchanged)) }
            if let (Open::New, Some(unit)) = (&*open, unit) {
                <AddProviderDialog {unit} onclose={close.clone()} onchanged={onchanged.clone()} />
            }
            if let Open::Paper(provider) = &*open {
                <RecordPaperDialog provider={provider.clone()} onclose={close} {onchanged} />
            }
        </>
    }
}

fn list(views: &[ProviderView], onrecord: &Callback<Rc<ProviderView>>, onchanged: &Callback<Vec<ProviderView>>) -> Html {
    if views.is_empty() {
        return html! { <Empty title={words::NO_PROVIDERS} text={words::NO_PROVIDERS_TEXT} icon={IconName::Users} /> };
    }
    html! { <div class="stack-wide">{ for views.iter().map(|view| card(view, onrecord, onchanged)) }</div> }
}

fn card(view: &ProviderView, onrecord: &Callback<Rc<ProviderView>>, onchanged: &Callback<Vec<ProviderView>>) -> Html {
    let (tone, said) = if view.lacks.is_empty() { (Tone::Good, words::CAN_BE_SOLD) } else { (Tone::Bad, words::CANNOT_BE_SOLD) };
    let provider = Rc::new(view.clone());
    let onclick = onrecord.reform(move |_: MouseEvent| provider.clone());
    let actions = html! {
        <span class="row-tight">
            <Chip {tone}>{ said }</Chip>
            if view.may_record { <Button compact=true {onclick}>{ words::RECORD_PAPER }</Button> }
        </span>
    };
    html! {
        <Card key={view.id.to_string()} title={view.name.clone()} subtitle={view.unit.name.clone()} {actions}>
            { for view.lacks.iter().map(|lack| html! { <Notice tone={Tone::Bad}>{ lack }</Notice> }) }
            <div class="thirds">{ for PaperKind::ALL.iter().map(|kind| covers(view, *kind)) }</div>
            if let Some(contract) = &view.contract { { drawn(contract) } }
            if !view.papers.is_empty() {
                <ul class="work-list" aria-label={words::PAPERS}>{ for view.papers.iter().map(|paper| row(paper, onchanged)) }</ul>
            }
            <ProviderPeople view={view.clone()} onchanged={onchanged.clone()} />
        </Card>
    }
}

/// Until when the checked paper of a kind is good.
fn covers(view: &ProviderView, kind: PaperKind) -> Html {
    html! {
        <p class="line-item">
            <span>{ kind.title() }</span>
            if let Some(date) = view.vetting.until(kind) { <b><Day {date} /></b> } else { <span class="muted">{ PaperState::Recorded.title() }</span> }
        </p>
    }
}

fn drawn(contract: &ContractView) -> Html {
    let parts = BudgetParts { total: contract.not_to_exceed, encumbered: contract.drawn, ..BudgetParts::default() };
    html! {
        <div class="stack-tight">
            <p class="line-item"><span>{ words::CONTRACT_USED }</span><b class="num">{ words::drawn_of(contract.drawn, contract.not_to_exceed) }</b></p>
            <BudgetLine title={words::CONTRACT_USED} {parts} />
        </div>
    }
}

fn row(paper: &PaperView, onchanged: &Callback<Vec<ProviderView>>) -> Html {
    let tone = match paper.state {
        PaperState::Recorded => Tone::Warn,
        PaperState::Checked => Tone::Good,
        PaperState::Refused => Tone::Bad,
    };
    let recorded = paper.recorded_by.as_ref().map(|person| words::recorded_by(&person.name));
    let checked = paper.checked_by.as_ref().map(|person| words::checked_by(&person.name));
    html! {
        <li key={paper.id.to_string()}>
            <div>
                <span class="grow stack-tight">
                    <span><b>{ paper.kind.title() }</b>{ " · " }{ &paper.reference }</span>
                    <span class="tiny muted">
                        { words::UNTIL }{ " " }<Day date={paper.until} />
                        if let Some(most) = paper.not_to_exceed { { " · " }{ most.to_string() } }
                    </span>
                    <span class="tiny muted">
                        { recorded.unwrap_or_default() }{ " " }<When at={paper.recorded} />
                        if let (Some(by), Some(at)) = (checked, paper.checked) { { " · " }{ by }{ " " }<When {at} /> }
                    </span>
                    if !paper.note.is_empty() { <q class="small">{ &paper.note }</q> }
                </span>
                <Chip {tone}>{ paper.state.title() }</Chip>
                if paper.may_check { <CheckPaperForm paper={paper.id} onchanged={onchanged.clone()} /> }
            </div>
        </li>
    }
}
