//! Stores without a bot: what features ask of the database, on both engines.

mod directory;
mod district;

use std::future::Future;

use uchitelskaya::store::{Place, Settings, Store};

use crate::support::databases::{Database, Engine};

/// Runs a test on a fresh store of each engine that is here.
pub fn on_both<F: Future<Output = ()>>(test: impl Fn(Store) -> F) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(database) = Database::new(engine) else { continue };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let settings = Settings { lanes: 1, readers: 1, ..Settings::default() };
            let store = Store::open(&Place::from_url(&database.url), &settings).await.unwrap();
            test(store.clone()).await;
            store.close().await;
        });
    }
}
