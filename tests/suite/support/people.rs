//! A municipality of registered people, and a long questionnaire for them: for kill tests and the benchmark.

use std::path::Path;

use uchitelskaya::emulator::User;
use uchitelskaya::exec;
use uchitelskaya::store::{Place, Settings, Store};

/// Registers `count` people whose chats begin at `first`.
pub async fn fill(url: &str, first: i64, count: i64) {
    let store = Store::open(&Place::from_url(url), &Settings::default()).await.expect("the store opens");
    store
        .transact(move |tx| {
            Box::pin(async move {
                exec!(tx, "INSERT INTO municipalities (name, zone, created_at) VALUES ('Заречный', 'Europe/Moscow', 0)")?;
                exec!(
                    tx,
                    "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1) \
                     INSERT INTO persons (municipality_id, family_name, given_name, patronymic, sort_key, taught_since, \
                     confirmed_at, created_at, updated_at) \
                     SELECT (SELECT MIN(id) FROM municipalities), 'Петрова', 'Анна', 'Сергеевна', 'петрова', 2010, 0, 0, 0 FROM n",
                    count
                )?;
                exec!(
                    tx,
                    "INSERT INTO accounts (channel, external_id, person_id, language, created_at) \
                     SELECT 'telegram', $1 + id - (SELECT MIN(id) FROM persons), id, 'ru', 0 FROM persons",
                    first
                )?;
                Ok(())
            })
        })
        .await
        .expect("the people are written");
    store.close().await;
}

pub fn user(id: i64) -> User {
    User { id, first_name: "Анна".into(), last_name: None, username: None, language_code: Some("ru".into()) }
}

/// Writes a questionnaire of `items` yes-or-no statements into a folder; its id is `long`.
pub fn questionnaire(folder: &Path, items: usize, is_private: bool) {
    let rules = if is_private {
        "private = true\nconsent = \"burnout\"\nresume_hours = 72\nreopen_after_months = 3\n"
    } else {
        "consent = \"account\"\n"
    };
    let mut file = format!(
        "id = \"long\"\nversion = 1\nlanguages = [\"ru\"]\n{rules}\
         title.ru = \"Длинная анкета\"\nintro.ru = \"Много утверждений.\"\n"
    );
    for n in 1..=items {
        file.push_str(&format!(
            "\n[[item]]\nid = \"i{n}\"\nkind = \"yes-no\"\n\
             text.ru = \"Даже в плохом настроении я говорю с детьми ровно, и это случай {n}.\"\n"
        ));
    }
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(folder.join("long.toml"), file).expect("a file");
}
