//! Erasing in time: runs whose 72 hours are over, held results after a day.

use futures_util::future::BoxFuture;

use super::{queries, service};
use crate::schedule::Hands;
use crate::store::Result;

/// Runs every ten minutes.
pub fn erase(hands: Hands) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let now = hands.now;
        loop {
            let keys = hands.keys.clone();
            let gone = hands
                .store
                .transact(move |tx| {
                    let keys = keys.clone();
                    Box::pin(async move {
                        let expired = queries::expired_runs(tx, now, 50).await?;
                        for (run, person, questionnaire) in &expired {
                            service::end(tx, &keys, (*run, *person, questionnaire), None, now).await?;
                        }
                        Ok(expired.len())
                    })
                })
                .await?;
            if gone == 0 {
                break;
            }
        }
        hands.store.transact(move |tx| Box::pin(queries::erase_held(tx, now))).await?;
        Ok(())
    })
}
