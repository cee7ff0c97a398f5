//! The bot as a process: started, looked at through /proc, stopped.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub struct Bot {
    child: Child,
}

#[expect(clippy::disallowed_methods, reason = "the benchmark lives in real time")]
pub fn wall_ms() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    i64::try_from(now.as_millis()).expect("before the year 292 million")
}

impl Bot {
    pub fn start(url: &str, folder: &Path, api: &str, token: &str) -> Bot {
        let questionnaires = folder.join("questionnaires");
        crate::people::questionnaire(&questionnaires, 84, true);
        let child = Command::new(env!("CARGO_BIN_EXE_uchitelskaya"))
            .arg("run")
            .env("TELOXIDE_TOKEN", token)
            .env("TELOXIDE_API_URL", api)
            .env("DATABASE_URL", url)
            .env("UCHITELSKAYA_KEY_FILE", folder.join("keys"))
            .env("UCHITELSKAYA_QUESTIONNAIRES", questionnaires)
            .env("UCHITELSKAYA_OPERATOR", "Методический центр")
            .env("UCHITELSKAYA_OPERATOR_CONTACTS", "Заречный")
            .env("UCHITELSKAYA_HELP_CONTACTS", "психолог центра")
            .env("UCHITELSKAYA_MESSAGE_GAP_MS", "0")
            .stderr(Stdio::piped())
            .spawn()
            .expect("the bot starts");
        Bot { child }
    }

    pub fn cpu(&self) -> Duration {
        cpu_of(self.child.id())
    }

    fn status(&self, field: &str) -> u64 {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = text.lines().find(|l| l.starts_with(field)).unwrap_or_default().to_owned();
        line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0) / 1024
    }

    pub fn memory_mb(&self) -> u64 {
        self.status("VmRSS")
    }

    pub fn peak_mb(&self) -> u64 {
        self.status("VmHWM")
    }

    /// Stops it properly; its last words, with the counts of units, commits and statements.
    pub fn stop(&mut self) -> String {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let mut log = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            let _ = stderr.read_to_string(&mut log);
        }
        let _ = self.child.wait();
        log.lines()
            .filter(|l| l.contains("units=") || l.contains("WARN") || l.contains("ERROR"))
            .take(5)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// User and system time of a process; Linux counts in hundredths of a second.
pub fn cpu_of(pid: u32) -> Duration {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after = text.rsplit(')').next().unwrap_or_default().to_owned();
    let field = |n: usize| after.split_whitespace().nth(n).and_then(|t| t.parse::<u64>().ok()).unwrap_or(0);
    Duration::from_millis((field(11) + field(12)) * 10)
}
