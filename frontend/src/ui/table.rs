//! Tables: sortable heads, arrow keys along the rows, sticky head, totals, a place for export; stacked on phones.

use shared::words::shell as words;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::icon::{Icon, IconName};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    /// Amounts and counts: right-aligned, tabular figures.
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// The column and direction a table is sorted by; lives in the page's URL or state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    pub column: AttrValue,
    pub direction: Direction,
}

impl Sort {
    /// What a click on `column` asks for: turn around when it is sorted already, else ascending.
    pub fn clicked(current: Option<&Self>, column: &AttrValue) -> Self {
        let direction = match current {
            Some(sort) if sort.column == *column && sort.direction == Direction::Up => Direction::Down,
            _ => Direction::Up,
        };
        Self { column: column.clone(), direction }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub key: AttrValue,
    pub label: AttrValue,
    pub align: Align,
    pub sortable: bool,
}

impl Column {
    pub fn text(key: &'static str, label: impl Into<AttrValue>) -> Self {
        Self { key: key.into(), label: label.into(), align: Align::Start, sortable: false }
    }

    pub fn amount(key: &'static str, label: impl Into<AttrValue>) -> Self {
        Self { align: Align::End, ..Self::text(key, label) }
    }

    pub fn sortable(self) -> Self {
        Self { sortable: true, ..self }
    }
}

/// One row; `onopen` makes the whole row a click target beside the link it contains.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub key: AttrValue,
    /// One per column; the first is the row's head.
    pub cells: Vec<Html>,
    pub onopen: Option<Callback<()>>,
}

impl Row {
    pub fn new(key: impl Into<AttrValue>, cells: Vec<Html>) -> Self {
        Self { key: key.into(), cells, onopen: None }
    }

    pub fn opens(self, onopen: Callback<()>) -> Self {
        Self { onopen: Some(onopen), ..self }
    }
}

#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// What the table shows, spoken before it.
    pub caption: AttrValue,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    #[prop_or_default]
    pub sort: Option<Sort>,
    #[prop_or_default]
    pub onsort: Callback<Sort>,
    /// Totals, one per column.
    #[prop_or_default]
    pub foot: Option<Vec<Html>>,
    /// Left above the table: counts, chips in force.
    #[prop_or_default]
    pub tools: Html,
    /// Right above the table: export and print.
    #[prop_or_default]
    pub export: Html,
    /// Scrolls in itself with a sticky head.
    #[prop_or_default]
    pub tall: bool,
    /// What to say instead of rows.
    #[prop_or(AttrValue::Static(words::NO_ROWS))]
    pub empty: AttrValue,
}

/// A table; on narrow screens each row becomes a small list with the column names.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let has_tools = props.tools != Html::default() || props.export != Html::default();
    html! {
        <div class="table-box">
            if has_tools {
                <div class="table-tools">
                    <div class="row-tight">{ props.tools.clone() }</div>
                    <div class="row-tight">{ props.export.clone() }</div>
                </div>
            }
            <div class={classes!("table-wrap", props.tall.then_some("tall"))} role="group" tabindex="0" aria-label={props.caption.clone()}>
                <table class="table stacks">
                    <caption class="visually-hidden">{ &props.caption }</caption>
                    <thead><tr>{ for props.columns.iter().map(|column| head(props, column)) }</tr></thead>
                    <tbody onkeydown={Callback::from(move_along)}>
                        { for props.rows.iter().enumerate().map(|(index, row)| body_row(props, index, row)) }
                        if props.rows.is_empty() {
                            <tr><td class="muted" colspan={props.columns.len().to_string()}>{ &props.empty }</td></tr>
                        }
                    </tbody>
                    if let Some(foot) = &props.foot {
                        <tfoot>{ foot_row(&props.columns, foot) }</tfoot>
                    }
                </table>
            </div>
        </div>
    }
}

fn head(props: &TableProps, column: &Column) -> Html {
    let sorted = props.sort.as_ref().filter(|sort| sort.column == column.key).map(|sort| sort.direction);
    let (spoken, icon) = match sorted {
        None => (None, IconName::ChevronsUpDown),
        Some(Direction::Up) => (Some("ascending"), IconName::ArrowUp),
        Some(Direction::Down) => (Some("descending"), IconName::ArrowDown),
    };
    let class = (column.align == Align::End).then_some("end");
    if !column.sortable {
        return html! { <th scope="col" {class}>{ &column.label }</th> };
    }
    let next = Sort::clicked(props.sort.as_ref(), &column.key);
    let onclick = props.onsort.reform(move |_: MouseEvent| next.clone());
    html! {
        <th scope="col" {class} aria-sort={spoken}>
            <button type="button" class="sort" {onclick} title={words::sort_by(&column.label)}>
                { &column.label }<Icon name={icon} />
            </button>
        </th>
    }
}

fn body_row(props: &TableProps, index: usize, row: &Row) -> Html {
    let tabindex = if index == 0 { "0" } else { "-1" };
    let onclick = row.onopen.clone().map(|open| {
        Callback::from(move |event: MouseEvent| {
            if !inside_control(&event) {
                open.emit(());
            }
        })
    });
    let opens = row.onopen.is_some().then_some("opens");
    let mut cells = row.cells.iter().zip(&props.columns);
    let first = cells.next().map(|(cell, column)| head_cell(column, cell));
    html! {
        <tr key={row.key.to_string()} class={classes!(opens)} {tabindex} {onclick}>
            { for first }
            { for cells.map(|(cell, column)| data_cell(column, cell)) }
        </tr>
    }
}

fn foot_row(columns: &[Column], foot: &[Html]) -> Html {
    let mut cells = foot.iter().zip(columns);
    let first = cells.next().map(|(cell, column)| head_cell(column, cell));
    html! { <tr>{ for first }{ for cells.map(|(cell, column)| data_cell(column, cell)) }</tr> }
}

/// The first cell names its row.
fn head_cell(column: &Column, cell: &Html) -> Html {
    let class = (column.align == Align::End).then_some("end");
    html! { <th scope="row" {class}>{ cell.clone() }</th> }
}

fn data_cell(column: &Column, cell: &Html) -> Html {
    // What is blank takes no line of its own on a phone.
    let class = classes!((column.align == Align::End).then_some("end"), (*cell == Html::default()).then_some("blank"));
    html! { <td {class} data-label={column.label.clone()}>{ cell.clone() }</td> }
}

/// A click on a link, button or field inside the row is that control's own.
fn inside_control(event: &MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.and_then(|element| element.closest("a, button, input, select, textarea, summary").ok().flatten()).is_some()
}

/// Arrow keys, Home and End move the focus between rows; Enter opens the row's first link or the row itself.
fn move_along(event: KeyboardEvent) {
    let Some(row) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    if row.tag_name() != "TR" {
        return;
    }
    let parent = row.parent_element();
    let next = match event.key().as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        "Home" => parent.and_then(|body| body.first_element_child()),
        "End" => parent.and_then(|body| body.last_element_child()),
        "Enter" => {
            let target = row.query_selector("a, button").ok().flatten().unwrap_or(row);
            event.prevent_default();
            if let Ok(element) = target.dyn_into::<HtmlElement>() {
                element.click();
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(element) = next.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = row.set_attribute("tabindex", "-1");
        let _ = element.set_attribute("tabindex", "0");
        let _ = element.focus();
    }
}
