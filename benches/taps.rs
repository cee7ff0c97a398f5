//! What a tap costs: the real binary in one process, the emulator and the people in this one, real HTTP between them.
//!
//! `cargo bench --bench taps -- [--engine sqlite|postgres] [--people N] [--active N] [--seconds N]` prints, for each
//! database: start-up time, the bot's CPU a tap, taps a second at saturation, latency at 140 taps a second, memory,
//! statements a tap and units a commit. Figures and the machine they were taken on: docs/performance.md.

#[path = "../tests/suite/support/databases.rs"]
mod databases;
#[path = "../tests/suite/support/people.rs"]
mod people;
mod process;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use databases::{Cluster, Database, Engine};
use process::Bot;
use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedReceiver;
use uchitelskaya::emulator::{self, Emulator, Phone};

const TOKEN: &str = "123456:BENCH";
/// The chats of the people begin here.
const FIRST: i64 = 1_000_000;

struct Plan {
    engines: Vec<Engine>,
    people: i64,
    active: usize,
    seconds: u64,
}

fn plan() -> Plan {
    let mut plan = Plan { engines: vec![Engine::Sqlite, Engine::Postgres], people: 6000, active: 200, seconds: 15 };
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    for pair in args.chunks(2) {
        let [name, value] = pair else { panic!("{pair:?} has no value") };
        match name.as_str() {
            "--engine" if value == "sqlite" => plan.engines = vec![Engine::Sqlite],
            "--engine" if value == "postgres" => plan.engines = vec![Engine::Postgres],
            "--people" => plan.people = value.parse().expect("a number"),
            "--active" => plan.active = value.parse().expect("a number"),
            "--seconds" => plan.seconds = value.parse().expect("a number"),
            other => panic!("unknown: {other}"),
        }
    }
    plan
}

fn main() {
    let plan = plan();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    for engine in &plan.engines {
        let cluster = if *engine == Engine::Postgres { Cluster::start(true) } else { None };
        let mut database = match (engine, &cluster) {
            (Engine::Sqlite, _) => Database::new(Engine::Sqlite).expect("a folder"),
            (Engine::Postgres, Some(_)) => Database::new(Engine::Sqlite).expect("a folder"),
            (Engine::Postgres, None) => {
                println!("postgres: not installed, left out");
                continue;
            }
        };
        if let Some(cluster) = &cluster {
            database.url = cluster.fresh();
        }
        runtime.block_on(measure(*engine, &database, &plan));
    }
}

async fn measure(engine: Engine, database: &Database, plan: &Plan) {
    println!("\n== {engine:?}, {} people, {} active ==", plan.people, plan.active);
    people::fill(&database.url, FIRST, plan.people).await;
    let emulator = Emulator::new(emulator::Settings {
        token: TOKEN.into(),
        bot_username: "bench_bot".into(),
        record: false,
        limits: emulator::Limits::without_rates(),
        now: std::sync::Arc::new(process::wall_ms),
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let api = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(emulator.serve(listener));
    let phones: Vec<Phone> = (0..plan.people).map(|n| emulator.user(people::user(FIRST + n))).collect();

    let began = Instant::now();
    let mut bot = Bot::start(&database.url, database.folder.path(), &api, TOKEN);
    let mut crowd = Crowd { chats: emulator.watch_chats(), phones };
    crowd.phones[0].start(None);
    crowd.chats.recv().await.expect("the first answer");
    println!("start to first answer: {} ms", began.elapsed().as_millis());

    crowd.open_all().await;
    println!("memory after {} people opened a run: {} MB", plan.people, bot.memory_mb());
    saturate(&mut crowd, &mut bot, plan).await;
    at_rate(&mut crowd, 140, 30).await;
    println!("memory: {} MB now, {} MB at most", bot.memory_mb(), bot.peak_mb());
    let violations = emulator.violations();
    println!("violations of Telegram's rules: {}", violations.len());
    violations.iter().take(3).for_each(|v| println!("  {v}"));
    println!("{}", bot.stop());
}

struct Crowd {
    chats: UnboundedReceiver<i64>,
    phones: Vec<Phone>,
}

/// An answer to a statement: the payload of «yes».
fn is_answer(data: &str) -> bool {
    data.starts_with("1sv.a.")
}

impl Crowd {
    fn phone(&self, chat: i64) -> &Phone {
        &self.phones[usize::try_from(chat - FIRST).expect("one of ours")]
    }

    /// Everybody presses on until the first statement stands on the screen, 64 at a time.
    async fn open_all(&mut self) {
        let mut next = 1;
        let mut open = 0;
        while next < self.phones.len().min(65) {
            self.phones[next].start(None);
            next += 1;
        }
        self.phones[0].find_button(is_start).map(|(message, data)| self.phones[0].press_raw(message, &data));
        while open < self.phones.len() {
            let chat = self.chats.recv().await.expect("the emulator lives");
            let phone = self.phone(chat);
            if phone.find_button(is_answer).is_some() {
                open += 1;
                if next < self.phones.len() {
                    self.phones[next].start(None);
                    next += 1;
                }
            } else if let Some((message, data)) = phone.find_button(is_start) {
                phone.press_raw(message, &data);
            }
        }
    }

    fn answer(&self, chat: i64) -> bool {
        let phone = self.phone(chat);
        let found = phone.find_button(is_answer);
        found.is_some_and(|(message, data)| phone.press(message, &data).is_ok())
    }
}

fn is_start(data: &str) -> bool {
    ["1sv.o.", "1sv.b.", "1sv.y."].iter().any(|s| data.starts_with(s))
}

/// `active` people answer as fast as they see the next statement.
async fn saturate(crowd: &mut Crowd, bot: &mut Bot, plan: &Plan) {
    let mut taps = 0u64;
    let mut spare = plan.active;
    for n in 0..plan.active {
        crowd.answer(FIRST + i64::try_from(n).expect("small"));
    }
    let warm_up = Instant::now() + Duration::from_secs(2);
    let mut began = (Instant::now(), bot.cpu(), process::cpu_of(std::process::id()));
    let mut is_warm = false;
    let mut end = warm_up + Duration::from_secs(plan.seconds);
    while Instant::now() < end {
        let chat = crowd.chats.recv().await.expect("the emulator lives");
        taps += 1;
        if !is_warm && Instant::now() > warm_up {
            (is_warm, taps) = (true, 0);
            began = (Instant::now(), bot.cpu(), process::cpu_of(std::process::id()));
            end = began.0 + Duration::from_secs(plan.seconds);
        }
        if !crowd.answer(chat) && spare < crowd.phones.len() {
            crowd.answer(FIRST + i64::try_from(spare).expect("small"));
            spare += 1;
        }
    }
    let seconds = began.0.elapsed().as_secs_f64();
    let (bot_cpu, own_cpu) = (bot.cpu() - began.1, process::cpu_of(std::process::id()) - began.2);
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    let each = |cpu: Duration| cpu.as_secs_f64() * 1e6 / taps as f64;
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    let rate = taps as f64 / seconds;
    println!("saturation: {rate:.0} taps/s over {seconds:.1} s");
    println!("CPU a tap: bot {:.0} µs, emulator and people {:.0} µs", each(bot_cpu), each(own_cpu));
    while tokio::time::timeout(Duration::from_secs(2), crowd.chats.recv()).await.is_ok() {}
}

/// A steady stream of taps by different people: from press to the next statement.
async fn at_rate(crowd: &mut Crowd, per_second: u32, seconds: u32) {
    let mut pressed: HashMap<i64, Instant> = HashMap::new();
    let mut spans = Vec::new();
    let mut beat = tokio::time::interval(Duration::from_secs(1) / per_second);
    let mut next = crowd.phones.len();
    let total = per_second * seconds;
    let mut sent = 0;
    while sent < total {
        tokio::select! {
            _ = beat.tick() => {
                next = if next == 0 { crowd.phones.len() - 1 } else { next - 1 };
                let chat = FIRST + i64::try_from(next).expect("small");
                if crowd.answer(chat) {
                    pressed.insert(chat, Instant::now());
                    sent += 1;
                }
            }
            Some(chat) = crowd.chats.recv() => {
                spans.extend(pressed.remove(&chat).map(|at| at.elapsed()));
            }
        }
    }
    spans.sort_unstable();
    let at = |share: usize| spans[(spans.len() * share / 1000).min(spans.len() - 1)].as_secs_f64() * 1e3;
    println!(
        "at {per_second} taps/s ({} taps): p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms",
        spans.len(),
        at(500),
        at(950),
        at(990)
    );
}
