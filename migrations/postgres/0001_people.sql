-- Places, people, and the accounts they write from.
CREATE TABLE municipalities (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL,
    zone TEXT NOT NULL,               -- IANA name: days and quiet hours are computed in it
    created_at BIGINT NOT NULL
);

CREATE TABLE schools (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    name TEXT NOT NULL,               -- short name, as people say it
    full_name TEXT NOT NULL,
    number TEXT,                      -- as in the name, if it has one
    kind TEXT NOT NULL,
    sort_key TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX schools_by_municipality ON schools (municipality_id, sort_key);

-- Prefix search: one row a word of a name, folded by kernel rules (NFKC, lower case, ё as е).
CREATE TABLE search_words (
    word TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,               -- what id points at: school, …
    id BIGINT NOT NULL,
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    PRIMARY KEY (kind, word, id)
);

CREATE TABLE associations (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    name TEXT NOT NULL,
    subject TEXT,                     -- proposed to those who teach it
    post TEXT,                        -- proposed to those who hold it
    sort_key TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX associations_by_municipality ON associations (municipality_id, sort_key);

CREATE TABLE persons (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    family_name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    patronymic TEXT,
    sort_key TEXT COLLATE "C" NOT NULL,
    taught_since BIGINT NOT NULL,        -- the year teaching began
    born_in BIGINT,                      -- a year; may stay unsaid
    confirmed_at BIGINT,                 -- when staff confirmed that they are a colleague
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX persons_by_municipality ON persons (municipality_id, sort_key);

CREATE TABLE accounts (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel TEXT NOT NULL,            -- which messenger
    external_id BIGINT NOT NULL,         -- the chat's number there
    person_id BIGINT REFERENCES persons (id),
    language TEXT NOT NULL,
    unreachable_since BIGINT,            -- blocked or gone; until they write again
    created_at BIGINT NOT NULL,
    UNIQUE (channel, external_id)
);
CREATE INDEX accounts_by_person ON accounts (person_id);

-- person × school × post; several at once are usual, one is the main one.
CREATE TABLE placements (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES persons (id),
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    school_id BIGINT REFERENCES schools (id),
    school_said TEXT,                 -- what the person typed when the school was not in the list
    post TEXT NOT NULL,
    subjects TEXT NOT NULL,           -- codes, separated by spaces
    is_main BOOLEAN NOT NULL,
    state TEXT NOT NULL,              -- working, leave, substituting, gone
    from_on TEXT NOT NULL,
    to_on TEXT
);
CREATE INDEX placements_by_person ON placements (person_id);
CREATE INDEX placements_by_school ON placements (school_id);

CREATE TABLE memberships (
    person_id BIGINT NOT NULL REFERENCES persons (id),
    association_id BIGINT NOT NULL REFERENCES associations (id),
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    since_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, association_id)
);
CREATE INDEX memberships_by_association ON memberships (association_id);

CREATE TABLE roles (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES persons (id),
    role TEXT NOT NULL,
    scope_kind TEXT NOT NULL,         -- region, municipality, school, association
    scope_id BIGINT NOT NULL,            -- 0 for the region
    granted_at BIGINT NOT NULL,
    granted_by BIGINT REFERENCES persons (id),
    revoked_at BIGINT
);
CREATE INDEX roles_by_person ON roles (person_id);

-- Links that open something: 128 random bits, kept as their hash.
CREATE TABLE invitations (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipalities (id),
    secret_hash BYTEA NOT NULL UNIQUE,
    kind TEXT NOT NULL,               -- school
    target_id BIGINT NOT NULL,
    uses BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- Every consent text that was ever shown, for ever; and who agreed to which.
CREATE TABLE consent_texts (
    hash BYTEA PRIMARY KEY,
    kind TEXT NOT NULL,
    version TEXT NOT NULL,
    language TEXT NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE consents (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,               -- account, deficits, burnout, statistics, own-scores
    text_hash BYTEA NOT NULL REFERENCES consent_texts (hash),
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);
CREATE INDEX consents_by_account ON consents (account_id, kind);
