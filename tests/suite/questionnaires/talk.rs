//! Replays `.talk` transcripts: what the teacher does is read, what the bot says is written anew and must
//! be the same, line by line. The format is described in docs/questionnaires.md.

use uchitelskaya::features::survey::model::{Answer, Definition, Item, Kind};
use uchitelskaya::features::survey::run::{Refused, Run, decimal};
use uchitelskaya::features::survey::scoring::{score, words};
use uchitelskaya::kernel::language::Language;

/// Fails with both texts unless the transcript is what the definition really says.
pub fn check(definition: &Definition, written: &str) {
    let expected: Vec<&str> = written.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    let replayed = replay(definition, &expected);
    let at = expected.iter().zip(&replayed).take_while(|(a, b)| *a == b).count();
    assert!(
        expected.len() == replayed.len() && at == expected.len(),
        "{}.talk differs from line {:?} on; what is said now:\n\n{}\n",
        definition.id,
        expected.get(at),
        replayed.join("\n")
    );
}

struct Talk<'a> {
    definition: &'a Definition,
    run: Run,
    language: Language,
    contacts: String,
    out: Vec<String>,
}

fn replay(definition: &Definition, lines: &[&str]) -> Vec<String> {
    let run = Run::new(definition);
    let mut talk = Talk { definition, run, language: Language::Ru, contacts: String::new(), out: Vec::new() };
    for line in lines.iter().filter(|l| !l.starts_with("bot")) {
        talk.out.push((*line).to_owned());
        talk.step(line);
    }
    talk.out
}

impl Talk<'_> {
    fn step(&mut self, line: &str) {
        if let Some(code) = line.strip_prefix("language ") {
            self.language = Language::from_code(code).expect("a language of ours");
        } else if let Some(contacts) = line.strip_prefix("contacts") {
            self.contacts = contacts.trim().to_owned();
        } else if line == "teacher opens it" {
            self.open();
        } else if let Some(deed) = line.strip_prefix("teacher ") {
            match self.deed(deed) {
                Ok(()) => self.show(),
                Err(refused) => self.out.push(format!("bot refuses: {refused:?}")),
            }
        } else {
            assert!(line.starts_with("talk "), "not a line of a transcript: {line}");
        }
    }

    fn open(&mut self) {
        self.run = Run::new(self.definition);
        self.out.push(format!("bot: {}", self.definition.title.get(self.language)));
        self.say("bot", self.definition.intro.get(self.language));
        self.show();
    }

    /// The state goes through its bytes before each deed, as it does between two presses in life.
    fn deed(&mut self, deed: &str) -> Result<(), Refused> {
        self.run = Run::decode(self.definition, &self.run.encode()).expect("its own bytes");
        let definition = self.definition;
        if deed == "goes back" {
            self.run.back(definition);
            return Ok(());
        }
        let item = self.run.current(definition).expect("there is a question");
        match deed.split_once(' ').unwrap_or((deed, "")) {
            ("presses", label) => {
                let option = option(&definition.items[item], label, self.language);
                self.run.answer(definition, item, Answer::One(option as u8))
            }
            ("ticks", label) => {
                let option = option(&definition.items[item], label, self.language);
                self.run.tick(definition, item, option)
            }
            ("writes", typed) => {
                let answer = definition.items[item].read(typed)?;
                self.run.answer(definition, item, answer)
            }
            ("skips", "") => self.run.skip(definition, item),
            ("says", "it does not apply") => self.run.does_not_apply(definition, item),
            ("goes", "on") => self.run.forward(definition),
            _ => panic!("a teacher does not do this: {deed}"),
        }
    }

    fn show(&mut self) {
        let Some(n) = self.run.current(self.definition) else { return self.result() };
        let item = &self.definition.items[n];
        let (place, total) = self.run.place(self.definition);
        let first_of_section = item.section.filter(|s| n == 0 || self.definition.items[n - 1].section != Some(*s));
        if let Some(section) = first_of_section {
            self.out.push(format!("bot: {}", self.definition.sections[section].title.get(self.language)));
        }
        let said = said(item, self.run.said(n), self.language).map_or(String::new(), |s| format!(" [{s}]"));
        self.out.push(format!("bot {place}/{total}: {}{said}", item.text.get(self.language)));
    }

    fn result(&mut self) {
        let outcome = score(self.definition, &self.run);
        for part in words(self.definition, &self.run, &outcome, self.language, &self.contacts) {
            let who = if part.on_demand { "bot, if asked" } else { "bot" };
            if let Some(heading) = &part.heading {
                self.say(who, heading);
            }
            for line in &part.lines {
                self.say(who, &if part.is_list { format!("• {line}") } else { line.clone() });
            }
        }
    }

    fn say(&mut self, who: &str, text: &str) {
        let lines = text.lines().filter(|l| !l.trim().is_empty());
        self.out.extend(lines.map(|l| format!("{who}: {l}")));
    }
}

fn option(item: &Item, label: &str, language: Language) -> usize {
    let fits = |n: &usize| text_of(item, *n, language) == label;
    (0..item.options().len()).find(fits).unwrap_or_else(|| panic!("`{}` has no button {label}", item.id))
}

fn text_of(item: &Item, option: usize, language: Language) -> String {
    let choice = &item.options()[option];
    choice.label.as_ref().map_or(choice.id.clone(), |w| w.get(language).to_owned())
}

fn said(item: &Item, answer: &Answer, language: Language) -> Option<String> {
    match (answer, &item.kind) {
        (Answer::Blank, _) => None,
        (Answer::Skipped, _) => Some("skipped".to_owned()),
        (Answer::NotApplicable, _) => Some("does not apply".to_owned()),
        (Answer::Number(n), Kind::Number { decimals, .. }) => Some(decimal(*n, *decimals)),
        (Answer::Text(text), _) => Some(text.clone()),
        (Answer::Date(day), _) => Some(day.to_string()),
        (answer, _) => {
            let chosen = (0..item.options().len()).filter(|n| answer.options() >> n & 1 == 1);
            Some(chosen.map(|n| text_of(item, n, language)).collect::<Vec<_>>().join(", "))
        }
    }
}
