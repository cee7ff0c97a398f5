-- A small district as it stands after 0001_people; the same words for both engines (there, BLOB is an alias of BYTEA).
-- Numbers count from 1, because the database is new.
INSERT INTO municipalities (name, zone, created_at) VALUES ('Заречный район', 'Europe/Moscow', 1758531600000);
INSERT INTO schools (municipality_id, name, full_name, number, kind, sort_key, created_at) VALUES
    (1, 'Школа № 4', 'МБОУ «Средняя общеобразовательная школа № 4»', '4', 'school', 'школа 0004', 1758531600000),
    (1, 'Берёзка', 'МБДОУ «Детский сад „Берёзка“»', NULL, 'kindergarten', 'березка', 1758531600000);
INSERT INTO search_words (word, kind, id, municipality_id) VALUES ('школа', 'school', 1, 1), ('березка', 'school', 2, 1);
INSERT INTO associations (municipality_id, name, subject, post, sort_key, created_at) VALUES
    (1, 'РМО учителей математики', 'maths', NULL, 'рмо учителей математики', 1758531600000);
INSERT INTO persons (municipality_id, family_name, given_name, patronymic, sort_key, taught_since, born_in, confirmed_at,
    created_at, updated_at) VALUES
    (1, 'Петрова', 'Анна', 'Сергеевна', 'петрова анна сергеевна', 2024, NULL, NULL, 1758531600000, 1758531600000),
    (1, 'Ким', 'Лев', NULL, 'ким лев', 1999, 1975, 1758531600000, 1758531600000, 1758531600000);
INSERT INTO accounts (channel, external_id, person_id, language, unreachable_since, created_at) VALUES
    ('telegram', 5000000001, 1, 'ru', NULL, 1758531600000),
    ('telegram', 5000000002, NULL, 'en', 1758531600000, 1758531600000);
INSERT INTO placements (person_id, municipality_id, school_id, school_said, post, subjects, is_main, state, from_on, to_on) VALUES
    (1, 1, 1, NULL, 'teacher', 'maths computing', TRUE, 'working', '2024-09-01', NULL),
    (2, 1, NULL, 'Вечерняя школа', 'director', '', FALSE, 'gone', '2001-09-01', '2020-08-31');
INSERT INTO memberships (person_id, association_id, municipality_id, since_at) VALUES (1, 1, 1, 1758531600000);
INSERT INTO roles (person_id, role, scope_kind, scope_id, granted_at, granted_by, revoked_at) VALUES
    (2, 'methodist', 'municipality', 1, 1758531600000, NULL, NULL),
    (1, 'mentor', 'school', 1, 1758531600000, 2, 1758531700000);
INSERT INTO invitations (municipality_id, secret_hash, kind, target_id, uses, created_at, revoked_at) VALUES
    (1, CAST('hash of a secret' AS BLOB), 'school', 1, 3, 1758531600000, NULL);
INSERT INTO consent_texts (hash, kind, version, language, body) VALUES
    (CAST('hash of a text' AS BLOB), 'account', '1', 'ru', 'Согласие на обработку персональных данных');
INSERT INTO consents (account_id, kind, text_hash, given_at, withdrawn_at) VALUES
    (1, 'account', CAST('hash of a text' AS BLOB), 1758531600000, NULL);
