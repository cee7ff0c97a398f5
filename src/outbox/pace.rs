//! How fast new messages may go: pure bookkeeping of Telegram's limits, with time passed in.
//!
//! One message each 34 ms in all (29.4 a second, Telegram refuses at about 30), one a second to a chat after a burst
//! of three, twenty a minute to a group. Replies go first, then notices, then bulk, which still gets 5 a second.
//! Edits, deletions and answers to presses spend none of it.

use std::collections::HashMap;
use std::time::Duration;

use crate::kernel::ids::Address;
use crate::kernel::time::At;

/// Who waits for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    /// A person who just wrote or pressed.
    Reply,
    /// News that concerns one person.
    Notice,
    /// A mailing.
    Bulk,
}

impl Lane {
    /// The code kept in the database.
    pub fn code(self) -> &'static str {
        match self {
            Lane::Reply => "reply",
            Lane::Notice => "notice",
            Lane::Bulk => "bulk",
        }
    }

    /// Reads a code; an unknown one waits longest.
    pub fn from_code(code: &str) -> Lane {
        match code {
            "reply" => Lane::Reply,
            "notice" => Lane::Notice,
            _ => Lane::Bulk,
        }
    }
}

/// The limits, all of them configuration.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Between two new messages to anybody.
    pub gap: Duration,
    /// Between two messages to one chat, after the burst.
    pub chat_gap: Duration,
    /// How many may go to one chat at once.
    pub chat_burst: u32,
    /// Between two messages to one group.
    pub group_gap: Duration,
    /// Bulk waits at most this long behind the other lanes.
    pub bulk_gap: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            gap: Duration::from_millis(34),
            chat_gap: Duration::from_secs(1),
            chat_burst: 3,
            group_gap: Duration::from_secs(3),
            bulk_gap: Duration::from_millis(200),
        }
    }
}

/// What becomes of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is booked: send at this moment.
    Go(At),
    /// Nothing is booked: ask again then.
    AskAt(At),
}

/// The bookkeeping. Instants are the process's own time, in milliseconds.
#[derive(Debug, Default)]
pub struct Pace {
    limits: Limits,
    next_any: i64,
    next_bulk: i64,
    held_until: i64,
    /// For each chat: the instant at which its burst allowance is full again.
    chats: HashMap<Address, i64>,
    held: HashMap<Address, i64>,
    complaints: Vec<(i64, i64)>,
}

impl Pace {
    /// Bookkeeping under given limits. Thirty gaps are a second at Telegram's pace: where the gap is set shorter (a
    /// server of one's own, a playground), a chat waits that much less too.
    pub fn new(mut limits: Limits) -> Pace {
        limits.chat_gap = limits.chat_gap.min(limits.gap * 30);
        Pace { limits, ..Pace::default() }
    }

    /// Books the moment a new message goes, or says when to ask again. A chat that must wait holds up nobody else;
    /// replies book ahead of everybody, a mailing only when it has waited for its share.
    pub fn claim(&mut self, now: At, to: Address, lane: Lane) -> Claim {
        let chat = self.chat_is_free(to);
        if chat > now {
            return Claim::AskAt(chat);
        }
        let at = At(now.0.max(self.next_any));
        let is_ahead = lane == Lane::Reply || (lane == Lane::Bulk && now.0 >= self.next_bulk);
        if at > now && !is_ahead {
            return Claim::AskAt(at);
        }
        if lane == Lane::Bulk {
            self.next_bulk = now.0 + millis(self.limits.bulk_gap);
        }
        self.book(at, to);
        Claim::Go(at)
    }

    fn chat_is_free(&self, to: Address) -> At {
        let limits = &self.limits;
        let (gap, burst) = if to.0 < 0 { (limits.group_gap, 1) } else { (limits.chat_gap, limits.chat_burst.max(1)) };
        let slack = millis(gap) * i64::from(burst - 1);
        let chat = self.chats.get(&to).map_or(0, |full| full - slack);
        let held = self.held.get(&to).copied().unwrap_or(0);
        At(self.held_until.max(chat).max(held))
    }

    fn book(&mut self, at: At, to: Address) {
        self.next_any = at.0 + millis(self.limits.gap);
        let gap = millis(if to.0 < 0 { self.limits.group_gap } else { self.limits.chat_gap });
        let full = self.chats.entry(to).or_insert(0);
        *full = (*full).max(at.0) + gap;
        if self.chats.len() > 10_000 {
            self.chats.retain(|_, full| *full > at.0);
        }
    }

    /// The messenger told us to wait before the next call to this chat. Three chats within ten seconds hold everything.
    pub fn told_to_wait(&mut self, now: At, to: Address, wait: Duration) {
        let until = now.0 + millis(wait);
        self.held.insert(to, until);
        self.held.retain(|_, until| *until > now.0);
        self.complaints.retain(|(at, _)| now.0 - at < 10_000);
        self.complaints.push((now.0, until));
        if self.complaints.len() >= 3 {
            self.held_until = self.complaints.iter().map(|(_, until)| *until).max().unwrap_or(0);
        }
    }

    /// Until when calls to this chat (edits too) must wait, if they must.
    pub fn held(&self, now: At, to: Address) -> Option<Duration> {
        let until = self.held.get(&to).copied().unwrap_or(0).max(self.held_until);
        (until > now.0).then(|| At(until).since(now))
    }
}

fn millis(d: Duration) -> i64 {
    i64::try_from(d.as_millis()).unwrap_or(i64::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn send_all(pace: &mut Pace, to: &[i64]) -> Vec<i64> {
        let mut now = At(1_000_000);
        let one = |chat: &i64| loop {
            match pace.claim(now, Address(*chat), Lane::Notice) {
                Claim::Go(at) => return at.0 - 1_000_000,
                Claim::AskAt(later) => now = later,
            }
        };
        to.iter().map(one).collect()
    }

    #[test]
    fn a_chat_that_must_wait_holds_up_nobody_else() {
        let mut pace = Pace::new(Limits::default());
        let now = At(50_000);
        pace.told_to_wait(now, Address(1), Duration::from_secs(30));
        assert_eq!(pace.claim(now, Address(1), Lane::Reply), Claim::AskAt(At(80_000)));
        assert_eq!(pace.claim(now, Address(2), Lane::Notice), Claim::Go(now));
    }

    #[test]
    fn replies_book_ahead_and_a_mailing_still_gets_its_share() {
        let mut pace = Pace::new(Limits::default());
        let now = At(50_000);
        assert_eq!(pace.claim(now, Address(1), Lane::Bulk), Claim::Go(now));
        assert_eq!(pace.claim(now, Address(2), Lane::Reply), Claim::Go(At(50_034)));
        assert_eq!(pace.claim(now, Address(3), Lane::Notice), Claim::AskAt(At(50_068)));
        assert_eq!(pace.claim(now, Address(4), Lane::Bulk), Claim::AskAt(At(50_068)));
        let mut mailed = 0;
        for (chat, ms) in (10..1_000).zip((50_000..51_000).step_by(10)) {
            let _ = pace.claim(At(ms), Address(chat), Lane::Reply);
            mailed += i32::from(matches!(pace.claim(At(ms), Address(-chat * 7), Lane::Bulk), Claim::Go(_)));
        }
        assert!(mailed >= 4, "{mailed} of a mailing in a second full of replies");
    }

    #[test]
    fn everybody_together_gets_one_message_each_34_ms() {
        assert_eq!(send_all(&mut Pace::new(Limits::default()), &[1, 2, 3, 4]), [0, 34, 68, 102]);
    }

    #[test]
    fn one_chat_gets_three_at_once_and_then_one_a_second() {
        let times = send_all(&mut Pace::new(Limits::default()), &[1, 1, 1, 1, 1]);
        assert_eq!(times, [0, 34, 68, 1000, 2000]);
    }

    #[test]
    fn a_group_gets_one_each_three_seconds() {
        assert_eq!(send_all(&mut Pace::new(Limits::default()), &[-5, -5, -5]), [0, 3000, 6000]);
    }

    #[test]
    fn a_429_holds_its_chat_and_three_hold_everybody() {
        let mut pace = Pace::new(Limits::default());
        let now = At(5_000);
        pace.told_to_wait(now, Address(1), Duration::from_secs(7));
        assert_eq!(pace.held(now, Address(1)), Some(Duration::from_secs(7)));
        assert_eq!(pace.held(now, Address(2)), None);
        pace.told_to_wait(now, Address(2), Duration::from_secs(2));
        pace.told_to_wait(now, Address(3), Duration::from_secs(3));
        assert_eq!(pace.held(now, Address(4)), Some(Duration::from_secs(7)));
        assert_eq!(pace.claim(now, Address(4), Lane::Reply), Claim::AskAt(At(12_000)));
    }
}
