//! Consent 1, a message of its own.
//!
//! ```text
//! bot:  Согласие на обработку персональных данных …
//! Анна: [Не сейчас]
//! bot:  Хорошо, ничего не сохранено … [Вернуться]
//! ```

use super::Go;
use crate::bot::turn::{Result, Turn};
use crate::config::Operator;
use crate::features::registration::buttons::Registration;
use crate::features::registration::model::{Draft, Workplace};
use crate::features::registration::service::{self, ConsentKind, ConsentText};
use crate::features::registration::{rules, views};
use crate::kernel::screen::Screen;
use crate::kernel::text::Text;
use crate::t;

fn text(turn: &Turn<'_>) -> Result<Text> {
    let operator = turn.world.shelf.get::<Operator>()?;
    Ok(views::consent_text(&operator.name, &operator.contacts))
}

/// The consent in the person's language. Its button names the very text it stands under.
pub fn screen(turn: &Turn<'_>, has_agreed: bool) -> Result<Screen> {
    let text = text(turn)?;
    let mark = rules::mark(&turn.words(&text));
    Ok(views::consent(text, mark, has_agreed))
}

/// Nobody can register before there is a municipality.
pub fn no_place(turn: &mut Turn<'_>) -> Result<()> {
    let operator = turn.world.shelf.get::<Operator>()?;
    turn.show(views::no_place(&operator.name, &operator.contacts));
    Ok(())
}

/// A press under the consent.
pub async fn press(turn: &mut Turn<'_>, draft: &mut Draft, button: Registration) -> Result<Go> {
    Ok(match button {
        Registration::Agree { mark } => agree(turn, draft, mark).await?,
        Registration::Onward {} if draft.has_agreed => Go::On,
        Registration::Withdraw {} if draft.has_agreed => {
            service::withdraw(turn.tx, turn.who.account, turn.now).await?;
            decline(turn, std::mem::take(draft)).await?;
            Go::Shown
        }
        Registration::NotNow {} if !draft.has_agreed => {
            decline(turn, std::mem::take(draft)).await?;
            Go::Shown
        }
        _ => Go::Here,
    })
}

async fn agree(turn: &mut Turn<'_>, draft: &mut Draft, mark: i64) -> Result<Go> {
    let body = turn.words(&text(turn)?);
    if mark != rules::mark(&body) {
        return Ok(Go::Hint(t!("consent-changed")));
    }
    let version = turn.words(&t!("consent-account-version"));
    let text = ConsentText { kind: ConsentKind::Account, version, language: turn.language(), body };
    service::agree(turn.tx, turn.who.account, &text, turn.now).await?;
    draft.has_agreed = true;
    Ok(Go::On)
}

/// Forgets everything but the account; the button back carries the school of the link.
pub async fn decline(turn: &mut Turn<'_>, draft: Draft) -> Result<()> {
    turn.end();
    let school = draft.school.as_ref().filter(|_| draft.is_invited).and_then(Workplace::id);
    turn.show(views::declined(school));
    Ok(())
}
