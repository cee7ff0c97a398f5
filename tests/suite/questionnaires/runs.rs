//! A run survives any order of steps, goes through bytes unchanged and refuses bytes that are not its own.

use proptest::prelude::*;
use uchitelskaya::features::survey::model::{Answer, Definition};
use uchitelskaya::features::survey::run::{Damaged, Refused, Run, in_steps};

use super::other::knowledge;
use super::pulse;

#[derive(Clone, Debug)]
enum Step {
    One(usize, u8),
    Several(usize, u64),
    Number(usize, i64),
    Words(usize, String),
    Tick(usize, usize),
    Skip(usize),
    NotApplicable(usize),
    Back,
    Forward,
}

/// Any step, sensible or not.
fn step() -> impl Strategy<Value = Step> {
    let item = 0usize..14;
    prop_oneof![
        (item.clone(), 0u8..70).prop_map(|(i, n)| Step::One(i, n)),
        (item.clone(), any::<u64>()).prop_map(|(i, n)| Step::Several(i, n % 16)),
        (item.clone(), -10i64..1200).prop_map(|(i, n)| Step::Number(i, n)),
        (item.clone(), prop_oneof!["[а-я ]{0,50}", "[0-9]{1,3},[0-9]", "0[1-9].0[1-9].20[0-9]{2}"])
            .prop_map(|(i, s)| Step::Words(i, s)),
        (item.clone(), 0usize..5).prop_map(|(i, n)| Step::Tick(i, n)),
        item.clone().prop_map(Step::Skip),
        item.prop_map(Step::NotApplicable),
        Just(Step::Back),
        Just(Step::Forward),
    ]
}

/// Takes a step; refusals leave the run as it was.
fn take(run: &mut Run, d: &Definition, step: &Step) -> Result<(), Refused> {
    match step {
        Step::One(i, n) => run.answer(d, *i, Answer::One(*n)),
        Step::Several(i, bits) => run.answer(d, *i, Answer::Several(*bits)),
        Step::Number(i, n) => run.answer(d, *i, Answer::Number(*n)),
        Step::Words(i, typed) => {
            let answer = d.items.get(*i).ok_or(Refused::NotShown)?.read(typed)?;
            run.answer(d, *i, answer)
        }
        Step::Tick(i, n) => run.tick(d, *i, *n),
        Step::Skip(i) => run.skip(d, *i),
        Step::NotApplicable(i) => run.does_not_apply(d, *i),
        Step::Back => {
            run.back(d);
            Ok(())
        }
        Step::Forward => run.forward(d),
    }
}

/// Walks and checks after each step what must always hold.
fn walk(d: &Definition, steps: &[Step]) -> Result<Run, TestCaseError> {
    let mut run = Run::new(d);
    for step in steps {
        let before = run.clone();
        if take(&mut run, d, step).is_err() {
            prop_assert_eq!(&run, &before, "a refused step changes nothing");
        }
        let (done, total) = run.progress(d);
        prop_assert!(done <= total && total <= d.items.len());
        prop_assert_eq!(run.is_complete(d), done == total);
        if let Some(item) = run.current(d) {
            prop_assert!(run.visible(d)[item], "nobody stands at a hidden item");
        }
        prop_assert_eq!(Run::decode(d, &run.encode()), Ok(run.clone()));
    }
    Ok(run)
}

proptest! {
    #[test]
    fn any_walk_through_the_pulse_keeps_its_state(steps in prop::collection::vec(step(), 0..60)) {
        let d = pulse();
        let run = walk(d, &steps)?;
        prop_assert_eq!(run.encode().len(), 3 + d.items.len(), "the length does not tell how far somebody got");
    }

    #[test]
    fn any_walk_through_all_kinds_keeps_its_state(steps in prop::collection::vec(step(), 0..60)) {
        walk(knowledge(), &steps)?;
    }

    #[test]
    fn foreign_bytes_are_refused_or_are_a_state(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        for d in [pulse(), knowledge()] {
            if let Ok(run) = Run::decode(d, &bytes) {
                prop_assert_eq!(run.encode(), bytes.clone());
            }
        }
    }

    #[test]
    fn damaged_bytes_are_refused_or_are_a_state(
        steps in prop::collection::vec(step(), 0..40), at in any::<prop::sample::Index>(), byte: u8, cut: bool,
    ) {
        let d = knowledge();
        let mut bytes = walk(d, &steps)?.encode();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Ok(run) = Run::decode(d, &bytes) {
            prop_assert_eq!(run.encode(), bytes);
        }
    }

    #[test]
    fn numbers_are_read_exactly(n in -1_000_000i64..1_000_000, decimals in 0u8..4) {
        let written = uchitelskaya::features::survey::run::decimal(n, decimals);
        prop_assert_eq!(in_steps(&written, decimals), Some(n));
        prop_assert_eq!(in_steps(&written.replace('.', ","), decimals), Some(n));
    }
}

#[test]
fn back_and_change_moves_one_answer_only() {
    let d = pulse();
    let mut run = Run::new(d);
    for item in 0..12 {
        assert_eq!(run.current(d), Some(item));
        assert_eq!(run.place(d), (item + 1, 12));
        run.answer(d, item, Answer::One(1)).expect("an answer");
    }
    assert!(run.is_complete(d) && run.current(d).is_none());
    assert!(run.back(d));
    run.answer(d, 11, Answer::One(3)).expect("another answer");
    assert_eq!((run.said(10), run.said(11)), (&Answer::One(1), &Answer::One(3)));
    assert_eq!((run.progress(d), run.answered_count()), ((12, 12), 12));
}

#[test]
fn at_the_first_item_there_is_no_way_back_and_no_way_on() {
    let d = pulse();
    let mut run = Run::new(d);
    assert!(!run.back(d));
    assert_eq!(run.forward(d), Err(Refused::Unanswered));
    assert_eq!(run.answer(d, 0, Answer::One(4)), Err(Refused::NotAnAnswer));
    assert_eq!(run.answer(d, 0, Answer::Number(1)), Err(Refused::NotAnAnswer));
    assert_eq!(run.answer(d, 12, Answer::One(0)), Err(Refused::NotShown));
    assert_eq!(run.does_not_apply(d, 0), Err(Refused::AlwaysApplies));
}

#[test]
fn a_hidden_item_keeps_its_answer_and_does_not_count() {
    let d = knowledge();
    let [teaches, minutes] = ["teaches", "minutes"].map(|id| d.item(id).expect("an item"));
    let mut run = Run::new(d);
    run.answer(d, teaches, Answer::One(0)).expect("yes");
    run.answer(d, minutes, Answer::Number(355)).expect("35.5");
    run.answer(d, teaches, Answer::One(1)).expect("no after all");
    assert!(!run.visible(d)[minutes]);
    assert_eq!(run.counting(d)[minutes], &Answer::Blank);
    assert_eq!(run.answer(d, minutes, Answer::Number(10)), Err(Refused::NotShown));
    run.answer(d, teaches, Answer::One(0)).expect("yes again");
    assert_eq!(run.counting(d)[minutes], &Answer::Number(355));
}

#[test]
fn a_run_of_another_version_is_refused() {
    let (pulse, knowledge) = (pulse(), knowledge());
    assert_eq!(Run::decode(knowledge, &Run::new(pulse).encode()), Err(Damaged));
    let mut later = Run::new(pulse).encode();
    later[0] = 2;
    assert_eq!(Run::decode(pulse, &later), Err(Damaged));
}
