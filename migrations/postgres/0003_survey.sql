-- Questionnaires: immutable versions, runs under way, and what PRIVACY allows to remain after one.
CREATE TABLE questionnaire_versions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    questionnaire TEXT NOT NULL,
    version BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    body TEXT NOT NULL,
    loaded_at BIGINT NOT NULL,
    UNIQUE (questionnaire, version)
);

-- All answers of a run are one value, so an answer cannot exist twice and erasure is one row.
CREATE TABLE runs (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES persons (id),
    version_id BIGINT NOT NULL REFERENCES questionnaire_versions (id),
    answers BYTEA NOT NULL,
    is_sealed BOOLEAN NOT NULL,
    rev BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (person_id, version_id)
);
CREATE INDEX runs_by_expiry ON runs (expires_at);

-- One ticket a person and questionnaire, random key, no time finer than the month. Finished, refused, erased and
-- expired all leave it 'closed' with a held value of the same size: nothing says that somebody finished.
CREATE TABLE tickets (
    id BYTEA PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES persons (id),
    questionnaire TEXT NOT NULL,
    opened_month TEXT NOT NULL,
    state TEXT NOT NULL,
    UNIQUE (person_id, questionnaire)
);

CREATE TABLE held_results (
    ticket_id BYTEA PRIMARY KEY REFERENCES tickets (id),
    body BYTEA NOT NULL,             -- sealed, of one size for every ending
    erase_at BIGINT NOT NULL
);
CREATE INDEX held_results_by_time ON held_results (erase_at);

-- Scores a person chose to keep, for their own eyes.
CREATE TABLE kept_results (
    id BYTEA PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES persons (id),
    questionnaire TEXT NOT NULL,
    version BIGINT NOT NULL,
    body BYTEA NOT NULL,
    kept_month TEXT NOT NULL
);
CREATE INDEX kept_results_by_person ON kept_results (person_id, questionnaire);

-- Of a questionnaire that is not private the answers stay, a row an item, once the run is finished.
CREATE TABLE finished_runs (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES persons (id),
    version_id BIGINT NOT NULL REFERENCES questionnaire_versions (id),
    finished_at BIGINT NOT NULL
);
CREATE INDEX finished_runs_by_version ON finished_runs (version_id, person_id);

CREATE TABLE finished_answers (
    finished_id BIGINT NOT NULL REFERENCES finished_runs (id),
    item TEXT NOT NULL,               -- the item's id in its version
    answer TEXT NOT NULL,             -- ids of options, a number, a day or words
    PRIMARY KEY (finished_id, item)
);
