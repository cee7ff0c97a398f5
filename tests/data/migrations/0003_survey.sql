-- A questionnaire half answered, one finished and held, one kept, after 0003_survey.
INSERT INTO questionnaire_versions (questionnaire, version, sha256, body, loaded_at) VALUES
    ('pulse', 1, CAST('hash of a questionnaire' AS BLOB), 'title = "Как мне работается"', 1758531600000);
INSERT INTO runs (person_id, version_id, answers, is_sealed, rev, expires_at) VALUES
    (1, 1, CAST('sealed answers' AS BLOB), TRUE, 4, 1758790800000);
INSERT INTO tickets (id, person_id, questionnaire, opened_month, state) VALUES
    (CAST('ticket of one' AS BLOB), 1, 'pulse', '2025-09', 'open'),
    (CAST('ticket of two' AS BLOB), 2, 'pulse', '2025-08', 'closed');
INSERT INTO held_results (ticket_id, body, erase_at) VALUES
    (CAST('ticket of two' AS BLOB), CAST('sealed result' AS BLOB), 1758618000000);
INSERT INTO kept_results (id, person_id, questionnaire, version, body, kept_month) VALUES
    (CAST('kept by two' AS BLOB), 2, 'pulse', 1, CAST('sealed scores' AS BLOB), '2025-08');
INSERT INTO finished_runs (person_id, version_id, finished_at) VALUES (2, 1, 1758531600000);
INSERT INTO finished_answers (finished_id, item, answer) VALUES (1, 'visits', '3'), (1, 'useful', 'yes');
