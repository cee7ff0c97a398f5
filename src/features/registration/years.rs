//! Years (pure): which have buttons, how a typed one is read, which are believed.

use chrono::{Datelike, NaiveDate};

use crate::kernel::person::is_early_career;

/// How many of the last school years have a button of their own.
pub const SINGLE_YEARS: i32 = 6;
/// Years behind one button of the rest.
pub const RANGE: i32 = 5;
/// How many such buttons there are: 45 years; somebody who began earlier types the year.
pub const RANGES: i32 = 9;
/// The longest career that is believed, in years.
const LONGEST_CAREER: i32 = 65;
/// The bot is for adults who work.
const ADULT: i32 = 18;
/// The oldest colleague that is believed, in years.
const OLDEST: i32 = 95;
/// The least age to begin teaching at: pupils of pedagogical classes and colleges begin early.
const YOUNGEST_BEGINNER: i32 = 16;
/// The longest line that is read as a year.
const LONGEST: usize = 60;

/// The latest year teaching can have begun in on that day: new colleagues register from June on.
pub fn newest_year(today: NaiveDate) -> i32 {
    if today.month() >= 6 { today.year() } else { today.year() - 1 }
}

/// The first year of each five-year button, the latest first.
pub fn ranges(newest: i32) -> impl Iterator<Item = i32> {
    (1..=RANGES).map(move |n| newest - SINGLE_YEARS + 1 - n * RANGE)
}

/// What is wrong with a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearProblem {
    /// No year of four digits, or several.
    Unread,
    /// It has not come yet.
    Ahead,
    /// Too long ago for a colleague.
    Ancient,
    /// Not an adult.
    Young,
    /// Teaching would have begun in childhood.
    Childhood,
}

/// The year in a line: its only number of four digits («2009 год», «12.05.1985»).
///
/// # Errors
/// There is none, or more than one.
pub fn year_in(typed: &str) -> Result<i32, YearProblem> {
    let is_short = typed.chars().count() <= LONGEST;
    let mut years = typed.split(|c: char| !c.is_ascii_digit()).filter(|d| d.len() >= 4);
    match (years.next(), years.next()) {
        (Some(year), None) if is_short && year.len() == 4 => year.parse().map_err(|_| YearProblem::Unread),
        _ => Err(YearProblem::Unread),
    }
}

/// Whether teaching can have begun in `year`.
///
/// # Errors
/// Why not.
pub fn check_began(year: i32, today: NaiveDate, born: Option<i32>) -> Result<(), YearProblem> {
    let newest = newest_year(today);
    match year {
        y if y > newest => Err(YearProblem::Ahead),
        y if y < newest - LONGEST_CAREER => Err(YearProblem::Ancient),
        y if born.is_some_and(|b| y - b < YOUNGEST_BEGINNER) => Err(YearProblem::Childhood),
        _ => Ok(()),
    }
}

/// Whether a colleague can be born in `year`.
///
/// # Errors
/// Why not.
pub fn check_born(year: i32, today: NaiveDate, began: Option<i32>) -> Result<(), YearProblem> {
    match today.year() - year {
        age if age < 0 => Err(YearProblem::Ahead),
        age if age < ADULT => Err(YearProblem::Young),
        age if age > OLDEST => Err(YearProblem::Ancient),
        _ if began.is_some_and(|b| b - year < YOUNGEST_BEGINNER) => Err(YearProblem::Childhood),
        _ => Ok(()),
    }
}

/// Whether somebody is in the first three years of work; one who begins next September counts.
pub fn is_beginner(began: i32, school_year: i32) -> bool {
    is_early_career(began, school_year.max(began))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn years_of_buttons_follow_each_other_without_a_gap() {
        let newest = newest_year(day("2025-09-22"));
        let singles: Vec<i32> = (0..SINGLE_YEARS).map(|n| newest - n).collect();
        let ranges: Vec<i32> = ranges(newest).collect();
        assert_eq!((singles[0], *singles.last().unwrap()), (2025, 2020));
        assert_eq!((ranges[0], *ranges.last().unwrap()), (2015, 1975));
        assert_eq!(newest_year(day("2025-05-31")), 2024);
        assert_eq!(newest_year(day("2025-06-01")), 2025);
    }

    #[test]
    fn a_year_is_read_from_what_people_type() {
        for (typed, year) in [
            ("2009", Ok(2009)),
            (" 2009 год", Ok(2009)),
            ("с 2009 г.", Ok(2009)),
            ("12.05.1985", Ok(1985)),
            ("85", Err(YearProblem::Unread)),
            ("", Err(YearProblem::Unread)),
            ("давно", Err(YearProblem::Unread)),
            ("2009-2011", Err(YearProblem::Unread)),
            ("20091", Err(YearProblem::Unread)),
            ("٢٠٠٩", Err(YearProblem::Unread)),
        ] {
            assert_eq!(year_in(typed), year, "{typed:?}");
        }
        assert_eq!(year_in(&"2009 ".repeat(1000)), Err(YearProblem::Unread));
        assert_eq!(year_in(&format!("{}2009", " ".repeat(5000))), Err(YearProblem::Unread));
    }

    #[test]
    fn years_have_sensible_bounds() {
        let today = day("2025-09-22");
        for (year, born, result) in [
            (2025, None, Ok(())),
            (2026, None, Err(YearProblem::Ahead)),
            (1960, None, Ok(())),
            (1959, None, Err(YearProblem::Ancient)),
            (2000, Some(1984), Ok(())),
            (2000, Some(1985), Err(YearProblem::Childhood)),
        ] {
            assert_eq!(check_began(year, today, born), result, "began {year}");
        }
        for (year, began, result) in [
            (2007, Some(2025), Ok(())),
            (2008, Some(2025), Err(YearProblem::Young)),
            (2026, Some(2025), Err(YearProblem::Ahead)),
            (1930, Some(1960), Ok(())),
            (1929, Some(1960), Err(YearProblem::Ancient)),
            (1990, Some(2000), Err(YearProblem::Childhood)),
            (-5, None, Err(YearProblem::Ancient)),
        ] {
            assert_eq!(check_born(year, today, began), result, "born {year}");
        }
    }

    #[test]
    fn the_first_three_years_begin_with_the_first_september() {
        for (began, school_year, is) in
            [(2025, 2025, true), (2023, 2025, true), (2022, 2025, false), (2025, 2024, true), (1990, 2025, false)]
        {
            assert_eq!(is_beginner(began, school_year), is, "{began} in {school_year}");
        }
    }
}
