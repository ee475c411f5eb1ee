//! The renewal round over HTTP: pre-filled offers of the demo district, answers, who may, and what silence becomes.

use harness::actor::code_of;
use harness::app::TestApp;
use shared::client::Call;
use shared::contract::Empty;
use shared::error::ErrorCode;
use shared::orders::api::{GetDesk, GetOrder};
use shared::orders::renewal::{
    AnswerRenewals, AnsweredOrder, GetRenewalRound, GetRenewals, GetUnitRenewals, NextYear, OpenRenewals, RenewalAnswer, RenewalAnswers,
    RenewalState, RoundPhase,
};

harness::on_both_databases!(
    a_principal_answers_several_offers_in_one_go_and_the_rest_lapses,
    renewals_of_another_school_are_not_there_and_only_principals_answer,
);

async fn a_principal_answers_several_offers_in_one_go_and_the_rest_lapses(app: TestApp) {
    let mut ana = app.ana().await;
    let school = ana.school();
    let view = ana.get::<GetRenewals>(school).await;
    assert_eq!((view.phase, view.may, view.money.is_none()), (RoundPhase::Open, true, true));
    let priced = view.lines.iter().find(|line| matches!(line.next, NextYear::Published { .. })).expect("next year's edition is out").clone();
    let retired = view.lines.iter().find(|line| matches!(line.next, NextYear::Retired { .. })).expect("one is retired").clone();
    let unwritten = view.lines.iter().find(|line| matches!(line.next, NextYear::NotYet { .. })).expect("one edition is not out").clone();
    assert!(priced.next.price() > Some(priced.price_now), "dearer: {:?}", priced.next);
    assert!(ana.get::<GetDesk>(()).await.mine.iter().any(|item| item.link == "/renewals"));

    let of = |line: &shared::orders::renewal::RenewalLine, answer: RenewalAnswer, reason: &str| AnsweredOrder {
        order: line.order,
        version: line.version,
        answer,
        quantity: 0,
        reason: reason.to_owned(),
    };
    let wrong = vec![of(&priced, RenewalAnswer::Renew, ""), of(&retired, RenewalAnswer::Renew, "")];
    let refused = ana.is_refused::<AnswerRenewals>(school, RenewalAnswers { answers: wrong }).await;
    assert_eq!((refused.code, refused.fields[0].field.as_str()), (ErrorCode::BadInput, format!("{}.answer", retired.order).as_str()));
    assert_eq!(ana.get::<GetRenewals>(school).await, view, "all or none");

    let right = vec![of(&priced, RenewalAnswer::Renew, ""), of(&unwritten, RenewalAnswer::Drop, "We go on alone.")];
    let after = ana.does::<AnswerRenewals>(school, RenewalAnswers { answers: right }).await;
    let state = |view: &shared::orders::renewal::RenewalsView, order| view.lines.iter().find(|line| line.order == order).expect("the line").state;
    assert_eq!((state(&after, priced.order), state(&after, unwritten.order)), (RenewalState::Renewed, RenewalState::Dropped));
    let open: Vec<_> = after.lines.iter().filter(|line| line.waits()).map(|line| line.order).collect();
    assert!(!open.is_empty());

    app.pass(60 * 86_400);
    backend::orders::service::attend_renewals(&app.app, app.app.now()).await.expect("the job");
    let mut ana = app.ana().await;
    let ended = ana.get::<GetRenewals>(school).await;
    assert_eq!((ended.phase, ended.may, state(&ended, priced.order)), (RoundPhase::Over, false, RenewalState::Renewed));
    assert!(open.iter().all(|order| state(&ended, *order) == RenewalState::Lapsed));
    let timeline = ana.get::<GetOrder>(open[0]).await.timeline;
    assert!(timeline.iter().any(|fact| fact.text.starts_with("Lapsed: nobody answered by") && fact.by.is_none()));
    app.finish().await;
}

async fn renewals_of_another_school_are_not_there_and_only_principals_answer(app: TestApp) {
    let (mut ana, mut theodore) = (app.ana().await, app.actor("theodore.marsh").await);
    let (own, other) = (ana.school(), theodore.school());
    assert_eq!(code_of(&ana.call(Call::<GetRenewals>::to(other)).await), Some(ErrorCode::NotFound));
    let line = theodore.get::<GetRenewals>(other).await.lines.into_iter().find(|line| line.waits()).expect("an offer");
    let answer = AnsweredOrder { order: line.order, version: line.version, answer: RenewalAnswer::Renew, quantity: 0, reason: String::new() };
    let body = || RenewalAnswers { answers: vec![answer.clone()] };
    assert_eq!(ana.is_refused::<AnswerRenewals>(other, body()).await.code, ErrorCode::NotFound);
    assert_eq!(ana.is_refused::<AnswerRenewals>(own, body()).await.code, ErrorCode::NotFound, "another school's order");
    for name in ["joel.baptiste", "thomas.lindqvist", "rosa.delgado"] {
        let refused = app.actor(name).await.is_refused::<AnswerRenewals>(own, body()).await;
        assert_eq!(refused.code, ErrorCode::NotAllowed, "{name}");
    }
    let mut thomas = app.actor("thomas.lindqvist").await;
    assert!(!thomas.get::<GetRenewalRound>(()).await.schools.is_empty());
    assert_eq!(thomas.is_refused::<OpenRenewals>((), Empty {}).await.code, ErrorCode::NotInThisState);
    let mut rosa = app.rosa().await;
    let unit = rosa.get::<GetUnitRenewals>(rosa.unit()).await;
    assert!(unit.lines.iter().any(|line| line.state == RenewalState::Renewed), "answered in the demo's story");
    let foreign = app.actor("jerome.whitlock").await.unit();
    assert_eq!(code_of(&rosa.call(Call::<GetUnitRenewals>::to(foreign)).await), Some(ErrorCode::NotFound));
    app.finish().await;
}
