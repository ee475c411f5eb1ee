//! Pace against plan: a small picture of units over school days, the sentence, and the table behind it.

use shared::orders::api::{PaceView, DeliveryVerdict};
use shared::orders::pace::PacePoint;
use shared::words::orders as words;
use yew::prelude::*;

use crate::ui::{Card, Chip, Column, Day, Row, Table, Tone};

const WIDTH: u32 = 560;
const HEIGHT: u32 = 180;
/// Room for the axes' words.
const LEFT: u32 = 34;
const BOTTOM: u32 = 22;
const TOP: u32 = 10;
const RIGHT: u32 = 10;

#[derive(Properties, PartialEq)]
pub struct PaceCardProps {
    pub view: PaceView,
    /// What one unit is called.
    pub word: &'static str,
}

/// The colour of a verdict; its word carries the meaning.
pub const fn verdict_tone(verdict: DeliveryVerdict) -> Tone {
    match verdict {
        DeliveryVerdict::NotStarted => Tone::Plain,
        DeliveryVerdict::OnPace => Tone::Info,
        DeliveryVerdict::Ahead | DeliveryVerdict::Done => Tone::Good,
        DeliveryVerdict::Behind => Tone::Warn,
    }
}

/// The verdict as a chip.
pub fn pace_chip(verdict: DeliveryVerdict) -> Html {
    html! { <Chip tone={verdict_tone(verdict)}>{ words::verdict_title(verdict) }</Chip> }
}

/// Plan, fact and forecast.
#[component]
pub fn PaceCard(props: &PaceCardProps) -> Html {
    let PaceView { pace, start, end, points } = &props.view;
    let columns = vec![Column::text("day", words::DAY), Column::amount("plan", words::PLANNED), Column::amount("fact", words::FACT)];
    let row = |point: &PacePoint| {
        let cells = vec![html! { <Day date={point.day} /> }, html! { { point.planned } }, html! { { point.delivered } }];
        Row::new(point.day.to_string(), cells)
    };
    let mut rows: Vec<Row> = points.iter().map(row).collect();
    let forecast = html! { <span>{ words::FORECAST }{ " · " }<Day date={*end} /></span> };
    rows.push(Row::new("forecast", vec![forecast, html! { { pace.ordered } }, html! { { pace.forecast } }]));
    html! {
        <Card title={words::PACE} actions={pace_chip(pace.verdict)}>
            <div class="stack">
                <p class="small">{ words::pace_words(pace, props.word) }</p>
                { chart(&props.view) }
                <details>
                    <summary class="small"><Day date={*start} />{ " – " }<Day date={*end} /></summary>
                    <Table caption={words::PACE_CHART} {columns} {rows} />
                </details>
            </div>
        </Card>
    }
}

/// Where `part` of `whole` stands between two edges, in whole pixels.
fn along(part: u32, whole: u32, (from, to): (u32, u32)) -> u32 {
    let share = u64::from(to.abs_diff(from)) * u64::from(part.min(whole)) / u64::from(whole.max(1));
    let share = u32::try_from(share).unwrap_or(0);
    if to >= from { from + share } else { from - share }
}

fn chart(view: &PaceView) -> Html {
    let pace = &view.pace;
    let total = pace.gone + pace.left;
    let x = |days: u32| along(days, total, (LEFT, WIDTH - RIGHT));
    let y = |units: u32| along(units, pace.ordered, (HEIGHT - BOTTOM, TOP));
    // Units stand still between two entries: a staircase.
    let mut fact = format!("{},{}", x(0), y(0));
    let mut before = 0;
    for point in &view.points {
        fact.push_str(&format!(" {},{} {},{}", x(point.gone), y(before), x(point.gone), y(point.delivered)));
        before = point.delivered;
    }
    fact.push_str(&format!(" {},{}", x(pace.gone), y(before)));
    let at = |value: u32| value.to_string();
    html! {
        <svg class="pace-chart" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={words::PACE_CHART}>
            <line class="axis" x1={at(LEFT)} y1={at(HEIGHT - BOTTOM)} x2={at(WIDTH - RIGHT)} y2={at(HEIGHT - BOTTOM)} />
            <line class="axis" x1={at(LEFT)} y1={at(TOP)} x2={at(LEFT)} y2={at(HEIGHT - BOTTOM)} />
            <text x={at(LEFT - 6)} y={at(TOP + 8)} text-anchor="end">{ pace.ordered }</text>
            <text x={at(LEFT - 6)} y={at(HEIGHT - BOTTOM)} text-anchor="end">{ "0" }</text>
            <line class="plan" x1={at(x(0))} y1={at(y(0))} x2={at(x(total))} y2={at(y(pace.ordered))} />
            <line class="now" x1={at(x(pace.gone))} y1={at(TOP)} x2={at(x(pace.gone))} y2={at(HEIGHT - BOTTOM)} />
            <text x={at(x(pace.gone))} y={at(HEIGHT - 6)} text-anchor="middle">{ words::TODAY }</text>
            if pace.left > 0 && pace.verdict != DeliveryVerdict::NotStarted {
                <line class="forecast" x1={at(x(pace.gone))} y1={at(y(pace.delivered))} x2={at(x(total))} y2={at(y(pace.forecast))} />
            }
            <polyline class="fact" points={fact} />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_stands_between_its_edges() {
        assert_eq!(along(5, 10, (0, 100)), 50);
        assert_eq!(along(5, 10, (100, 0)), 50);
        assert_eq!(along(20, 10, (0, 100)), 100);
        assert_eq!(along(0, 0, (10, 20)), 10);
    }
}
