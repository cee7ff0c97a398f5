//! Forgetting in time: numbers of handled updates after 48 hours, sent messages after 30 days, private screens that
//! could not be shown after 24 hours (PRIVACY, section 3).

use futures_util::future::BoxFuture;

use crate::exec;
use crate::kernel::time::{days, hours};
use crate::outbox::screens;
use crate::schedule::Hands;
use crate::store::Result;

/// Runs hourly.
pub fn forget(hands: Hands) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let now = hands.now;
        loop {
            let gone = hands
                .store
                .transact(move |tx| {
                    Box::pin(async move {
                        exec!(
                            tx,
                            "DELETE FROM handled_updates WHERE update_id IN \
                             (SELECT update_id FROM handled_updates WHERE at < $1 LIMIT 500)",
                            now.minus(hours(48))
                        )
                    })
                })
                .await?;
            if gone == 0 {
                break;
            }
        }
        hands
            .store
            .transact(move |tx| {
                Box::pin(async move {
                    screens::forget_private(tx, now.minus(hours(24))).await?;
                    exec!(
                        tx,
                        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state <> 'waiting' AND ended_at < $1 LIMIT 500)",
                        now.minus(days(30))
                    )
                })
            })
            .await?;
        Ok(())
    })
}
