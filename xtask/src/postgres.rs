//! A throw-away PostgreSQL for the tests and the bench: its own folder, a free port on loopback, gone when we are.

use std::env;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::process::{self, Failure, Outcome, on};
use crate::setup::packages;
use crate::steps::Steps;
use crate::workspace::Workspace;

const START_LIMIT: Duration = Duration::from_secs(60);
const CONNECTIONS: u32 = 300;

/// Holds the server and waits for our end of a pipe to close, which happens however we end; then stops the server and clears up.
const KEEPER: &str = r#"folder=$1; shift
"$@" >>"$folder/log" 2>&1 &
server=$!
read -r _ || :
kill -INT "$server" 2>/dev/null
wait "$server"
rm -rf "$folder""#;

/// Whether a commit waits for the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// As in production: the bench's figures are about this.
    Durable,
    /// Faster; good enough where the machine itself is not part of the test.
    Volatile,
}

/// A running server; dropped, it stops and its folder goes.
pub struct Postgres {
    keeper: Child,
    pub url: String,
    /// The folder with pgbench and the others.
    pub programs: PathBuf,
}

/// Installs PostgreSQL's programs where they are missing.
pub fn ensure(workspace: &Workspace, steps: &mut Steps) -> Outcome {
    let present = programs().map(|folder| folder.display().to_string());
    steps.step("PostgreSQL's programs", present, || packages::install(workspace, &["postgresql"]))
}

/// Starts a server with an empty database.
pub fn start(durability: Durability) -> Outcome<Postgres> {
    let programs = programs().ok_or_else(|| Failure("initdb is not there, though PostgreSQL should be installed".into()))?;
    let owner = Owner::choose()?;
    let folder = owner.folder()?;
    let data = folder.join("data");
    let mut initdb = owner.command(&programs.join("initdb"), &folder);
    initdb.args(["--username=chalkline", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]).arg(&data);
    process::run(initdb.stdout(Stdio::null()), "initdb")?;

    let port = free_port()?;
    let mut server = owner.command(Path::new("/bin/sh"), &folder);
    server.args(["-c", KEEPER, "keeper"]).arg(&folder).arg(programs.join("postgres")).arg("-D").arg(&data);
    for setting in settings(port, &folder, durability) {
        server.arg("-c").arg(setting);
    }
    // A group of its own: an interrupt from the keyboard reaches us, and the keeper stops the server in order.
    server.stdin(Stdio::piped()).stdout(Stdio::null()).process_group(0);
    let keeper = server.spawn().map_err(|error| Failure(format!("cannot start PostgreSQL: {error}")))?;
    let postgres = Postgres { keeper, url: format!("postgres://chalkline@127.0.0.1:{port}/postgres"), programs };
    wait_until_ready(&postgres.programs.join("pg_isready"), port, &folder)?;
    Ok(postgres)
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("xtask: the throw-away PostgreSQL did not stop: {error}");
        }
    }
}

/// Who runs the server: PostgreSQL refuses root, so root lends it another user.
struct Owner(Option<(u32, u32)>);

impl Owner {
    fn choose() -> Outcome<Self> {
        if !process::is_root() {
            return Ok(Self(None));
        }
        let number = |flag: &str, user: &str| process::output(Command::new("id").args([flag, user]))?.parse().ok();
        let ids = ["postgres", "nobody"].iter().find_map(|user| Some((number("-u", user)?, number("-g", user)?)));
        ids.map(|ids| Self(Some(ids)))
            .ok_or_else(|| Failure("PostgreSQL refuses root and there is no user postgres or nobody to run it as".into()))
    }

    fn folder(&self) -> Outcome<PathBuf> {
        let folder = env::temp_dir().join(format!("chalkline-postgres-{}", std::process::id()));
        fs::create_dir(&folder).map_err(on(&folder))?;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).map_err(on(&folder))?;
        if let Some((user, group)) = self.0 {
            chown(&folder, Some(user), Some(group)).map_err(on(&folder))?;
        }
        Ok(folder)
    }

    fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        if let Some((user, group)) = self.0 {
            command.uid(user).gid(group);
        }
        command.current_dir(folder);
        command
    }
}

fn settings(port: u16, folder: &Path, durability: Durability) -> Vec<String> {
    let sync = match durability {
        Durability::Durable => "on",
        Durability::Volatile => "off",
    };
    vec![
        "listen_addresses=127.0.0.1".into(),
        format!("port={port}"),
        format!("unix_socket_directories={}", folder.display()),
        format!("max_connections={CONNECTIONS}"),
        format!("fsync={sync}"),
        format!("synchronous_commit={sync}"),
        format!("full_page_writes={sync}"),
        "log_min_messages=warning".into(),
    ]
}

fn wait_until_ready(pg_isready: &Path, port: u16, folder: &Path) -> Outcome {
    let start = Instant::now();
    let mut probe = Command::new(pg_isready);
    probe.args(["--quiet", "--host=127.0.0.1", "--dbname=postgres", &format!("--port={port}")]);
    while process::output(&mut probe).is_none() {
        if start.elapsed() > START_LIMIT {
            let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
            return Err(Failure(format!("the throw-away PostgreSQL does not answer after {} s:\n{log}", START_LIMIT.as_secs())));
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

fn free_port() -> Outcome<u16> {
    let address = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    address.map(|address| address.port()).map_err(|error| Failure(format!("no free port on loopback: {error}")))
}

/// The folder with initdb: on the search path, or the newest version where Debian hides it.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> =
        versions.filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))).collect();
    folders.sort();
    let folders: Vec<PathBuf> = folders.into_iter().rev().map(|(_, folder)| folder).collect();
    process::find(&["initdb"], &folders)?.parent().map(Path::to_path_buf)
}
