//! The district's own clocks: set for days to come, and what is under way keeps the one it began with.

use shared::error::ErrorCode;
use shared::money::Cents;
use shared::orders::api::OrderView;
use shared::orders::climb::{ClimbStep, Duty, ToWhom};
use shared::orders::clocks::{Clocks, Holds, NewClimbing, NewSilence};
use shared::orders::silence::{Silence, SilencePolicy};

use super::rescue::code;
use super::scene::{Scene, day};
use super::silence::{accepted_order, logged};
use crate::db::Query as _;
use crate::db::testing::on_each;
use crate::orders::service;

fn shorter(from: &str) -> NewSilence {
    NewSilence { from: day(from), days: 4, notice_days: 1, reason: "Ten days were too long for who waits for the money.".to_owned() }
}

fn standing(clocks: &Clocks) -> Vec<(Holds, u16)> {
    clocks.silence.iter().map(|row| (row.holds, row.policy.days)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_clock_holds_from_its_day_on_and_what_was_logged_before_keeps_the_old_one() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = accepted_order(&scene, scene.general).await;
        let (view, old) = logged(&scene, order, 1).await;
        assert_eq!(view.silence, Silence::Confirms(SilencePolicy { days: 10, notice_days: 3 }));
        let confirms = |view: &OrderView, entry| view.deliveries.iter().find(|known| known.id == entry).and_then(|known| known.confirms);
        let promised = confirms(&view, old).expect("a day");
        let tomorrow = day("2027-01-21");
        let late = service::set_silence(&scene.app, scene.ctx("SetSilence", &scene.officer), shorter("2027-01-20")).await;
        assert_eq!(code(late), Some(ErrorCode::BadInput), "today has begun");
        let mut unsaid = shorter(&tomorrow.to_string());
        unsaid.reason = "  ".to_owned();
        assert_eq!(code(service::set_silence(&scene.app, scene.ctx("SetSilence", &scene.officer), unsaid).await), Some(ErrorCode::BadInput));
        let denied = service::set_silence(&scene.app, scene.ctx("SetSilence", &scene.principal), shorter(&tomorrow.to_string())).await;
        assert_eq!(code(denied), Some(ErrorCode::NotFound));
        let ctx = scene.ctx("SetSilence", &scene.officer);
        let set = service::set_silence(&scene.app, ctx.clone(), shorter(&tomorrow.to_string())).await.expect("set");
        assert_eq!(standing(&set), [(Holds::Ahead, 4), (Holds::Now, 10)]);
        let again = service::set_silence(&scene.app, ctx, shorter(&tomorrow.to_string())).await.expect("answered again");
        assert_eq!(again, set);
        scene.wait_days(1);
        let (view, new) = logged(&scene, order, 1).await;
        assert_eq!(confirms(&view, old), Some(promised));
        assert!(confirms(&view, new).is_some_and(|at| at < promised), "six school days earlier");
        let later = service::clocks(&scene.app, &scene.clerk).await.expect("everybody may know");
        assert_eq!((standing(&later), later.may), (vec![(Holds::Now, 4), (Holds::Before, 10)], false));
        let sql = "SELECT COUNT(*) AS n FROM audit_record WHERE action = 'SetSilence'";
        let row = scene.app.db.reader().one(sql, Vec::new()).await.expect("a count").expect("a row");
        assert_eq!(row.get::<i64>("n").expect("a number"), 1);
        assert_eq!(scene.money_states().await[1].spent, Cents::ZERO);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_up_is_replaced_as_a_whole() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let step = |level, after_days, to| ClimbStep { level, after_days, to };
        let new = |steps| NewClimbing { duty: Duty::Answer, from: day("2027-08-02"), steps, reason: "The chiefs asked for it.".to_owned() };
        let back = new(vec![step(1, 4, ToWhom::Owner), step(2, 1, ToWhom::Chief)]);
        let refused = service::set_climbing(&scene.app, scene.ctx("SetClimbing", &scene.officer), back).await;
        assert_eq!(code(refused), Some(ErrorCode::BadInput));
        for steps in [vec![step(1, 0, ToWhom::Owner), step(2, 2, ToWhom::Executive)], vec![step(1, 1, ToWhom::Chief)]] {
            let set = service::set_climbing(&scene.app, scene.ctx("SetClimbing", &scene.officer), new(steps.clone())).await.expect("set");
            let found: Vec<_> = set.climbing.iter().filter(|row| row.duty == Duty::Answer).map(|row| (row.holds, row.steps.clone())).collect();
            assert_eq!(found.len(), 2);
            assert_eq!(found[0], (Holds::Ahead, steps));
            assert_eq!((found[1].0, found[1].1.len()), (Holds::Now, 3));
        }
    })
    .await;
}
