-- The portal's own tables. Two roles read and write them; neither owns anything:
--   softsci_portal  applicants, contacts and visitors, behind row-level security
--   softsci_office  administrators and jobs
-- Row-level security compares a row's own columns with two settings of the
-- transaction, portal.account and portal.topics, and with nothing else.

DO $$
BEGIN
  CREATE ROLE softsci_portal NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
  CREATE ROLE softsci_office NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

CREATE FUNCTION acting_account() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('portal.account', true), '')::bigint;

CREATE FUNCTION acting_topics() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN COALESCE(NULLIF(current_setting('portal.topics', true), ''), '{}')::bigint[];

-- ------------------------------------------------------------------ guideline

CREATE TABLE batch (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug        text NOT NULL CONSTRAINT batch_slug_is_unique UNIQUE
              CONSTRAINT batch_slug_is_a_url_word CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 60),
  year        integer NOT NULL CONSTRAINT batch_year_is_plausible CHECK (year BETWEEN 2000 AND 2999),
  number_code text NOT NULL CONSTRAINT batch_code_is_short CHECK (number_code ~ '^[A-Z][A-Z0-9]{1,11}$'),
  created_at  timestamptz NOT NULL,
  CONSTRAINT batch_code_is_unique_in_its_year UNIQUE (year, number_code)
);

CREATE TABLE batch_version (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  batch        bigint NOT NULL REFERENCES batch,
  n            integer NOT NULL CONSTRAINT version_number_counts_from_one CHECK (n >= 1),
  kind         text NOT NULL CONSTRAINT version_kind_is_known CHECK (kind IN ('publication', 'correction', 'extension')),
  title        text NOT NULL CONSTRAINT guideline_has_a_title CHECK (title <> ''),
  plan         text NOT NULL,
  category     text NOT NULL,
  label        text NOT NULL,
  source       text NOT NULL,
  rules        jsonb NOT NULL,
  opens_at     timestamptz NOT NULL,
  closes_at    timestamptz NOT NULL,
  published_at timestamptz,
  note         text NOT NULL DEFAULT '',
  created_at   timestamptz NOT NULL,
  CONSTRAINT version_number_is_unique_in_its_batch UNIQUE (batch, n),
  CONSTRAINT batch_closes_after_it_opens CHECK (closes_at > opens_at)
);
CREATE UNIQUE INDEX one_unpublished_version_per_batch ON batch_version (batch) WHERE published_at IS NULL;
CREATE INDEX batch_version_by_publication ON batch_version (published_at DESC, id DESC) WHERE published_at IS NOT NULL;

-- A topic's identity for ever: given at the first publication, never reused.
CREATE TABLE topic (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  batch   bigint NOT NULL REFERENCES batch,
  ordinal integer NOT NULL CONSTRAINT topic_ordinal_counts_from_one CHECK (ordinal >= 1),
  CONSTRAINT topic_ordinal_is_unique_in_its_batch UNIQUE (batch, ordinal),
  CONSTRAINT topic_and_batch_belong_together UNIQUE (id, batch)
);

CREATE TABLE topic_version (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  batch_version bigint NOT NULL REFERENCES batch_version ON DELETE CASCADE,
  position      integer NOT NULL,
  topic         bigint REFERENCES topic, -- null only before the first publication
  label         text NOT NULL,
  grouping      text NOT NULL DEFAULT '',
  title         text NOT NULL CONSTRAINT topic_has_a_title CHECK (title <> ''),
  content       text NOT NULL,
  deliverables  text[] NOT NULL,
  tokens        tsvector NOT NULL,
  tokenizer     integer NOT NULL,
  CONSTRAINT topic_position_is_unique_in_its_version UNIQUE (batch_version, position),
  CONSTRAINT topic_stands_once_in_a_version UNIQUE (batch_version, topic)
);
CREATE INDEX topic_version_by_topic ON topic_version (topic);
CREATE INDEX topic_version_by_tokens ON topic_version USING gin (tokens);

-- The directory: the printed card, shown live. Not an account.
CREATE TABLE person (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  department text NOT NULL,
  name       text NOT NULL CONSTRAINT person_has_a_name CHECK (name <> ''),
  phones     text[] NOT NULL,
  email      text NOT NULL DEFAULT '',
  hours      text NOT NULL DEFAULT '',
  tokens     tsvector NOT NULL,
  tokenizer  integer NOT NULL,
  CONSTRAINT person_is_unique_in_its_department UNIQUE (department, name)
);
CREATE INDEX person_by_tokens ON person USING gin (tokens);

CREATE TABLE topic_contact (
  topic_version bigint NOT NULL REFERENCES topic_version ON DELETE CASCADE,
  position      integer NOT NULL,
  person        bigint NOT NULL REFERENCES person,
  PRIMARY KEY (topic_version, position),
  CONSTRAINT person_stands_once_at_a_topic UNIQUE (topic_version, person)
);
CREATE INDEX topic_contact_by_person ON topic_contact (person);

CREATE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published guideline version never changes'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_version_never_changes';
END $$;
CREATE TRIGGER published_version_never_changes BEFORE UPDATE OR DELETE ON batch_version
  FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_published();

CREATE FUNCTION refuse_change_below_published() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER published_topics_never_change BEFORE INSERT OR UPDATE OR DELETE ON topic_version
  FOR EACH ROW EXECUTE FUNCTION refuse_change_below_published();
CREATE TRIGGER published_contacts_never_change BEFORE INSERT OR UPDATE OR DELETE ON topic_contact
  FOR EACH ROW EXECUTE FUNCTION refuse_change_below_published();

-- Every process empties its page cache when what the public sees has changed.
CREATE FUNCTION tell_public_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('public_change', '');
  RETURN NULL;
END $$;
CREATE TRIGGER batch_version_tells AFTER INSERT OR UPDATE OR DELETE ON batch_version
  FOR EACH STATEMENT EXECUTE FUNCTION tell_public_change();
CREATE TRIGGER topic_version_tells AFTER INSERT OR UPDATE OR DELETE ON topic_version
  FOR EACH STATEMENT EXECUTE FUNCTION tell_public_change();
CREATE TRIGGER topic_contact_tells AFTER INSERT OR UPDATE OR DELETE ON topic_contact
  FOR EACH STATEMENT EXECUTE FUNCTION tell_public_change();
CREATE TRIGGER person_tells AFTER INSERT OR UPDATE OR DELETE ON person
  FOR EACH STATEMENT EXECUTE FUNCTION tell_public_change();

-- --------------------------------------------------------------------- people

CREATE TABLE account (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ref             text NOT NULL CONSTRAINT account_ref_is_unique UNIQUE CONSTRAINT account_ref_has_twelve_characters CHECK (length(ref) = 12),
  email           text NOT NULL CONSTRAINT account_email_is_not_long CHECK (length(email) BETWEEN 3 AND 254),
  name            text NOT NULL CONSTRAINT account_name_is_not_long CHECK (length(name) <= 60),
  password_hash   text,        -- null until an invitation is accepted
  confirmed_at    timestamptz, -- when the address was confirmed
  privacy_version text,        -- the notice that was agreed to
  privacy_at      timestamptz,
  person          bigint REFERENCES person,
  created_at      timestamptz NOT NULL,
  CONSTRAINT privacy_agreement_has_a_time CHECK ((privacy_version IS NULL) = (privacy_at IS NULL))
);
CREATE UNIQUE INDEX account_email_is_unique ON account (lower(email));
CREATE INDEX account_by_time ON account (created_at DESC, id DESC);

-- Rights come only from here: a role, its scope, its period.
CREATE TABLE membership (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account bigint NOT NULL REFERENCES account,
  role    text NOT NULL DEFAULT 'applicant' CONSTRAINT membership_role_is_known CHECK (role IN ('applicant', 'contact', 'admin')),
  topic   bigint REFERENCES topic,
  since   timestamptz NOT NULL,
  until   timestamptz,
  CONSTRAINT only_a_contact_has_a_topic CHECK ((role = 'contact') = (topic IS NOT NULL)),
  CONSTRAINT membership_ends_after_it_begins CHECK (until >= since)
);
CREATE UNIQUE INDEX membership_is_held_once ON membership (account, role, topic) NULLS NOT DISTINCT WHERE until IS NULL;
CREATE INDEX membership_by_topic ON membership (topic) WHERE topic IS NOT NULL;

CREATE TABLE unit (
  id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL CONSTRAINT unit_code_is_unique UNIQUE CONSTRAINT unit_code_has_eighteen_characters CHECK (length(code) = 18)
);

-- An applicant's own copy of its unit's data, until units have administrators.
CREATE TABLE profile (
  account   bigint PRIMARY KEY REFERENCES account,
  unit      bigint NOT NULL REFERENCES unit,
  unit_name text NOT NULL CONSTRAINT unit_has_a_name CHECK (unit_name <> '' AND length(unit_name) <= 100),
  unit_code text NOT NULL -- as typed
);

CREATE TABLE session (
  token        text PRIMARY KEY, -- SHA-256 of the cookie's value
  data         jsonb NOT NULL,
  account      bigint GENERATED ALWAYS AS ((data -> 'values' ->> 'account')::bigint) STORED REFERENCES account,
  address      text NOT NULL DEFAULT '',
  agent        text NOT NULL DEFAULT '',
  created_at   timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL, -- coarse: moved when older than some minutes
  expires_at   timestamptz NOT NULL
);
CREATE INDEX session_by_account ON session (account) WHERE account IS NOT NULL;
CREATE INDEX session_by_expiry ON session (expires_at);

-- Single-use links: an invitation, a forgotten password, an address to confirm.
CREATE TABLE link (
  token      text PRIMARY KEY, -- SHA-256 of what was mailed
  account    bigint NOT NULL REFERENCES account,
  purpose    text NOT NULL CONSTRAINT link_purpose_is_known CHECK (purpose IN ('invite', 'reset', 'confirm')),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);
CREATE INDEX link_by_account ON link (account, purpose) WHERE used_at IS NULL;

-- Limits that hold across restarts and processes: tries per account and per address.
CREATE TABLE attempt (
  key     text PRIMARY KEY, -- purpose:kind:what, the latter hashed
  count   integer NOT NULL,
  resets_at timestamptz NOT NULL
);
CREATE INDEX attempt_by_reset ON attempt (resets_at);

-- --------------------------------------------------------------- applications

-- Every legal step. Filled from here and compared with portal.Transitions by a test.
CREATE TABLE status_step (
  from_status text NOT NULL,
  to_status   text NOT NULL,
  PRIMARY KEY (from_status, to_status)
);
INSERT INTO status_step (from_status, to_status) VALUES
  ('none', 'draft'),
  ('draft', 'submitted'),
  ('submitted', 'withdrawn'), ('submitted', 'accepted'), ('submitted', 'returned'), ('submitted', 'declined'),
  ('returned', 'submitted'), ('returned', 'withdrawn'),
  ('accepted', 'withdrawn'), ('accepted', 'under_review'),
  ('under_review', 'proposed'), ('under_review', 'not_funded'),
  ('proposed', 'funded'), ('proposed', 'not_funded');

CREATE TABLE application (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ref             text NOT NULL CONSTRAINT application_ref_is_unique UNIQUE CONSTRAINT application_ref_has_twelve_characters CHECK (length(ref) = 12),
  batch           bigint NOT NULL REFERENCES batch,
  topic           bigint NOT NULL,
  begun_under     bigint NOT NULL REFERENCES batch_version,
  submitted_under bigint REFERENCES batch_version,
  previous_status text NOT NULL DEFAULT 'none',
  status          text NOT NULL DEFAULT 'draft',
  number          text CONSTRAINT application_number_is_unique UNIQUE,
  return_until    timestamptz,
  -- what lists and rules need, written in the same statement as the answers
  title           text NOT NULL DEFAULT '',
  leader_name     text NOT NULL DEFAULT '',
  unit_name       text NOT NULL DEFAULT '',
  unit_code       text NOT NULL DEFAULT '',
  amount          bigint NOT NULL DEFAULT 0 CONSTRAINT amount_is_not_negative CHECK (amount >= 0),
  versions        integer NOT NULL DEFAULT 0,
  editing         boolean NOT NULL DEFAULT false, -- an edit is open beside the standing version
  created_at      timestamptz NOT NULL,
  submitted_at    timestamptz,
  moved_at        timestamptz NOT NULL, -- last change of status
  -- who may see it, kept by application_access; compared by the policies
  accounts        bigint[] NOT NULL,
  CONSTRAINT topic_belongs_to_the_batch FOREIGN KEY (topic, batch) REFERENCES topic (id, batch),
  CONSTRAINT status_follows_a_step FOREIGN KEY (previous_status, status) REFERENCES status_step (from_status, to_status),
  CONSTRAINT submitted_has_a_number CHECK (status = 'draft' OR number IS NOT NULL AND submitted_at IS NOT NULL AND submitted_under IS NOT NULL),
  CONSTRAINT application_key_for_its_parts UNIQUE (id, topic, accounts)
);
CREATE INDEX application_by_topic ON application (topic, submitted_at DESC, id DESC) WHERE status <> 'draft';
CREATE INDEX application_by_submission ON application (submitted_at DESC, id DESC) WHERE status <> 'draft';
CREATE INDEX application_by_batch ON application (batch, status);

CREATE FUNCTION fill_previous_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.previous_status := 'none';
  ELSIF NEW.status <> OLD.status THEN
    NEW.previous_status := OLD.status;
  ELSE
    NEW.previous_status := OLD.previous_status;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER application_remembers_its_step BEFORE INSERT OR UPDATE ON application
  FOR EACH ROW EXECUTE FUNCTION fill_previous_status();

CREATE FUNCTION refuse_delete_of_submitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'only what was never submitted can be deleted'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'submitted_is_never_deleted';
END $$;
CREATE TRIGGER submitted_is_never_deleted BEFORE DELETE ON application
  FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION refuse_delete_of_submitted();

CREATE TABLE application_access (
  application bigint NOT NULL REFERENCES application ON DELETE CASCADE,
  account     bigint NOT NULL REFERENCES account,
  kind        text NOT NULL CONSTRAINT access_kind_is_known CHECK (kind IN ('leader', 'agent', 'co-editor')),
  since       timestamptz NOT NULL,
  PRIMARY KEY (account, application)
);
CREATE INDEX application_access_by_application ON application_access (application);

-- Invoked as the writer, so that the policy of application decides whether the
-- writer may give access to it at all.
CREATE FUNCTION refuse_access_to_foreign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM application WHERE id = NEW.application) THEN
    RAISE EXCEPTION 'no such application for this account' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER access_is_given_by_those_who_have_it BEFORE INSERT OR UPDATE ON application_access
  FOR EACH ROW EXECUTE FUNCTION refuse_access_to_foreign();

CREATE FUNCTION keep_accounts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  target bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.application ELSE NEW.application END;
  wanted bigint[];
BEGIN
  SELECT COALESCE(array_agg(account ORDER BY account), '{}') INTO wanted FROM application_access WHERE application = target;
  UPDATE application SET accounts = wanted WHERE id = target AND accounts <> wanted;
  RETURN NULL;
END $$;
CREATE TRIGGER application_knows_its_accounts AFTER INSERT OR UPDATE OR DELETE ON application_access
  FOR EACH ROW EXECUTE FUNCTION keep_accounts();

-- The draft: every revision of a section, the newest being the section. The last
-- twenty are kept.
CREATE TABLE section (
  application bigint NOT NULL,
  topic       bigint NOT NULL,
  accounts    bigint[] NOT NULL,
  name        text NOT NULL,
  revision    integer NOT NULL CONSTRAINT revision_counts_from_one CHECK (revision >= 1),
  answers     jsonb NOT NULL,
  saved_at    timestamptz NOT NULL,
  saved_by    bigint NOT NULL REFERENCES account,
  CONSTRAINT revision_is_saved_once PRIMARY KEY (application, name, revision),
  CONSTRAINT section_belongs_to_its_application FOREIGN KEY (application, topic, accounts)
    REFERENCES application (id, topic, accounts) ON UPDATE CASCADE ON DELETE CASCADE
);

-- A frozen submission: RFC 8785 canonical bytes, exactly as hashed.
CREATE TABLE version (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application  bigint NOT NULL,
  topic        bigint NOT NULL,
  accounts     bigint[] NOT NULL,
  n            integer NOT NULL,
  schema       integer NOT NULL,
  body         bytea NOT NULL,
  sha256       bytea NOT NULL CONSTRAINT hash_is_of_the_body CHECK (sha256 = sha256(body)),
  content      jsonb NOT NULL, -- a copy for queries
  attachments  jsonb NOT NULL DEFAULT '[]',
  batch_version bigint NOT NULL REFERENCES batch_version,
  submitted_by bigint NOT NULL REFERENCES account,
  arrived_at   timestamptz NOT NULL,
  recorded_at  timestamptz NOT NULL,
  CONSTRAINT version_is_numbered_within_its_application UNIQUE (application, n),
  CONSTRAINT version_belongs_to_its_application FOREIGN KEY (application, topic, accounts)
    REFERENCES application (id, topic, accounts) ON UPDATE CASCADE
);

CREATE TABLE file (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ref         text NOT NULL CONSTRAINT file_ref_is_unique UNIQUE,
  application bigint NOT NULL,
  topic       bigint NOT NULL,
  accounts    bigint[] NOT NULL,
  kind        text NOT NULL,
  name        text NOT NULL,
  size        bigint NOT NULL CONSTRAINT file_size_is_not_negative CHECK (size >= 0),
  sha256      bytea NOT NULL CONSTRAINT file_hash_is_whole CHECK (length(sha256) = 32),
  state       text NOT NULL CONSTRAINT file_state_is_known CHECK (state IN ('arriving', 'kept', 'refused')),
  submitted   boolean NOT NULL DEFAULT false, -- a version names it
  created_at  timestamptz NOT NULL,
  CONSTRAINT file_belongs_to_its_application FOREIGN KEY (application, topic, accounts)
    REFERENCES application (id, topic, accounts) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX file_by_application ON file (application);

CREATE TABLE file_chunk (
  file bigint NOT NULL REFERENCES file ON DELETE CASCADE,
  n    integer NOT NULL,
  data bytea NOT NULL CONSTRAINT chunk_is_not_large CHECK (length(data) <= 262144),
  PRIMARY KEY (file, n)
);
ALTER TABLE file_chunk ALTER COLUMN data SET STORAGE EXTERNAL;

-- One counter a topic, locked by the submitting transaction: no gap, no double.
CREATE TABLE number_counter (
  batch   bigint NOT NULL,
  ordinal integer NOT NULL,
  last    integer NOT NULL DEFAULT 0,
  PRIMARY KEY (batch, ordinal),
  FOREIGN KEY (batch, ordinal) REFERENCES topic (batch, ordinal)
);

-- --------------------------------------------------------- history, messages

CREATE TABLE event (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at            timestamptz NOT NULL,
  subject       text NOT NULL,
  subject_id    bigint NOT NULL,
  subject_label text NOT NULL,
  verb          text NOT NULL,
  from_status   text NOT NULL DEFAULT '',
  to_status     text NOT NULL DEFAULT '',
  reason        text NOT NULL DEFAULT '',
  data          jsonb NOT NULL DEFAULT '{}',
  account       bigint,
  account_name  text NOT NULL,
  role          text NOT NULL,
  on_behalf_of  bigint,
  address       text NOT NULL,
  request_id    text NOT NULL
);
CREATE INDEX event_by_subject ON event (subject, subject_id, id);
CREATE INDEX event_by_account ON event (account, id DESC);
CREATE INDEX event_by_verb ON event (verb, id DESC);

-- A mail is a row, written in the transaction that promises it; the job only
-- names it and sends it.
CREATE TABLE message (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account    bigint REFERENCES account,
  address    text NOT NULL,
  kind       text NOT NULL,
  subject    text NOT NULL,
  body       text NOT NULL,
  created_at timestamptz NOT NULL,
  sent_at    timestamptz,
  failure    text NOT NULL DEFAULT ''
);
CREATE INDEX message_by_account ON message (account, id DESC);

-- ------------------------------------------------------------------- policies

ALTER TABLE application ENABLE ROW LEVEL SECURITY;
ALTER TABLE section ENABLE ROW LEVEL SECURITY;
ALTER TABLE version ENABLE ROW LEVEL SECURITY;
ALTER TABLE file ENABLE ROW LEVEL SECURITY;

CREATE POLICY office_sees_all ON application TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON section TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON version TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON file TO softsci_office USING (true) WITH CHECK (true);

-- An applicant: what carries the account. A contact: what was submitted to its
-- topics; never a draft, never a draft's sections.
CREATE POLICY applicant_sees_own ON application TO softsci_portal
  USING ((SELECT acting_account()) = ANY (accounts)) WITH CHECK ((SELECT acting_account()) = ANY (accounts));
CREATE POLICY contact_sees_topics ON application TO softsci_portal
  USING (status <> 'draft' AND topic = ANY ((SELECT acting_topics())::bigint[]))
  WITH CHECK (status <> 'draft' AND topic = ANY ((SELECT acting_topics())::bigint[]));
CREATE POLICY applicant_sees_own ON section TO softsci_portal
  USING ((SELECT acting_account()) = ANY (accounts)) WITH CHECK ((SELECT acting_account()) = ANY (accounts));
CREATE POLICY applicant_sees_own ON version TO softsci_portal
  USING ((SELECT acting_account()) = ANY (accounts)) WITH CHECK ((SELECT acting_account()) = ANY (accounts));
CREATE POLICY contact_sees_topics ON version FOR SELECT TO softsci_portal
  USING (topic = ANY ((SELECT acting_topics())::bigint[]));
CREATE POLICY applicant_sees_own ON file TO softsci_portal
  USING ((SELECT acting_account()) = ANY (accounts)) WITH CHECK ((SELECT acting_account()) = ANY (accounts));
CREATE POLICY contact_sees_topics ON file FOR SELECT TO softsci_portal
  USING (submitted AND topic = ANY ((SELECT acting_topics())::bigint[]));

-- -------------------------------------------------------------------- grants

GRANT USAGE ON SCHEMA public TO softsci_portal, softsci_office;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO softsci_office;
REVOKE UPDATE, DELETE ON event, version FROM softsci_office;
REVOKE INSERT, UPDATE, DELETE ON status_step FROM softsci_office;

GRANT SELECT ON batch, batch_version, topic, topic_version, person, topic_contact, membership, application_access, event, status_step
  TO softsci_portal;
GRANT SELECT, INSERT, UPDATE, DELETE ON application, section, file, file_chunk, session, attempt TO softsci_portal;
GRANT SELECT, INSERT ON version TO softsci_portal;
GRANT SELECT, INSERT, UPDATE ON unit, profile, number_counter, link TO softsci_portal;
GRANT INSERT, DELETE ON application_access TO softsci_portal;
GRANT INSERT ON event, message TO softsci_portal;
GRANT SELECT (id) ON message TO softsci_portal;
GRANT SELECT ON account TO softsci_portal;
GRANT INSERT (ref, email, name, password_hash, privacy_version, privacy_at, created_at) ON account TO softsci_portal;
GRANT UPDATE (name, password_hash, confirmed_at, privacy_version, privacy_at) ON account TO softsci_portal;
-- Registering makes an applicant and nothing more: role and topic keep their defaults.
GRANT INSERT (account, since) ON membership TO softsci_portal;
