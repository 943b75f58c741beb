-- A contact's recommendation: the comment is for the applicant too, the note for
-- the department alone. So the applicant's side must not see the table at all: the
-- policy compares the topic, which only an acting contact has set.
ALTER TABLE application ADD CONSTRAINT application_and_topic_belong_together UNIQUE (id, topic);

CREATE TABLE review (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application bigint NOT NULL,
  topic       bigint NOT NULL,
  outcome     text NOT NULL CONSTRAINT review_outcome_is_known CHECK (outcome IN ('recommended', 'doubtful', 'not_recommended')),
  comment     text NOT NULL,
  note        text NOT NULL DEFAULT '',
  account     bigint NOT NULL REFERENCES account,
  at          timestamptz NOT NULL,
  CONSTRAINT review_belongs_to_its_application FOREIGN KEY (application, topic) REFERENCES application (id, topic)
);
CREATE INDEX review_by_application ON review (application, id DESC);

ALTER TABLE review ENABLE ROW LEVEL SECURITY;
CREATE POLICY office_sees_all ON review TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY contact_sees_topics ON review TO softsci_portal
  USING (topic = ANY ((SELECT acting_topics())::bigint[])) WITH CHECK (topic = ANY ((SELECT acting_topics())::bigint[]));
GRANT SELECT, INSERT ON review TO softsci_portal, softsci_office;
