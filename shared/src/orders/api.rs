//! Endpoints of orders: cart, approval, answer, delivery, and My desk.

use serde::{Deserialize, Serialize};

pub use super::cart::{ApprovalForecast, CartLine, CartSubmission, CartView, DraftEdit, NewDraft, SubmittedDraft, UsualTime};
pub use super::support::{Adoption, CartComment, Declining, MySchools, NewSuggestion, SuggestionView};
pub use super::delegation::{DecisionsView, DelegationView, NewDelegation};
pub use super::policy_api::{ApprovalStepView, NewPolicy, PendingApproval, PolicyDifference, PolicyPreview, PolicyView};
pub use super::desk::{DeskItem, DeskNumber, DeskView, NoticeView};
use super::questions::QuestionSummary;
pub use super::entry::{DeliveriesView, DeliveryView, Dispute, EntryItem, EntryMay, EntryMessage, NewDelivery, Settlement, ToLog};
pub use super::forms::*;
pub use super::pace::{PaceView, DeliveryVerdict};
pub use super::rescue::{
    GiftVersion, GiftView, HandingBack, NewGift, RescueView, Rest, Swap, SwapPreview, SwapQuery, TakingGift,
};
pub use super::silence::Silence;
pub use crate::budget::api::YearQuery;
use super::dates::{YearlyDates, YearlyKind};
use super::period::Period;
use super::renewal::RenewsOrder;
use super::{Alternative, OrderState, SplitPart};
use crate::catalog::api::{CatalogPackage, CatalogService};
use crate::catalog::choice::Choices;
use crate::catalog::price::PriceLine;
use crate::catalog::{Division, UnitOfMeasure};
use crate::contract::Empty;
use crate::endpoints;
use crate::fiscal::FiscalYear;
use crate::id::{DelegationId, DeliveryId, GiftId, NoticeId, OrderId, PlanGoalId, PolicyId, SchoolId, SuggestionId, UnitId};
use crate::identity::api::{PersonRef, SchoolRef, UnitRef};
use crate::money::Cents;
use crate::page::Page;
use crate::time::{Date, Timestamp};

endpoints! {
    /// The school's drafts with their proposed splits and what submitting would do.
    GetCart: Get "/api/schools/{school}/cart" May(ViewSchoolBudget) Read Json, path SchoolId, query Empty, body Empty, reply CartView;
    /// Puts a package into the cart.
    AddToCart: Post "/api/schools/{school}/cart" May(DraftOrder) Command Json, path SchoolId, query Empty, body NewDraft, reply CartView;
    /// Changes a draft: quantity, start, goal, split.
    EditDraft: Put "/api/orders/{order}/draft" May(DraftOrder) Command Json, path OrderId, query Empty, body DraftEdit, reply CartView;
    /// Takes a draft out of the cart.
    RemoveDraft: Post "/api/orders/{order}/remove" May(DraftOrder) Command Json, path OrderId, query Empty, body OrderVersion, reply CartView;
    /// Submits drafts of one school, all or none.
    SubmitCart: Post "/api/schools/{school}/cart/submit" May(DraftOrder) Command Json, path SchoolId, query Empty, body CartSubmission, reply SubmitReply;
    /// Orders within the caller's scope, newest first.
    ListOrders: Get "/api/orders" May(ViewOrders) Read Json, path (), query OrderFilter, body Empty, reply Page<OrderSummary>;
    /// One order whole: timeline, money, deliveries, what the caller may do now.
    GetOrder: Get "/api/orders/{order}" May(ViewOrders) Read Json, path OrderId, query Empty, body Empty, reply OrderView;
    /// Orders whose next step of approval is the caller's, the most urgent first.
    ListApprovals: Get "/api/approvals" May(ApproveOrder) Read Json, path (), query Empty, body Empty, reply Vec<PendingApproval>;
    /// Takes the caller's step of an order's approval; with the last one its money is encumbered.
    ApproveOrder: Post "/api/orders/{order}/approve" May(ApproveOrder) Command Json, path OrderId, query Empty, body OrderVersion, reply OrderView;
    /// Sends a submitted order back with a reason; its money is free again.
    ReturnOrder: Post "/api/orders/{order}/return" May(ApproveOrder) Command Json, path OrderId, query Empty, body OrderReason, reply OrderView;
    /// The unit accepts, or says beside the approval that it can.
    AcceptOrder: Post "/api/orders/{order}/accept" May(AnswerOrder) Command Json, path OrderId, query Empty, body Acceptance, reply OrderView;
    /// The unit answers “no, but…”.
    CounterOrder: Post "/api/orders/{order}/counter" May(AnswerOrder) Command Json, path OrderId, query Empty, body Counter, reply OrderView;
    /// The school takes one of the alternatives; inside the approved envelope no new approval is needed.
    TakeAlternative: Post "/api/orders/{order}/take" May(SubmitOrder) Command Json, path OrderId, query Empty, body Taking, reply OrderView;
    /// The school takes its order back before the unit accepted.
    WithdrawOrder: Post "/api/orders/{order}/withdraw" May(DraftOrder) Command Json, path OrderId, query Empty, body OrderReason, reply OrderView;
    /// The school ends an accepted order by its terms.
    CancelOrder: Post "/api/orders/{order}/cancel" May(SubmitOrder) Command Json, path OrderId, query Empty, body OrderReason, reply OrderView;
    /// The unit records what it delivered.
    LogDelivery: Post "/api/orders/{order}/deliveries" May(LogDelivery) Command Json, path OrderId, query Empty, body NewDelivery, reply OrderView;
    /// A receiver of the school, not the buyer, confirms.
    ConfirmDelivery: Post "/api/deliveries/{delivery}/confirm" May(ConfirmDelivery) Command Json, path DeliveryId, query Empty, body OrderVersion, reply OrderView;
    /// What the caller has to log, to confirm and to settle, over all orders: a page for a phone.
    GetDeliveries: Get "/api/deliveries" May(ViewOrders) Read Json, path (), query Empty, body Empty, reply DeliveriesView;
    /// A receiver of the school disputes with a coded reason; what silence confirmed goes to the budget office.
    DisputeDelivery: Post "/api/deliveries/{delivery}/dispute" May(ConfirmDelivery) Command Json, path DeliveryId, query Empty, body Dispute, reply OrderView;
    /// Either side, or the budget office, writes about an entry in dispute.
    TalkAboutDelivery: Post "/api/deliveries/{delivery}/messages" May(ViewOrders) Command Json, path DeliveryId, query Empty, body Comment, reply OrderView;
    /// The unit writes an unconfirmed entry anew; it waits for the receiver again.
    CorrectDelivery: Post "/api/deliveries/{delivery}/correct" May(LogDelivery) Command Json, path DeliveryId, query Empty, body NewDelivery, reply OrderView;
    /// The unit stands by a disputed entry; the budget office decides.
    StandByDelivery: Post "/api/deliveries/{delivery}/stand-by" May(LogDelivery) Command Json, path DeliveryId, query Empty, body OrderReason, reply OrderView;
    /// The budget office decides between school and unit.
    SettleDelivery: Post "/api/deliveries/{delivery}/settle" May(ReverseDelivery) Command Json, path DeliveryId, query Empty, body Settlement, reply OrderView;
    /// The unit takes back an entry that is logged or disputed.
    RetractDelivery: Post "/api/deliveries/{delivery}/retract" May(LogDelivery) Command Json, path DeliveryId, query Empty, body OrderReason, reply OrderView;
    /// The budget office reverses a confirmed entry, by new transfers.
    ReverseDelivery: Post "/api/deliveries/{delivery}/reverse" May(ReverseDelivery) Command Json, path DeliveryId, query Empty, body OrderReason, reply OrderView;
    /// What can be made of an order's rest, and what each way does to the money.
    GetRescue: Get "/api/orders/{order}/rescue" May(ViewOrders) Read Json, path OrderId, query Empty, body Empty, reply RescueView;
    /// The school hands back some of the rest, before the cut-off of the terms.
    HandBackUnits: Post "/api/orders/{order}/hand-back" May(SubmitOrder) Command Json, path OrderId, query Empty, body HandingBack, reply OrderView;
    /// What swapping the rest for another package would do.
    PreviewSwap: Get "/api/orders/{order}/swap" May(SubmitOrder) Read Json, path OrderId, query SwapQuery, body Empty, reply SwapPreview;
    /// The school swaps the rest for another package; answers with the new order.
    SwapRest: Post "/api/orders/{order}/swap" May(SubmitOrder) Command Json, path OrderId, query Empty, body Swap, reply OrderView;
    /// The school offers some of the rest to another school, which pays for it from its own budget.
    OfferGift: Post "/api/orders/{order}/gifts" May(SubmitOrder) Command Json, path OrderId, query Empty, body NewGift, reply RescueView;
    /// Days offered between schools that the caller may see.
    ListGifts: Get "/api/gifts" May(ViewSchoolBudget) Read Json, path (), query Empty, body Empty, reply Vec<GiftView>;
    /// The receiving principal takes them; above what policy approves by itself the budget office is asked.
    TakeGift: Post "/api/gifts/{gift}/take" May(SubmitOrder) Command Json, path GiftId, query Empty, body TakingGift, reply Vec<GiftView>;
    /// Either principal, or the budget office, ends it before anything has moved.
    EndGift: Post "/api/gifts/{gift}/end" May(ViewSchoolBudget) Command Json, path GiftId, query Empty, body OrderReason, reply Vec<GiftView>;
    /// The budget office approves what policy alone does not.
    ApproveGift: Post "/api/gifts/{gift}/approve" May(ApproveOrder) Command Json, path GiftId, query Empty, body GiftVersion, reply Vec<GiftView>;
    /// The dates that everybody plans by.
    GetYearlyDates: Get "/api/yearly-dates" Inside Read Json, path (), query YearQuery, body Empty, reply YearlyDates;
    /// The budget office sets one of them.
    SetYearlyDate: Put "/api/yearly-dates" May(KeepCalendar) Command Json, path (), query Empty, body NewYearlyDate, reply YearlyDates;
    /// The buyer answers the one question and closes the order.
    CloseOrder: Post "/api/orders/{order}/close" May(DraftOrder) Command Json, path OrderId, query Empty, body Closing, reply OrderView;
    /// A message on the order's timeline, seen by both sides.
    CommentOrder: Post "/api/orders/{order}/comments" May(ViewOrders) Command Json, path OrderId, query Empty, body Comment, reply OrderView;
    /// The schools of the caller's networks: money, pace, what waits, goals that nothing serves.
    GetMySchools: Get "/api/my-schools" May(SupportSchools) Read Json, path (), query Empty, body Empty, reply MySchools;
    /// What was suggested to a school, with today's prices.
    ListSuggestions: Get "/api/schools/{school}/suggestions" May(ViewSchoolBudget) Read Json, path SchoolId, query Empty, body Empty, reply Vec<SuggestionView>;
    /// Suggests a cart to a school of the caller's network.
    SuggestCart: Post "/api/schools/{school}/suggestions" May(SupportSchools) Command Json, path SchoolId, query Empty, body NewSuggestion, reply Vec<SuggestionView>;
    /// Takes all or some lines of a suggestion into the cart.
    AdoptSuggestion: Post "/api/suggestions/{suggestion}/adopt" May(SubmitOrder) Command Json, path SuggestionId, query Empty, body Adoption, reply Vec<SuggestionView>;
    /// Declines a suggestion with a word.
    DeclineSuggestion: Post "/api/suggestions/{suggestion}/decline" May(SubmitOrder) Command Json, path SuggestionId, query Empty, body Declining, reply Vec<SuggestionView>;
    /// What was said beside a school's cart.
    ListCartComments: Get "/api/schools/{school}/cart/comments" May(ViewSchoolBudget) Read Json, path SchoolId, query Empty, body Empty, reply Vec<CartComment>;
    /// Says something beside a school's cart.
    CommentCart: Post "/api/schools/{school}/cart/comments" May(CommentCart) Command Json, path SchoolId, query Empty, body Comment, reply Vec<CartComment>;
    /// What the caller may decide: rights, rows of the policy, rules of funds, and who stands in for whom.
    GetDecisions: Get "/api/decisions" Inside Read Json, path (), query Empty, body Empty, reply DecisionsView;
    /// Lets somebody of the same role decide for the caller, or the school's staff buy up to an amount.
    Delegate: Post "/api/delegations" May(Delegate) Command Json, path (), query Empty, body NewDelegation, reply DecisionsView;
    /// Ends what the caller delegated.
    EndDelegation: Post "/api/delegations/{delegation}/end" May(Delegate) Command Json, path DelegationId, query Empty, body Empty, reply DecisionsView;
    /// The versions of the approval policy, the latest day first.
    ListPolicies: Get "/api/policies" May(ViewOrders) Read Json, path (), query Empty, body Empty, reply Vec<PolicyView>;
    /// Proposes a version that begins on a day to come.
    ProposePolicy: Post "/api/policies" May(SetPolicy) Command Json, path (), query Empty, body NewPolicy, reply Vec<PolicyView>;
    /// Which of last quarter's orders would have gone another way under a version.
    PreviewPolicy: Get "/api/policies/{policy}/preview" May(ConfirmPolicy) Read Json, path PolicyId, query Empty, body Empty, reply PolicyPreview;
    /// Puts a version in force that somebody else proposed.
    ConfirmPolicy: Post "/api/policies/{policy}/confirm" May(ConfirmPolicy) Command Json, path PolicyId, query Empty, body Empty, reply Vec<PolicyView>;
    /// Takes a proposed version back.
    WithdrawPolicy: Post "/api/policies/{policy}/withdraw" May(SetPolicy) Command Json, path PolicyId, query Empty, body Empty, reply Vec<PolicyView>;
    /// What waits for the caller, what the caller waits for, and a few numbers.
    GetDesk: Get "/api/desk" SignedIn Read Json, path (), query Empty, body Empty, reply DeskView;
    /// The caller's notices, newest first.
    ListNotices: Get "/api/notices" SignedIn Read Json, path (), query Empty, body Empty, reply Vec<NoticeView>;
    /// Marks a notice as read.
    ReadNotice: Post "/api/notices/{notice}/read" SignedIn Technical Json, path NoticeId, query Empty, body Empty, reply Empty;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewYearlyDate {
    pub year: FiscalYear,
    pub kind: YearlyKind,
    pub day: Date,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SubmitReply {
    pub orders: Vec<OrderSummary>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<SchoolId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<OrderState>,
    /// Words in the order's number, service, school or unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderSummary {
    pub id: OrderId,
    /// The number people say: 1042.
    pub number: u32,
    pub school: SchoolRef,
    pub unit: UnitRef,
    pub division: Division,
    pub title: String,
    pub tier_name: String,
    pub state: OrderState,
    pub price: Cents,
    pub submitted: Option<Timestamp>,
    pub start: Date,
    /// Who has to act next and by when.
    pub waits_for: Option<WaitsFor>,
    pub delivered_units: u32,
    pub ordered_units: u32,
    /// How it stands against its plan; absent before it is accepted and after it ended.
    pub pace: Option<DeliveryVerdict>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WaitsFor {
    /// `Rosa Delgado, Mathematics`; a role's title where nobody is named.
    pub owner: String,
    pub action: String,
    pub due: Option<Timestamp>,
    /// Since when the clock rests, because the other side owes an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rests: Option<Timestamp>,
    /// Since when it waits for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Whom it has climbed to, because the promised time has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub climbed_to: Option<String>,
    /// Who acts meanwhile, where its owner is away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderView {
    pub summary: OrderSummary,
    pub version: u32,
    pub year: FiscalYear,
    pub service: CatalogService,
    /// The package in the version that was bought.
    pub package: CatalogPackage,
    pub quantity: u32,
    pub measure: UnitOfMeasure,
    pub working: String,
    pub price_lines: Vec<PriceLine>,
    pub choices: Choices,
    pub goal: Option<String>,
    pub goal_id: Option<PlanGoalId>,
    pub note: String,
    pub buyer: PersonRef,
    /// The principal on leave for whom the buyer acted.
    pub bought_for: Option<PersonRef>,
    pub split: Vec<OrderSplitView>,
    pub encumbered: Cents,
    pub spent: Cents,
    pub deliveries: Vec<DeliveryView>,
    /// Whether silence confirms entries, and why not.
    pub silence: Silence,
    /// Where the units are school days of months: what is bought by the month, the week or the year.
    pub periods: Vec<Period>,
    /// Plan, fact and forecast; absent before it is accepted and after it ended otherwise.
    pub pace: Option<PaceView>,
    /// Whether the caller may look at what can be made of the rest.
    pub rescue: bool,
    pub counter: Option<CounterView>,
    /// The outside provider behind it: contracted out.
    pub provider: Option<OrderProvider>,
    /// The steps of the present approval, decided and to come; none where the policy approved at once.
    pub approvals: Vec<ApprovalStepView>,
    /// When the unit should have said whether it can, beside the approval.
    pub answer_due: Option<Timestamp>,
    /// What the unit has said beside the approval: it can.
    pub available: bool,
    /// Why the caller, whose role would decide, may not.
    pub barred: Option<String>,
    pub timeline: Vec<TimelineEntry>,
    /// What the caller may do now; the screen offers exactly these.
    pub actions: Vec<OrderAction>,
    pub rating: Option<Closing>,
    /// The order of the year before that it goes on with.
    #[serde(default)]
    pub renews: Option<RenewsOrder>,
    /// What one side asked the other, oldest first.
    #[serde(default)]
    pub questions: Vec<QuestionSummary>,
    /// Whether the caller may ask the other side now.
    #[serde(default)]
    pub may_ask: bool,
}

/// The outside provider behind an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderProvider {
    pub name: String,
    /// The district's fee in the price.
    pub brokerage: Cents,
    /// Papers that are over or about to end, while the order runs.
    pub warnings: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderSplitView {
    pub part: SplitPart,
    pub fund_title: String,
    /// The account string that posts.
    pub account: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CounterView {
    pub counter: Counter,
    /// The alternatives with their names and prices today.
    pub offers: Vec<OfferView>,
    pub by: PersonRef,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OfferView {
    pub alternative: Alternative,
    pub title: String,
    pub tier_name: String,
    /// Whose package it is; another unit has yet to answer.
    pub unit: UnitRef,
    /// The fund that should pay first.
    pub fund_title: Option<String>,
    pub price: Cents,
    pub working: String,
    /// True where taking it needs a new approval.
    pub needs_approval: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    pub at: Timestamp,
    /// Absent where the policy itself acted.
    pub by: Option<PersonRef>,
    /// The absent colleague for whom that person acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PersonRef>,
    /// `Approved by policy: up to $5,000.00`.
    pub text: String,
    pub detail: String,
    pub comment: bool,
}

/// The order's commands, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderAction {
    /// A returned order goes back into the cart.
    Edit,
    Approve,
    Return,
    Accept,
    Counter,
    Take,
    Withdraw,
    Cancel,
    LogDelivery,
    Close,
    Comment,
}
