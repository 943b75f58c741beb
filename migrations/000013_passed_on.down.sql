CREATE OR REPLACE FUNCTION refuse_taking_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM application WHERE id = OLD.application)
    OR acting_account() IS NOT NULL
      AND NOT EXISTS (SELECT FROM application_access WHERE application = OLD.application AND kind = 'leader' AND account = acting_account()) THEN
    RAISE EXCEPTION 'only a leader takes access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.kind = 'leader'
    AND NOT EXISTS (SELECT FROM application_access WHERE application = OLD.application AND kind = 'leader' AND account <> OLD.account) THEN
    RAISE EXCEPTION 'an application keeps a leader' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'application_keeps_a_leader';
  END IF;
  RETURN OLD;
END $$;
DROP TRIGGER access_is_passed_on_from_leader_to_leader ON application_access;
DROP FUNCTION refuse_losing_the_leader();
REVOKE UPDATE (kind) ON application_access FROM softsci_portal;
