-- What a submitted application is found by, from its standing version. The text decides;
-- the tokens only let an administrator come to it without reading all: characters and
-- pairs of characters, packed by portal.Tell. A contact's search reads the texts of its own
-- topics and no index, since PostgreSQL uses none for LIKE or @> below a policy.
CREATE TABLE application_text (
  application bigint PRIMARY KEY,
  topic       bigint NOT NULL,
  accounts    bigint[] NOT NULL,
  leader      text NOT NULL, -- name and pinyin initials
  unit        text NOT NULL,
  text        text NOT NULL,
  tokens      integer[] NOT NULL,
  tokenizer   integer NOT NULL, -- of portal.Tell; older ones are told anew
  CONSTRAINT text_belongs_to_its_application FOREIGN KEY (application, topic, accounts)
    REFERENCES application (id, topic, accounts) ON UPDATE CASCADE
);
-- Neither packs well, and both are read far more often than written.
ALTER TABLE application_text ALTER COLUMN text SET STORAGE EXTERNAL, ALTER COLUMN tokens SET STORAGE EXTERNAL;
-- A submission only appends to the list of what is pending, which autovacuum sorts in.
CREATE INDEX application_text_by_tokens ON application_text USING gin (tokens) WITH (gin_pending_list_limit = 65536);
CREATE INDEX application_text_by_tokenizer ON application_text (tokenizer);

INSERT INTO application_text (application, topic, accounts, leader, unit, text, tokens, tokenizer)
  SELECT id, topic, accounts, '', '', '', '{}', 0 FROM application WHERE number IS NOT NULL;

ALTER TABLE application_text ENABLE ROW LEVEL SECURITY;
CREATE POLICY office_sees_all ON application_text TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY applicant_sees_own ON application_text TO softsci_portal
  USING ((SELECT acting_account()) = ANY (accounts)) WITH CHECK ((SELECT acting_account()) = ANY (accounts));
CREATE POLICY contact_sees_topics ON application_text FOR SELECT TO softsci_portal
  USING (topic = ANY ((SELECT acting_topics())::bigint[]));
-- Who has one application finds it too, and who is kept away from one finds nothing in it.
CREATE POLICY contact_sees_entrusted ON application_text FOR SELECT TO softsci_portal
  USING (EXISTS (SELECT FROM application a WHERE a.id = application AND a.handler = ANY ((SELECT acting_handlers())::bigint[])));
CREATE POLICY recused_finds_nothing ON application_text AS RESTRICTIVE FOR SELECT TO softsci_portal
  USING ((SELECT acting_contact()) IS NULL OR NOT acting_recused(application));
GRANT SELECT, INSERT, UPDATE ON application_text TO softsci_portal, softsci_office;

-- A mark that the contacts of a topic put on an application, for themselves and the office.
CREATE TABLE application_flag (
  application bigint NOT NULL,
  topic       bigint NOT NULL,
  label       text NOT NULL CONSTRAINT flag_is_one_short_word CHECK (label ~ '^[^\s:：]{1,20}$' AND label = normalize(label, NFKC)),
  account     bigint NOT NULL REFERENCES account, -- who put it
  at          timestamptz NOT NULL,
  PRIMARY KEY (application, label),
  CONSTRAINT flag_belongs_to_its_application FOREIGN KEY (application, topic) REFERENCES application (id, topic)
);
CREATE INDEX application_flag_by_topic ON application_flag (topic, label);

ALTER TABLE application_flag ENABLE ROW LEVEL SECURITY;
CREATE POLICY office_sees_all ON application_flag TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY contact_sees_topics ON application_flag TO softsci_portal
  USING (topic = ANY ((SELECT acting_topics())::bigint[])) WITH CHECK (topic = ANY ((SELECT acting_topics())::bigint[]));
GRANT SELECT, INSERT, DELETE ON application_flag TO softsci_portal, softsci_office;

-- A search that a contact keeps under a name, alone or for all contacts of a topic.
CREATE TABLE saved_view (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account    bigint NOT NULL REFERENCES account,
  topic      bigint REFERENCES topic, -- null for the account alone
  name       text NOT NULL CONSTRAINT view_has_a_short_name CHECK (name <> '' AND length(name) <= 30),
  query      text NOT NULL CONSTRAINT view_query_is_not_long CHECK (length(query) <= 500),
  sort       text NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT view_name_is_unique_for_its_account UNIQUE (account, name)
);
CREATE INDEX saved_view_by_topic ON saved_view (topic) WHERE topic IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_view TO softsci_portal, softsci_office;

-- The administrators' orders, each walked by key.
CREATE INDEX application_by_status ON application (status, submitted_at DESC, id DESC) WHERE status <> 'draft';
CREATE INDEX application_by_leader_name ON application (leader_name COLLATE "zh-x-icu", id) WHERE status <> 'draft';
CREATE INDEX application_by_unit ON application (unit_name COLLATE "zh-x-icu", id) WHERE status <> 'draft';
CREATE INDEX application_by_amount ON application (amount, id) WHERE status <> 'draft';

-- The n-th working day that ended before a moment, in Shanghai: what arrived on an earlier
-- day was to be answered within n working days and was not. The counterpart of portal.Workdays.
CREATE FUNCTION overdue_before(at timestamptz, n integer) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (SELECT min(d.day) AT TIME ZONE 'Asia/Shanghai' FROM (
    SELECT g.day FROM generate_series(date_trunc('day', at AT TIME ZONE 'Asia/Shanghai') - interval '1 day',
        date_trunc('day', at AT TIME ZONE 'Asia/Shanghai') - interval '60 days', interval '-1 day') AS g(day)
      LEFT JOIN workday w ON w.day = g.day::date
    WHERE COALESCE(w.work, extract(isodow FROM g.day) < 6) ORDER BY g.day DESC LIMIT n) d);
