-- Talks under way after 0002_conversation: a screen shown, a message waiting, a job that somebody holds.
INSERT INTO handled_updates (update_id, at, failed_kind, failed_with) VALUES
    (700000001, 1758531600000, NULL, NULL),
    (700000002, 1758531600000, 'press', 'a stored value cannot be read');
INSERT INTO conversations (account_id, feature, step, data, run_id, updated_at) VALUES
    (1, 'registration', 'name', '{"step":"name"}', NULL, 1758531600000);
INSERT INTO screens (account_id, message_id, wanted_rev, shown_rev, body, is_sealed, previous_id, previous_is_private,
    callback_ids, written_at) VALUES
    (1, 12, 3, 2, CAST('{"html":"Home"}' AS BLOB), FALSE, 11, TRUE, '4001 4002', 1758531600000);
INSERT INTO outbox (account_id, address, lane, body, is_sealed, due_at, attempts, state, ended_at) VALUES
    (1, 5000000001, 'notice', CAST('{"html":"News"}' AS BLOB), FALSE, 1758531600000, 0, 'waiting', NULL),
    (NULL, -1000000000001, 'reply', NULL, FALSE, 1758531600000, 1, 'sent', 1758531600000);
INSERT INTO group_chats (channel, address, told_at) VALUES ('telegram', -1000000000001, 1758531600000);
INSERT INTO jobs (key, due_at, lease_until, leased_by, attempt) VALUES
    ('help/forget', 1758535020000, NULL, NULL, 0),
    ('survey/erase', 1758531630000, 1758532200000, 'a1b2', 1);
