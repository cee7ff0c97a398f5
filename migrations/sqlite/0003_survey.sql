-- Questionnaires: immutable versions, runs under way, and what PRIVACY allows to remain after one.
CREATE TABLE questionnaire_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    questionnaire TEXT NOT NULL,
    version INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    body TEXT NOT NULL,
    loaded_at INTEGER NOT NULL,
    UNIQUE (questionnaire, version)
) STRICT;

-- All answers of a run are one value, so an answer cannot exist twice and erasure is one row.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    version_id INTEGER NOT NULL REFERENCES questionnaire_versions (id),
    answers BLOB NOT NULL,
    is_sealed INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    UNIQUE (person_id, version_id)
) STRICT;
CREATE INDEX runs_by_expiry ON runs (expires_at);

-- One ticket a person and questionnaire, random key, no time finer than the month. Finished, refused, erased and
-- expired all leave it 'closed' with a held value of the same size: nothing says that somebody finished.
CREATE TABLE tickets (
    id BLOB PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    questionnaire TEXT NOT NULL,
    opened_month TEXT NOT NULL,
    state TEXT NOT NULL,
    UNIQUE (person_id, questionnaire)
) STRICT, WITHOUT ROWID;

CREATE TABLE held_results (
    ticket_id BLOB PRIMARY KEY REFERENCES tickets (id),
    body BLOB NOT NULL,             -- sealed, of one size for every ending
    erase_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX held_results_by_time ON held_results (erase_at);

-- Scores a person chose to keep, for their own eyes.
CREATE TABLE kept_results (
    id BLOB PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    questionnaire TEXT NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    kept_month TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_results_by_person ON kept_results (person_id, questionnaire);

-- Of a questionnaire that is not private the answers stay, a row an item, once the run is finished.
CREATE TABLE finished_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    version_id INTEGER NOT NULL REFERENCES questionnaire_versions (id),
    finished_at INTEGER NOT NULL
) STRICT;
CREATE INDEX finished_runs_by_version ON finished_runs (version_id, person_id);

CREATE TABLE finished_answers (
    finished_id INTEGER NOT NULL REFERENCES finished_runs (id),
    item TEXT NOT NULL,               -- the item's id in its version
    answer TEXT NOT NULL,             -- ids of options, a number, a day or words
    PRIMARY KEY (finished_id, item)
) STRICT, WITHOUT ROWID;
