DROP TRIGGER leader_applies_once_a_year ON application;
DROP FUNCTION refuse_second_application();
DROP FUNCTION count_others(bigint, timestamptz);
DROP FUNCTION others_of(application, timestamptz);
DROP FUNCTION takes_place(application, timestamptz);
ALTER TABLE application DROP COLUMN leader_mark, DROP COLUMN leader_key;
DROP FUNCTION normal_name(text);
