//! What the first start of an empty database makes, and the second leaves alone.

use uchitelskaya::features::directory;

use crate::bot_test;
use crate::support::Town;

bot_test!(a_first_start_makes_the_municipality_and_later_ones_keep_it, async |town: &mut Town| {
    for name in ["Заречный район", "Переименованный район"] {
        town.settings.municipality = Some(name.into());
        town.restart().await;
        let store = &town.app().store;
        let all = store.read(|tx| Box::pin(directory::municipalities(tx))).await.unwrap();
        assert_eq!(all.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["Заречный район"]);
        let id = all[0].id;
        let associations = store.read(|tx| Box::pin(directory::associations_of(tx, id))).await.unwrap();
        assert_eq!(associations.len(), 31);
    }
});
