//! The approval policy's versions: rows in words, a new version, what it would have changed, and putting it in force.

use std::rc::Rc;

use shared::contract::Empty as NoQuery;
use shared::id::PolicyId;
use shared::identity::policy::Permission;
use shared::orders::api::{ConfirmPolicy, ListPolicies, PolicyPreview, PolicyView, PreviewPolicy, WithdrawPolicy};
use shared::words::orders as words;
use yew::prelude::*;

use super::clocks::ClockCards;
use super::fields::order_link;
use super::policy_form::PolicyForm;
use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, Card, Chip, Column, Dialog, IconName, Money, Notice, PageHead, PrintButton, Row, SkeletonShape, Table, Tone, use_toasts,
};

/// What stands open over the page.
#[derive(Clone, PartialEq)]
enum Open {
    Nothing,
    New(Rc<PolicyView>),
    Preview(PolicyId),
}

/// For the budget office; everybody else reads.
#[component]
pub fn PolicyPage() -> Html {
    let session = use_session();
    let versions = use_load::<ListPolicies>((), NoQuery {});
    let open = use_state(|| Open::Nothing);
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(Open::Nothing))
    };
    let onchanged = {
        let (put, close) = (versions.put(), close.clone());
        Callback::from(move |views: Vec<PolicyView>| {
            close.emit(());
            put.emit(views);
        })
    };
    let onpreview = {
        let open = open.clone();
        Callback::from(move |id| open.set(Open::Preview(id)))
    };
    let present = versions.data().and_then(|all| all.iter().find(|view| view.in_force).cloned()).map(Rc::new);
    let onnew = {
        let (open, present) = (open.clone(), present.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(present) = &present {
                open.set(Open::New(present.clone()));
            }
        })
    };
    let tools = html! {
        <>
            if session.may(Permission::SetPolicy) && present.is_some() {
                <Button kind={ButtonKind::Primary} icon={IconName::Plus} onclick={onnew}>{ words::NEW_VERSION }</Button>
            }
            <PrintButton />
        </>
    };
    let previews = session.may(Permission::ConfirmPolicy);
    html! {
        <>
            <PageHead title={words::POLICY} lead={html! { words::POLICY_LEAD }} {tools} />
            { versions.draw(SkeletonShape::Page, |all| html! {
                <div class="stack-wide">
                    { for all.iter().map(|view| html! {
                        <Version key={view.policy.id.to_string()} view={Rc::new(view.clone())} {previews} onpreview={onpreview.clone()} onchanged={onchanged.clone()} />
                    }) }
                    <ClockCards />
                </div>
            }) }
            if let Open::New(present) = &*open {
                <Dialog open=true broad=true title={words::NEW_VERSION} onclose={close.clone()}>
                    <PolicyForm {present} onchanged={onchanged.clone()} />
                </Dialog>
            }
            if let Open::Preview(id) = &*open {
                <Dialog open=true broad=true title={words::PREVIEW} onclose={close}><Preview id={*id} /></Dialog>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct VersionProps {
    view: Rc<PolicyView>,
    previews: bool,
    onpreview: Callback<PolicyId>,
    onchanged: Callback<Vec<PolicyView>>,
}

#[component]
fn Version(props: &VersionProps) -> Html {
    let toasts = use_toasts();
    let confirm = use_sender::<ConfirmPolicy>(props.onchanged.clone());
    let onchanged = props.onchanged.clone();
    let withdraw = use_sender::<WithdrawPolicy>(Callback::from(move |views| {
        toasts.say(words::STOOD_DOWN);
        onchanged.emit(views);
    }));
    let view = &props.view;
    let id = view.policy.id;
    let (tone, said) = match (view.in_force, view.proposed) {
        (true, _) => (Tone::Good, words::IN_FORCE),
        (false, true) => (Tone::Warn, words::PROPOSED_VERSION),
        (false, false) => (Tone::Plain, words::EARLIER_VERSION),
    };
    let people = words::proposed_and_confirmed(
        view.proposed_by.as_ref().map(|by| by.name.as_str()),
        view.confirmed_by.as_ref().map(|by| by.name.as_str()),
    );
    let onpreview = props.onpreview.reform(move |_: MouseEvent| id);
    let onconfirm = {
        let confirm = confirm.clone();
        Callback::from(move |_: MouseEvent| confirm.send(Call::to(id)))
    };
    let onwithdraw = {
        let withdraw = withdraw.clone();
        Callback::from(move |_: MouseEvent| withdraw.send(Call::to(id)))
    };
    let row = |row: &shared::orders::policy_api::RowWords| {
        html! {
            <li>
                <div>
                    <span class="grow stack-tight">
                        <b>{ &row.title }</b><span class="tiny muted">{ &row.about }</span><span class="small">{ &row.steps }</span>
                    </span>
                </div>
            </li>
        }
    };
    html! {
        <Card title={words::version_from(view.policy.from)} subtitle={people} actions={html! { <Chip {tone}>{ said }</Chip> }}>
            <p class="small">{ words::window_words(view.policy.window_days, view.policy.small_order_up_to) }</p>
            <q class="small">{ &view.reason }</q>
            <ul class="work-list">{ for view.rows.iter().map(row) }</ul>
            { for [confirm.failure(), withdraw.failure()].into_iter().flatten().map(|failure| html! { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }) }
            <div class="row-tight no-print">
                if view.may_confirm { <Button kind={ButtonKind::Primary} busy={confirm.busy()} onclick={onconfirm}>{ words::PUT_IN_FORCE }</Button> }
                if view.proposed && props.previews { <Button onclick={onpreview}>{ words::PREVIEW }</Button> }
                if view.may_withdraw { <Button kind={ButtonKind::Quiet} busy={withdraw.busy()} onclick={onwithdraw}>{ words::TAKE_VERSION_BACK }</Button> }
            </div>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct PreviewProps {
    id: PolicyId,
}

#[component]
fn Preview(props: &PreviewProps) -> Html {
    let preview = use_load::<PreviewPolicy>(props.id, NoQuery {});
    preview.draw(SkeletonShape::Lines, |preview| differences(preview))
}

fn differences(preview: &PolicyPreview) -> Html {
    if preview.differences.is_empty() {
        return html! { <Notice tone={Tone::Good}>{ words::PREVIEW_NOTHING }</Notice> };
    }
    let columns = vec![
        Column::text("order", words::NUMBER),
        Column::text("school", words::SCHOOL),
        Column::text("before", words::BEFORE),
        Column::text("after", words::AFTER),
        Column::amount("price", words::PRICE),
    ];
    let rows: Vec<Row> = preview
        .differences
        .iter()
        .map(|found| {
            let cells = vec![
                order_link(&found.order),
                html! { &found.order.school.name },
                html! { &found.before },
                html! { <span class="stack-tight"><span>{ &found.after }</span><span class="tiny muted">{ &found.because }</span></span> },
                html! { <Money cents={found.order.price} /> },
            ];
            Row::new(found.order.id.to_string(), cells)
        })
        .collect();
    html! {
        <div class="stack">
            <p>{ words::preview_lead(preview.differences.len(), preview.orders, preview.from, preview.until) }</p>
            <Table caption={words::PREVIEW} {columns} {rows} tall=true />
        </div>
    }
}
