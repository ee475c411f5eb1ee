//! A small district: one school with two funds and a plan, one unit with two tiers, people of every side.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use shared::budget::api::{FundView, PlanGoalView, PlanLineView};
use shared::budget::{FundFamily, FundKind, FundRule, FundRules, MoneyStates};
use shared::catalog::api::{PackageContent, PackageDraft, ServiceContent, ServiceDraft};
use shared::catalog::{
    Category, Deliverable, Division, GradeSpan, PriceModel, QuantityBand, SchoolFacts, ServiceLevel, Terms, Tier, UnitOfMeasure,
};
use shared::fiscal::{FiscalCalendar, FiscalYear};
use shared::id::{BudgetLineId, CommandId, FundId, Id as _, OrderId, PackageId, PersonId, PlanGoalId, RequestId, SchoolId, UnitId};
use shared::identity::input::Email;
use shared::identity::{Role, Scope};
use shared::money::{BasisPoints, Cents};
use shared::orders::api::{CartSubmission, CartView, NewDraft, OrderVersion, OrderView, SubmittedDraft};
use shared::time::{Date, Timestamp};

use crate::adapters::files::MailFolder;
use crate::adapters::system::SystemIds;
use crate::app::{App, World};
use crate::budget::service as budget;
use crate::catalog::service as catalog;
use crate::config::Config;
use crate::db::{Command, Db, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, District, Fact, Grant, service as identity};
use crate::ledger;
use crate::orders::service;
use crate::ports::clock::Clock;
use crate::ports::ids::Ids as _;

/// 2 December 2026, noon in the district.
pub const MORNING: Timestamp = Timestamp::from_micros(1_796_241_600_000_000);
pub const YEAR: FiscalYear = FiscalYear(2026);

/// A clock that tests move by hand.
struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::Relaxed))
    }
}

pub struct Scene {
    pub app: Arc<App>,
    clock: Arc<HandClock>,
    commands: AtomicU64,
    pub school: SchoolId,
    pub unit: UnitId,
    pub title_one: BudgetLineId,
    pub general: BudgetLineId,
    pub undecided: BudgetLineId,
    pub other_school: SchoolId,
    pub other_general: BudgetLineId,
    pub goal: PlanGoalId,
    /// Coaching by the day: $950.00, from eleven days $902.50.
    pub coaching: PackageId,
    /// Two packages of one workshop at $400.00 are all there is.
    pub workshop: PackageId,
    pub principal: Arc<Actor>,
    pub clerk: Arc<Actor>,
    pub head: Arc<Actor>,
    pub officer: Arc<Actor>,
    pub second_officer: Arc<Actor>,
    pub stranger: Arc<Actor>,
}

pub fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn fund(number: u128, code: &str, kind: FundKind, rules: FundRules) -> budget::FundRow {
    let view = FundView {
        id: FundId::from_bits(number),
        code: code.to_owned(),
        title: format!("Fund {code}"),
        kind,
        family: FundFamily::Base,
        sacs_fund: "01".to_owned(),
        intent: "For pupils.".to_owned(),
        rules,
    };
    budget::FundRow { view, source_words: String::new() }
}

fn rule(needs_goal: bool) -> FundRules {
    let (quote, source) = ("Coaching of teachers.".to_owned(), "Test".to_owned());
    let (categories, objects) = (Vec::new(), Vec::new());
    FundRules::Decided(FundRule { categories, objects, last_day: None, needs_goal, needs_council_review: false, quote, source })
}

pub fn content(title: &str) -> ServiceContent {
    ServiceContent {
        title: title.to_owned(),
        category: Category::Coaching,
        span: GradeSpan::All,
        subjects: vec!["Mathematics".to_owned()],
        value_statement: "Gains stay when the coaches leave.".to_owned(),
        outcome: "More pupils reason aloud.".to_owned(),
        evidence: "District study.".to_owned(),
        prerequisites: "Release time.".to_owned(),
        object: "5710".to_owned(),
        function: "2140".to_owned(),
        goal: "1110".to_owned(),
        level: ServiceLevel { reply_days: 2, start_days: 10 },
        terms: Terms { cancel_free_days: 14, late_cancel_fee: BasisPoints(2_000), hand_back_until: Some(day("2027-02-28")) },
        provider: None,
    }
}

pub fn tier(tier: Tier, price: PriceModel, quantity: u32, capacity: Option<u32>) -> PackageDraft {
    let deliverables = vec![Deliverable { title: "Days on site".to_owned(), quantity, measure: UnitOfMeasure::CoachingDay }];
    let content = PackageContent {
        tier,
        name: String::new(),
        for_whom: "Schools that begin.".to_owned(),
        adds: vec!["A coach.".to_owned()],
        deliverables,
        price,
        capacity,
        starts: None,
        extras: shared::catalog::choice::Extras::default(),
    };
    PackageDraft { id: None, content, cost: None }
}

fn by_the_day() -> PriceModel {
    let bands = vec![QuantityBand { from: 1, each: Cents::new(95_000) }, QuantityBand { from: 11, each: Cents::new(90_250) }];
    PriceModel::QuantityBands { measure: UnitOfMeasure::CoachingDay, default_quantity: 6, bands }
}

fn goal(id: PlanGoalId, fund: FundId) -> PlanGoalView {
    let line = PlanLineView { fund, amount: Cents::new(1_000_000), ordered: Cents::ZERO, council_reviewed: None, board_approved: None };
    PlanGoalView {
        id,
        number: 2,
        title: "Mathematics".to_owned(),
        indicator: "Share on grade level".to_owned(),
        categories: vec![Category::Coaching],
        lines: vec![line],
        ordered: Cents::ZERO,
    }
}

impl Scene {
    /// Builds the district on a fresh database.
    pub async fn build(db: Db) -> Self {
        let clock = Arc::new(HandClock(AtomicI64::new(MORNING.micros())));
        let folder = std::env::temp_dir().join(format!("chalkline-mail-{:032x}", SystemIds::default().chance()));
        let config = Config::local(&folder);
        let mailer = MailFolder::new(folder, "Chalkline <chalkline@localhost.example>").expect("a sender");
        let world = World { clock: clock.clone(), ids: Arc::new(SystemIds::default()), mailer: Arc::new(mailer) };
        let app = Arc::new(App::over(config, db, world));
        let nobody =
            Arc::new(Actor { person: PersonId::from_bits(0), name: String::new(), grants: Vec::new(), session: None, lent: Vec::new() });
        let mut scene = Self {
            app,
            clock,
            commands: AtomicU64::new(1),
            school: SchoolId::from_bits(1),
            unit: UnitId::from_bits(1),
            title_one: BudgetLineId::from_bits(1),
            general: BudgetLineId::from_bits(2),
            undecided: BudgetLineId::from_bits(3),
            other_school: SchoolId::from_bits(2),
            other_general: BudgetLineId::from_bits(4),
            goal: PlanGoalId::from_bits(1),
            coaching: PackageId::from_bits(1),
            workshop: PackageId::from_bits(1),
            principal: nobody.clone(),
            clerk: nobody.clone(),
            head: nobody.clone(),
            officer: nobody.clone(),
            second_officer: nobody.clone(),
            stranger: nobody,
        };
        scene.money().await;
        scene.people().await;
        scene.publish().await;
        scene
    }

    /// Runs one command of the command line.
    pub async fn set_up<T, F, Fut>(&self, input: T, run: F)
    where
        T: Clone + Send + Sync + 'static,
        F: Fn(Tx, CommandContext, T) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<(), AppError>> + Send + 'static,
    {
        let ctx = self.by_nobody();
        let key = Command { actor: None, ..ctx.key() };
        let done = self.app.db.command(&key, OrderId::from_bits(1), (ctx, input), move |tx, (ctx, input)| run(tx, ctx, input)).await;
        done.expect("the district is set up");
    }

    fn by_nobody(&self) -> CommandContext {
        self.ctx(
            "SetUp",
            &Arc::new(Actor { person: PersonId::from_bits(0), name: String::new(), grants: Vec::new(), session: None, lent: Vec::new() }),
        )
    }

    /// The record of a set-up, which nobody signed.
    pub async fn done(tx: Tx, ctx: CommandContext) -> Result<(), AppError> {
        let record = crate::db::AuditRecord { actor: None, ..ctx.record(Fact::default()) };
        Ok(tx.commit(record, Vec::new()).await?)
    }

    async fn money(&self) {
        let (school, goal_id) = (self.school, self.goal);
        let lines = [
            (self.title_one, 1u128, 1_000_000i64),
            (self.general, 2, 2_000_000),
            (self.undecided, 3, 500_000),
            (self.other_general, 2, 500_000),
        ];
        let others = (self.other_school, self.other_general);
        self.set_up(lines, move |mut tx, ctx, lines| async move {
            let district = District {
                name: "Test".to_owned(),
                zone: "America/Los_Angeles".to_owned(),
                calendar: FiscalCalendar::default(),
                demo: false,
            };
            identity::set_district(&mut tx, &district).await?;
            let facts = SchoolFacts { enrollment: 400, low_income: BasisPoints(6_000), english_learners: BasisPoints(2_000), posts: 20 };
            for (id, code, name) in [(school, "212", "Lincoln Elementary"), (SchoolId::from_bits(2), "213", "Other School")] {
                let (name, span) = (name.to_owned(), GradeSpan::Elementary);
                let row = budget::School {
                    id,
                    code: code.to_owned(),
                    name,
                    span,
                    network: None,
                    network_name: None,
                    facts,
                    facts_source: String::new(),
                };
                budget::put_school(&mut tx, &row).await?;
            }
            budget::put_fund(&mut tx, &fund(1, "3010", FundKind::Restricted, rule(true)), ctx.now).await?;
            budget::put_fund(&mut tx, &fund(2, "0000", FundKind::Unrestricted, rule(false)), ctx.now).await?;
            budget::put_fund(&mut tx, &fund(3, "9999", FundKind::Restricted, FundRules::Undecided), ctx.now).await?;
            budget::put_goal(&mut tx, school, YEAR, &goal(goal_id, FundId::from_bits(1))).await?;
            for (id, fund, _) in lines {
                let new = budget::NewLine { id, school: if id == others.1 { others.0 } else { school }, fund: FundId::from_bits(fund), year: YEAR, sacs_fund: "01".to_owned() };
                budget::open_line(&mut tx, &new).await?;
            }
            let give = |(line, _, cents): (BudgetLineId, u128, i64)| budget::NewAllocation {
                line,
                amount: Cents::new(cents),
                document: "adopted".to_owned(),
            };
            budget::allocate(&mut tx, &lines.map(give)).await?;
            Self::done(tx, ctx).await
        })
        .await;
    }

    async fn people(&mut self) {
        let new_unit = catalog::NewUnit {
            code: "901".to_owned(),
            name: "Mathematics".to_owned(),
            division: Division::Instruction,
            about: "Coaches.".to_owned(),
            contact: "Rosa Delgado".to_owned(),
            contact_email: "rosa@district.example".to_owned(),
        };
        self.set_up(new_unit, |mut tx, ctx, unit| async move {
            catalog::upsert_unit(&mut tx, &unit, YEAR, ctx.now).await?;
            Self::done(tx, ctx).await
        })
        .await;
        self.unit = catalog::all_units(&self.app.db.reader()).await.expect("units")[0].id;
        self.principal = self.person("Pat", Role::Principal, Scope::School(self.school)).await;
        self.clerk = self.person("Cleo", Role::SchoolStaff, Scope::School(self.school)).await;
        self.head = self.person("Rosa", Role::UnitHead, Scope::Unit(self.unit)).await;
        self.officer = self.person("Olu", Role::BudgetOfficer, Scope::District).await;
        self.second_officer = self.person("Ozan", Role::BudgetOfficer, Scope::District).await;
        self.stranger = self.person("Sam", Role::Principal, Scope::School(SchoolId::from_bits(2))).await;
    }

    /// Closes the district's office for some days.
    pub async fn close_office(&self, span: shared::calendar::DaySpan) {
        self.set_up(span, |mut tx, ctx, span| async move {
            crate::calendar::service::put(&mut tx, vec![span], (None, ctx.now)).await?;
            Self::done(tx, ctx).await
        })
        .await;
    }

    pub async fn person(&self, name: &str, role: Role, scope: Scope) -> Arc<Actor> {
        let email = Email::parse(&format!("{}@district.example", name.to_lowercase())).expect("an address");
        let grants = vec![Grant { role, scope }];
        let account = identity::Account { name: name.to_owned(), email, password_hash: None, grants: grants.clone() };
        let found = Arc::new(std::sync::Mutex::new(None));
        self.set_up((account, Arc::clone(&found)), |mut tx, ctx, (account, found)| async move {
            let id = identity::add_person(&mut tx, &account, ctx.now).await?;
            *found.lock().expect("no panic") = Some(id);
            Self::done(tx, ctx).await
        })
        .await;
        let person = found.lock().expect("no panic").expect("a person");
        Arc::new(Actor { person, name: name.to_owned(), grants, session: None, lent: Vec::new() })
    }

    /// Puts a school into a network.
    pub async fn join_network(&self, school: SchoolId, network: shared::id::NetworkId) {
        let known = budget::school_facts(&self.app.db.reader(), school).await.expect("the school");
        let joined = budget::School { network: Some(network), network_name: Some("River".to_owned()), ..known };
        self.set_up(joined, move |mut tx, ctx, school| async move {
            budget::put_network(&mut tx, network, "River").await?;
            budget::put_school(&mut tx, &school).await?;
            Self::done(tx, ctx).await
        })
        .await;
    }

    async fn publish(&mut self) {
        let services = [
            (content("Mathematics coaching"), tier(Tier::Plus, by_the_day(), 1, Some(500))),
            (content("Workshop"), tier(Tier::Essential, PriceModel::Flat { price: Cents::new(40_000) }, 3, Some(2))),
        ];
        for (content, package) in services {
            let draft = ServiceDraft { content, packages: vec![package] };
            let ctx = self.ctx("CreateService", &self.head);
            catalog::create_service(&self.app, ctx, (self.unit, None), draft).await.expect("a service");
        }
        let menu = catalog::menu(&self.app, &self.head, self.unit, None).await.expect("the menu");
        let menu = catalog::ask_review(&self.app, self.ctx("AskReview", &self.head), menu.id, menu.version).await.expect("asked");
        let menu = catalog::publish_menu(&self.app, self.ctx("Publish", &self.officer), menu.id, menu.version).await.expect("published");
        let package = |title: &str| {
            let service = menu.services.iter().find(|service| service.draft.content.title == title).expect("the service");
            service.draft.packages[0].id.expect("a published package")
        };
        (self.coaching, self.workshop) = (package("Mathematics coaching"), package("Workshop"));
    }

    /// A new command of `actor`.
    pub fn ctx(&self, name: &'static str, actor: &Arc<Actor>) -> CommandContext {
        let number = self.commands.fetch_add(1, Ordering::Relaxed);
        CommandContext {
            actor: Arc::clone(actor),
            name,
            command_id: CommandId::from_bits(u128::from(number)),
            input_hash: number.to_string(),
            now: self.clock.now(),
            request_id: RequestId::from_bits(u128::from(number)),
        }
    }

    /// Lets days pass.
    pub fn wait_days(&self, days: i64) {
        self.clock.0.fetch_add(days * 86_400_000_000, Ordering::Relaxed);
    }

    /// Puts a package into the cart.
    pub async fn draft(&self, package: PackageId, quantity: u32, goal: Option<PlanGoalId>) -> CartView {
        let body =
            NewDraft { package, quantity, start: Some(day("2027-01-12")), goal, choices: shared::catalog::choice::Choices::default() };
        service::add(&self.app, &self.ctx("AddToCart", &self.principal), self.school, body).await.expect("a draft")
    }

    /// Submits the whole cart as it is seen.
    pub async fn submit(&self) -> Result<Vec<OrderId>, AppError> {
        let cart = service::cart(&self.app, &self.principal, self.school).await?;
        self.submit_seen(&cart).await
    }

    pub async fn submit_seen(&self, cart: &CartView) -> Result<Vec<OrderId>, AppError> {
        let orders = cart.lines.iter().map(|line| SubmittedDraft { order: line.order, version: line.version, price: line.price }).collect();
        let ctx = self.ctx("SubmitCart", &self.principal);
        let reply = service::submit(&self.app, &ctx, self.school, CartSubmission { orders }).await?;
        Ok(reply.orders.into_iter().map(|order| order.id).collect())
    }

    pub async fn see(&self, actor: &Actor, order: OrderId) -> OrderView {
        service::order(&self.app, actor, order).await.expect("the order")
    }

    /// The version that `actor` would send along.
    pub async fn version(&self, order: OrderId) -> OrderVersion {
        OrderVersion { version: self.see(&self.principal, order).await.version }
    }

    /// The states of the three lines: Title I, general, undecided.
    pub async fn money_states(&self) -> Vec<MoneyStates> {
        let lines = [self.title_one, self.general, self.undecided];
        let states = ledger::states(&self.app.db.reader(), &lines).await.expect("the states");
        lines.iter().map(|line| states.get(line).copied().unwrap_or_default()).collect()
    }

    /// Invariant: every counter of the ledger equals the replay of its transfers.
    pub async fn ledger_is_sound(&self) {
        assert_eq!(ledger::audit(&self.app.db.reader()).await.expect("the audit"), Vec::new());
    }
}
