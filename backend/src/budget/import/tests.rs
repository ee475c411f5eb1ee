//! Imports against a database: the real district where its files are at hand, and small made-up files for every refusal.

mod real;
mod small_files;

use std::path::PathBuf;
use std::sync::Arc;

use shared::budget::api::ImportView;
use shared::budget::import::{ImportKind, ImportState};
use shared::id::{CommandId, Id as _, ImportId, PersonId, RequestId};

use super::{Importer, NewFile, TakeUnits, publish, start};
use crate::app::{App, World};
use crate::config::{Config, Secret};
use crate::db::{Command, Lane};
use crate::error::AppError;

/// A program with its own database.
pub(super) struct Bench {
    pub app: Arc<App>,
    _folder: tempfile::TempDir,
}

/// Units are the catalog's; here it is enough that they are asked for.
const TAKE_UNITS: TakeUnits = crate::district_units::take_units;

impl Bench {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Self::on(&url, folder).await
    }

    /// A program on the database of this address.
    pub async fn on(url: &str, folder: tempfile::TempDir) -> Self {
        let mut config = Config::local(folder.path());
        config.database_url = Secret::new(url);
        let world = World::real(&config).expect("a world");
        Self { app: App::build(config, world).await.expect("an app"), _folder: folder }
    }

    pub fn importer(&self, name: &'static str) -> Importer {
        let at = self.app.now();
        let id: CommandId = self.app.id(at);
        let command = Command { id, actor: None, name, input_hash: "00".to_owned(), at, lane: Lane::Usual };
        Importer { command, request_id: RequestId::from_bits(id.bits()), by: None::<PersonId> }
    }

    /// Takes a file and waits until it is checked.
    pub async fn check(&self, kind: ImportKind, name: &str, bytes: &[u8]) -> ImportView {
        let file = NewFile { kind, name: name.to_owned(), bytes: Arc::new(bytes.to_vec()) };
        let id = start(&self.app, &self.importer("StartImport"), file).await.expect("taken");
        loop {
            let view = super::get(&self.app, id).await.expect("an import");
            if view.state != ImportState::Checking {
                return view;
            }
            tokio::task::yield_now().await;
        }
    }

    pub async fn publish(&self, id: ImportId) -> Result<ImportView, AppError> {
        publish(&self.app, &self.importer("PublishImport"), id, TAKE_UNITS).await
    }

    /// Takes, checks and publishes; the file must be good.
    pub async fn take(&self, kind: ImportKind, name: &str, bytes: &[u8]) -> ImportView {
        let view = self.check(kind, name, bytes).await;
        let problems = super::problems(&self.app, view.id, None).await.expect("problems");
        assert_eq!(view.state, ImportState::Ready, "{name}: {:?}", problems.items.first());
        self.publish(view.id).await.expect("published")
    }

    pub async fn count(&self, sql: &str) -> i64 {
        use crate::db::Query as _;
        self.app.db.reader().one(sql, vec![]).await.expect("a count").expect("a row").get("n").expect("a number")
    }
}

/// The folder of real files, where it is at hand.
pub(super) fn real_data() -> Option<PathBuf> {
    let named = std::env::var_os("CHALKLINE_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let found = named.into_iter().chain([beside]).map(|folder| folder.join("data")).find(|data| data.join("ousd-finance").is_dir());
    if found.is_none() {
        eprintln!("SKIPPED: no real district's files; name their folder in CHALKLINE_SHARED");
    }
    found
}
