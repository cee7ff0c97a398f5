//! Erasing in time: runs and held values at the hour that was fixed at their opening, results after a day.

use futures_util::future::BoxFuture;

use super::{queries, service};
use crate::schedule::Hands;
use crate::store::Result;

/// How many rows a piece of work takes, so that it stays well under 50 ms.
const PIECE: i64 = 20;

/// Runs every ten minutes.
pub fn erase(hands: Hands) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let now = hands.now;
        loop {
            let gone = hands.store.transact(move |tx| {
                Box::pin(async move {
                    let expired = queries::expired_runs(tx, now, PIECE).await?;
                    for (run, person, questionnaire) in &expired {
                        queries::close(tx, *run, *person, questionnaire).await?;
                    }
                    Ok(expired.len())
                })
            });
            if gone.await? == 0 {
                break;
            }
        }
        hands.store.transact(move |tx| Box::pin(queries::erase_held(tx, now))).await?;
        Ok(())
    })
}

/// Runs hourly: seals every held value anew, results that are a day old as nothing. That it is all of them, in the
/// order of random keys, keeps it unknown whose value changed in the last hour.
pub fn reseal(hands: Hands) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let now = hands.now;
        let mut key = Vec::new();
        loop {
            let (keys, from) = (hands.keys.clone(), key.clone());
            let last = hands.store.transact(move |tx| {
                let (keys, from) = (keys.clone(), from.clone());
                Box::pin(async move { service::reseal(tx, &keys, &from, PIECE, now).await })
            });
            match last.await? {
                Some(last) => key = last,
                None => return Ok(()),
            }
        }
    })
}
