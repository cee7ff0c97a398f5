-- The conversation machine: what was handled, where each talk stands, what is shown, what waits to be sent.
CREATE TABLE handled_updates (
    update_id INTEGER PRIMARY KEY,        -- compared for equality only, never by size
    at INTEGER NOT NULL,
    failed_kind TEXT,                 -- what kind of update a turn failed on; never its content
    failed_with TEXT
) STRICT;
CREATE INDEX handled_updates_by_time ON handled_updates (at);

CREATE TABLE conversations (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
    feature TEXT NOT NULL,
    step TEXT NOT NULL,
    data TEXT NOT NULL,               -- JSON of the feature's own
    run_id INTEGER,                       -- the run under way, if any
    updated_at INTEGER NOT NULL
) STRICT;

-- One live message a chat. The newest wish wins; shown_rev follows.
CREATE TABLE screens (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
    message_id INTEGER,                   -- the message to edit; none: send a new one
    wanted_rev INTEGER NOT NULL,
    shown_rev INTEGER NOT NULL,
    body BLOB,                      -- rendered; erased when shown
    is_sealed INTEGER NOT NULL,
    previous_id INTEGER,              -- the message that stops being the live one
    previous_is_private INTEGER NOT NULL,  -- then its words go too
    callback_ids TEXT,                -- presses whose spinner still turns, separated by spaces
    written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX screens_unshown ON screens (account_id) WHERE shown_rev < wanted_rev OR callback_ids IS NOT NULL;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER REFERENCES accounts (id),  -- none for a group chat
    address INTEGER NOT NULL,
    lane TEXT NOT NULL,               -- reply, notice, bulk
    body BLOB,                      -- rendered; erased when sent
    is_sealed INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    state TEXT NOT NULL,              -- waiting, sent, refused, unreachable
    ended_at INTEGER
) STRICT;
CREATE INDEX outbox_waiting ON outbox (due_at) WHERE state = 'waiting';

CREATE TABLE group_chats (
    channel TEXT NOT NULL,
    address INTEGER NOT NULL,
    told_at INTEGER NOT NULL,             -- when the bot said, once, that it works in private
    PRIMARY KEY (channel, address)
) STRICT, WITHOUT ROWID;

-- Scheduled work and leases: claimed by one UPDATE … RETURNING.
CREATE TABLE jobs (
    key TEXT PRIMARY KEY,
    due_at INTEGER NOT NULL,
    lease_until INTEGER,
    leased_by TEXT,
    attempt INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
