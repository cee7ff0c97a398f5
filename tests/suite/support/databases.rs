//! A fresh database for each test: a SQLite file, or a database of a PostgreSQL cluster that lives as long as the
//! test process. Where PostgreSQL is not installed its tests say so and pass; with `CI` set they fail instead.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A database of its own, erased with the value.
pub struct Database {
    pub url: String,
    pub folder: TempDir,
}

impl Database {
    /// Nothing if the engine is not here.
    pub fn new(engine: Engine) -> Option<Database> {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let url = match engine {
            Engine::Sqlite => folder.path().join("town.db").to_string_lossy().into_owned(),
            Engine::Postgres => postgres()?.fresh(),
        };
        Some(Database { url, folder })
    }
}

pub struct Cluster {
    base: String,
    port: String,
    host: String,
    user: String,
    psql: PathBuf,
    _guard: Option<Guard>,
}

/// The cluster's keeper: a shell that stops it when its standard input closes, that is when this process ends.
struct Guard {
    _keeper: Child,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

fn postgres() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER
        .get_or_init(|| {
            let cluster = Cluster::start(false);
            if cluster.is_none() {
                assert!(std::env::var_os("CI").is_none(), "PostgreSQL must be installed for this run");
                // Written past the test runner's capture, so that it is read.
                let _ = std::io::stderr().write_all(
                    b"PostgreSQL is not installed here: its half of the tests was left out. \
                      Install it (Debian: apt-get install postgresql) to have them.\n",
                );
            }
            cluster
        })
        .as_ref()
}

fn tool(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut places: Vec<PathBuf> = std::env::split_paths(&path).collect();
    if let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") {
        places.extend(versions.flatten().map(|v| v.path().join("bin")));
    }
    places.into_iter().map(|p| p.join(name)).find(|p| p.is_file())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.starts_with(b"0"))
}

/// PostgreSQL refuses to run as root: then the user `postgres`, made by its package, runs it.
fn shell(script: &str) -> Command {
    let mut command = if is_root() {
        let mut c = Command::new("runuser");
        c.args(["-u", "postgres", "--", "sh", "-c", script]);
        c
    } else {
        let mut c = Command::new("sh");
        c.args(["-c", script]);
        c
    };
    command.current_dir("/");
    command
}

impl Cluster {
    /// A running cluster; a durable one waits for the disk as a real one does. Nothing where there is no PostgreSQL.
    pub fn start(is_durable: bool) -> Option<Cluster> {
        let (initdb, server, psql) = (tool("initdb")?, tool("postgres")?, tool("psql")?);
        let folder = shell("mktemp -d").output().ok()?;
        let folder = String::from_utf8(folder.stdout).ok()?.trim().to_owned();
        let port = free_port();
        let speed = if is_durable { "" } else { "-c fsync=off -c full_page_writes=off -c synchronous_commit=off" };
        let script = format!(
            "set -e; '{}' -D '{folder}/data' -A trust -U town -E UTF8 --locale=C >'{folder}/init.log' 2>&1; \
         '{}' -D '{folder}/data' -p {port} -k '{folder}' -c listen_addresses=127.0.0.1 {speed} \
         -c max_connections=400 >'{folder}/log' 2>&1 & \
         server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf '{folder}'",
            initdb.display(),
            server.display()
        );
        let keeper = shell(&script).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
        let cluster = Cluster {
            base: "town_base".into(),
            port: port.to_string(),
            host: "127.0.0.1".into(),
            user: "town".into(),
            psql,
            _guard: Some(Guard { _keeper: keeper }),
        };
        cluster.wait();
        cluster.prepare();
        Some(cluster)
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its number").port()
}

impl Cluster {
    fn sql(&self, database: &str, sql: &str) -> bool {
        Command::new(&self.psql)
            .args(["-q", "-h", &self.host, "-p", &self.port, "-U", &self.user, "-d", database, "-c", sql])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
    }

    fn wait(&self) {
        for _ in 0..300 {
            if self.sql("postgres", "SELECT 1") {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("PostgreSQL did not start");
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://{}@{}:{}/{database}", self.user, self.host, self.port)
    }

    /// A migrated database that the tests' own are copied from.
    fn prepare(&self) {
        assert!(self.sql("postgres", &format!("CREATE DATABASE {}", self.base)));
        let place = uchitelskaya::store::Place::from_url(&self.url(&self.base));
        let migrating = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(uchitelskaya::store::migrate::run(&place)).expect("the migrations apply");
        });
        migrating.join().expect("the migrations apply");
    }

    /// The address of a fresh, migrated database.
    pub fn fresh(&self) -> String {
        let name = format!("town_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        // Copies of one template exclude each other; a short wait settles it.
        for _ in 0..100 {
            if self.sql("postgres", &format!("CREATE DATABASE {name} TEMPLATE {}", self.base)) {
                return self.url(&name);
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("a database for the test could not be made");
    }
}
