//! The whole program in this process: real server, real HTTP, a database of its own with the demo district, a fixed clock.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use backend::adapters::system::SystemIds;
use backend::app::{App, World};
use backend::config::{Config, Secret};
use backend::db::{Db, Query as _};
use backend::identity::service::{self as identity, Founder};
use backend::ledger;
use backend::ports::clock::Clock;
use backend::server::{self, Running};
use shared::client::Call;
use shared::identity::Role;
use shared::orders::OrderState;
use shared::orders::api::{ListOrders, OrderFilter};
use shared::orders::change::api::GetChanges;
use shared::orders::questions::{ListQuestions, QuestionFilter};
use shared::time::{Date, Timestamp};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::actor::Actor;
use crate::{market, postgres};

/// The day on which the demo's history ends and every test happens: Friday, 20 November 2026, in the morning of Los Angeles.
pub const NOW: Timestamp = Timestamp::from_micros(1_795_195_800_000_000);
/// The demo's seed in all tests.
pub const SEED: u64 = 1;

/// A clock that stands still until it is moved.
pub struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// A running Chalkline.
pub struct TestApp {
    replicas: Vec<Running>,
    bases: Vec<String>,
    pub clock: Arc<TestClock>,
    pub app: Arc<App>,
    url: String,
    _folder: TempDir,
}

/// Makes each test run once on SQLite and once, with two replicas, on PostgreSQL.
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() { super::$name($crate::app::TestApp::demo_sqlite().await).await })*
        }
        mod postgresql {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                if let Some(app) = $crate::app::TestApp::demo_postgres().await { super::$name(app).await }
            })*
        }
    };
}

static SQLITE_TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();
static POSTGRES_TEMPLATE: OnceCell<String> = OnceCell::const_new();

impl TestApp {
    /// On SQLite, one replica.
    pub async fn demo_sqlite() -> Self {
        let template = SQLITE_TEMPLATE.get_or_init(make_sqlite_template).await;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("chalkline.sqlite");
        std::fs::copy(template, &file).expect("a copy of the demo district");
        Self::start(format!("sqlite:{}", file.display()), folder, 1).await
    }

    /// A district of which nothing is known yet, on SQLite, with one person: a budget officer.
    pub async fn new_district(email: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("chalkline.sqlite").display());
        let district = Self::start(url, folder, 1).await;
        let (name, password) = ("Oriel Castellanos".to_owned(), Some(PASSWORD.to_owned()));
        let founder = Founder { name, email: email.to_owned(), role: Role::BudgetOfficer, password };
        identity::found(&district.app, founder).await.expect("a budget officer");
        district
    }

    /// On the throw-away PostgreSQL, two replicas; `None`, said aloud, where there is none.
    pub async fn demo_postgres() -> Option<Self> {
        let server = postgres::server()?;
        let template = POSTGRES_TEMPLATE.get_or_init(|| make_postgres_template(&server)).await;
        let url = postgres::create(&server, Some(template)).await;
        Some(Self::start(url, tempfile::tempdir().expect("a folder"), 2).await)
    }

    async fn start(url: String, folder: TempDir, replicas: usize) -> Self {
        let clock = Arc::new(TestClock(AtomicI64::new(NOW.micros())));
        let (mut running, mut app) = (Vec::new(), None);
        for _ in 0..replicas {
            let built = build(&url, &folder, Arc::clone(&clock)).await;
            running.push(server::start(Arc::clone(&built)).await.expect("a running server"));
            app = app.or(Some(built));
        }
        let bases = running.iter().map(|replica| format!("http://{}", replica.address)).collect();
        Self { replicas: running, bases, clock, app: app.expect("one replica"), url, _folder: folder }
    }

    /// The address of a replica; counts round.
    pub fn base(&self, index: usize) -> &str {
        &self.bases[index % self.bases.len()]
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    pub fn email(&self, person: &str) -> String {
        format!("{person}@riverbend.example")
    }

    pub fn password(&self) -> &'static str {
        PASSWORD
    }

    /// Signs a person of the demo in, by the part of the address before the `@`.
    pub async fn actor(&self, person: &str) -> Actor {
        self.actor_at(person, 0).await
    }

    pub async fn actor_at(&self, person: &str, replica: usize) -> Actor {
        Actor::signed_in(self.base(replica), &self.email(person), PASSWORD).await
    }

    /// Principal of Lincoln Elementary.
    pub async fn ana(&self) -> Actor {
        self.actor("ana.whitfield").await
    }

    /// School staff of Lincoln Elementary.
    pub async fn joel(&self) -> Actor {
        self.actor("joel.baptiste").await
    }

    /// Head of the unit Mathematics.
    pub async fn rosa(&self) -> Actor {
        self.actor("rosa.delgado").await
    }

    /// Budget officer.
    pub async fn thomas(&self) -> Actor {
        self.actor("thomas.lindqvist").await
    }

    /// Auditor.
    pub async fn samuel(&self) -> Actor {
        self.actor("samuel.oyelaran").await
    }

    /// A service on the shelf, by its identifier.
    pub async fn a_service(&self) -> String {
        market::on_shelf(&mut self.ana().await, "Elementary mathematics coaching").await.id.to_string()
    }

    /// A question that the person may see.
    pub async fn a_question_of(&self, person: &str) -> String {
        let mut actor = self.actor(person).await;
        let page = actor.call(Call::<ListQuestions>::to(()).query(QuestionFilter::default())).await.expect("questions");
        page.items.last().expect("a question").id.to_string()
    }

    /// The newest order that the person sees and that has a history.
    pub async fn an_order_of(&self, person: &str) -> String {
        let mut actor = self.actor(person).await;
        let page = actor.call(Call::<ListOrders>::to(()).query(OrderFilter::default())).await.expect("orders");
        let rich = page.items.iter().find(|order| order.delivered_units > 0).or(page.items.first());
        rich.expect("an order").id.to_string()
    }

    /// An order of the person's with a change that waits.
    pub async fn a_changed_order_of(&self, person: &str) -> String {
        let mut actor = self.actor(person).await;
        for state in [OrderState::Accepted, OrderState::InDelivery] {
            let filter = OrderFilter { state: Some(state), ..OrderFilter::default() };
            let page = actor.call(Call::<ListOrders>::to(()).query(filter)).await.expect("orders");
            for order in page.items {
                if actor.get::<GetChanges>(order.id).await.open.is_some() {
                    return order.id.to_string();
                }
            }
        }
        panic!("no order of {person} has an open change")
    }

    pub async fn a_budget_line(&self) -> String {
        market::money(&mut self.ana().await).await.lines[0].id.to_string()
    }

    /// A school of Marcus Bell's network.
    pub async fn a_supported_school(&self) -> String {
        let mut marcus = self.actor("marcus.bell").await;
        marcus.get::<shared::orders::api::GetMySchools>(()).await.schools[0].school.id.to_string()
    }

    pub async fn a_menu_service(&self) -> String {
        let mut rosa = self.rosa().await;
        rosa.get::<shared::catalog::api::GetMenu>(rosa.unit()).await.services[0].id.to_string()
    }

    /// How many rows each table holds, without the machinery's own tables.
    pub async fn row_counts(&self) -> BTreeMap<&'static str, i64> {
        let reader = self.app.db.reader();
        let mut counts = BTreeMap::new();
        for table in TABLES {
            let row = reader.one(&format!("SELECT COUNT(*) AS n FROM {table}"), Vec::new()).await.expect("a count").expect("a row");
            counts.insert(*table, row.get::<i64>("n").expect("a number"));
        }
        counts
    }

    /// Ends the program and looks at what it leaves: a sound ledger, one audit record for each command, every line's law.
    pub async fn finish(self) {
        let reader = self.app.db.reader();
        assert_eq!(ledger::audit(&reader).await.expect("an audit of the ledger"), Vec::new());
        assert_eq!(backend::audit::verify(&reader).await.expect("a verified trail"), Vec::new());
        let orphans = "SELECT COUNT(*) AS n FROM command c FULL JOIN audit_record a ON a.command_id = c.id WHERE c.id IS NULL OR a.command_id IS NULL";
        let row = reader.one(orphans, Vec::new()).await.expect("a count").expect("a row");
        assert_eq!(row.get::<i64>("n").expect("a number"), 0, "commands without audit record, or records without command");
        let doubles = "SELECT COUNT(*) AS n FROM (SELECT command_id FROM audit_record GROUP BY command_id HAVING COUNT(*) > 1) AS d";
        let row = reader.one(doubles, Vec::new()).await.expect("a count").expect("a row");
        assert_eq!(row.get::<i64>("n").expect("a number"), 0, "commands with more than one audit record");
        drop(reader);
        for replica in self.replicas {
            replica.stop().await.expect("a graceful stop");
        }
        if self.url.starts_with("postgres") {
            postgres::remove(&self.url).await;
        }
    }
}

/// The demo's one password, printed by `serve --demo` too.
pub const PASSWORD: &str = "slate-garden-copper-42";

/// Everything that a command may write.
const TABLES: &[&str] = &[
    "command",
    "audit_record",
    "audit_object",
    "ledger_account",
    "ledger_transfer",
    "person",
    "role_grant",
    "acting",
    "absence",
    "delegation",
    "policy",
    "invitation",
    "school",
    "fund",
    "fund_rule",
    "budget_line",
    "import",
    "books_line",
    "exception_register",
    "plan_goal",
    "plan_line",
    "calendar_day",
    "protected_days",
    "waiting_place",
    "unit_staff",
    "unit_day",
    "booking",
    "unit",
    "menu",
    "service",
    "package",
    "package_version",
    "orders",
    "order_split",
    "delivery",
    "delivery_part",
    "delivery_message",
    "gift",
    "yearly_date",
    "order_event",
    "notice",
    "purchase_line",
    "order_turn",
    "suggestion",
    "suggestion_line",
    "cart_comment",
    "service_review",
    "unsold_owner",
    "saved_filter",
    "shelf_search",
    "shelf_interest",
];

fn config(url: &str, folder: &TempDir) -> Config {
    let mut config = Config::local(folder.path());
    config.bind.set_port(0);
    config.database_url = Secret::new(url);
    config.site = std::env::var_os("CHALKLINE_SITE").map(PathBuf::from);
    config.drain = Duration::ZERO;
    config
}

async fn build(url: &str, folder: &TempDir, clock: Arc<TestClock>) -> Arc<App> {
    let config = config(url, folder);
    let mailer = World::real(&config).expect("mail to a folder").mailer;
    let world = World { clock, ids: Arc::new(SystemIds::default()), mailer };
    App::build(config, world).await.expect("a built program")
}

async fn make_sqlite_template() -> PathBuf {
    // Kept until the process ends: every test copies it.
    let folder = tempfile::tempdir().expect("a folder").keep();
    let file = folder.join("template.sqlite");
    load_demo(&format!("sqlite:{}", file.display())).await;
    file
}

async fn make_postgres_template(server: &str) -> String {
    let url = postgres::create(server, None).await;
    load_demo(&url).await;
    postgres::name_of(&url).expect("a database name")
}

async fn load_demo(url: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Arc::new(TestClock(AtomicI64::new(NOW.micros())));
    let app = build(url, &folder, clock).await;
    backend::demo::load(&app, SEED, anchor()).await.expect("the demo district");
    app.db.clone().close().await.expect("a closed database");
}

/// The demo's anchor: the day of [`NOW`].
pub fn anchor() -> Date {
    Date::new(2026, 11, 20).expect("a date")
}

/// Opens a database that another program wrote, to look at it.
pub async fn open(url: &str) -> Db {
    Db::open(url, Arc::new(SystemIds::default())).await.expect("an open database")
}
