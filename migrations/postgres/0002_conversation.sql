-- The conversation machine: what was handled, where each talk stands, what is shown, what waits to be sent.
CREATE TABLE handled_updates (
    update_id BIGINT PRIMARY KEY,        -- compared for equality only, never by size
    at BIGINT NOT NULL,
    failed_kind TEXT,                 -- what kind of update a turn failed on; never its content
    failed_with TEXT
);
CREATE INDEX handled_updates_by_time ON handled_updates (at);

CREATE TABLE conversations (
    account_id BIGINT PRIMARY KEY REFERENCES accounts (id),
    feature TEXT NOT NULL,
    step TEXT NOT NULL,
    data TEXT NOT NULL,               -- JSON of the feature's own
    run_id BIGINT,                       -- the run under way, if any
    updated_at BIGINT NOT NULL
);

-- One live message a chat. The newest wish wins; shown_rev follows.
CREATE TABLE screens (
    account_id BIGINT PRIMARY KEY REFERENCES accounts (id),
    message_id BIGINT,                   -- the message to edit; none: send a new one
    wanted_rev BIGINT NOT NULL,
    shown_rev BIGINT NOT NULL,
    body BYTEA,                      -- rendered; erased when shown
    is_sealed BOOLEAN NOT NULL,
    previous_id BIGINT,              -- the message that stops being the live one
    previous_is_private BOOLEAN NOT NULL,  -- then its words go too
    callback_ids TEXT,                -- presses whose spinner still turns, separated by spaces
    written_at BIGINT NOT NULL
);
CREATE INDEX screens_unshown ON screens (account_id) WHERE shown_rev < wanted_rev OR callback_ids IS NOT NULL;

CREATE TABLE outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id BIGINT REFERENCES accounts (id),  -- none for a group chat
    address BIGINT NOT NULL,
    lane TEXT NOT NULL,               -- reply, notice, bulk
    body BYTEA,                      -- rendered; erased when sent
    is_sealed BOOLEAN NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    state TEXT NOT NULL,              -- waiting, sent, refused, unreachable
    ended_at BIGINT
);
CREATE INDEX outbox_waiting ON outbox (due_at) WHERE state = 'waiting';

CREATE TABLE group_chats (
    channel TEXT NOT NULL,
    address BIGINT NOT NULL,
    told_at BIGINT NOT NULL,             -- when the bot said, once, that it works in private
    PRIMARY KEY (channel, address)
);

-- Scheduled work and leases: claimed by one UPDATE … RETURNING.
CREATE TABLE jobs (
    key TEXT PRIMARY KEY,
    due_at BIGINT NOT NULL,
    lease_until BIGINT,
    leased_by TEXT,
    attempt BIGINT NOT NULL
);
