//! Instants and the clock they come from.
//!
//! Nobody asks the machine what time it is: a `Clock` is passed in, so that tests and the playground
//! can move time. Days and weeks are computed here in a municipality's own zone, never in SQL.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// An instant: milliseconds since 1970-01-01 UTC. Milliseconds are what both databases keep alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct At(pub i64);

impl At {
    /// The instant `span` later. Saturates at the end of time.
    pub fn plus(self, span: Duration) -> At {
        At(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// The instant `span` earlier.
    pub fn minus(self, span: Duration) -> At {
        At(self.0.saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// How long from `earlier` until this instant; zero when it is not later.
    pub fn since(self, earlier: At) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The same instant as a calendar value in UTC. Out-of-range values become 1970.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }

    /// The full hour this instant is in. What need not be known finer is kept so: two rows of one moment then do not
    /// find each other by their times.
    pub fn whole_hour(self) -> At {
        At(self.0 - self.0.rem_euclid(3_600_000))
    }

    /// The calendar day of this instant in a zone.
    pub fn day(self, zone: Tz) -> NaiveDate {
        self.utc().with_timezone(&zone).date_naive()
    }

    /// The year in which the current school year began (1 September to 31 August) in a zone.
    pub fn school_year(self, zone: Tz) -> i32 {
        let day = self.day(zone);
        if day.month() >= 9 { day.year() } else { day.year() - 1 }
    }

    /// The first instant of a local day in a zone; a day whose midnight does not exist begins when it does.
    pub fn start_of(day: NaiveDate, zone: Tz) -> At {
        let naive = day.and_time(chrono::NaiveTime::MIN);
        let local = (0..4).find_map(|h| zone.from_local_datetime(&(naive + chrono::Duration::hours(h))).earliest());
        At(local.map_or(0, |t| t.timestamp_millis()))
    }
}

/// Hours as a `Duration`.
pub const fn hours(n: u64) -> Duration {
    Duration::from_secs(n * 3600)
}

/// Minutes as a `Duration`.
pub const fn minutes(n: u64) -> Duration {
    Duration::from_secs(n * 60)
}

/// Days of 24 hours as a `Duration`.
pub const fn days(n: u64) -> Duration {
    hours(n * 24)
}

/// Tells the time. Cheap to clone; all clones agree.
#[derive(Clone, Debug)]
pub struct Clock(Kind);

#[derive(Clone, Debug)]
enum Kind {
    /// The machine's clock, moved by an offset in milliseconds (0 outside the playground).
    System(Arc<AtomicI64>),
    /// Stands still until it is moved.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock. Only the playground ever moves it with [`Clock::forward`].
    pub fn system() -> Clock {
        Clock(Kind::System(Arc::new(AtomicI64::new(0))))
    }

    /// A clock that stands at `at` until somebody moves it.
    pub fn manual(at: At) -> Clock {
        Clock(Kind::Manual(Arc::new(AtomicI64::new(at.0))))
    }

    /// The instant it is now.
    pub fn now(&self) -> At {
        match &self.0 {
            #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
            Kind::System(offset) => At(Utc::now().timestamp_millis() + offset.load(Ordering::Relaxed)),
            Kind::Manual(at) => At(at.load(Ordering::Relaxed)),
        }
    }

    /// Moves this clock and all its clones forward.
    pub fn forward(&self, span: Duration) {
        let ms = i64::try_from(span.as_millis()).unwrap_or(i64::MAX / 4);
        match &self.0 {
            Kind::System(x) | Kind::Manual(x) => x.fetch_add(ms, Ordering::Relaxed),
        };
    }
}
