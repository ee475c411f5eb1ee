//! Charts as small drawings, each with its table behind: columns over time, and bars of parts.

use yew::prelude::*;

use super::table::{Column, Row, Table};
use super::why::Disclosure;

/// The height of the tallest column in the drawing's own units.
const TALL: u64 = 100;
/// The width of a whole bar in the drawing's own units.
const WIDE: u64 = 1_000;
/// One column and the gap behind it.
const STEP: usize = 12;
/// One column.
const COLUMN: usize = 10;

/// What is counted, in the order of the drawing; the class gives the colour, the name stands in the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name: AttrValue,
    pub class: &'static str,
}

/// One place along the chart with a value for each series.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub label: AttrValue,
    pub values: Vec<u64>,
}

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ChartProps {
    pub title: AttrValue,
    /// The head of the first column of the table behind.
    pub along: AttrValue,
    pub series: Vec<Series>,
    pub points: Vec<Point>,
    /// What the table behind is called.
    pub as_table: AttrValue,
    /// What stands beside the table behind: a way to its file.
    #[prop_or_default]
    pub export: Html,
}

fn share(value: u64, most: u64, of: u64) -> u64 {
    value.saturating_mul(of).checked_div(most).unwrap_or(0).min(of)
}

/// Groups of columns, one group for each point.
#[component]
pub fn ColumnChart(props: &ChartProps) -> Html {
    let most = props.points.iter().flat_map(|point| point.values.iter().copied()).max().unwrap_or(0);
    let width = props.series.len() * STEP;
    let group = |point: &Point| {
        html! {
            <li key={point.label.to_string()}>
                <svg viewBox={format!("0 0 {width} {TALL}")} preserveAspectRatio="none" aria-hidden="true">
                    { for point.values.iter().zip(&props.series).enumerate().map(|(at, (value, series))| {
                        let high = share(*value, most, TALL);
                        html! { <rect class={series.class} x={(at * STEP + 1).to_string()} y={(TALL - high).to_string()} width={COLUMN.to_string()} height={high.to_string()} /> }
                    }) }
                </svg>
                <span class="tiny muted">{ &point.label }</span>
            </li>
        }
    };
    html! {
        <figure class="chart" aria-label={props.title.clone()}>
            { legend(&props.series) }
            <ul class="chart-columns" aria-hidden="true">{ for props.points.iter().map(group) }</ul>
            { behind(props) }
        </figure>
    }
}

/// One bar for each point, its values one after the other; the longest bar is as wide as the place.
#[component]
pub fn PartsChart(props: &ChartProps) -> Html {
    let most = props.points.iter().map(|point| point.values.iter().sum::<u64>()).max().unwrap_or(0);
    let bar = |point: &Point| {
        let mut from = 0;
        let parts: Vec<Html> = point
            .values
            .iter()
            .zip(&props.series)
            .map(|(value, series)| {
                let (x, wide) = (from, share(*value, most, WIDE));
                from += wide;
                html! { <rect class={series.class} x={x.to_string()} y="0" width={wide.to_string()} height="10" /> }
            })
            .collect();
        html! {
            <li key={point.label.to_string()}>
                <span class="small">{ &point.label }</span>
                <svg viewBox={format!("0 0 {WIDE} 10")} preserveAspectRatio="none" aria-hidden="true">{ for parts }</svg>
            </li>
        }
    };
    html! {
        <figure class="chart" aria-label={props.title.clone()}>
            { legend(&props.series) }
            <ul class="chart-bars" aria-hidden="true">{ for props.points.iter().map(bar) }</ul>
            { behind(props) }
        </figure>
    }
}

fn legend(series: &[Series]) -> Html {
    let one = |series: &Series| {
        html! { <li><svg viewBox="0 0 10 10" class="key" aria-hidden="true"><rect class={series.class} width="10" height="10" /></svg>{ &series.name }</li> }
    };
    html! { <ul class="chart-legend tiny" aria-hidden="true">{ for series.iter().map(one) }</ul> }
}

/// The same as figures: what a screen reader reads, and what is exported.
fn behind(props: &ChartProps) -> Html {
    let mut columns = vec![Column { key: "along".into(), ..Column::text("along", props.along.clone()) }];
    columns.extend(props.series.iter().map(|series| Column { key: series.name.clone(), ..Column::amount("value", series.name.clone()) }));
    let row = |point: &Point| {
        let cells = std::iter::once(html! { &point.label }).chain(point.values.iter().map(|value| html! { value }));
        Row::new(point.label.clone(), cells.collect())
    };
    let rows: Vec<Row> = props.points.iter().map(row).collect();
    html! {
        <Disclosure label={props.as_table.clone()}>
            <Table caption={props.title.clone()} {columns} {rows} export={props.export.clone()} />
        </Disclosure>
    }
}
