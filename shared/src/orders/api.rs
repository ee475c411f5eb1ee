//! Endpoints of orders: cart, approval, answer, delivery, and My desk.

use serde::{Deserialize, Serialize};

pub use super::cart::{ApprovalForecast, CartLine, CartSubmission, CartView, DraftEdit, NewDraft, SubmittedDraft, UsualTime};
pub use super::support::{Adoption, CartComment, Declining, MySchools, NewSuggestion, SuggestionView};
pub use super::delegation::{DecisionsView, DelegationView, NewDelegation};
pub use super::policy_api::{ApprovalStepView, NewPolicy, PendingApproval, PolicyDifference, PolicyPreview, PolicyView};
pub use super::desk::{DeskItem, DeskNumber, DeskView, NoticeView};
use super::questions::QuestionSummary;
use super::{Alternative, ApprovalState, DeliveryState, NoReason, OrderState, SplitPart};
use crate::catalog::api::{CatalogPackage, CatalogService};
use crate::catalog::choice::Choices;
use crate::catalog::price::PriceLine;
use crate::catalog::{Division, UnitOfMeasure};
use crate::contract::Empty;
use crate::endpoints;
use crate::fiscal::FiscalYear;
use crate::id::{DelegationId, DeliveryId, NoticeId, OrderId, PlanGoalId, PolicyId, SchoolId, SuggestionId, UnitId};
use crate::identity::Role;
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
    /// A receiver of the school disputes with a reason.
    DisputeDelivery: Post "/api/deliveries/{delivery}/dispute" May(ConfirmDelivery) Command Json, path DeliveryId, query Empty, body OrderReason, reply OrderView;
    /// The unit takes back an entry that is logged or disputed.
    RetractDelivery: Post "/api/deliveries/{delivery}/retract" May(LogDelivery) Command Json, path DeliveryId, query Empty, body OrderReason, reply OrderView;
    /// The budget office reverses a confirmed entry, by new transfers.
    ReverseDelivery: Post "/api/deliveries/{delivery}/reverse" May(ReverseDelivery) Command Json, path DeliveryId, query Empty, body OrderReason, reply OrderView;
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
    GetDecisions: Get "/api/decisions" SignedIn Read Json, path (), query Empty, body Empty, reply DecisionsView;
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
    pub split: Vec<OrderSplitView>,
    pub encumbered: Cents,
    pub spent: Cents,
    pub deliveries: Vec<DeliveryView>,
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
pub struct DeliveryView {
    pub id: DeliveryId,
    pub day: Date,
    pub quantity: u32,
    pub note: String,
    pub state: DeliveryState,
    /// What confirming posts (or posted).
    pub amount: Cents,
    pub logged_by: PersonRef,
    pub answered_by: Option<PersonRef>,
    pub reason: String,
    /// Whether the caller may confirm or dispute this entry.
    pub may_answer: bool,
    pub may_retract: bool,
    pub may_reverse: bool,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderVersion {
    pub version: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderReason {
    pub version: u32,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Acceptance {
    pub version: u32,
    pub contact: String,
    pub start: Date,
    pub note: String,
}

/// Invariant: never a bare no. Either alternatives, or the quoted rule with an offer to talk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Counter {
    pub version: u32,
    pub reason: NoReason,
    pub explanation: String,
    pub alternatives: Vec<Alternative>,
    pub rule_quoted: String,
    pub offer_to_talk: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Taking {
    pub version: u32,
    /// Which alternative, counted from zero.
    pub alternative: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewDelivery {
    pub version: u32,
    pub day: Date,
    pub quantity: u32,
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Closing {
    pub version: u32,
    /// One to five.
    pub stars: u8,
    /// Did it help the goal?
    pub helped: Helped,
    pub hours_saved: u32,
    pub comment: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Helped {
    Yes,
    Partly,
    No,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Comment {
    pub text: String,
}
