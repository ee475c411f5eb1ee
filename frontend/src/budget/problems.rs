//! What has to be corrected in a refused file: a page at a time, and all of it as CSV.

use gloo::utils::{document, window};
use serde::{Deserialize, Serialize};
use shared::budget::api::{AfterQuery, ListImportProblems};
use shared::budget::import::RowProblem;
use shared::export::safe_cell;
use shared::id::ImportId;
use shared::words::budget::pages as words;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};
use yew::prelude::*;

use crate::address::use_query;
use crate::api::{Api, Call, use_api};
use crate::load::use_load;
use crate::ui::{Button, Card, Column, IconName, Pager, Row, SkeletonShape, Table};

/// Most pages that one export asks for.
const PAGES_LIMIT: usize = 20;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct ProblemsQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

#[derive(Properties, PartialEq)]
pub struct ProblemsCardProps {
    pub import: ImportId,
    pub refused: u32,
}

/// Line, column, what is wrong and what stands there.
#[component]
pub fn ProblemsCard(props: &ProblemsCardProps) -> Html {
    let (query, change) = use_query::<ProblemsQuery>();
    let api = use_api();
    let page = use_load::<ListImportProblems>(props.import, AfterQuery { after: query.after.clone() });
    let onpage = change.reform(|after: Option<AttrValue>| ProblemsQuery { after: after.map(|cursor| cursor.to_string()) });
    let export = {
        let (api, import) = (api.clone(), props.import);
        Callback::from(move |_: MouseEvent| {
            let api = api.clone();
            spawn_local(async move { save(&csv(&all(&api, import).await)) });
        })
    };
    html! {
        <Card title={words::PROBLEMS} flush=true>
            { page.draw(SkeletonShape::Lines, |page| {
                let columns = vec![
                    Column::amount("line", words::LINE),
                    Column::text("column", words::COLUMN),
                    Column::text("problem", words::PROBLEM),
                    Column::text("found", words::FOUND),
                ];
                let rows = page.items.iter().enumerate().map(|(at, problem)| row(at, problem)).collect::<Vec<_>>();
                let tools = html! { <span class="small muted">{ words::more_problems(page.items.len(), props.refused) }</span> };
                let button = html! { <Button compact=true icon={IconName::Download} onclick={export.clone()}>{ words::PROBLEMS_CSV }</Button> };
                let next = page.next.clone().map(AttrValue::from);
                html! {
                    <>
                        <Table caption={words::PROBLEMS} {columns} {rows} {tools} export={button} />
                        <div class="card-tools"><Pager shown={page.items.len()} {next} later={query.after.is_some()} onpage={onpage.clone()} /></div>
                    </>
                }
            }) }
        </Card>
    }
}

fn row(at: usize, problem: &RowProblem) -> Row {
    let column = if problem.column.is_empty() { words::WHOLE_ROW } else { &problem.column };
    let cells = vec![
        html! { <span class="num">{ problem.line }</span> },
        html! { column },
        html! { &problem.message },
        html! { <code>{ &problem.text }</code> },
    ];
    Row::new(at.to_string(), cells)
}

async fn all(api: &Api, import: ImportId) -> Vec<RowProblem> {
    let mut problems = Vec::new();
    let mut after = None;
    for _ in 0..PAGES_LIMIT {
        let Ok(page) = api.call(Call::<ListImportProblems>::to(import).query(AfterQuery { after })).await else { break };
        problems.extend(page.items);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    problems
}

/// Cells quoted, and never a formula for a spreadsheet.
fn csv(problems: &[RowProblem]) -> String {
    let cell = |text: &str| format!("\"{}\"", safe_cell(text).replace('"', "\"\""));
    let heads = [words::LINE, words::COLUMN, words::PROBLEM, words::FOUND].map(cell).join(",");
    let rows = problems.iter().map(|p| [cell(&p.line.to_string()), cell(&p.column), cell(&p.message), cell(&p.text)].join(","));
    std::iter::once(heads).chain(rows).collect::<Vec<_>>().join("\r\n")
}

/// Hands a text to the browser as a file to keep.
fn save(text: &str) {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/csv;charset=utf-8");
    let parts = js_sys::Array::of1(&JsValue::from_str(&format!("\u{feff}{text}")));
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &kind) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    let link = document().create_element("a").ok().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(link) = link {
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", "problems.csv");
        link.click();
    }
    // The browser has taken the file by the next turn.
    let revoke = wasm_bindgen::closure::Closure::once_into_js(move || {
        let _ = Url::revoke_object_url(&address);
    });
    let _ = window().set_timeout_with_callback(revoke.unchecked_ref());
}
