//! An order and the contract of the outside provider behind it: what stands in the way, what it draws, what it gives back.

use shared::catalog::price::brokerage;
use shared::error::ErrorCode;
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::api::OrderProvider;
use shared::time::Date;
use shared::words::catalog as words;

use super::facts::{OnSale, SchoolSide};
use crate::catalog::service as catalog;
use crate::db::Tx;
use crate::error::AppError;
use crate::orders::store::OrderRow;

/// The provider's part of a price: without the district's fee.
pub fn provider_part(found: &OnSale, price: Cents, quantity: u32) -> Cents {
    if found.service.content.provider.is_none() {
        return Cents::ZERO;
    }
    price.saturating_sub(brokerage(&found.package.content, quantity)).max(Cents::ZERO)
}

/// Why an order of an outside provider cannot be submitted: papers not in order, or a contract that is used up.
pub fn problems(side: &SchoolSide, found: &OnSale, price: Cents, quantity: u32) -> Vec<(ErrorCode, String)> {
    problems_beyond(side, found, (price, quantity), Cents::ZERO)
}

/// The same for what an order takes beyond the part of the contract that it holds already.
pub fn problems_beyond(side: &SchoolSide, found: &OnSale, (price, quantity): (Cents, u32), held: Cents) -> Vec<(ErrorCode, String)> {
    let Some(name) = &found.service.content.provider else { return Vec::new() };
    let Some(broker) = &found.broker else { return vec![(ErrorCode::ProviderNotVetted, words::provider_unknown(name))] };
    let lacks = broker.vetting.lacks(&broker.name, side.today);
    if !lacks.is_empty() {
        return lacks.into_iter().map(|lack| (ErrorCode::ProviderNotVetted, lack)).collect();
    }
    let left = broker.contract.map_or(Cents::ZERO, |contract| contract.not_to_exceed.saturating_sub(contract.drawn));
    let exhausted = provider_part(found, price, quantity).saturating_sub(held) > left;
    if exhausted { vec![(ErrorCode::ContractExhausted, words::contract_left(&broker.name, left))] } else { Vec::new() }
}

/// Draws the order's part. Invariant: the papers and what is left are looked at in the write itself.
///
/// # Errors
/// `ProviderNotVetted` or `ContractExhausted`, in words.
pub async fn draw(tx: &mut Tx, found: &OnSale, order: &OrderRow, day: Date) -> Result<(), AppError> {
    let Some(name) = &order.provider else { return Ok(()) };
    let Some(broker) = &found.broker else {
        return Err(AppError::saying(ErrorCode::ProviderNotVetted, words::provider_unknown(name)));
    };
    catalog::draw_contract(tx, broker, (order.year, day), order.contract_draw).await
}

/// Draws, or gives back, what an order takes more or less than before.
///
/// # Errors
/// As [`draw`].
pub async fn adjust(tx: &mut Tx, found: &OnSale, (before, after): (&OrderRow, &OrderRow), day: Date) -> Result<(), AppError> {
    if after.contract_draw > before.contract_draw {
        let more = after.contract_draw.saturating_sub(before.contract_draw);
        return draw(tx, found, &OrderRow { contract_draw: more, ..after.clone() }, day).await;
    }
    give_back(tx, before, before.contract_draw.saturating_sub(after.contract_draw)).await
}

/// Gives back all that an order holds of its contract.
///
/// # Errors
/// Those of the database.
pub async fn give_back_all(tx: &mut Tx, order: &OrderRow) -> Result<(), AppError> {
    give_back(tx, order, order.contract_draw).await
}

/// Gives back a part of what an order holds; the caller writes what is left onto the order.
///
/// # Errors
/// Those of the database.
pub async fn give_back(tx: &mut Tx, order: &OrderRow, amount: Cents) -> Result<(), AppError> {
    match &order.provider {
        Some(name) => catalog::give_contract_back(tx, (order.unit, name), order.year, amount).await,
        None => Ok(()),
    }
}

/// The share of what an order holds that goes back when `freed` of its price become available.
pub fn share_of(order: &OrderRow, freed: Cents) -> Cents {
    order.contract_draw.checked_ratio(freed.get(), order.price.get()).unwrap_or(Cents::ZERO).min(order.contract_draw)
}

/// What the order's page says of its provider; warnings while it runs.
pub fn shown(order: &OrderRow, found: &OnSale, today: Date) -> Option<OrderProvider> {
    let name = order.provider.clone()?;
    let ended = matches!(order.state, OrderState::Closed | OrderState::Withdrawn | OrderState::Cancelled | OrderState::Delivered);
    let warnings = match &found.broker {
        _ if ended => Vec::new(),
        None => vec![words::provider_unknown(&name)],
        Some(broker) => {
            let ending = broker.vetting.ending(today).into_iter().map(|(kind, until)| words::paper_ending(&broker.name, kind, until));
            broker.vetting.lacks(&broker.name, today).into_iter().chain(ending).collect()
        }
    };
    Some(OrderProvider { name, brokerage: brokerage(&found.package.content, order.quantity), warnings })
}
