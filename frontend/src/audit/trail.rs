//! The trail: every change, newest first, filtered by the address; each record opens what it changed.

use std::rc::Rc;

use shared::audit::api::{AuditFilter, AuditRecordView, ExportAudit, ListAuditRecords};
use shared::contract::{Endpoint as _, with_query};
use shared::page::Page;
use shared::time::Date;
use shared::words::audit as words;
use yew::prelude::*;

use super::seal::{ProofButton, SealCard};
use crate::address::{PathLink, use_query};
use crate::load::use_load;
use crate::ui::{Column, Download, PageHead, Pager, PrintButton, Row, SearchBox, SkeletonShape, Table, TextField, TextKind, When, Why};

/// The explorer with its filters and its export.
#[component]
pub fn TrailPage() -> Html {
    let (filter, change) = use_query::<AuditFilter>();
    let records = use_load::<ListAuditRecords>((), filter.clone());
    let typed = use_state(|| AttrValue::from(filter.action.clone().unwrap_or_default()));
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(text.into()))
    };
    let onsearch = {
        let filter = filter.clone();
        change.reform(move |text: String| AuditFilter { action: filled(&text), after: None, ..filter.clone() })
    };
    let onobject = {
        let filter = filter.clone();
        change.reform(move |text: String| AuditFilter { object: filled(&text), after: None, ..filter.clone() })
    };
    let onfrom = {
        let filter = filter.clone();
        change.reform(move |text: String| AuditFilter { from: day(&text), after: None, ..filter.clone() })
    };
    let onto = {
        let filter = filter.clone();
        change.reform(move |text: String| AuditFilter { to: day(&text), after: None, ..filter.clone() })
    };
    let onpage = {
        let filter = filter.clone();
        change.reform(move |after: Option<AttrValue>| AuditFilter { after: after.map(|a| a.to_string()), ..filter.clone() })
    };
    let tools = html! {
        <>
            <Download href={export_address(&filter)} label={words::EXPORT} />
            <PrintButton />
        </>
    };
    html! {
        <>
            <PageHead title={words::TRAIL} lead={html! { words::TRAIL_LEAD }} {tools} />
            <div class="stack">
                <SearchBox id="trail-search" full=true label={words::ACTION_FIND} value={(*typed).clone()} {oninput} {onsearch} />
                <div class="thirds">
                    <TextField name="object" label={words::OBJECT} hint={words::OBJECT_HINT} optional=true
                        value={filter.object.clone().unwrap_or_default()} oninput={onobject} />
                    <TextField name="from" label={words::FROM} kind={TextKind::Date} optional=true value={printed(filter.from)} oninput={onfrom} />
                    <TextField name="to" label={words::TO} kind={TextKind::Date} optional=true value={printed(filter.to)} oninput={onto} />
                </div>
                { records.draw(SkeletonShape::Blocks, |page| table(page, &filter, &onpage)) }
                <SealCard />
            </div>
        </>
    }
}

fn table(page: &Rc<Page<AuditRecordView>>, filter: &AuditFilter, onpage: &Callback<Option<AttrValue>>) -> Html {
    let columns = vec![
        Column::text("at", words::WHEN),
        Column::text("actor", words::WHO),
        Column::text("action", words::ACTION),
        Column::text("object", words::OBJECT),
        Column::text("school", words::SCHOOL),
        Column::text("summary", words::WHAT),
        Column::text("record", words::RECORD),
    ];
    html! {
        <>
            <Table caption={words::TRAIL} {columns} rows={page.items.iter().map(row).collect::<Vec<_>>()} empty={words::NO_RECORDS} />
            <Pager shown={page.items.len()} next={page.next.clone().map(AttrValue::from)} later={filter.after.is_some()} {onpage} />
        </>
    }
}

fn row(record: &AuditRecordView) -> Row {
    let title = if record.object_title.is_empty() { record.object.clone() } else { record.object_title.clone() };
    let object = named(&record.object, &title);
    let cells = vec![
        html! { <When at={record.at} /> },
        html! { record.actor.as_ref().map_or(words::BY_POLICY, |actor| actor.name.as_str()) },
        html! { &record.action },
        object,
        html! { record.school.as_ref().map(|school| school.name.clone()).unwrap_or_default() },
        html! { <>{ &record.summary }if !record.reason.is_empty() { <div class="small muted">{ &record.reason }</div> }</> },
        proof(record),
    ];
    Row::new(record.id.to_string(), cells)
}

fn named(object: &str, title: &str) -> Html {
    match link(object) {
        Some(to) => html! { <PathLink {to}>{ title }</PathLink> },
        None => html! { title },
    }
}

/// What proves the record: its number, its command and request, and the digest of its canonical bytes.
fn proof(record: &AuditRecordView) -> Html {
    html! {
        <Why label={words::SEALED}>
            <p class="small">{ words::DIGEST }<br /><code>{ &record.digest }</code></p>
            if !record.others.is_empty() {
                <p class="small">{ words::ALSO }{ for record.others.iter().map(|object| html! { <><br />{ named(object, object) }</> }) }</p>
            }
            <ProofButton record={record.id} />
            <p class="small">{ record.id.to_string() }<br />{ record.command.to_string() }<br />{ record.request.to_string() }</p>
        </Why>
    }
}

/// The page of what was changed, where it has one.
fn link(object: &str) -> Option<AttrValue> {
    match object.split_once('_')?.0 {
        "ord" => Some(format!("/orders/{object}").into()),
        "imp" => Some(format!("/imports/{object}").into()),
        _ => None,
    }
}

fn export_address(filter: &AuditFilter) -> AttrValue {
    let whole = AuditFilter { after: None, ..filter.clone() };
    let query = serde_json::to_value(&whole).unwrap_or_default();
    with_query(ExportAudit::META.path, &query).into()
}

fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn printed(day: Option<Date>) -> AttrValue {
    day.map(|day| day.to_string()).unwrap_or_default().into()
}
