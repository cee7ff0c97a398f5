//! Giving, looking up and withdrawing a consent.

use sha2::{Digest, Sha256};

use super::model::{ConsentKind, ConsentText};
use crate::kernel::ids::AccountId;
use crate::kernel::time::At;
use crate::store::{Result, Tx};
use crate::{exec, fetch_one};

/// Notes that the account agrees to this very text. Agreeing twice is one consent.
///
/// # Errors
/// The database's own.
pub async fn give(tx: &mut Tx, account: AccountId, text: &ConsentText, now: At) -> Result<()> {
    if has_given(tx, account, text.kind).await? {
        return Ok(());
    }
    let hash = Sha256::digest(text.body.as_bytes()).to_vec();
    exec!(
        tx,
        "INSERT INTO consent_texts (hash, kind, version, language, body) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        hash.clone(),
        text.kind.code(),
        text.version.as_str(),
        text.language.code(),
        text.body.as_str()
    )?;
    exec!(
        tx,
        "INSERT INTO consents (account_id, kind, text_hash, given_at) VALUES ($1, $2, $3, $4)",
        account,
        text.kind.code(),
        hash,
        now
    )?;
    Ok(())
}

/// Whether the account has agreed and not withdrawn.
///
/// # Errors
/// The database's own.
pub async fn has_given(tx: &mut Tx, account: AccountId, kind: ConsentKind) -> Result<bool> {
    let (count,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "SELECT count(*) FROM consents WHERE account_id = $1 AND kind = $2 AND withdrawn_at IS NULL",
        account,
        kind.code()
    )?;
    Ok(count > 0)
}

/// Takes a consent back from now on; that it was given and withdrawn stays known.
///
/// # Errors
/// The database's own.
pub async fn withdraw(tx: &mut Tx, account: AccountId, kind: ConsentKind, now: At) -> Result<()> {
    exec!(
        tx,
        "UPDATE consents SET withdrawn_at = $1 WHERE account_id = $2 AND kind = $3 AND withdrawn_at IS NULL",
        now,
        account,
        kind.code()
    )?;
    Ok(())
}
