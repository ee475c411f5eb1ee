//! The routes of orders and of My desk.

use shared::orders::api::{
    AcceptOrder, AddToCart, AdoptSuggestion, ApproveGift, ApproveOrder, CancelOrder, CloseOrder, CommentCart, CommentOrder,
    ConfirmDelivery, ConfirmPolicy, CorrectDelivery, CounterOrder, DeclineSuggestion, Delegate, DisputeDelivery, EditDraft, EndDelegation,
    EndGift, GetCart, GetDecisions, GetDeliveries, GetDesk, GetMySchools, GetOrder, GetRescue, GetYearlyDates, HandBackUnits,
    ListApprovals, ListCartComments, ListGifts, ListNotices, ListOrders, ListPolicies, ListSuggestions, LogDelivery, OfferGift,
    PreviewPolicy, PreviewSwap, ProposePolicy, ReadNotice, RemoveDraft, RetractDelivery, ReturnOrder, ReverseDelivery, SetYearlyDate,
    SettleDelivery, StandByDelivery, SubmitCart, SuggestCart, SwapRest, TakeAlternative, TakeGift, TalkAboutDelivery, WithdrawOrder,
    WithdrawPolicy,
};
use shared::orders::booking::api::{
    AddAway, BookDay, CancelBooking, ExportSchoolCalendar, ExportUnitCalendar, GetBookings, GetSchoolBookings, GetUnitCalendar,
    GetUnitCapacity, RemoveAway, SetStaff, SetStartLimit,
};
use shared::orders::clocks::{GetClocks, SetClimbing, SetSilence};
use shared::orders::renewal::{AnswerRenewals, GetRenewalRound, GetRenewals, GetUnitRenewals, OpenRenewals};
use shared::orders::change::api::{AcceptChange, GetChanges, PreviewChange, ProposeChange, RefuseChange, WithdrawChange};
use shared::orders::selection::{AssignChoice, Choose, GetChoices, MakeChoiceGroup, ReopenChoices};
use shared::orders::waiting::{AcceptPlace, GetUnitWaiting, GetWaitingList, JoinWaitingList, LeaveWaitingList};
use shared::orders::outside::{GetProviderOrders, LogProviderDelivery};
use shared::orders::questions::{
    AnswerQuestion, AskInOrder, AskUnit, GetLibrary, GetQuestion, ListQuestions, PublishAnswer, RateAnswer, RemoveAnswer, WithdrawQuestion,
};

use super::service;
use crate::http::{Routes, mount, mount_calendar};

/// Mounts the slice.
pub fn configure(routes: &mut Routes) {
    reads(routes);
    cart(routes);
    decisions(routes);
    deliveries(routes);
    disputes(routes);
    rescues(routes);
    changes(routes);
    ends(routes);
    rules(routes);
    outside(routes);
    support(routes);
    questions(routes);
    waiting(routes);
    unit_days(routes);
    bookings(routes);
    renewals(routes);
    choices(routes);
    clocks(routes);
}

fn reads(routes: &mut Routes) {
    mount::<GetCart, _>(routes, |call| async move { service::cart(&call.app, &*call.actor()?, call.path).await });
    mount::<ListOrders, _>(routes, |call| async move { service::list(&call.app, &*call.actor()?, &call.query).await });
    mount::<GetOrder, _>(routes, |call| async move { service::order(&call.app, &*call.actor()?, call.path).await });
    mount::<ListApprovals, _>(routes, |call| async move { service::pending(&call.app, &*call.actor()?, call.now).await });
    mount::<GetDesk, _>(routes, |call| async move { service::desk(&call.app, &*call.actor()?, call.now).await });
    mount::<ListNotices, _>(routes, |call| async move { service::notices(&call.app, &*call.actor()?).await });
    mount::<ReadNotice, _>(routes, |call| async move { service::read_notice(&call.app, &*call.actor()?, call.path).await });
}

fn cart(routes: &mut Routes) {
    mount::<AddToCart, _>(routes, |call| async move { service::add(&call.app, &call.command()?, call.path, call.body).await });
    mount::<EditDraft, _>(routes, |call| async move { service::edit(&call.app, &call.command()?, call.path, call.body).await });
    mount::<RemoveDraft, _>(routes, |call| async move { service::remove(&call.app, &call.command()?, call.path, call.body).await });
    mount::<SubmitCart, _>(routes, |call| async move { service::submit(&call.app, &call.command()?, call.path, call.body).await });
}

fn decisions(routes: &mut Routes) {
    mount::<ApproveOrder, _>(routes, |call| async move { service::approve(&call.app, &call.command()?, call.path, call.body).await });
    mount::<ReturnOrder, _>(routes, |call| async move { service::send_back(&call.app, &call.command()?, call.path, call.body).await });
    mount::<AcceptOrder, _>(routes, |call| async move { service::accept(&call.app, &call.command()?, call.path, call.body).await });
    mount::<CounterOrder, _>(routes, |call| async move { service::counter(&call.app, &call.command()?, call.path, call.body).await });
    mount::<TakeAlternative, _>(routes, |call| async move { service::take(&call.app, &call.command()?, call.path, call.body).await });
}

fn deliveries(routes: &mut Routes) {
    mount::<LogDelivery, _>(routes, |call| async move { service::log(&call.app, &call.command()?, call.path, call.body).await });
    mount::<ConfirmDelivery, _>(routes, |call| async move { service::confirm(&call.app, &call.command()?, call.path, call.body).await });
    mount::<GetDeliveries, _>(routes, |call| async move { service::deliveries(&call.app, &*call.actor()?, call.now).await });
    mount::<RetractDelivery, _>(routes, |call| async move { service::retract(&call.app, &call.command()?, call.path, call.body).await });
    mount::<ReverseDelivery, _>(routes, |call| async move { service::reverse(&call.app, &call.command()?, call.path, call.body).await });
}

fn disputes(routes: &mut Routes) {
    mount::<DisputeDelivery, _>(routes, |call| async move { service::dispute(&call.app, &call.command()?, call.path, call.body).await });
    mount::<TalkAboutDelivery, _>(routes, |call| async move { service::talk(&call.app, &call.command()?, call.path, call.body).await });
    mount::<CorrectDelivery, _>(routes, |call| async move { service::correct(&call.app, &call.command()?, call.path, call.body).await });
    mount::<StandByDelivery, _>(routes, |call| async move { service::stand_by(&call.app, &call.command()?, call.path, call.body).await });
    mount::<SettleDelivery, _>(routes, |call| async move { service::settle(&call.app, &call.command()?, call.path, call.body).await });
}

fn rescues(routes: &mut Routes) {
    mount::<GetRescue, _>(routes, |call| async move { service::rescue(&call.app, &*call.actor()?, call.path).await });
    mount::<HandBackUnits, _>(routes, |call| async move { service::hand_back_units(&call.app, &call.command()?, call.path, call.body).await });
    mount::<PreviewSwap, _>(routes, |call| async move { service::preview_swap(&call.app, &*call.actor()?, call.path, (call.query, call.now)).await });
    mount::<SwapRest, _>(routes, |call| async move { service::swap(&call.app, &call.command()?, call.path, call.body).await });
    mount::<OfferGift, _>(routes, |call| async move { service::offer_gift(&call.app, &call.command()?, call.path, call.body).await });
    mount::<ListGifts, _>(routes, |call| async move { service::gifts(&call.app, &*call.actor()?).await });
    mount::<TakeGift, _>(routes, |call| async move { service::take_gift(&call.app, &call.command()?, call.path, call.body).await });
    mount::<EndGift, _>(routes, |call| async move { service::end_gift(&call.app, &call.command()?, call.path, call.body).await });
    mount::<ApproveGift, _>(routes, |call| async move { service::approve_gift(&call.app, &call.command()?, call.path, call.body).await });
    mount::<GetYearlyDates, _>(routes, |call| async move { service::yearly_dates(&call.app, call.query.year).await });
    mount::<SetYearlyDate, _>(routes, |call| async move { service::set_yearly_date(&call.app, call.command()?, call.body).await });
}

fn changes(routes: &mut Routes) {
    mount::<GetChanges, _>(routes, |call| async move { service::changes(&call.app, &*call.actor()?, call.path).await });
    mount::<PreviewChange, _>(routes, |call| async move { service::preview_change(&call.app, &*call.actor()?, call.path, (call.query, call.now)).await });
    mount::<ProposeChange, _>(routes, |call| async move { service::propose_change(&call.app, &call.command()?, call.path, call.body).await });
    mount::<AcceptChange, _>(routes, |call| async move { service::accept_change(&call.app, &call.command()?, call.path, call.body).await });
    mount::<RefuseChange, _>(routes, |call| async move { service::refuse_change(&call.app, &call.command()?, call.path, call.body).await });
    mount::<WithdrawChange, _>(routes, |call| async move { service::withdraw_change(&call.app, &call.command()?, call.path, call.body).await });
}

fn ends(routes: &mut Routes) {
    mount::<WithdrawOrder, _>(routes, |call| async move { service::withdraw(&call.app, &call.command()?, call.path, call.body).await });
    mount::<CancelOrder, _>(routes, |call| async move { service::cancel(&call.app, &call.command()?, call.path, call.body).await });
    mount::<CloseOrder, _>(routes, |call| async move { service::close(&call.app, &call.command()?, call.path, call.body).await });
    mount::<CommentOrder, _>(routes, |call| async move { service::comment(&call.app, &call.command()?, call.path, call.body).await });
}

fn support(routes: &mut Routes) {
    mount::<GetMySchools, _>(routes, |call| async move { service::my_schools(&call.app, &*call.actor()?).await });
    mount::<ListSuggestions, _>(routes, |call| async move { service::suggestions(&call.app, &*call.actor()?, call.path).await });
    mount::<SuggestCart, _>(routes, |call| async move { service::suggest(&call.app, &call.command()?, call.path, call.body).await });
    mount::<AdoptSuggestion, _>(routes, |call| async move { service::adopt(&call.app, &call.command()?, call.path, call.body).await });
    mount::<DeclineSuggestion, _>(routes, |call| async move { service::decline(&call.app, &call.command()?, call.path, call.body).await });
    mount::<ListCartComments, _>(routes, |call| async move { service::cart_comments(&call.app, &*call.actor()?, call.path).await });
    mount::<CommentCart, _>(routes, |call| async move { service::comment_cart(&call.app, &call.command()?, call.path, call.body).await });
}

fn questions(routes: &mut Routes) {
    mount::<ListQuestions, _>(routes, |call| async move { service::questions(&call.app, &*call.actor()?, &call.query).await });
    mount::<GetQuestion, _>(routes, |call| async move { service::question(&call.app, &*call.actor()?, call.path).await });
    mount::<AskUnit, _>(routes, |call| async move { service::ask_unit(&call.app, &call.command()?, call.path, call.body).await });
    mount::<AskInOrder, _>(routes, |call| async move { service::ask_in_order(&call.app, &call.command()?, call.path, call.body).await });
    mount::<AnswerQuestion, _>(
        routes,
        |call| async move { service::answer_question(&call.app, &call.command()?, call.path, call.body).await },
    );
    mount::<WithdrawQuestion, _>(routes, |call| async move {
        service::withdraw_question(&call.app, &call.command()?, call.path, call.body).await
    });
    mount::<RateAnswer, _>(routes, |call| async move { service::rate_answer(&call.app, &call.command()?, call.path, call.body).await });
    mount::<PublishAnswer, _>(
        routes,
        |call| async move { service::publish_answer(&call.app, &call.command()?, call.path, call.body).await },
    );
    mount::<RemoveAnswer, _>(routes, |call| async move { service::remove_answer(&call.app, &call.command()?, call.path).await });
    mount::<GetLibrary, _>(routes, |call| async move { service::library(&call.app).await });
}

fn waiting(routes: &mut Routes) {
    mount::<GetWaitingList, _>(routes, |call| async move { service::waiting_list(&call.app, &*call.actor()?, call.path).await });
    mount::<JoinWaitingList, _>(routes, |call| async move { service::join(&call.app, &call.command()?, call.path, call.body).await });
    mount::<AcceptPlace, _>(routes, |call| async move { service::accept_place(&call.app, &call.command()?, call.path).await });
    mount::<LeaveWaitingList, _>(routes, |call| async move { service::leave(&call.app, &call.command()?, call.path).await });
    mount::<GetUnitWaiting, _>(routes, |call| async move { service::unit_waiting(&call.app, &*call.actor()?, call.path).await });
}

fn unit_days(routes: &mut Routes) {
    mount::<GetUnitCalendar, _>(
        routes,
        |call| async move { service::unit_calendar(&call.app, &*call.actor()?, call.path, call.query).await },
    );
    mount::<SetStaff, _>(routes, |call| async move { service::set_staff(&call.app, &call.command()?, call.path, call.body).await });
    mount::<AddAway, _>(routes, |call| async move { service::add_away(&call.app, &call.command()?, call.path, call.body).await });
    mount::<RemoveAway, _>(routes, |call| async move { service::remove_away(&call.app, &call.command()?, call.path).await });
    mount::<GetUnitCapacity, _>(routes, |call| async move { service::unit_capacity(&call.app, &*call.actor()?, call.path).await });
    mount::<SetStartLimit, _>(
        routes,
        |call| async move { service::set_start_limit(&call.app, &call.command()?, call.path, call.body).await },
    );
    mount_calendar::<ExportUnitCalendar, _>(routes, |call| async move { service::unit_file(&call.app, &*call.actor()?, call.path).await });
}

fn bookings(routes: &mut Routes) {
    mount::<GetBookings, _>(routes, |call| async move { service::bookings(&call.app, &*call.actor()?, call.path).await });
    mount::<BookDay, _>(routes, |call| async move { service::book(&call.app, &call.command()?, call.path, call.body).await });
    mount::<CancelBooking, _>(routes, |call| async move { service::cancel_booking(&call.app, &call.command()?, call.path).await });
    mount::<GetSchoolBookings, _>(routes, |call| async move {
        service::school_bookings(&call.app, &*call.actor()?, call.path, call.query).await
    });
    mount_calendar::<ExportSchoolCalendar, _>(
        routes,
        |call| async move { service::school_file(&call.app, &*call.actor()?, call.path).await },
    );
}

fn renewals(routes: &mut Routes) {
    mount::<GetRenewals, _>(routes, |call| async move { service::renewals(&call.app, &*call.actor()?, call.path).await });
    mount::<AnswerRenewals, _>(
        routes,
        |call| async move { service::answer_renewals(&call.app, &call.command()?, call.path, call.body).await },
    );
    mount::<GetUnitRenewals, _>(routes, |call| async move { service::unit_renewals(&call.app, &*call.actor()?, call.path).await });
    mount::<GetRenewalRound, _>(routes, |call| async move { service::renewal_round(&call.app, &*call.actor()?).await });
    mount::<OpenRenewals, _>(routes, |call| async move { service::open_renewals(&call.app, &call.command()?).await });
}

fn choices(routes: &mut Routes) {
    mount::<GetChoices, _>(routes, |call| async move { service::choices(&call.app, &*call.actor()?, call.query).await });
    mount::<MakeChoiceGroup, _>(routes, |call| async move { service::make_group(&call.app, &call.command()?, call.body).await });
    mount::<Choose, _>(routes, |call| async move { service::choose(&call.app, &call.command()?, call.path, call.body).await });
    mount::<ReopenChoices, _>(routes, |call| async move { service::reopen(&call.app, &call.command()?, call.body).await });
    mount::<AssignChoice, _>(routes, |call| async move { service::assign(&call.app, &call.command()?, call.path, call.body).await });
}

/// What an outside provider's people see and do.
fn outside(routes: &mut Routes) {
    mount::<GetProviderOrders, _>(routes, |call| async move { service::provider_orders(&call.app, &*call.actor()?, call.now).await });
    mount::<LogProviderDelivery, _>(routes, |call| async move { service::log_provider_delivery(&call.app, &call.command()?, call.path, call.body).await });
}

fn rules(routes: &mut Routes) {
    mount::<GetDecisions, _>(routes, |call| async move { service::decisions(&call.app, &*call.actor()?).await });
    mount::<Delegate, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::delegate(&call.app, ctx, call.body).await
    });
    mount::<EndDelegation, _>(routes, |call| async move { service::end_delegation(&call.app, call.command()?, call.path).await });
    mount::<ListPolicies, _>(routes, |call| async move { service::policies(&call.app, &*call.actor()?).await });
    mount::<ProposePolicy, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::propose_policy(&call.app, ctx, call.body).await
    });
    mount::<PreviewPolicy, _>(routes, |call| async move { service::preview_policy(&call.app, call.path).await });
    mount::<ConfirmPolicy, _>(routes, |call| async move { service::confirm_policy(&call.app, call.command()?, call.path).await });
    mount::<WithdrawPolicy, _>(routes, |call| async move { service::withdraw_policy(&call.app, call.command()?, call.path).await });
}

fn clocks(routes: &mut Routes) {
    mount::<GetClocks, _>(routes, |call| async move { service::clocks(&call.app, &*call.actor()?).await });
    mount::<SetSilence, _>(routes, |call| async move { service::set_silence(&call.app, call.command()?, call.body).await });
    mount::<SetClimbing, _>(routes, |call| async move { service::set_climbing(&call.app, call.command()?, call.body).await });
}
