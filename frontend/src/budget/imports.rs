//! Imports: take a file, and the list of those taken so far.

use shared::budget::api::{ImportQuery, ImportView, ListImports, StartImport};
use shared::budget::import::columns::columns;
use shared::budget::import::{ImportKind, ImportState};
use shared::contract::Empty;
use shared::identity::policy::Permission;
use shared::money::whole;
use shared::words::budget::pages as words;
use web_sys::File;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, Card, Chip, Choice, Column, Disclosure, DropZone, IconName, Notice, PageHead, Progress, Row, Select, SkeletonShape,
    Table, Tone, When,
};

/// The page at `/imports`.
#[component]
pub fn ImportsPage() -> Html {
    let imports = use_load::<ListImports>((), Empty {});
    let may = use_session().may(Permission::ImportDistrict);
    html! {
        <>
            <PageHead title={words::IMPORTS_TITLE} lead={html! { words::IMPORTS_LEAD }} />
            <div class="stack-wide">
                if may { <NewImport /> }
                <Card title={words::PAST_IMPORTS} flush=true>
                    { imports.draw(SkeletonShape::Lines, |all| {
                        let columns = vec![
                            Column::text("file", words::FILE),
                            Column::text("kind", words::FILE_KIND),
                            Column::text("state", words::STATE),
                            Column::amount("rows", words::ROWS),
                            Column::text("taken", words::TAKEN),
                            Column::text("by", words::BY),
                        ];
                        let rows = all.iter().map(row).collect::<Vec<_>>();
                        html! { <Table caption={words::PAST_IMPORTS} {columns} {rows} empty={words::NO_IMPORTS} /> }
                    }) }
                </Card>
            </div>
        </>
    }
}

fn row(import: &ImportView) -> Row {
    let by = import.by.as_ref().map_or_else(|| words::COMMAND_LINE.to_owned(), |person| person.name.clone());
    let cells = vec![
        html! { <Link<Route> to={Route::Import { id: import.id.to_string() }}>{ &import.file_name }</Link<Route>> },
        html! { import.kind.title() },
        state_chip(import.state),
        html! { <span class="num">{ whole(import.rows_read) }</span> },
        html! { <When at={import.started} /> },
        html! { by },
    ];
    Row::new(import.id.to_string(), cells)
}

/// The state as icon and word.
pub fn state_chip(state: ImportState) -> Html {
    let (tone, icon) = match state {
        ImportState::Checking | ImportState::Publishing => (Tone::Info, Some(IconName::Hourglass)),
        ImportState::Ready => (Tone::Board, Some(IconName::ClipboardList)),
        ImportState::Refused => (Tone::Bad, None),
        ImportState::Published => (Tone::Good, None),
        ImportState::Discarded => (Tone::Plain, Some(IconName::Trash2)),
    };
    html! { <Chip {tone} {icon}>{ words::import_state(state) }</Chip> }
}

/// A file is dropped or chosen, its kind named, then sent with progress; the report has its own page.
#[component]
fn NewImport() -> Html {
    let kind = use_state(|| None::<ImportKind>);
    let file = use_state(|| None::<File>);
    let sent = use_state(|| None::<(u64, u64)>);
    let navigator = use_navigator();
    let sender = use_sender::<StartImport>(Callback::from(move |import: ImportView| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Import { id: import.id.to_string() });
        }
    }));
    let take = {
        let (file, kind) = (file.clone(), kind.clone());
        Callback::from(move |taken: Option<File>| {
            if let (Some(guess), None) = (taken.as_ref().and_then(|f| guessed(&f.name())), *kind) {
                kind.set(Some(guess));
            }
            file.set(taken);
        })
    };
    let onkind = {
        let kind = kind.clone();
        Callback::from(move |name: String| kind.set(ImportKind::parse(&name)))
    };
    let onclick = {
        let (sender, sent, chosen) = (sender.clone(), sent.clone(), (*file).clone().zip(*kind));
        Callback::from(move |_: MouseEvent| {
            let Some((file, kind)) = chosen.clone() else { return };
            let query = ImportQuery { kind: Some(kind), file_name: file.name() };
            let sent = sent.clone();
            sender.send(Call::to(()).query(query).upload(file.into()).onprogress(Callback::from(move |bytes| sent.set(Some(bytes)))));
        })
    };
    let refusal = (file.is_none() || kind.is_none()).then_some(AttrValue::from(words::CHOOSE_FIRST));
    let choices = ImportKind::ALL.iter().map(|kind| Choice::new(kind.name(), words::import_kind(*kind))).collect::<Vec<_>>();
    html! {
        <Card title={words::NEW_IMPORT}>
            <div class="stack">
                if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }
                <div class="halves">
                    <DropZone hint={words::DROP_HINT} name={file.as_ref().map(|f| AttrValue::from(f.name()))} ontake={take} />
                    <div class="stack">
                        <Select name="kind" label={words::FILE_KIND} value={kind.map(ImportKind::name).unwrap_or_default()} {choices} onchange={onkind} />
                        if let Some(kind) = *kind { <Disclosure label={words::EXPECTED}>{ expected(kind) }</Disclosure> }
                        if let (true, Some((done, total))) = (sender.busy(), *sent) {
                            <Progress label={words::SENDING} done={done} total={Some(total)} />
                        }
                        <div class="actions">
                            <Button kind={ButtonKind::Primary} icon={IconName::Upload} {onclick} busy={sender.busy()} {refusal}>{ words::CHECK_FILE }</Button>
                        </div>
                    </div>
                </div>
            </div>
        </Card>
    }
}

fn expected(kind: ImportKind) -> Html {
    let names = |required: bool| columns(kind).iter().filter(|c| c.required == required).map(|c| c.name).collect::<Vec<_>>().join(", ");
    let more = names(false);
    html! {
        <p class="small">{ names(true) }
            if !more.is_empty() { { "; " }<span class="muted">{ words::EXPECTED_MORE }{ ": " }{ more }</span> }
        </p>
    }
}

/// What a file's name says of its kind; the person has the last word.
fn guessed(name: &str) -> Option<ImportKind> {
    const HINTS: [(&str, ImportKind); 12] = [
        ("expenditure", ImportKind::Books),
        ("books", ImportKind::Books),
        ("budget", ImportKind::Books),
        ("resource", ImportKind::Resources),
        ("fund", ImportKind::LedgerFunds),
        ("object", ImportKind::Objects),
        ("function", ImportKind::Functions),
        ("frpm", ImportKind::Enrollment),
        ("enrol", ImportKind::Enrollment),
        ("program", ImportKind::Units),
        ("unit", ImportKind::Units),
        ("site", ImportKind::Sites),
    ];
    let lower = name.to_lowercase();
    HINTS.iter().find(|(word, _)| lower.contains(word)).map(|(_, kind)| *kind)
}
