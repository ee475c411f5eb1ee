//! Taking in a published price list: choose the file, say what foreign currencies are worth, read line by line what it would become,
//! then take it in as drafts, whole or not at all. The same reading as the server's and the command line's.

use std::collections::BTreeMap;
use std::rc::Rc;

use shared::catalog::api::{GetMenu, MenuView, TakePriceList};
use shared::catalog::edition::{EditionCommand, changes, turn};
use shared::catalog::pricelist::{DISTRICT_CURRENCY, ListQuery, ListedService, PriceList, Taking, Worth, foreign_currencies, read};
use shared::money::whole;
use shared::words::catalog as words;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;
use yew::prelude::*;

use super::menu::MenuQuery;
use crate::address::{self, use_query};
use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load_if;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, Card, Chip, Column, Crumb, DropZone, IconName, Notice, PageHead, Progress, Row, SkeletonShape, Table, TextField, TextKind, Tone,
    use_toasts,
};

/// For the unit's head; the address holds the edition.
#[component]
pub fn MenuListPage() -> Html {
    let session = use_session();
    let (query, _) = use_query::<MenuQuery>();
    let menu = use_load_if::<GetMenu>(session.unit().map(|unit| (unit.id, query.edition())));
    let crumbs = vec![Crumb::to(words::MENU_TITLE, Route::Menu), Crumb::here(words::IMPORT_LIST)];
    html! {
        <>
            <PageHead title={words::IMPORT_LIST} {crumbs} lead={html! { words::IMPORT_LIST_LEAD }} />
            { menu.draw(SkeletonShape::Page, |menu| html! { <Taker menu={menu.clone()} /> }) }
        </>
    }
}

/// A chosen file with its content.
#[derive(Clone, PartialEq)]
struct Chosen {
    file: File,
    bytes: Rc<Vec<u8>>,
}

#[derive(Properties, PartialEq)]
struct TakerProps {
    menu: Rc<MenuView>,
}

#[component]
fn Taker(props: &TakerProps) -> Html {
    let toasts = use_toasts();
    let chosen = use_state(|| None::<Chosen>);
    let worth = use_state(BTreeMap::<String, String>::new);
    let sent = use_state(|| None::<(u64, u64)>);
    let sender = use_sender::<TakePriceList>(Callback::from(move |menu: MenuView| {
        toasts.say(words::LIST_TAKEN);
        address::open(&words::edition_link(menu.id));
    }));
    let ontake = {
        let chosen = chosen.clone();
        Callback::from(move |file: Option<File>| {
            let Some(file) = file else { return };
            let chosen = chosen.clone();
            spawn_local(async move {
                let Ok(buffer) = JsFuture::from(file.array_buffer()).await else { return };
                let bytes = Rc::new(js_sys::Uint8Array::new(&buffer).to_vec());
                chosen.set(Some(Chosen { file, bytes }));
            });
        })
    };
    let currencies = chosen.as_ref().map(|one| foreign_currencies(&one.bytes)).unwrap_or_default();
    let query = ListQuery { file_name: chosen.as_ref().map(|one| one.file.name()).unwrap_or_default(), worth: said(&currencies, &worth) };
    let taking = Taking { worth: query.worth.split(',').filter_map(Worth::parse).collect() };
    let list = use_memo((chosen.as_ref().map(|one| one.bytes.clone()), taking), |(bytes, taking)| bytes.as_ref().map(|bytes| read(bytes, taking)));
    let ready = list.as_ref().as_ref().is_some_and(|list| !list.publishers.is_empty());
    let blocked = turn(props.menu.state, EditionCommand::Change).err();
    let refusal = blocked.or((!ready).then_some(if chosen.is_some() { words::NOTHING_TO_TAKE } else { words::CHOOSE_LIST }));
    let onclick = {
        let (sender, sent, chosen, menu) = (sender.clone(), sent.clone(), chosen.clone(), props.menu.id);
        Callback::from(move |_: MouseEvent| {
            let Some(one) = (*chosen).clone() else { return };
            let sent = sent.clone();
            let upload = Call::to(menu).query(query.clone()).upload(one.file.into());
            sender.send(upload.onprogress(Callback::from(move |bytes| sent.set(Some(bytes)))));
        })
    };
    html! {
        <div class="stack-wide">
            <Card>
                <div class="stack">
                    if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
                    <DropZone hint={words::LIST_COLUMNS} name={chosen.as_ref().map(|one| AttrValue::from(one.file.name()))} {ontake} />
                    if !currencies.is_empty() { <div class="fields-2">{ for currencies.iter().map(|currency| rate(currency, &worth)) }</div> }
                    if let (true, Some((done, total))) = (sender.busy(), *sent) { <Progress label={words::TAKE_LIST} {done} total={Some(total)} /> }
                    <div><Button kind={ButtonKind::Primary} icon={IconName::Upload} busy={sender.busy()} refusal={refusal.map(AttrValue::from)} {onclick}>
                        { words::TAKE_LIST }</Button></div>
                </div>
            </Card>
            if let Some(list) = list.as_ref() { <ListReport list={list.clone()} known={titles(&props.menu)} /> }
        </div>
    }
}

/// `GBP=1.27,EUR=1.08`: what was said of the currencies that the list names.
fn said(currencies: &[String], worth: &BTreeMap<String, String>) -> String {
    let one = |currency: &String| worth.get(currency).filter(|text| !text.trim().is_empty()).map(|text| format!("{currency}={}", text.trim()));
    currencies.iter().filter_map(one).collect::<Vec<_>>().join(",")
}

fn rate(currency: &str, worth: &UseStateHandle<BTreeMap<String, String>>) -> Html {
    let (handle, key) = (worth.clone(), currency.to_owned());
    let oninput = Callback::from(move |text: String| {
        let mut next = (*handle).clone();
        next.insert(key.clone(), text);
        handle.set(next);
    });
    let value = worth.get(currency).cloned().unwrap_or_default();
    html! {
        <TextField name={format!("worth-{currency}")} label={words::worth_of(currency)} hint={words::WORTH_HINT} unit={DISTRICT_CURRENCY} kind={TextKind::Number}
            {value} {oninput} />
    }
}

/// The titles on the menu already, in lower case: such services are left as they are.
fn titles(menu: &MenuView) -> Vec<String> {
    menu.services.iter().map(|service| service.draft.content.title.to_lowercase()).collect()
}

#[derive(Properties, PartialEq)]
pub struct ListReportProps {
    pub list: PriceList,
    /// Titles on the menu already, in lower case.
    pub known: Vec<String>,
}

/// What would become of each line, what needs a person, and what cannot be taken.
#[component]
pub fn ListReport(props: &ListReportProps) -> Html {
    let list = &props.list;
    let services: Vec<&ListedService> = list.publishers.iter().flat_map(|publisher| &publisher.services).collect();
    let tiers = services.iter().map(|service| service.draft.packages.len()).sum();
    let lines = services.iter().map(|service| service.lines.len()).sum();
    let columns = vec![
        Column::amount("line", words::LINE),
        Column::text("published", words::AS_PUBLISHED),
        Column::text("becomes", words::BECOMES),
        Column::text("look", words::LOOK_AT),
    ];
    let rows: Vec<Row> = services.iter().flat_map(|service| placed(service, &props.known)).collect();
    html! {
        <>
            if !list.problems.is_empty() {
                <Card title={words::PROBLEM_LINES} subtitle={words::lines_refused(list.problems.len())} flush=true>
                    { problems(list) }
                    <p class="small muted desk-empty">{ words::PROBLEMS_FIRST }</p>
                </Card>
            }
            if !rows.is_empty() {
                <Card title={words::WHAT_BECOMES} subtitle={words::list_becomes(services.len(), tiers, lines)} flush=true>
                    <Table caption={words::WHAT_BECOMES} {columns} {rows} />
                </Card>
            }
        </>
    }
}

fn placed(service: &ListedService, known: &[String]) -> Vec<Row> {
    let title = &service.draft.content.title;
    let left = known.contains(&title.to_lowercase());
    let one = |(at, line): (usize, &shared::catalog::pricelist::Placed)| {
        let package = service.draft.packages.get(line.package)?;
        let price = line.published.price.map(|price| price.to_string()).unwrap_or_default();
        let look = if left { Some(words::ON_MENU_ALREADY.to_owned()) } else { service.remarks.get(at).cloned() };
        let cells = vec![
            html! { <span class="num">{ whole(line.published.line) }</span> },
            html! { <>{ &line.published.service }<br /><span class="tiny muted">{ &line.published.option }{ " " }{ price }</span></> },
            html! { <>{ title }<br /><span class="tiny muted">{ package.content.shown_name() }{ ": " }{ changes::model(&package.content.price) }</span></> },
            look.map_or_else(Html::default, |text| if left { html! { <Chip tone={Tone::Warn}>{ text }</Chip> } } else { html! { <span class="small">{ text }</span> } }),
        ];
        Some(Row::new(format!("line-{}", line.published.line), cells))
    };
    let mut rows: Vec<Row> = service.lines.iter().enumerate().filter_map(one).collect();
    // More remarks than lines: they stand below, so that none is lost.
    rows.extend(service.remarks.iter().skip(service.lines.len()).enumerate().filter(|_| !left).map(|(at, remark)| {
        Row::new(format!("{title}-{at}"), vec![Html::default(), html! { title }, Html::default(), html! { <span class="small">{ remark }</span> }])
    }));
    rows
}

fn problems(list: &PriceList) -> Html {
    let columns = vec![Column::amount("line", words::LINE), Column::text("text", words::AS_PUBLISHED), Column::text("problem", words::PROBLEM)];
    let rows: Vec<Row> = list
        .problems
        .iter()
        .enumerate()
        .map(|(at, problem)| {
            let place = html! { <>{ &problem.column }<br /><span class="tiny muted">{ &problem.text }</span></> };
            Row::new(format!("problem-{at}"), vec![html! { <span class="num">{ whole(problem.line) }</span> }, place, html! { &problem.message }])
        })
        .collect();
    html! { <Table caption={words::PROBLEM_LINES} {columns} {rows} /> }
}

#[cfg(test)]
mod tests {
    use yew::LocalServerRenderer;

    use super::*;

    #[tokio::test]
    async fn the_report_says_what_becomes_of_each_line_and_what_stays_out() {
        let text = "service,price,price basis\nStaff training,950.00,per day\nOffice care,1200.00,flat\nMystery,abc,flat\n";
        let list = read(text.as_bytes(), &Taking::default());
        let props = ListReportProps { list, known: vec!["office care".to_owned()] };
        let html = LocalServerRenderer::<ListReport>::with_props(props).hydratable(false).render().await;
        for part in ["Staff training", words::ON_MENU_ALREADY, words::PRICE_BLANK, words::PROBLEMS_FIRST, "$950.00"] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn only_what_was_said_of_a_currency_goes_along() {
        let worth = BTreeMap::from([("GBP".to_owned(), " 1.27 ".to_owned()), ("EUR".to_owned(), String::new())]);
        assert_eq!(said(&["GBP".to_owned(), "EUR".to_owned()], &worth), "GBP=1.27");
    }
}
