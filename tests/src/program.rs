//! The real program as a process of its own: started, killed without warning, started again.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use backend::db::{Db, Query as _};
use backend::ledger;
use tempfile::TempDir;

use crate::actor::Actor;
use crate::app::open;
use crate::postgres;

/// The longest that a start may take, the demo's loading included.
const START: Duration = Duration::from_secs(120);

/// `chalkline serve --demo` on a database of its own.
pub struct Program {
    child: Option<Child>,
    url: String,
    base: String,
    folder: TempDir,
}

impl Program {
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("chalkline.sqlite").display());
        Self::begin(url, folder).await
    }

    /// `None`, said aloud, where no PostgreSQL is running.
    pub async fn on_postgres() -> Option<Self> {
        let server = postgres::server()?;
        let url = postgres::create(&server, None).await;
        Some(Self::begin(url, tempfile::tempdir().expect("a folder")).await)
    }

    /// A folder of its own, and nothing in it yet: for what is restored into it.
    pub fn nowhere_yet() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("chalkline.sqlite").display());
        Self { child: None, url, base: String::new(), folder }
    }

    /// An empty database on the throw-away PostgreSQL, and nothing serving it.
    pub async fn nowhere_yet_on_postgres() -> Option<Self> {
        let url = postgres::create(&postgres::server()?, None).await;
        Some(Self { child: None, url, base: String::new(), folder: tempfile::tempdir().expect("a folder") })
    }

    async fn begin(url: String, folder: TempDir) -> Self {
        let mut program = Self { child: None, url, base: String::new(), folder };
        program.start_again().await;
        program
    }

    /// Starts the program on the database as it is, and waits until it is ready.
    pub async fn start_again(&mut self) {
        let port = free_port();
        let mut command = self.command(&["serve", "--demo"]);
        command.env("CHALKLINE_BIND", format!("127.0.0.1:{port}")).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program: run `cargo xtask test`, which builds it");
        drain(child.stdout.take().expect("its output"));
        drain(child.stderr.take().expect("its log"));
        self.child = Some(child);
        self.base = format!("http://127.0.0.1:{port}");
        self.wait_until_ready().await;
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command.args(words).env("CHALKLINE_DATABASE_URL", &self.url).env("CHALKLINE_DATA_DIR", self.folder.path());
        command
    }

    /// Runs another command of the program on the same database; what it said, as an error where it failed.
    pub async fn runs(&self, words: &[&str]) -> Result<String, String> {
        said(self.command(words)).await
    }

    /// The program's folder.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Runs the offline verifier, which knows neither the program nor its database.
    pub async fn verifier(&self, words: &[&str]) -> Result<String, String> {
        let mut command = Command::new(binary().with_file_name("chalkline-verify"));
        command.args(words).env_clear();
        said(command).await
    }

    /// The names of the files in the program's folder.
    pub fn files(&self) -> BTreeSet<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("the folder");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }

    /// Stops the program without a word.
    pub fn stop(&mut self) {
        let mut child = self.child.take().expect("a running program");
        child.kill().expect("SIGKILL");
        child.wait().expect("its end");
    }

    async fn wait_until_ready(&mut self) {
        let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        let begun = std::time::Instant::now();
        while begun.elapsed() < START {
            let ready = http.get(format!("{}/readyz", self.base)).send().await.is_ok_and(|answer| answer.status().is_success());
            if ready {
                return;
            }
            if let Some(Ok(Some(status))) = self.child.as_mut().map(Child::try_wait) {
                panic!("the program ended by itself: {status}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the program is not ready after {START:?}");
    }

    pub async fn actor(&self, person: &str) -> Actor {
        Actor::signed_in(&self.base, &format!("{person}@riverbend.example"), "slate-garden-copper-42").await
    }

    /// Kills the program with SIGKILL once `orders` more orders than now have been submitted.
    pub async fn kill_after_orders(&mut self, orders: usize) {
        let db = open(&self.url).await;
        let submitted = async || {
            let row = db.reader().one("SELECT COUNT(*) AS n FROM command WHERE name = 'SubmitCart'", Vec::new()).await;
            row.expect("a count").expect("a row").get::<i64>("n").expect("a number")
        };
        let before = submitted().await;
        let begun = std::time::Instant::now();
        while submitted().await < before + i64::try_from(orders).expect("a count") {
            assert!(begun.elapsed() < START, "the buyers came to a stop before {orders} orders");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.stop();
        db.close().await.expect("a closed database");
    }

    /// The database as another program sees it.
    pub async fn database(&self) -> Db {
        open(&self.url).await
    }

    /// Looks at the ledger's laws in the database itself.
    pub async fn ledger_balances(&self) {
        let db = open(&self.url).await;
        assert_eq!(ledger::audit(&db.reader()).await.expect("an audit of the ledger"), Vec::new());
        db.close().await.expect("a closed database");
    }

    pub async fn finish(mut self) {
        if self.child.is_some() {
            self.stop();
        }
        if self.url.starts_with("postgres") {
            postgres::remove(&self.url).await;
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

/// What a program said, as an error where it failed.
async fn said(mut command: Command) -> Result<String, String> {
    let ended = tokio::task::spawn_blocking(move || command.output()).await.expect("no panic").expect("the program");
    let said = String::from_utf8_lossy(&[ended.stdout, ended.stderr].concat()).into_owned();
    if ended.status.success() { Ok(said) } else { Err(said) }
}

/// The program that cargo built beside the tests.
fn binary() -> std::path::PathBuf {
    if let Some(named) = std::env::var_os("CHALKLINE_BIN") {
        return named.into();
    }
    let test = std::env::current_exe().expect("this program's own path");
    test.ancestors().nth(2).expect("the profile's folder").join("chalkline")
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

/// Reads on, so that a full pipe never stops the program.
fn drain(stream: impl std::io::Read + Send + 'static) {
    std::thread::spawn(move || BufReader::new(stream).lines().map_while(Result::ok).for_each(drop));
}
