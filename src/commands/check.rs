//! `check`: could the bot start? Looks at everything a start needs without starting, asking Telegram or changing a thing.

use super::say;
use crate::app;
use crate::config::Settings;
use crate::error::StartError;
use crate::i18n::Catalogue;
use crate::kernel::chance::Chance;
use crate::kernel::language::Language;
use crate::store::inspect::{self, Inspected};
use crate::store::seal::Keys;

/// What was looked at and is well, or what to do.
type Finding = Result<String, StartError>;

/// Prints a line for each thing looked at.
///
/// # Errors
/// At least one line is trouble.
pub(super) async fn check(settings: &Settings) -> Result<(), StartError> {
    let chance = super::system_chance()?;
    let mut findings = vec![token(settings), operator(settings), texts(settings), keys(settings, &chance)];
    findings.push(questionnaires(settings));
    findings.push(database(settings).await);
    let troubles = findings.iter().filter(|f| f.is_err()).count();
    for finding in &findings {
        match finding {
            Ok(well) => say(&format!("✓ {well}")),
            Err(trouble) => say(&format!("✗ {trouble}")),
        }
    }
    match troubles {
        0 => Ok(()),
        1 => Err(StartError::Setting("One thing has to be put right before the bot can start.".into())),
        n => Err(StartError::Setting(format!("{n} things have to be put right before the bot can start."))),
    }
}

fn token(settings: &Settings) -> Finding {
    app::telegram(settings)?;
    Ok("the token is set (Telegram was not asked about it)".into())
}

fn operator(settings: &Settings) -> Finding {
    settings.operator().map_err(StartError::Setting)?;
    Ok("the operator and the contacts are set".into())
}

fn texts(settings: &Settings) -> Finding {
    let _: Catalogue = app::catalogue(settings)?;
    let languages: Vec<_> = Language::ALL.into_iter().map(Language::code).collect();
    Ok(format!("the texts can be used: {}", languages.join(", ")))
}

/// The key file is made at a start, not here.
fn keys(settings: &Settings, chance: &Chance) -> Finding {
    if settings.keys.is_none() && !settings.key_file.exists() {
        return Ok(format!("there is no key file yet: {} is made at the first start", settings.key_file.display()));
    }
    let _: Keys = app::keys(settings, chance)?;
    Ok("the keys can be used".into())
}

fn questionnaires(settings: &Settings) -> Finding {
    let all = app::questionnaires(settings)?;
    let titles: Vec<&str> = all.iter().map(|l| l.definition.id.as_str()).collect();
    Ok(format!("the questionnaires are right: {}", titles.join(", ")))
}

async fn database(settings: &Settings) -> Finding {
    let place = settings.place();
    let found = inspect::inspect(&place).await?;
    let is_founded = matches!(found, Inspected::Present { has_municipality: true, .. });
    if !is_founded && settings.municipality.is_none() {
        return Err(app::no_municipality());
    }
    Ok(match found {
        Inspected::Absent => "there is no database yet: it is made at the first start".into(),
        Inspected::Present { engine, missing: 0, .. } => format!("the database ({engine}) is whole and up to date"),
        Inspected::Present { engine, missing, .. } => {
            format!("the database ({engine}) is whole; a start applies {missing} missing steps of its schema")
        }
    })
}
