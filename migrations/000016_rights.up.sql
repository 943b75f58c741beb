-- Who may act on an application beside those who have its topic: a deputy from one day to
-- another, a contact to whom one case was given, and never who has a conflict of interest.
-- A third setting of the transaction, portal.handlers, is set for an acting contact alone:
-- its own account, then those in whose place it acts.
CREATE FUNCTION acting_handlers() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN COALESCE(NULLIF(current_setting('portal.handlers', true), ''), '{}')::bigint[];

CREATE FUNCTION acting_contact() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (acting_handlers())[1];

-- --------------------------------------------------------------------- deputies

-- A deputy has a topic in the place of the account that holds it. The right begins and
-- ends by the clock, and with the right of that account.
ALTER TABLE membership
  ADD COLUMN for_account bigint REFERENCES account,
  ADD CONSTRAINT deputy_is_a_contact_with_a_last_day CHECK (for_account IS NULL OR role = 'contact' AND until IS NOT NULL),
  ADD CONSTRAINT nobody_deputises_for_themselves CHECK (for_account <> account),
  ADD CONSTRAINT one_deputy_at_a_time EXCLUDE USING gist (int8range(for_account, for_account, '[]') WITH &&,
    int8range(topic, topic, '[]') WITH &&, tstzrange(since, until) WITH &&) WHERE (for_account IS NOT NULL);
CREATE INDEX membership_by_account ON membership (account);

-- Invoked as the writer: the portal's role makes applicants, and lets a contact name and
-- dismiss its own deputies; nothing else.
CREATE FUNCTION refuse_foreign_right() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'softsci_portal' AND (CASE
      WHEN TG_OP = 'UPDATE' THEN OLD.for_account = acting_contact()
      WHEN NEW.for_account IS NULL THEN NEW.role = 'applicant' AND NEW.topic IS NULL
      ELSE NEW.for_account = acting_contact() AND EXISTS (SELECT FROM membership own
        WHERE own.account = NEW.for_account AND own.topic = NEW.topic AND own.for_account IS NULL AND own.until IS NULL)
    END) IS NOT TRUE THEN
    RAISE EXCEPTION 'this right is not the writer''s to give or to end' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rights_are_given_by_those_who_may BEFORE INSERT OR UPDATE ON membership
  FOR EACH ROW EXECUTE FUNCTION refuse_foreign_right();
GRANT INSERT (role, topic, until, for_account), UPDATE (until) ON membership TO softsci_portal;

-- The public cards name the deputy.
CREATE TRIGGER deputy_tells AFTER INSERT OR UPDATE ON membership
  FOR EACH ROW WHEN (NEW.for_account IS NOT NULL) EXECUTE FUNCTION tell_public_change();

-- ----------------------------------------------------- one application to one contact

-- Who has an application: an account, or 0 for whoever has its topic. Kept by assignment;
-- its parts carry it as they carry accounts.
ALTER TABLE application
  ADD COLUMN handler bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT application_and_handler_belong_together UNIQUE (id, handler);
ALTER TABLE version
  ADD COLUMN handler bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT version_has_the_handler_of_its_application FOREIGN KEY (application, handler) REFERENCES application (id, handler) ON UPDATE CASCADE;
ALTER TABLE file
  ADD COLUMN handler bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT file_has_the_handler_of_its_application FOREIGN KEY (application, handler)
    REFERENCES application (id, handler) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE review
  ADD COLUMN handler bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT review_has_the_handler_of_its_application FOREIGN KEY (application, handler) REFERENCES application (id, handler) ON UPDATE CASCADE;
CREATE INDEX application_by_handler ON application (handler, submitted_at DESC, id DESC) WHERE handler <> 0;

CREATE TABLE assignment (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application bigint NOT NULL REFERENCES application,
  account     bigint NOT NULL REFERENCES account,
  kind        text NOT NULL CONSTRAINT assignment_kind_is_known CHECK (kind IN ('passed', 'kept', 'named')),
  by          bigint NOT NULL REFERENCES account,
  note        text NOT NULL DEFAULT '', -- for the department alone
  at          timestamptz NOT NULL,
  ended_at    timestamptz,
  CONSTRAINT passed_case_has_a_note CHECK (kind <> 'passed' OR note <> ''),
  CONSTRAINT assignment_ends_after_it_begins CHECK (ended_at >= at)
);
CREATE UNIQUE INDEX application_has_one_assignment ON assignment (application) WHERE ended_at IS NULL;
CREATE INDEX assignment_by_account ON assignment (account) WHERE ended_at IS NULL;

CREATE FUNCTION keep_handler() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE application SET handler = COALESCE((SELECT account FROM assignment WHERE application = NEW.application AND ended_at IS NULL), 0)
    WHERE id = NEW.application;
  RETURN NULL;
END $$;
CREATE TRIGGER application_knows_its_handler AFTER INSERT OR UPDATE ON assignment
  FOR EACH ROW EXECUTE FUNCTION keep_handler();

-- Whether an account has any application of its own: that makes it a contact.
CREATE FUNCTION entrusted(who bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT EXISTS (SELECT FROM assignment WHERE account = who AND ended_at IS NULL) $$;

-- ------------------------------------------------------------- conflict of interest

-- A reviewer who is the leader, a member, of the same unit, or says so, is kept away from
-- the application (《科学技术进步法》第一百零一条). A row that was lifted stays, for the record;
-- what the machine found by a name alone and the person denied is lifted at once.
CREATE TABLE recusal (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application bigint NOT NULL REFERENCES application,
  account     bigint NOT NULL REFERENCES account,
  ground      text NOT NULL CONSTRAINT recusal_ground_is_known CHECK (ground IN ('leader', 'member', 'unit', 'declared')),
  text        text NOT NULL CONSTRAINT recusal_says_why CHECK (text <> ''), -- for the department alone
  at          timestamptz NOT NULL,
  lifted_at   timestamptz,
  lifted_by   bigint REFERENCES account,
  lifted_why  text NOT NULL DEFAULT '',
  CONSTRAINT lifted_recusal_says_by_whom_and_why CHECK ((lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lifted_why = '')),
  CONSTRAINT recusal_is_lifted_after_it_begins CHECK (lifted_at >= at)
);
CREATE UNIQUE INDEX recusal_holds_once ON recusal (application, account) WHERE lifted_at IS NULL;
CREATE INDEX recusal_by_application ON recusal (application, account);

-- ------------------------------------------------------------------------- policies

ALTER TABLE assignment ENABLE ROW LEVEL SECURITY;
ALTER TABLE recusal ENABLE ROW LEVEL SECURITY;
CREATE POLICY office_sees_all ON assignment TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON recusal TO softsci_office USING (true) WITH CHECK (true);

-- A contact reads who is kept away from what it sees; it recuses itself, and denies at
-- once what a name alone suggested, but takes nothing back.
CREATE POLICY contact_sees_those_of_its_cases ON recusal FOR SELECT TO softsci_portal
  USING ((SELECT acting_contact()) IS NOT NULL AND EXISTS (SELECT FROM application a WHERE a.id = application));
CREATE POLICY contact_recuses_itself ON recusal FOR INSERT TO softsci_portal
  WITH CHECK (account = ANY ((SELECT acting_handlers())::bigint[]) AND EXISTS (SELECT FROM application a WHERE a.id = application)
    AND (lifted_at IS NULL OR ground IN ('leader', 'member') AND lifted_by = (SELECT acting_contact())));

-- Whether the acting contact is recused from an application. False for everybody else.
CREATE FUNCTION acting_recused(from_application bigint) RETURNS boolean LANGUAGE sql STABLE
  RETURN acting_contact() IS NOT NULL
    AND EXISTS (SELECT FROM recusal r WHERE r.application = from_application AND r.account = acting_contact() AND r.lifted_at IS NULL);

CREATE POLICY contact_sees_entrusted ON application TO softsci_portal
  USING (status <> 'draft' AND handler = ANY ((SELECT acting_handlers())::bigint[]))
  WITH CHECK (status <> 'draft' AND handler = ANY ((SELECT acting_handlers())::bigint[]));
CREATE POLICY contact_sees_entrusted ON version FOR SELECT TO softsci_portal USING (handler = ANY ((SELECT acting_handlers())::bigint[]));
CREATE POLICY contact_sees_entrusted ON file FOR SELECT TO softsci_portal USING (submitted AND handler = ANY ((SELECT acting_handlers())::bigint[]));
CREATE POLICY contact_sees_entrusted ON review TO softsci_portal
  USING (handler = ANY ((SELECT acting_handlers())::bigint[])) WITH CHECK (handler = ANY ((SELECT acting_handlers())::bigint[]));

-- What another has, its topic's contact sees and does not change; from what it is recused
-- it sees that it is there, and nothing of what was submitted.
CREATE POLICY contact_acts_on_its_own ON application AS RESTRICTIVE FOR UPDATE TO softsci_portal
  USING ((SELECT acting_contact()) IS NULL OR (handler = 0 OR handler = ANY ((SELECT acting_handlers())::bigint[])) AND NOT acting_recused(id));
CREATE POLICY recused_reads_nothing ON version AS RESTRICTIVE FOR SELECT TO softsci_portal
  USING ((SELECT acting_contact()) IS NULL OR NOT acting_recused(application));
CREATE POLICY recused_reads_nothing ON file AS RESTRICTIVE FOR SELECT TO softsci_portal
  USING ((SELECT acting_contact()) IS NULL OR NOT acting_recused(application));
CREATE POLICY recused_says_nothing ON review AS RESTRICTIVE TO softsci_portal
  USING (NOT acting_recused(application))
  WITH CHECK ((handler = 0 OR handler = ANY ((SELECT acting_handlers())::bigint[])) AND NOT acting_recused(application));

-- A contact passes on what it has, and takes back what was passed on from its topic.
CREATE POLICY contact_sees_those_of_its_cases ON assignment FOR SELECT TO softsci_portal
  USING ((SELECT acting_contact()) IS NOT NULL AND EXISTS (SELECT FROM application a WHERE a.id = application));
CREATE POLICY contact_passes_its_own ON assignment FOR INSERT TO softsci_portal
  WITH CHECK (kind = 'passed' AND by = (SELECT acting_contact()) AND NOT acting_recused(application) AND EXISTS (
    SELECT FROM application a WHERE a.id = application AND (a.handler = 0 OR a.handler = ANY ((SELECT acting_handlers())::bigint[]))));
CREATE POLICY contact_ends_its_own ON assignment FOR UPDATE TO softsci_portal
  USING ((SELECT acting_contact()) IS NOT NULL AND NOT acting_recused(application) AND EXISTS (
    SELECT FROM application a WHERE a.id = application AND (kind = 'passed' OR a.handler = ANY ((SELECT acting_handlers())::bigint[]))));

GRANT SELECT, INSERT, UPDATE (ended_at) ON assignment TO softsci_portal, softsci_office;
GRANT SELECT, INSERT ON recusal TO softsci_portal, softsci_office;
GRANT UPDATE (lifted_at, lifted_by, lifted_why) ON recusal TO softsci_office;

-- In whose name somebody acted, as the name was.
ALTER TABLE event ADD COLUMN on_behalf_name text NOT NULL DEFAULT '';
