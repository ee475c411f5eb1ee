//! Stopped with kill -9 in the middle of ordering and started again: every acknowledged order is there once, and the ledger balances.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use harness::actor::{Actor, new_command};
use harness::program::Program;
use harness::{drafts, market};
use shared::catalog::Category;
use shared::catalog::api::CatalogPackage;
use shared::client::{Call, CallError};
use shared::id::{CommandId, OrderId};
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::api::{GetOrder, SubmitCart};

/// Times the program is killed in one run of the test.
const KILLS: usize = 3;
/// Orders in flight at once.
const BUYERS: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn orders_acknowledged_before_a_kill_are_there_once_on_sqlite() {
    killed_in_the_middle(Program::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_acknowledged_before_a_kill_are_there_once_on_postgresql() {
    if let Some(program) = Program::on_postgres().await {
        killed_in_the_middle(program).await;
    }
}

/// What a buyer knows of one order, written down before and after the call.
struct Entry {
    order: OrderId,
    command: CommandId,
    acknowledged: bool,
}

async fn killed_in_the_middle(mut program: Program) {
    let mut rosa = program.actor("rosa.delgado").await;
    let service = market::publish(&mut rosa, drafts::days("Short visits", Category::Coaching, Cents::new(100), 100_000)).await;
    for _ in 0..KILLS {
        let mut journal = Vec::new();
        let stopped = Arc::new(AtomicBool::new(false));
        let mut buyers = Vec::new();
        for quantity in 1..=BUYERS {
            let (actor, package, stopped) = (program.actor("ana.whitfield").await, service.packages[0].clone(), Arc::clone(&stopped));
            let quantity = u32::try_from(quantity).expect("a quantity");
            buyers.push(tokio::spawn(buy_until_the_end(actor, package, quantity, stopped)));
        }
        program.kill_after_orders(3 * BUYERS).await;
        stopped.store(true, Ordering::Relaxed);
        for buyer in buyers {
            journal.extend(buyer.await.expect("a buyer's journal"));
        }
        program.start_again().await;
        every_acknowledged_order_is_there_once(&program, &journal).await;
    }
    program.finish().await;
}

/// Each buyer orders a quantity of its own, by which it knows its drafts in the school's one cart.
async fn buy_until_the_end(mut ana: Actor, package: CatalogPackage, quantity: u32, stopped: Arc<AtomicBool>) -> Vec<Entry> {
    let mut journal = Vec::new();
    let goal = market::goal(&mut ana, Category::Coaching).await;
    while !stopped.load(Ordering::Relaxed) {
        let body = shared::orders::api::NewDraft {
            package: package.id,
            quantity,
            start: None,
            goal: Some(goal),
            choices: shared::catalog::choice::Choices::default(),
        };
        let marker = new_command();
        let Ok(cart) = ana.call(Call::<shared::orders::api::AddToCart>::to(ana.school()).body(body).command(marker)).await else { break };
        let known: Vec<OrderId> = journal.iter().map(|e: &Entry| e.order).collect();
        let Some(line) =
            cart.lines.iter().find(|line| line.package == package.id && line.quantity == quantity && !known.contains(&line.order))
        else {
            continue;
        };
        let command = new_command();
        let answer = ana.call(Call::<SubmitCart>::to(ana.school()).body(market::submission(&[line])).command(command)).await;
        match answer {
            Ok(_) => journal.push(Entry { order: line.order, command, acknowledged: true }),
            // The server said no, so nothing is owed.
            Err(CallError::Refused(..)) => {}
            Err(CallError::Wire(_) | CallError::Unexpected(..)) => {
                journal.push(Entry { order: line.order, command, acknowledged: false });
                break;
            }
        }
    }
    journal
}

async fn every_acknowledged_order_is_there_once(program: &Program, journal: &[Entry]) {
    let mut ana = program.actor("ana.whitfield").await;
    assert!(journal.iter().any(|entry| entry.acknowledged), "nothing was acknowledged before the kill");
    for entry in journal {
        let order = ana.get::<GetOrder>(entry.order).await;
        let submitted = order.summary.state != OrderState::Draft;
        assert!(submitted || !entry.acknowledged, "{} was acknowledged ({}) and is lost", entry.order, entry.command);
        if submitted {
            let sum: i64 = order.split.iter().map(|part| part.part.amount.get()).sum();
            assert_eq!(sum, order.summary.price.get());
        }
    }
    market::money(&mut ana).await;
    program.ledger_balances().await;
}
