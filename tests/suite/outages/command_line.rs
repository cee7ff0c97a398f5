//! The command line on the real binary: each trouble ends in one sentence that says what to do, and changes nothing.

use std::path::Path;
use std::process::Command;

use sha2::{Digest, Sha256};
use tempfile::TempDir;
use uchitelskaya::store::seal::hex;
use uchitelskaya::store::{Place, Settings, Store};

/// A folder of its own, and the settings a run needs.
struct Desk {
    folder: TempDir,
    settings: Vec<(&'static str, String)>,
}

/// How a run ended.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Desk {
        let settings = [
            ("TELOXIDE_TOKEN", "123456:TEST"),
            ("DATABASE_URL", "data/town.db"),
            ("UCHITELSKAYA_OPERATOR", "Методический центр"),
            ("UCHITELSKAYA_OPERATOR_CONTACTS", "Заречный, ул. Школьная, 1"),
            ("UCHITELSKAYA_HELP_CONTACTS", "психолог центра"),
            ("UCHITELSKAYA_MUNICIPALITY", "Заречный район"),
        ];
        Desk {
            folder: tempfile::tempdir().unwrap(),
            settings: settings.map(|(name, value)| (name, value.to_owned())).into(),
        }
    }

    fn set(&mut self, name: &'static str, value: &str) -> &mut Desk {
        self.without(name).settings.push((name, value.to_owned()));
        self
    }

    fn without(&mut self, name: &str) -> &mut Desk {
        self.settings.retain(|(n, _)| *n != name);
        self
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("data/town.db")
    }

    fn run(&self, line: &str) -> Run {
        let done = Command::new(env!("CARGO_BIN_EXE_uchitelskaya"))
            .args(line.split_whitespace())
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.settings.iter().map(|(n, v)| (*n, v.as_str())))
            .output()
            .unwrap();
        Run {
            code: done.status.code(),
            out: String::from_utf8(done.stdout).unwrap(),
            err: String::from_utf8(done.stderr).unwrap(),
        }
    }

    /// Everything below the folder, with what is in it.
    fn content(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        walk(self.folder.path(), &mut all);
        all.sort();
        all
    }

    /// SQL on the file, as another program would run it.
    fn sql(&self, sql: &'static str) {
        let place = Place::File(self.file());
        block_on(async {
            let store = Store::open(&place, &Settings::default()).await.unwrap();
            store.transact(move |tx| Box::pin(async move { uchitelskaya::exec!(tx, sql) })).await.unwrap();
            store.close().await;
        });
    }
}

fn walk(folder: &Path, all: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.push((path.display().to_string(), "a folder".into()));
            walk(&path, all);
        } else {
            let hash = hex(&Sha256::digest(std::fs::read(&path).unwrap()));
            all.push((path.display().to_string(), hash));
        }
    }
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(work)
}

impl Run {
    /// It ended well and said this.
    #[track_caller]
    fn well(&self, words: &str) {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        assert!(self.out.contains(words), "{}", self.out);
    }

    /// It ended with one sentence, and not with a panic.
    #[track_caller]
    fn ended_with(&self, words: &str) {
        assert_eq!(self.code, Some(1), "{}{}", self.out, self.err);
        assert!(self.err.contains(words) && !self.err.contains("panicked"), "{}", self.err);
        assert_eq!(self.err.trim().lines().count(), 1, "{}", self.err);
    }

    /// A check found this.
    #[track_caller]
    fn found(&self, words: &str) {
        assert_eq!(self.code, Some(1), "{}{}", self.out, self.err);
        let lines: Vec<_> = self.out.lines().filter(|l| l.starts_with('✗')).collect();
        assert!(lines.len() == 1 && lines[0].contains(words), "{}", self.out);
        assert!(self.err.contains("One thing has to be put right"), "{}", self.err);
    }
}

#[test]
fn a_slip_in_a_settings_name_is_told() {
    let mut desk = Desk::new();
    desk.set("UCHITELSKAYA_OPERATR", "x");
    for line in ["run", "check", "migrate", "seed", "grant admin --telegram-id 1"] {
        desk.run(line).ended_with("There is no setting named UCHITELSKAYA_OPERATR.");
    }
    assert_eq!(desk.content(), []);
}

#[test]
fn a_missing_token_is_told() {
    let mut desk = Desk::new();
    desk.without("TELOXIDE_TOKEN").run("run").ended_with("TELOXIDE_TOKEN is not set.");
    desk.run("check").found("TELOXIDE_TOKEN is not set.");
    desk.set("TELOXIDE_TOKEN", " ").run("run").ended_with("TELOXIDE_TOKEN is not set.");
    assert_eq!(desk.content(), []);
}

#[test]
fn a_missing_operator_is_told() {
    for name in ["UCHITELSKAYA_OPERATOR", "UCHITELSKAYA_OPERATOR_CONTACTS", "UCHITELSKAYA_HELP_CONTACTS"] {
        let mut desk = Desk::new();
        desk.without(name).run("run").ended_with(&format!("{name} is not set."));
        desk.run("check").found(&format!("{name} is not set."));
        desk.set(name, "  ").run("run").ended_with(&format!("{name} is not set."));
        assert_eq!(desk.content(), []);
    }
}

#[test]
fn a_start_without_a_municipality_is_told() {
    let mut desk = Desk::new();
    desk.without("UCHITELSKAYA_MUNICIPALITY");
    desk.run("check").found("Write its name into .env as UCHITELSKAYA_MUNICIPALITY");
    assert_eq!(desk.content(), []);
    desk.run("run").ended_with("Write its name into .env as UCHITELSKAYA_MUNICIPALITY");
    desk.run("check").found("Write its name into .env as UCHITELSKAYA_MUNICIPALITY");
    desk.run("seed --teachers 3").well("3 teachers");
    desk.run("check").well("✓ the database (SQLite) is whole and up to date");
}

#[test]
fn several_troubles_are_told_at_once() {
    let mut desk = Desk::new();
    let run = desk.without("TELOXIDE_TOKEN").without("UCHITELSKAYA_OPERATOR").run("check");
    assert_eq!(run.out.lines().filter(|l| l.starts_with('✗')).count(), 2, "{}", run.out);
    run.ended_with("2 things have to be put right before the bot can start.");
}

#[test]
fn a_check_before_the_first_start_is_content_and_makes_nothing() {
    let desk = Desk::new();
    let run = desk.run("check");
    run.well("✓ there is no database yet");
    run.well("✓ there is no key file yet: data/keys is made at the first start");
    assert_eq!(desk.content(), []);
}

#[test]
fn a_check_changes_nothing() {
    let desk = Desk::new();
    desk.run("seed --teachers 3").well("3 teachers");
    let before = desk.content();
    desk.run("check").well("✓ the database (SQLite) is whole and up to date");
    assert_eq!(desk.content(), before);
}

#[test]
fn an_unreadable_text_is_told_with_its_file() {
    let mut desk = Desk::new();
    let own = desk.folder.path().join("own/ru");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("bot.ftl"), "home-title = { $place\n").unwrap();
    desk.set("UCHITELSKAYA_LOCALES", "own");
    desk.run("check").found("The texts cannot be used:");
    let run = desk.run("check");
    assert!(run.out.contains("ru/bot.ftl, line 2"), "{}", run.out);
}

#[test]
fn a_key_that_is_none_is_told() {
    let mut desk = Desk::new();
    desk.set("UCHITELSKAYA_KEYS", "abc").run("check").found("A sealing key must be 64 hexadecimal digits");
}

#[test]
fn a_seed_fills_an_empty_database_once() {
    let desk = Desk::new();
    let run = desk.run("seed --teachers 20 --seed 3");
    run.well("20 teachers, accounts 1000000 to 1000019.");
    run.well("?start=s");
    desk.run("seed").ended_with("has people or institutions already");
    desk.run("grant admin --telegram-id 1000019").well("The role admin (region) is given.");
}

#[test]
fn a_role_is_granted_to_the_registered_only_and_once() {
    let desk = Desk::new();
    desk.run("seed --teachers 5").well("5 teachers");
    desk.run("grant methodist --telegram-id 5").ended_with("Nobody has registered from the Telegram account 5.");
    let run = desk.run("grant methodist --telegram-id 1000000");
    run.well("The role methodist (municipality:1) is given.");
    assert!(run.err.contains("role granted") && run.err.contains("person=1"), "{}", run.err);
    assert!(!run.err.contains("1000000") && !run.err.contains("Петрова"), "{}", run.err);
    let again = desk.run("grant methodist --telegram-id 1000000");
    again.well("was held already; nothing changed.");
    assert_eq!(again.err, "");
    desk.run("grant deputy --telegram-id 1000000 --scope school:4").well("The role deputy (school:4) is given.");
    desk.run("grant deputy --telegram-id 1000000 --scope school:999").ended_with("There is no school:999.");
    let which = desk.run("grant head --telegram-id 1000000");
    assert_eq!(which.code, Some(1));
    assert!(which.err.contains("--scope association:ID") && which.err.contains("математики"), "{}", which.err);
}

#[test]
fn a_role_or_scope_that_is_none_is_answered_with_the_list() {
    let desk = Desk::new();
    let role = desk.run("grant boss --telegram-id 1");
    assert!(role.err.contains("admin, methodist, head, deputy, director"), "{}", role.err);
    let scope = desk.run("grant admin --telegram-id 1 --scope town:1");
    assert!(scope.err.contains("region, municipality:ID, school:ID or association:ID"), "{}", scope.err);
    assert_eq!((role.code, scope.code), (Some(2), Some(2)));
    assert_eq!(desk.content(), []);
}

#[test]
fn a_damaged_file_is_told() {
    let desk = Desk::new();
    desk.run("seed --teachers 50").well("50 teachers");
    let mut bytes = std::fs::read(desk.file()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 9000].fill(0xA5);
    std::fs::write(desk.file(), &bytes).unwrap();
    desk.run("check").found("is damaged");
    assert!(std::fs::read(desk.file()).unwrap() == bytes, "the check changed the file");
}

#[test]
fn a_file_that_is_no_database_is_told() {
    let desk = Desk::new();
    std::fs::create_dir(desk.folder.path().join("data")).unwrap();
    std::fs::write(desk.file(), "Протокол заседания РМО. ".repeat(200)).unwrap();
    desk.run("check").found("is damaged or is not a database");
    desk.run("migrate").ended_with("is damaged or is not a database");
    desk.run("run").ended_with("is damaged or is not a database");
}

#[test]
fn a_folder_in_the_place_of_the_file_is_told() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.file()).unwrap();
    desk.run("check").found("is a folder. Set DATABASE_URL to a file.");
    desk.run("migrate").ended_with("The database file cannot be opened.");
}

#[test]
fn a_file_in_the_place_of_the_folder_is_told() {
    let desk = Desk::new();
    std::fs::write(desk.folder.path().join("data"), "").unwrap();
    desk.run("check").found("what stands above it is no folder");
    desk.run("migrate").ended_with("cannot be made");
}

#[test]
fn a_newer_schema_is_told() {
    let desk = Desk::new();
    desk.run("migrate").well("The schema is up to date.");
    desk.sql(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'later', TRUE, x'00', 0)",
    );
    desk.run("check").found("was made by a newer version of the bot");
    desk.run("migrate").ended_with("was made by a newer version of the bot");
}

#[test]
fn a_second_process_on_one_file_is_told_and_a_check_may_look() {
    let desk = Desk::new();
    desk.run("seed --teachers 3").well("3 teachers");
    block_on(async {
        let first = Store::open(&Place::File(desk.file()), &Settings::default()).await.unwrap();
        for line in ["migrate", "run", "seed", "grant admin --telegram-id 1000000"] {
            desk.run(line).ended_with("Another copy of the bot already works with data/town.db.");
        }
        desk.run("check").well("✓ the database (SQLite) is whole and up to date");
        first.close().await;
    });
    desk.run("grant admin --telegram-id 1000000").well("is given");
}

#[test]
fn postgres_out_of_reach_is_told() {
    let mut desk = Desk::new();
    desk.set("DATABASE_URL", "postgres://town@127.0.0.1:1/town");
    desk.run("check").found("The database cannot be reached");
    desk.run("migrate").ended_with("The database cannot be reached");
}
