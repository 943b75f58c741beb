-- A leader passes an application on to somebody who helps with it, and who helps leaves by
-- itself. An application keeps a leader through both.
GRANT UPDATE (kind) ON application_access TO softsci_portal;

-- Who may make somebody the leader is what access_is_given_by_those_who_have_it says.
CREATE FUNCTION refuse_losing_the_leader() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.kind = 'leader' AND NEW.kind <> 'leader'
    AND NOT EXISTS (SELECT FROM application_access WHERE application = OLD.application AND kind = 'leader' AND account <> OLD.account) THEN
    RAISE EXCEPTION 'an application keeps a leader' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'application_keeps_a_leader';
  END IF;
  IF NEW.kind = 'leader' AND EXISTS (SELECT FROM application a JOIN membership m ON m.topic = a.topic
      WHERE a.id = NEW.application AND m.account = NEW.account AND m.until IS NULL) THEN
    RAISE EXCEPTION 'a contact judges and does not lead' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'contact_does_not_lead';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER access_is_passed_on_from_leader_to_leader BEFORE UPDATE ON application_access
  FOR EACH ROW EXECUTE FUNCTION refuse_losing_the_leader();

-- As it was, but for one's own access.
CREATE OR REPLACE FUNCTION refuse_taking_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM application WHERE id = OLD.application)
    OR acting_account() <> OLD.account
      AND NOT EXISTS (SELECT FROM application_access WHERE application = OLD.application AND kind = 'leader' AND account = acting_account()) THEN
    RAISE EXCEPTION 'only a leader takes the access of others' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.kind = 'leader'
    AND NOT EXISTS (SELECT FROM application_access WHERE application = OLD.application AND kind = 'leader' AND account <> OLD.account) THEN
    RAISE EXCEPTION 'an application keeps a leader' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'application_keeps_a_leader';
  END IF;
  RETURN OLD;
END $$;
