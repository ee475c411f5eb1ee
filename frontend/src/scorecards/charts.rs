//! The seller's charts: demand by month, and what was sold and delivered of what can be.

use shared::scorecards::api::{ExportSellerView, SellerExport, SellerTable};
use shared::scorecards::seller::{MonthDemand, SellerService, SellerTier, SellerView};
use shared::words::scorecards as words;
use yew::prelude::*;

use crate::api::Call;
use crate::ui::{ColumnChart, Download, PartsChart, Point, Series};

/// A link to a table's file.
pub fn export(view: &SellerView, table: SellerTable) -> Html {
    let href = Call::<ExportSellerView>::to(view.unit.id).query(SellerExport { table: Some(table) }).address();
    html! { <Download {href} label={words::export(table.title())} /> }
}

fn series(names: &[(&'static str, &'static str)]) -> Vec<Series> {
    names.iter().map(|(name, class)| Series { name: (*name).into(), class }).collect()
}

/// Looks, comparisons, cart and orders by month.
pub fn demand(view: &SellerView) -> Html {
    let point = |month: &MonthDemand| Point {
        label: words::month(month.month).into(),
        values: [month.viewed, month.compared, month.drafted, month.ordered].map(u64::from).to_vec(),
    };
    let series =
        series(&[(words::VIEWED, "chart-a"), (words::COMPARED, "chart-b"), (words::DRAFTED, "chart-c"), (words::ORDERED, "chart-d")]);
    let points: Vec<Point> = view.months.iter().map(point).collect();
    html! {
        <ColumnChart title={words::DEMAND} along={words::MONTH} {series} {points} as_table={words::AS_TABLE}
            export={export(view, SellerTable::Demand)} />
    }
}

/// Delivered, sold and not delivered, not sold: one bar for each tier with a counted capacity.
pub fn capacity(view: &SellerView) -> Html {
    let counted = view.services.iter().flat_map(|service| service.tiers.iter().map(move |tier| (service, tier)));
    let point = |(service, tier): (&SellerService, &SellerTier)| {
        let unsold = tier.unsold()?;
        let label = format!("{} · {}", service.title, tier.name).into();
        let values = [tier.delivered, tier.sold.saturating_sub(tier.delivered), unsold].map(u64::from).to_vec();
        Some(Point { label, values })
    };
    let points: Vec<Point> = counted.filter_map(point).collect();
    if points.is_empty() {
        return html! { <p class="small muted">{ words::NO_CAPACITY }</p> };
    }
    let series = series(&[(words::DELIVERED, "chart-d"), (words::SOLD, "chart-c"), (words::UNSOLD, "chart-rest")]);
    html! {
        <PartsChart title={words::CAPACITY} along={words::TIER} {series} {points} as_table={words::AS_TABLE} export={export(view, SellerTable::Tiers)} />
    }
}
