//! One's own profile after registration; each correction is saved when it is given.
//!
//! ```text
//! Анна: /profile
//! bot:  Мой профиль … Школа № 4 … [Исправить]
//! Анна: [Исправить] [Школа] сош 7 [Школа № 7]
//! bot:  Сохранено. Мой профиль … Школа № 7
//! ```

use super::{Go, Talk, answer, summary};
use crate::bot::menu::{called, home_button};
use crate::bot::turn::{Result, Turn};
use crate::features::registration::buttons::Registration;
use crate::features::registration::model::Draft;
use crate::features::registration::{NAME, service, views};
use crate::kernel::text::Text;
use crate::t;

/// The profile as it is stored. Whoever looks at it has left a correction.
///
/// # Errors
/// A refusal for somebody who has none yet.
pub async fn profile(turn: &mut Turn<'_>) -> Result<()> {
    show(turn, None).await
}

async fn show(turn: &mut Turn<'_>, hint: Option<Text>) -> Result<()> {
    let person = turn.person()?.clone();
    if turn.who.conversation.feature == NAME {
        turn.end();
    }
    let (draft, associations) = service::stored(turn.tx, &person).await?;
    let screen = views::profile(&summary::about(&draft, &associations, turn.now)).row([home_button()]);
    turn.show(views::hinted(screen, hint));
    Ok(())
}

/// Saves a correction and shows the profile. An incomplete one (somebody went back out of it) changes nothing.
pub async fn save(turn: &mut Turn<'_>, mut draft: Draft) -> Result<()> {
    let mut person = turn.person()?.clone();
    if !service::save(turn.tx, &person, &mut draft, turn.now).await? {
        return show(turn, None).await;
    }
    if let Some(place) = &draft.place {
        person.municipality = place.id;
        person.municipality_name.clone_from(&place.name);
        person.zone = crate::kernel::person::zone(&place.zone);
        turn.who.person = Some(person);
    }
    show(turn, Some(t!("registration-saved"))).await
}

/// A press of somebody registered.
pub async fn press(turn: &mut Turn<'_>, button: Option<Registration>) -> Result<()> {
    use Registration as R;
    let person = turn.person()?.clone();
    match button {
        Some(R::Profile {}) => profile(turn).await,
        Some(R::Corrections {}) => {
            if turn.who.conversation.feature == NAME {
                turn.end();
            }
            let draft = service::editable(turn.tx, &person).await?;
            turn.show(views::corrections(&draft, true));
            Ok(())
        }
        Some(R::Mend { step }) => {
            let mut draft = service::editable(turn.tx, &person).await?;
            match summary::mend(&mut draft, step) {
                Go::To(step) => Talk { step, draft }.go(turn, Go::Here).await,
                _ => stale(turn).await,
            }
        }
        // The second tap of a double one: it is written already.
        Some(R::Confirm {}) => {
            let name = called(&person.given_name, person.patronymic.as_deref());
            turn.show(views::done(&name, None).row([home_button()]));
            Ok(())
        }
        Some(button) => match Talk::load(turn) {
            Some(talk) => edit(turn, talk, button).await,
            None => stale(turn).await,
        },
        None => stale(turn).await,
    }
}

async fn edit(turn: &mut Turn<'_>, talk: Talk, button: Registration) -> Result<()> {
    use Registration as R;
    match button {
        R::Over {} | R::OverSure {} | R::Consider { .. } => stale(turn).await,
        other => answer(turn, talk, other).await,
    }
}

async fn stale(turn: &mut Turn<'_>) -> Result<()> {
    turn.toast(t!("button-stale"));
    show(turn, None).await
}
