-- Places, people, and the accounts they write from.
CREATE TABLE municipalities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    zone TEXT NOT NULL,               -- IANA name: days and quiet hours are computed in it
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE schools (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    municipality_id INTEGER NOT NULL REFERENCES municipalities (id),
    name TEXT NOT NULL,               -- short name, as people say it
    full_name TEXT NOT NULL,
    number TEXT,                      -- as in the name, if it has one
    kind TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX schools_by_municipality ON schools (municipality_id, sort_key);

-- Prefix search: one row a word of a name, folded by kernel rules (NFKC, lower case, ё as е).
CREATE TABLE search_words (
    word TEXT NOT NULL,
    kind TEXT NOT NULL,               -- what id points at: school, …
    id INTEGER NOT NULL,
    municipality_id INTEGER NOT NULL REFERENCES municipalities (id),
    PRIMARY KEY (kind, word, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE associations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    municipality_id INTEGER NOT NULL REFERENCES municipalities (id),
    name TEXT NOT NULL,
    subject TEXT,                     -- proposed to those who teach it
    post TEXT,                        -- proposed to those who hold it
    sort_key TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX associations_by_municipality ON associations (municipality_id, sort_key);

CREATE TABLE persons (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    municipality_id INTEGER NOT NULL REFERENCES municipalities (id),
    family_name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    patronymic TEXT,
    sort_key TEXT NOT NULL,
    taught_since INTEGER NOT NULL,        -- the year teaching began
    born_in INTEGER,                      -- a year; may stay unsaid
    confirmed_at INTEGER,                 -- when staff confirmed that they are a colleague
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX persons_by_municipality ON persons (municipality_id, sort_key);

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,            -- which messenger
    external_id INTEGER NOT NULL,         -- the chat's number there
    person_id INTEGER REFERENCES persons (id),
    language TEXT NOT NULL,
    unreachable_since INTEGER,            -- blocked or gone; until they write again
    created_at INTEGER NOT NULL,
    UNIQUE (channel, external_id)
) STRICT;
CREATE INDEX accounts_by_person ON accounts (person_id);

-- person × school × post; several at once are usual, one is the main one.
CREATE TABLE placements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    municipality_id INTEGER NOT NULL REFERENCES municipalities (id),
    school_id INTEGER REFERENCES schools (id),
    school_said TEXT,                 -- what the person typed when the school was not in the list
    post TEXT NOT NULL,
    subjects TEXT NOT NULL,           -- codes, separated by spaces
    is_main INTEGER NOT NULL,
    state TEXT NOT NULL,              -- working, leave, substituting, gone
    from_on TEXT NOT NULL,
    to_on TEXT
) STRICT;
CREATE INDEX placements_by_person ON placements (person_id);
CREATE INDEX placements_by_school ON placements (school_id);

CREATE TABLE memberships (
    person_id INTEGER NOT NULL REFERENCES persons (id),
    association_id INTEGER NOT NULL REFERENCES associations (id),
    municipality_id INTEGER NOT NULL REFERENCES municipalities (id),
    since_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, association_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_by_association ON memberships (association_id);

CREATE TABLE roles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    role TEXT NOT NULL,
    scope_kind TEXT NOT NULL,         -- region, municipality, school, association
    scope_id INTEGER NOT NULL,            -- 0 for the region
    granted_at INTEGER NOT NULL,
    granted_by INTEGER REFERENCES persons (id),
    revoked_at INTEGER
) STRICT;
CREATE INDEX roles_by_person ON roles (person_id);

-- Links that open something: 128 random bits, kept as their hash.
CREATE TABLE invitations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    municipality_id INTEGER NOT NULL REFERENCES municipalities (id),
    secret_hash BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,               -- school
    target_id INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

-- Every consent text that was ever shown, for ever; and who agreed to which.
CREATE TABLE consent_texts (
    hash BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    version TEXT NOT NULL,
    language TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE consents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,               -- account, deficits, burnout, statistics, own-scores
    text_hash BLOB NOT NULL REFERENCES consent_texts (hash),
    given_at INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT;
CREATE INDEX consents_by_account ON consents (account_id, kind);
