-- What the people of an application and the contact of its topic write to each other.
-- Nothing is changed or taken back.
CREATE TABLE thread_message (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application bigint NOT NULL,
  topic       bigint NOT NULL,
  accounts    bigint[] NOT NULL,
  side        text NOT NULL CONSTRAINT message_side_is_known CHECK (side IN ('applicant', 'contact')),
  account     bigint NOT NULL REFERENCES account,
  words       text NOT NULL CONSTRAINT message_has_words CHECK (words <> '' AND length(words) <= 2000),
  at          timestamptz NOT NULL,
  CONSTRAINT message_belongs_to_its_application FOREIGN KEY (application, topic, accounts)
    REFERENCES application (id, topic, accounts) ON UPDATE CASCADE
);
CREATE INDEX thread_message_by_application ON thread_message (application, id);

ALTER TABLE thread_message ENABLE ROW LEVEL SECURITY;
CREATE POLICY office_sees_all ON thread_message TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY applicant_sees_own ON thread_message FOR SELECT TO softsci_portal USING ((SELECT acting_account()) = ANY (accounts));
CREATE POLICY contact_sees_topics ON thread_message FOR SELECT TO softsci_portal USING (topic = ANY ((SELECT acting_topics())::bigint[]));
CREATE POLICY applicant_writes ON thread_message FOR INSERT TO softsci_portal
  WITH CHECK (side = 'applicant' AND (SELECT acting_account()) = ANY (accounts));
CREATE POLICY contact_writes ON thread_message FOR INSERT TO softsci_portal
  WITH CHECK (side = 'contact' AND topic = ANY ((SELECT acting_topics())::bigint[]));
GRANT SELECT, INSERT ON thread_message TO softsci_portal;
GRANT SELECT ON thread_message TO softsci_office;
