-- The 申报书 of a version as a PDF, made once after its submission and seen by whom the
-- version is seen.
CREATE TABLE paper (
  application bigint NOT NULL,
  topic       bigint NOT NULL,
  accounts    bigint[] NOT NULL,
  n           integer NOT NULL,
  pdf         bytea NOT NULL CONSTRAINT paper_is_a_pdf CHECK (substr(pdf, 1, 5) = '%PDF-'),
  made_at     timestamptz NOT NULL,
  CONSTRAINT paper_is_made_once PRIMARY KEY (application, n),
  CONSTRAINT paper_belongs_to_its_version FOREIGN KEY (application, n) REFERENCES version (application, n),
  CONSTRAINT paper_belongs_to_its_application FOREIGN KEY (application, topic, accounts)
    REFERENCES application (id, topic, accounts) ON UPDATE CASCADE
);
ALTER TABLE paper ALTER COLUMN pdf SET STORAGE EXTERNAL; -- it is packed already

ALTER TABLE paper ENABLE ROW LEVEL SECURITY;
CREATE POLICY office_sees_all ON paper TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY applicant_sees_own ON paper FOR SELECT TO softsci_portal
  USING ((SELECT acting_account()) = ANY (accounts));
CREATE POLICY contact_sees_topics ON paper FOR SELECT TO softsci_portal
  USING (topic = ANY ((SELECT acting_topics())::bigint[]));
GRANT SELECT ON paper TO softsci_portal;
GRANT SELECT, INSERT ON paper TO softsci_office; -- only the job makes papers
