//! Jobs: each expression is cron with a next time, names its days of the week, and each key is its feature's own.

use std::collections::BTreeSet;

use uchitelskaya::features;
use uchitelskaya::kernel::time::days;
use uchitelskaya::schedule::Job;

use super::{is_caught, nothing_to_complain_of};
use crate::support::town::MONDAY_NOON;

fn complaints_about(feature: &str, job: &Job) -> Vec<String> {
    let mut all = Vec::new();
    let mut complain = |what: String| all.push(format!("{}: {what}", job.key));
    match job.next(MONDAY_NOON) {
        Err(e) => complain(e.to_string()),
        Ok(next) if next <= MONDAY_NOON => complain("its next time is not later".into()),
        Ok(next) if next > MONDAY_NOON.plus(days(366)) => complain("it does not run within a year".into()),
        Ok(_) => {}
    }
    // The cron crate counts Sunday as 1; everybody else means Monday.
    if job.when.split_whitespace().nth(5).is_some_and(|weekday| weekday.contains(|c: char| c.is_ascii_digit())) {
        complain(format!("a day of the week as a number in «{}»", job.when));
    }
    if !job.key.strip_prefix(feature).is_some_and(|rest| rest.starts_with('/') && rest.len() > 1) {
        complain(format!("its key does not begin with {feature}/"));
    }
    all
}

/// Two jobs of one key would be one row.
fn doubles(jobs: &[(&str, &Job)]) -> Vec<String> {
    let mut keys = BTreeSet::new();
    jobs.iter().filter(|(_, job)| !keys.insert(job.key)).map(|(_, job)| format!("two jobs are {}", job.key)).collect()
}

#[test]
fn every_job_has_a_next_time_and_a_key_of_its_own() {
    let entries = features::all();
    let jobs: Vec<_> = entries.iter().flat_map(|e| e.jobs.iter().map(|job| (e.feature.name, job))).collect();
    let mut all: Vec<String> = jobs.iter().flat_map(|(feature, job)| complaints_about(feature, job)).collect();
    all.extend(doubles(&jobs));
    nothing_to_complain_of(&all);
}

#[test]
fn a_planted_wrong_job_is_caught() {
    let job = |when: &'static str| Job { key: "tea/pour", when, run: |_| Box::pin(async { Ok(()) }) };
    let about = |when: &'static str| complaints_about("tea", &job(when));
    is_caught(&about("0 0 9 * * Mon"), &[]);
    is_caught(&about("0 0 9 * * 1"), &["a day of the week as a number in «0 0 9 * * 1»"]);
    is_caught(&about("at nine"), &["tea/pour: the job tea/pour"]);
    is_caught(&about("0 0 9 31 Feb *"), &["never runs"]);
    is_caught(&complaints_about("milk", &job("0 0 9 * * *")), &["its key does not begin with milk/"]);
    is_caught(&doubles(&[("tea", &job("a")), ("tea", &job("b"))]), &["two jobs are tea/pour"]);
}
