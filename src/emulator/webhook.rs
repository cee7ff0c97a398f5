//! Delivery by webhook: one update after another by POST until the bot answers with 200.
//!
//! The one exception from Telegram's rules: plain `http://` to this very machine is taken, since a test has no
//! certificate. Telegram keeps the order per chat and delivers chats side by side; here all updates go in one line.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until, timeout};

use super::Shared;
use super::queue::Update;
use super::world::World;

/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// How long the bot may think about an update.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where updates go.
#[derive(Clone, Debug)]
pub(super) struct Webhook {
    /// As given.
    pub(super) url: String,
    /// `max_connections`, only shown.
    pub(super) most: i64,
    /// When and why the last delivery failed (seconds since 1970).
    pub(super) last_error: Option<(i64, String)>,
    secret: String,
    host: String,
    path: String,
}

impl Webhook {
    /// Checks the address; the error is what follows `Bad Request: `.
    pub(super) fn new(url: &str, secret: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = url.split_once("://").ok_or("invalid webhook URL specified")?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let port = host.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
        if host.is_empty() || rest.contains(char::is_whitespace) {
            return Err("invalid webhook URL specified");
        }
        let local = host.parse::<SocketAddr>().is_ok_and(|address| address.ip().is_loopback());
        match scheme {
            "http" if local => {}
            "https" if !matches!(port, None | Some(80 | 88 | 443 | 8443)) => {
                return Err("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
            }
            "https" => return Err("bad webhook: [emulator] only http://127.0.0.1:<port> can be reached"),
            "http" => return Err("bad webhook: An HTTPS URL must be provided for webhook"),
            _ => return Err("invalid webhook URL specified"),
        }
        Ok(Self {
            url: url.to_owned(),
            most: 40,
            last_error: None,
            secret: secret.to_owned(),
            host: host.to_owned(),
            path: format!("/{path}"),
        })
    }

    /// One POST; the status and `Retry-After` of the answer, and whether it carried a method to call.
    async fn post(&self, body: &str) -> io::Result<Reply> {
        let mut stream = TcpStream::connect(&self.host).await?;
        stream.set_nodelay(true)?;
        let secret = match self.secret.as_str() {
            "" => String::new(),
            secret => format!("X-Telegram-Bot-Api-Secret-Token: {secret}\r\n"),
        };
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n{secret}Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.path,
            self.host,
            body.len()
        );
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(body.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        Reply::read(&String::from_utf8_lossy(&answer)).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}

struct Reply {
    status: u16,
    retry_after: Option<u64>,
    calls: bool,
}

impl Reply {
    fn read(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let retry_after = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("retry-after").then(|| value.trim().parse().ok())?
        });
        Some(Self { status, retry_after, calls: body.contains("\"method\"") })
    }
}

/// Starts the delivery for the webhook that was just set.
pub(super) fn start(shared: &Arc<Shared>) {
    let Some((number, retry)) = shared.with(|world| {
        world.webhook.as_ref()?;
        Some((world.queue.poll, world.settings.limits.webhook_retry))
    }) else {
        return;
    };
    tokio::spawn(deliver(Arc::downgrade(shared), Arc::clone(&shared.wake), number, retry));
}

/// The first update and the webhook it goes to; an error when this delivery is over.
fn next(world: &mut World, number: u64) -> Result<Option<(Webhook, Update)>, ()> {
    let webhook = world.webhook.clone().filter(|_| world.queue.poll == number).ok_or(())?;
    let now = world.now();
    let Some(update) = world.queue.first(now) else {
        return Ok(None);
    };
    if let Some(press) = update.press {
        world.presses.delivered(press);
    }
    Ok(Some((webhook, update)))
}

/// Delivers until the webhook is changed or the server is gone.
async fn deliver(shared: Weak<Shared>, wake: Arc<Notify>, number: u64, retry: Duration) {
    let mut pause = retry;
    loop {
        let mut woken = std::pin::pin!(wake.notified());
        woken.as_mut().enable();
        let Some(alive) = shared.upgrade() else { return };
        let found = alive.with(|world| next(world, number));
        drop(alive);
        match found {
            Err(()) => return,
            Ok(None) => woken.await,
            Ok(Some((webhook, update))) => {
                let wait = attempt(&shared, &webhook, &update, pause).await;
                pause = if wait.is_some() { (pause * 2).min(LONGEST_PAUSE) } else { retry };
                if let Some(wait) = wait {
                    sleep_until(Instant::now() + wait).await;
                }
            }
        }
    }
}

/// Tries one delivery; how long to wait before the next try, if it failed.
async fn attempt(shared: &Weak<Shared>, webhook: &Webhook, update: &Update, pause: Duration) -> Option<Duration> {
    let result = timeout(PATIENCE, webhook.post(&update.json)).await;
    let alive = shared.upgrade()?;
    let (error, wait) = match result {
        Ok(Ok(reply)) if (200..300).contains(&reply.status) => {
            alive.with(|world| {
                if reply.calls {
                    world.note("a webhook's reply with a method to call, which is not built");
                }
                let twice = world.faults.duplicates;
                world.queue.taken(update.id, twice);
                world.seen = true;
            });
            return None;
        }
        Ok(Ok(reply)) => {
            let asked = reply.retry_after.map(|seconds| Duration::from_secs(seconds.min(3600)));
            (format!("Wrong response from the webhook: {}", reply.status), asked.unwrap_or(pause))
        }
        Ok(Err(error)) => (format!("Connection failed: {error}"), pause),
        Err(_) => ("Read timeout expired".to_owned(), pause),
    };
    alive.with(|world| {
        let at = world.now().div_euclid(1000);
        if let Some(webhook) = &mut world.webhook {
            webhook.last_error = Some((at, error));
        }
    });
    Some(wait)
}
