//! The race for the last dollars: 64 buyers, one budget line, exactly the possible number of orders.

use std::sync::Arc;

use harness::app::TestApp;
use harness::{drafts, market};
use shared::catalog::Category;
use shared::client::Call;
use shared::error::ErrorCode;
use shared::money::Cents;
use shared::orders::SplitPart;
use shared::orders::api::{CartLine, SubmitCart};
use tokio::sync::Barrier;

/// Buyers at once (`It shows`: 64).
const BUYERS: usize = 64;
/// So many of them can be served.
const POSSIBLE: usize = 20;

harness::on_both_databases!(buyers_racing_for_the_last_dollars_get_exactly_what_is_there,);

async fn buyers_racing_for_the_last_dollars_get_exactly_what_is_there(app: TestApp) {
    let (mut ana, mut rosa) = (app.ana().await, app.rosa().await);
    let budget = market::money(&mut ana).await;
    let unrestricted = budget.lines.iter().find(|line| line.fund.code == "0000").expect("an unrestricted line");
    // One cent less than a POSSIBLE-th more would allow: the next order no longer fits.
    let price = Cents::new(unrestricted.money.available.get() / i64::try_from(POSSIBLE).expect("a count"));
    let service = market::publish(&mut rosa, drafts::days("The last days", Category::Coaching, price, 10_000)).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let mut lines: Vec<CartLine> = Vec::new();
    for _ in 0..BUYERS {
        let line = market::add(&mut ana, &service.packages[0], 1, Some(goal)).await;
        let part = SplitPart { line: unrestricted.id, amount: line.price };
        let cart = market::resplit(&mut ana, &line, vec![part]).await.expect("a split");
        lines.push(cart.lines.into_iter().find(|l| l.order == line.order).expect("the line"));
    }

    let barrier = Arc::new(Barrier::new(BUYERS));
    let mut tasks = Vec::new();
    for (index, line) in lines.into_iter().enumerate() {
        let (mut buyer, barrier) = (ana.at(app.base(index)), Arc::clone(&barrier));
        tasks.push(tokio::spawn(async move {
            barrier.wait().await;
            buyer.call(Call::<SubmitCart>::to(buyer.school()).body(market::submission(&[&line]))).await
        }));
    }
    let mut served = 0;
    for task in tasks {
        match task.await.expect("a finished task") {
            Ok(_) => served += 1,
            Err(error) => assert_eq!(error.code(), Some(ErrorCode::NotEnoughMoney), "{error:?}"),
        }
    }
    let possible = usize::try_from(unrestricted.money.available.get() / price.get()).expect("a count");
    assert_eq!(served, possible, "orders served of {possible} possible");
    let after = market::money(&mut ana).await;
    let line = after.lines.iter().find(|line| line.id == unrestricted.id).expect("the line");
    let committed = line.money.pre_encumbered.get() + line.money.encumbered.get()
        - unrestricted.money.pre_encumbered.get()
        - unrestricted.money.encumbered.get();
    assert_eq!(committed, price.get() * i64::try_from(served).expect("a count"));
    assert!(!line.money.available.is_negative());
    app.finish().await;
}
