//! Buyers who come at once: exactly as many succeed as the money allows.

use std::sync::Arc;

use futures_util::future::join_all;
use shared::error::ErrorCode;
use shared::money::Cents;
use shared::orders::SplitPart;
use shared::orders::api::{CartSubmission, DraftEdit, SubmittedDraft};

use super::scene::Scene;
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::orders::service;

/// Buyers at once; the line holds enough for 21 of the orders of $950.00.
const BUYERS: usize = 30;
const POSSIBLE: usize = 21;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn buyers_racing_for_the_last_dollars_never_overdraw_and_leave_nothing_lying() {
    on_each(|db| async move {
        let scene = Arc::new(Scene::build(db).await);
        let mut drafts = Vec::new();
        for _ in 0..BUYERS {
            let cart = scene.draft(scene.coaching, 1, None).await;
            let line = cart.lines.last().expect("the draft");
            let split = Some(vec![SplitPart { line: scene.general, amount: line.price }]);
            let edit = DraftEdit {
                version: line.version,
                quantity: 1,
                start: line.start,
                goal: None,
                split,
                note: String::new(),
                choices: shared::catalog::choice::Choices::default(),
            };
            let cart = service::edit(&scene.app, &scene.ctx("EditDraft", &scene.principal), line.order, edit).await.expect("edited");
            let line = cart.lines.last().expect("the draft");
            drafts.push(SubmittedDraft { order: line.order, version: line.version, price: line.price });
        }
        let buyers = drafts.into_iter().map(|draft| {
            let (scene, ctx) = (Arc::clone(&scene), scene.ctx("SubmitCart", &scene.principal));
            tokio::spawn(async move { service::submit(&scene.app, &ctx, scene.school, CartSubmission { orders: vec![draft] }).await })
        });
        let done: Vec<Result<_, AppError>> = join_all(buyers).await.into_iter().map(|done| done.expect("no panic")).collect();
        let won = done.iter().filter(|done| done.is_ok()).count();
        let lost: Vec<ErrorCode> = done.iter().filter_map(|done| done.as_ref().err().map(AppError::code)).collect();
        assert_eq!(won, POSSIBLE, "{lost:?}");
        assert!(lost.iter().all(|code| *code == ErrorCode::NotEnoughMoney), "{lost:?}");
        let money = scene.money_states().await[1];
        assert_eq!(money.available, Cents::new(2_000_000 - 95_000 * 21));
        scene.ledger_is_sound().await;
    })
    .await;
}
