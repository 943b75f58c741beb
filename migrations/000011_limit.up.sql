-- 限项: a leader applies once in a year. Leaders are compared by name and unit, which
-- gives a hint; where a batch collects identity numbers, by a mark of the number, and
-- then a second application is refused.

-- A person's name as it is compared: the counterpart of portal.Normal.
CREATE FUNCTION normal_name(typed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN upper(regexp_replace(normalize(typed, NFKC),
    '[[:space:]\u0085\u00A0\u00AD\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u1680\u180B-\u180F\u2000-\u200F\u2028-\u202F\u205F-\u2064\u2066-\u206F\u3000\uFE00-\uFE0F\uFEFF\uFFF9-\uFFFB\U000E0001-\U000E01EF]', '', 'g'));

ALTER TABLE application
  ADD COLUMN leader_key text GENERATED ALWAYS AS (normal_name(leader_name)) STORED,
  -- of the leader's identity number and the year, under a key that the database does not
  -- know; written by each submission, null where the batch does not collect numbers
  ADD COLUMN leader_mark bytea CONSTRAINT leader_mark_is_whole CHECK (length(leader_mark) = 32);
CREATE INDEX application_by_leader ON application (leader_key, unit_code);
CREATE INDEX application_by_leader_mark ON application (leader_mark) WHERE leader_mark IS NOT NULL;

-- Whether an application takes its leader's place of the year at the moment: not a draft,
-- nor what was withdrawn, refused, or returned and not sent again in time.
CREATE FUNCTION takes_place(a application, at timestamptz) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN a.status IN ('submitted', 'accepted', 'under_review', 'proposed', 'funded') OR a.status = 'returned' AND at < a.return_until;

-- The applications of the same leader in the same year beside one, by name and unit; two
-- that both have marks, by these. Whoever calls it gets what the policies let it see.
CREATE FUNCTION others_of(one application, at timestamptz) RETURNS SETOF application LANGUAGE sql STABLE AS $$
  SELECT o.* FROM application o JOIN batch b ON b.id = o.batch
  WHERE o.leader_key = one.leader_key AND o.unit_code = normal_code(one.unit_code) AND o.id <> one.id AND takes_place(o, at)
    AND one.leader_key <> '' AND (o.leader_mark = one.leader_mark) IS NOT FALSE AND b.year = (SELECT year FROM batch WHERE id = one.batch)
$$;

-- How many they are: the one question that looks past the policies, and it answers with a
-- number alone, about what the asker may see. An applicant asks about what is saved, and
-- only where the unit's code is one that this very account has entered, in the application
-- or its profile; null for anybody else.
CREATE FUNCTION count_others(asked bigint, at timestamptz) RETURNS integer
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (SELECT count(*) FROM others_of(a, at))::integer FROM application a
  WHERE a.id = asked AND (
    current_setting('role') = 'softsci_office'
    OR a.status <> 'draft' AND a.topic = ANY (acting_topics())
    OR acting_account() = ANY (a.accounts) AND EXISTS (SELECT FROM section s WHERE s.application = a.id AND s.name = 'leader') AND (
      EXISTS (SELECT FROM section s WHERE s.application = a.id AND s.name = 'cover' AND s.saved_by = acting_account()
        AND normal_code(s.answers ->> 'unit_code') = normal_code(a.unit_code))
      OR EXISTS (SELECT FROM profile p WHERE p.account = acting_account() AND normal_code(p.unit_code) = normal_code(a.unit_code))))
$$;
REVOKE ALL ON FUNCTION count_others(bigint, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_others(bigint, timestamptz) TO softsci_portal, softsci_office;

-- Of two that are submitted at once the second waits here and then sees the first.
CREATE FUNCTION refuse_second_application() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(encode(NEW.leader_mark, 'hex'), 0));
  IF EXISTS (SELECT FROM application o WHERE o.leader_mark = NEW.leader_mark AND o.id <> NEW.id AND takes_place(o, NEW.moved_at)) THEN
    RAISE EXCEPTION 'a leader applies once in a year' USING ERRCODE = 'unique_violation', CONSTRAINT = 'leader_applies_once_a_year';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER leader_applies_once_a_year BEFORE UPDATE OF leader_mark ON application
  FOR EACH ROW WHEN (NEW.leader_mark IS NOT NULL) EXECUTE FUNCTION refuse_second_application();
