-- Who may edit an application is its leader's to say: only a leader gives access and
-- takes it, and an application keeps one.
CREATE OR REPLACE FUNCTION refuse_access_to_foreign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM application WHERE id = NEW.application) THEN
    RAISE EXCEPTION 'no such application for this account' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF acting_account() IS NOT NULL
    AND EXISTS (SELECT FROM application_access WHERE application = NEW.application AND kind = 'leader')
    AND NOT EXISTS (SELECT FROM application_access WHERE application = NEW.application AND kind = 'leader' AND account = acting_account()) THEN
    RAISE EXCEPTION 'only a leader gives access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

-- Invoked as the writer, like its counterpart. Where an application is deleted its
-- access goes with it, one trigger deep, and is not asked about.
CREATE FUNCTION refuse_taking_access() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER access_is_taken_by_leaders BEFORE DELETE ON application_access
  FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_taking_access();

-- Access that waits until an invitation is accepted.
CREATE TABLE access_invitation (
  application bigint NOT NULL REFERENCES application ON DELETE CASCADE,
  account     bigint NOT NULL REFERENCES account,
  kind        text NOT NULL CONSTRAINT invitation_is_to_help CHECK (kind IN ('agent', 'co-editor')),
  invited_at  timestamptz NOT NULL,
  PRIMARY KEY (account, application)
);
CREATE INDEX access_invitation_by_application ON access_invitation (application);
CREATE TRIGGER invitation_is_given_by_those_who_have_it BEFORE INSERT OR UPDATE ON access_invitation
  FOR EACH ROW EXECUTE FUNCTION refuse_access_to_foreign();

-- Who accepts has no access yet, so it is given here in the name of the leader who
-- invited. A leader's invitation is all that it needs.
CREATE FUNCTION accept_access(invited bigint, at timestamptz)
  RETURNS TABLE (application bigint, label text, kind text) LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH accepted AS (
    DELETE FROM access_invitation i WHERE i.account = invited RETURNING i.application, i.kind
  ), given AS (
    INSERT INTO application_access (application, account, kind, since) SELECT accepted.application, invited, accepted.kind, at FROM accepted
    ON CONFLICT DO NOTHING
  )
  SELECT a.id, COALESCE(a.number, a.title), accepted.kind FROM accepted JOIN application a ON a.id = accepted.application
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON access_invitation TO softsci_portal, softsci_office;

-- A later close for one applicant or one unit, each with its reason. A new one for the
-- same takes the place of the old one; ended ones stay, for the record.
CREATE TABLE extension (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  batch      bigint NOT NULL REFERENCES batch,
  account    bigint REFERENCES account,
  unit_code  text CONSTRAINT extension_names_a_whole_code CHECK (length(unit_code) = 18),
  closes_at  timestamptz NOT NULL,
  reason     text NOT NULL CONSTRAINT extension_has_a_reason CHECK (reason <> ''),
  granted_by bigint NOT NULL REFERENCES account,
  granted_at timestamptz NOT NULL,
  ended_at   timestamptz,
  CONSTRAINT extension_is_for_one_account_or_unit CHECK (num_nonnulls(account, unit_code) = 1)
);
CREATE UNIQUE INDEX extension_is_granted_once ON extension (batch, account, unit_code) NULLS NOT DISTINCT WHERE ended_at IS NULL;

-- What was typed as a unit's code, as it is compared: the counterpart of portal.Normal.
CREATE FUNCTION normal_code(typed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN upper(regexp_replace(normalize(typed, NFKC), '[^0-9A-Za-z]', '', 'g'));

-- The later of a batch's close and of what was granted to these accounts or this unit.
CREATE FUNCTION extended_close(of_batch bigint, closes timestamptz, accounts bigint[], code text) RETURNS timestamptz
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN GREATEST(closes, (SELECT max(e.closes_at) FROM extension e WHERE e.batch = of_batch AND e.ended_at IS NULL
    AND (e.account = ANY (accounts) OR e.unit_code = normal_code(code))));

GRANT SELECT ON extension TO softsci_portal;
GRANT SELECT, INSERT, UPDATE ON extension TO softsci_office;

-- What an applicant fills in once: the unit's data and its own, by the names of the
-- form's fields (see proposal.ProfileForm), as typed.
ALTER TABLE profile ADD COLUMN details jsonb NOT NULL DEFAULT '{}';

-- The private address at which a calendar fetches an account's deadlines.
CREATE TABLE calendar (
  account    bigint PRIMARY KEY REFERENCES account,
  nonce      text NOT NULL, -- with the portal's secret it makes the address
  token      text NOT NULL CONSTRAINT calendar_token_is_unique UNIQUE, -- SHA-256 of what the address holds
  created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON calendar TO softsci_portal, softsci_office;

-- Who fetches it has no session, so the rows are read here, and no more of them than a
-- calendar shows.
CREATE FUNCTION deadlines_of(holds text, at timestamptz)
  RETURNS TABLE (ref text, label text, batch_title text, returned boolean, due timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.ref, concat_ws(' ', a.number, a.title), v.title, a.status = 'returned', d.due
  FROM calendar c JOIN application_access x ON x.account = c.account JOIN application a ON a.id = x.application
    JOIN LATERAL (SELECT title, closes_at FROM batch_version WHERE batch = a.batch AND published_at <= at ORDER BY n DESC LIMIT 1) v ON true,
    LATERAL (SELECT CASE WHEN a.status = 'returned' THEN a.return_until ELSE extended_close(a.batch, v.closes_at, a.accounts, a.unit_code) END AS due) d
  WHERE c.token = holds AND (a.status IN ('draft', 'returned') OR a.editing) AND d.due > at
  ORDER BY d.due, a.id LIMIT 200
$$;
