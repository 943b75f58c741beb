-- A guideline is worked on before it is published, and after: its newest version,
-- unpublished, is the draft. What the document printed stands in the version for
-- ever; the cards the public sees belong to the topic and are live.

CREATE TABLE document (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL,
  format     text NOT NULL CONSTRAINT document_format_is_known CHECK (format IN ('docx', 'doc', 'pdf', 'txt')),
  size       bigint NOT NULL,
  sha256     bytea NOT NULL CONSTRAINT document_hash_is_whole CHECK (length(sha256) = 32),
  created_at timestamptz NOT NULL,
  created_by bigint REFERENCES account
);
CREATE TABLE document_chunk (
  document bigint NOT NULL REFERENCES document ON DELETE CASCADE,
  n        integer NOT NULL,
  data     bytea NOT NULL CONSTRAINT document_chunk_is_not_large CHECK (length(data) <= 262144),
  PRIMARY KEY (document, n)
);
ALTER TABLE document_chunk ALTER COLUMN data SET STORAGE EXTERNAL;

ALTER TABLE batch ADD COLUMN archived_at timestamptz;

-- Slug, code and year stand in addresses and receipt numbers from the first
-- publication on.
CREATE FUNCTION refuse_change_of_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM topic WHERE batch = OLD.id) THEN
    RAISE EXCEPTION 'slug, code and year of a batch that was published never change'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'batch_identity_never_changes';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER batch_identity_never_changes BEFORE UPDATE OF slug, number_code, year ON batch
  FOR EACH ROW WHEN ((OLD.slug, OLD.number_code, OLD.year) IS DISTINCT FROM (NEW.slug, NEW.number_code, NEW.year))
  EXECUTE FUNCTION refuse_change_of_identity();
CREATE TRIGGER batch_tells AFTER UPDATE ON batch
  FOR EACH STATEMENT EXECUTE FUNCTION tell_public_change();

ALTER TABLE batch_version
  ALTER COLUMN opens_at DROP NOT NULL,
  ALTER COLUMN closes_at DROP NOT NULL,
  ADD COLUMN issue text NOT NULL DEFAULT '',
  ADD COLUMN advice text NOT NULL DEFAULT '',
  ADD COLUMN document bigint REFERENCES document,
  ADD COLUMN revision integer NOT NULL DEFAULT 1,
  ADD COLUMN reading jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN edited_by bigint REFERENCES account,
  ADD COLUMN published_by bigint REFERENCES account,
  DROP CONSTRAINT guideline_has_a_title,
  ADD CONSTRAINT published_guideline_has_a_title CHECK (published_at IS NULL OR title <> ''),
  ADD CONSTRAINT published_guideline_has_its_dates CHECK (published_at IS NULL OR opens_at IS NOT NULL AND closes_at IS NOT NULL);

ALTER TABLE topic_version
  DROP CONSTRAINT topic_has_a_title,
  DROP CONSTRAINT topic_position_is_unique_in_its_version,
  ADD CONSTRAINT topic_position_is_unique_in_its_version UNIQUE (batch_version, position) DEFERRABLE INITIALLY DEFERRED,
  ADD COLUMN cards jsonb NOT NULL DEFAULT '[]', -- the persons as the document prints them
  ADD COLUMN revision integer NOT NULL DEFAULT 1,
  ADD COLUMN reading jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN edited_by bigint REFERENCES account,
  ADD COLUMN edited_at timestamptz;

-- Whom the public asks about a topic, live.
CREATE TABLE topic_card (
  topic    bigint NOT NULL REFERENCES topic,
  position integer NOT NULL,
  person   bigint NOT NULL REFERENCES person,
  PRIMARY KEY (topic, position),
  CONSTRAINT person_stands_once_at_a_topic_now UNIQUE (topic, person)
);
CREATE INDEX topic_card_by_person ON topic_card (person);
CREATE TRIGGER topic_card_tells AFTER INSERT OR UPDATE OR DELETE ON topic_card
  FOR EACH STATEMENT EXECUTE FUNCTION tell_public_change();

INSERT INTO topic_card (topic, position, person)
  SELECT newest.topic, c.position, c.person
  FROM (SELECT DISTINCT ON (tv.topic) tv.topic, tv.id FROM topic_version tv JOIN batch_version v ON v.id = tv.batch_version
    WHERE v.published_at IS NOT NULL ORDER BY tv.topic, v.n DESC) newest
  JOIN topic_contact c ON c.topic_version = newest.id;

ALTER TABLE topic_version DISABLE TRIGGER published_topics_never_change;
UPDATE topic_version tv SET cards = printed.cards
  FROM (SELECT c.topic_version, json_agg(json_build_object('department', p.department, 'name', p.name, 'phones', p.phones, 'email', p.email)
      ORDER BY c.position) AS cards
    FROM topic_contact c JOIN person p ON p.id = c.person GROUP BY c.topic_version) printed
  WHERE printed.topic_version = tv.id;
ALTER TABLE topic_version ENABLE TRIGGER published_topics_never_change;
DROP TABLE topic_contact;

CREATE OR REPLACE FUNCTION refuse_change_below_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM batch_version WHERE published_at IS NOT NULL
      AND id = CASE WHEN TG_OP = 'INSERT' THEN NEW.batch_version ELSE OLD.batch_version END) THEN
    RAISE EXCEPTION 'a published guideline version never changes'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_version_never_changes';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- A published version can be taken back, as it is, while no application names it.
CREATE OR REPLACE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  taken_back batch_version;
BEGIN
  IF TG_OP = 'UPDATE' AND NOT EXISTS (SELECT FROM application WHERE batch = OLD.batch AND OLD.id IN (begun_under, submitted_under)) THEN
    taken_back := OLD;
    taken_back.published_at := NULL;
    taken_back.published_by := NULL;
    IF NEW IS NOT DISTINCT FROM taken_back THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a published guideline version never changes'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_version_never_changes';
END $$;

-- What is published is complete.
CREATE FUNCTION refuse_incomplete_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM topic_version WHERE batch_version = NEW.id)
    OR EXISTS (SELECT FROM topic_version WHERE batch_version = NEW.id AND (title = '' OR topic IS NULL)) THEN
    RAISE EXCEPTION 'a published guideline has topics, each with a title and an identity'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_guideline_is_complete';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER published_guideline_is_complete BEFORE UPDATE OF published_at ON batch_version
  FOR EACH ROW WHEN (OLD.published_at IS NULL AND NEW.published_at IS NOT NULL) EXECUTE FUNCTION refuse_incomplete_publication();

-- The version whose corrections the applicant has confirmed, null for the one it was begun under.
ALTER TABLE application ADD COLUMN seen_under bigint REFERENCES batch_version;

-- Somebody who stands in, from one day to another.
ALTER TABLE person
  DROP CONSTRAINT person_has_a_name, -- some documents name a department only
  ADD CONSTRAINT person_or_department_has_a_name CHECK (name <> '' OR department <> ''),
  ADD COLUMN deputy bigint REFERENCES person,
  ADD COLUMN deputy_from date,
  ADD COLUMN deputy_until date,
  ADD CONSTRAINT deputy_has_a_first_and_a_last_day CHECK ((deputy IS NULL) = (deputy_from IS NULL) AND (deputy IS NULL) = (deputy_until IS NULL)),
  ADD CONSTRAINT deputy_ends_after_it_begins CHECK (deputy_until >= deputy_from),
  ADD CONSTRAINT nobody_is_their_own_deputy CHECK (deputy <> id);
CREATE INDEX person_by_deputy ON person (deputy) WHERE deputy IS NOT NULL;
CREATE INDEX account_by_person ON account (person) WHERE person IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON document, document_chunk, topic_card TO softsci_office;
GRANT SELECT ON document, document_chunk, topic_card TO softsci_portal;
