ALTER TABLE application DROP COLUMN seen_under;
DROP INDEX account_by_person;
DROP INDEX person_by_deputy;
ALTER TABLE person
  DROP CONSTRAINT person_or_department_has_a_name,
  ADD CONSTRAINT person_has_a_name CHECK (name <> '') NOT VALID,
  DROP CONSTRAINT deputy_has_a_first_and_a_last_day,
  DROP CONSTRAINT deputy_ends_after_it_begins,
  DROP CONSTRAINT nobody_is_their_own_deputy,
  DROP COLUMN deputy,
  DROP COLUMN deputy_from,
  DROP COLUMN deputy_until;

DROP TRIGGER published_guideline_is_complete ON batch_version;
DROP FUNCTION refuse_incomplete_publication();

CREATE TABLE topic_contact (
  topic_version bigint NOT NULL REFERENCES topic_version ON DELETE CASCADE,
  position      integer NOT NULL,
  person        bigint NOT NULL REFERENCES person,
  PRIMARY KEY (topic_version, position),
  CONSTRAINT person_stands_once_at_a_topic UNIQUE (topic_version, person)
);
CREATE INDEX topic_contact_by_person ON topic_contact (person);
INSERT INTO topic_contact (topic_version, position, person)
  SELECT tv.id, c.position, c.person FROM topic_version tv JOIN topic_card c ON c.topic = tv.topic;
DROP TABLE topic_card;

CREATE OR REPLACE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published guideline version never changes'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_version_never_changes';
END $$;
CREATE OR REPLACE FUNCTION refuse_change_below_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  version bigint;
BEGIN
  IF TG_TABLE_NAME = 'topic_version' THEN
    version := CASE WHEN TG_OP = 'INSERT' THEN NEW.batch_version ELSE OLD.batch_version END;
  ELSE
    SELECT batch_version INTO version FROM topic_version
      WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.topic_version ELSE OLD.topic_version END;
  END IF;
  IF EXISTS (SELECT FROM batch_version WHERE id = version AND published_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a published guideline version never changes'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_version_never_changes';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER published_contacts_never_change BEFORE INSERT OR UPDATE OR DELETE ON topic_contact
  FOR EACH ROW EXECUTE FUNCTION refuse_change_below_published();
CREATE TRIGGER topic_contact_tells AFTER INSERT OR UPDATE OR DELETE ON topic_contact
  FOR EACH STATEMENT EXECUTE FUNCTION tell_public_change();
GRANT SELECT, INSERT, UPDATE, DELETE ON topic_contact TO softsci_office;
GRANT SELECT ON topic_contact TO softsci_portal;

-- Drafts that the older schema cannot hold go: without a title, or without dates.
DELETE FROM batch_version v WHERE v.published_at IS NULL AND (v.title = '' OR v.opens_at IS NULL OR v.closes_at IS NULL
  OR EXISTS (SELECT FROM topic_version WHERE batch_version = v.id AND title = ''));
ALTER TABLE topic_version
  DROP CONSTRAINT topic_position_is_unique_in_its_version,
  ADD CONSTRAINT topic_position_is_unique_in_its_version UNIQUE (batch_version, position),
  ADD CONSTRAINT topic_has_a_title CHECK (title <> ''),
  DROP COLUMN cards,
  DROP COLUMN revision,
  DROP COLUMN reading,
  DROP COLUMN edited_by,
  DROP COLUMN edited_at;
ALTER TABLE batch_version
  DROP CONSTRAINT published_guideline_has_a_title,
  DROP CONSTRAINT published_guideline_has_its_dates,
  ADD CONSTRAINT guideline_has_a_title CHECK (title <> ''),
  ALTER COLUMN opens_at SET NOT NULL,
  ALTER COLUMN closes_at SET NOT NULL,
  DROP COLUMN issue,
  DROP COLUMN advice,
  DROP COLUMN document,
  DROP COLUMN revision,
  DROP COLUMN reading,
  DROP COLUMN edited_by,
  DROP COLUMN published_by;

DROP TRIGGER batch_tells ON batch;
DROP TRIGGER batch_identity_never_changes ON batch;
DROP FUNCTION refuse_change_of_identity();
ALTER TABLE batch DROP COLUMN archived_at;
DROP TABLE document_chunk;
DROP TABLE document;
