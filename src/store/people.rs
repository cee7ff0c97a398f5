//! Accounts and the people behind them: what every turn loads first, in one joined query.

use crate::kernel::ids::{AccountId, Address, MunicipalityId, PersonId, RunId, VersionId};
use crate::kernel::language::Language;
use crate::kernel::person::{Role, Scope, zone};
use crate::kernel::time::At;
use crate::{exec, fetch_one, fetch_optional};

use super::{Result, Tx};

/// The messenger all accounts of this version come from.
pub const CHANNEL: &str = "telegram";

/// A registered person, as much of them as each turn needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Their row.
    pub id: PersonId,
    /// Their municipality.
    pub municipality: MunicipalityId,
    /// Its name.
    pub municipality_name: String,
    /// Its time zone.
    pub zone: chrono_tz::Tz,
    /// Family name.
    pub family_name: String,
    /// Given name.
    pub given_name: String,
    /// Patronymic, when they have one.
    pub patronymic: Option<String>,
    /// Whether staff confirmed that they are a colleague.
    pub is_confirmed: bool,
    /// What they may do, and where.
    pub roles: Vec<(Role, Scope)>,
}

/// Where the account's talk stands.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Conversation {
    /// The feature that listens; empty when nobody does.
    pub feature: String,
    /// Its step.
    pub step: String,
    /// Its own JSON.
    pub data: String,
    /// The run under way.
    pub run_id: Option<RunId>,
}

/// The chat's live message.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct LiveScreen {
    /// Its number, once known.
    pub message_id: Option<i64>,
    /// The number of its last wish; it counts nothing (see `outbox::screens::next_rev`).
    pub wanted_rev: i64,
    /// Whether it shows somebody's secret.
    pub is_private: bool,
}

/// The run the conversation points at, as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRun {
    /// Its row.
    pub id: RunId,
    /// The version it keeps.
    pub version: VersionId,
    /// All answers in one value.
    pub answers: Vec<u8>,
    /// Whether `answers` is sealed.
    pub is_sealed: bool,
    /// Rises with each change.
    pub rev: i64,
    /// When it is erased if not finished.
    pub expires_at: At,
}

/// Everything about one account that a turn begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The account.
    pub account: AccountId,
    /// Its language.
    pub language: Language,
    /// Whether sending to it failed for good the last time.
    pub is_unreachable: bool,
    /// Who it belongs to, once registered.
    pub person: Option<Person>,
    /// Where the talk stands.
    pub conversation: Conversation,
    /// The live message.
    pub screen: LiveScreen,
    /// The run under way.
    pub run: Option<StoredRun>,
}

#[derive(sqlx::FromRow)]
struct Row {
    account_id: AccountId,
    language: String,
    unreachable_since: Option<i64>,
    person_id: Option<PersonId>,
    municipality_id: Option<MunicipalityId>,
    municipality_name: Option<String>,
    zone: Option<String>,
    family_name: Option<String>,
    given_name: Option<String>,
    patronymic: Option<String>,
    confirmed_at: Option<i64>,
    roles: Option<String>,
    feature: Option<String>,
    step: Option<String>,
    data: Option<String>,
    conversation_run: Option<RunId>,
    message_id: Option<i64>,
    wanted_rev: Option<i64>,
    screen_sealed: Option<bool>,
    run_id: Option<RunId>,
    version_id: Option<VersionId>,
    answers: Option<Vec<u8>>,
    run_sealed: Option<bool>,
    run_rev: Option<i64>,
    expires_at: Option<At>,
}

/// Loads the account at `address` with its person, roles, conversation, screen and run; nothing for a stranger.
///
/// # Errors
/// The database's own.
pub async fn load(tx: &mut Tx, address: Address) -> Result<Option<Loaded>> {
    let row = fetch_optional!(
        tx,
        Row,
        "SELECT a.id AS account_id, a.language, a.unreachable_since, a.person_id, \
                p.municipality_id, m.name AS municipality_name, m.zone, p.family_name, p.given_name, p.patronymic, \
                p.confirmed_at, \
                (SELECT string_agg(r.role || ' ' || r.scope_kind || ' ' || r.scope_id, ';') FROM roles r \
                  WHERE r.person_id = a.person_id AND r.revoked_at IS NULL) AS roles, \
                c.feature, c.step, c.data, c.run_id AS conversation_run, s.message_id, s.wanted_rev, s.is_sealed AS screen_sealed, \
                u.id AS run_id, u.version_id, u.answers, u.is_sealed AS run_sealed, u.rev AS run_rev, u.expires_at \
         FROM accounts a \
         LEFT JOIN persons p ON p.id = a.person_id \
         LEFT JOIN municipalities m ON m.id = p.municipality_id \
         LEFT JOIN conversations c ON c.account_id = a.id \
         LEFT JOIN screens s ON s.account_id = a.id \
         LEFT JOIN runs u ON u.id = c.run_id AND u.person_id = a.person_id \
         WHERE a.channel = $1 AND a.external_id = $2",
        CHANNEL,
        address
    )?;
    Ok(row.map(Loaded::from))
}

impl From<Row> for Loaded {
    fn from(mut row: Row) -> Loaded {
        Loaded {
            account: row.account_id,
            language: Language::from_code(&row.language).unwrap_or(Language::Ru),
            is_unreachable: row.unreachable_since.is_some(),
            person: row.person(),
            run: row.run(),
            conversation: Conversation {
                feature: row.feature.unwrap_or_default(),
                step: row.step.unwrap_or_default(),
                data: row.data.unwrap_or_default(),
                run_id: row.conversation_run,
            },
            screen: LiveScreen {
                message_id: row.message_id,
                wanted_rev: row.wanted_rev.unwrap_or(0),
                is_private: row.screen_sealed.unwrap_or(false),
            },
        }
    }
}

impl Row {
    fn person(&mut self) -> Option<Person> {
        Some(Person {
            id: self.person_id?,
            municipality: self.municipality_id?,
            municipality_name: self.municipality_name.take()?,
            zone: zone(self.zone.as_deref().unwrap_or_default()),
            family_name: self.family_name.take()?,
            given_name: self.given_name.take()?,
            patronymic: self.patronymic.take(),
            is_confirmed: self.confirmed_at.is_some(),
            roles: self.roles.as_deref().map(read_roles).unwrap_or_default(),
        })
    }

    fn run(&mut self) -> Option<StoredRun> {
        Some(StoredRun {
            id: self.run_id?,
            version: self.version_id?,
            answers: self.answers.take()?,
            is_sealed: self.run_sealed?,
            rev: self.run_rev?,
            expires_at: self.expires_at?,
        })
    }
}

/// Reads `role kind id;…`; an unknown word grants nothing.
fn read_roles(text: &str) -> Vec<(Role, Scope)> {
    text.split(';')
        .filter_map(|one| {
            let mut parts = one.split(' ');
            let role = Role::from_code(parts.next()?)?;
            let scope = Scope::from_parts(parts.next()?, parts.next()?.parse().ok()?)?;
            Some((role, scope))
        })
        .collect()
}

/// Makes the account of a stranger who wrote for the first time.
///
/// # Errors
/// The database's own.
pub async fn welcome(tx: &mut Tx, address: Address, language: Language, now: At) -> Result<Loaded> {
    let (account,): (AccountId,) = fetch_one!(
        tx,
        (AccountId,),
        "INSERT INTO accounts (channel, external_id, language, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (channel, external_id) DO UPDATE SET unreachable_since = NULL RETURNING id",
        CHANNEL,
        address,
        language.code(),
        now
    )?;
    Ok(Loaded {
        account,
        language,
        is_unreachable: false,
        person: None,
        conversation: Conversation::default(),
        screen: LiveScreen::default(),
        run: None,
    })
}

/// Notes whether messages to the account arrive.
///
/// # Errors
/// The database's own.
pub async fn set_reachable(tx: &mut Tx, account: AccountId, unreachable_since: Option<At>) -> Result<()> {
    exec!(tx, "UPDATE accounts SET unreachable_since = $1 WHERE id = $2", unreachable_since, account)?;
    Ok(())
}

/// Changes the language an account is spoken to in.
///
/// # Errors
/// The database's own.
pub async fn set_language(tx: &mut Tx, account: AccountId, language: Language) -> Result<()> {
    exec!(tx, "UPDATE accounts SET language = $1 WHERE id = $2", language.code(), account)?;
    Ok(())
}

/// Writes where the account's talk stands. Its time is kept to the hour: finer, it would tell how long somebody took.
///
/// # Errors
/// The database's own.
pub async fn save_conversation(tx: &mut Tx, account: AccountId, c: &Conversation, now: At) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO conversations (account_id, feature, step, data, run_id, updated_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (account_id) DO UPDATE SET feature = excluded.feature, step = excluded.step, data = excluded.data, \
         run_id = excluded.run_id, updated_at = excluded.updated_at",
        account,
        c.feature.as_str(),
        c.step.as_str(),
        c.data.as_str(),
        c.run_id,
        now.whole_hour()
    )?;
    Ok(())
}
