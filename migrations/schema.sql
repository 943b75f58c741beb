-- What the migrations make, for readers, as pg_dump 15 writes it. Made by: go test ./internal/postgres -run TestSchemaFresh -update
CREATE SCHEMA river;
CREATE TYPE river.river_job_state AS ENUM (
    'available',
    'cancelled',
    'completed',
    'discarded',
    'pending',
    'retryable',
    'running',
    'scheduled'
);
CREATE FUNCTION public.accept_access(invited bigint, at timestamp with time zone) RETURNS TABLE(application bigint, label text, kind text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  WITH accepted AS (
    DELETE FROM access_invitation i WHERE i.account = invited RETURNING i.application, i.kind
  ), given AS (
    INSERT INTO application_access (application, account, kind, since) SELECT accepted.application, invited, accepted.kind, at FROM accepted
    ON CONFLICT DO NOTHING
  )
  SELECT a.id, COALESCE(a.number, a.title), accepted.kind FROM accepted JOIN application a ON a.id = accepted.application
$$;
CREATE FUNCTION public.acting_account() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint;
CREATE FUNCTION public.acting_handlers() RETURNS bigint[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (COALESCE(NULLIF(current_setting('portal.handlers'::text, true), ''::text), '{}'::text))::bigint[];
CREATE FUNCTION public.acting_contact() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (public.acting_handlers())[1];
CREATE FUNCTION public.normal_name(typed text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN upper(regexp_replace(NORMALIZE(typed, NFKC), '[[:space:]\u0085\u00A0\u00AD\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u1680\u180B-\u180F\u2000-\u200F\u2028-\u202F\u205F-\u2064\u2066-\u206F\u3000\uFE00-\uFE0F\uFEFF\uFFF9-\uFFFB\U000E0001-\U000E01EF]'::text, ''::text, 'g'::text));
CREATE TABLE public.application (
    id bigint NOT NULL,
    ref text NOT NULL,
    batch bigint NOT NULL,
    topic bigint NOT NULL,
    begun_under bigint NOT NULL,
    submitted_under bigint,
    previous_status text DEFAULT 'none'::text NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL,
    number text,
    return_until timestamp with time zone,
    title text DEFAULT ''::text NOT NULL,
    leader_name text DEFAULT ''::text NOT NULL,
    unit_name text DEFAULT ''::text NOT NULL,
    unit_code text DEFAULT ''::text NOT NULL,
    amount bigint DEFAULT 0 NOT NULL,
    versions integer DEFAULT 0 NOT NULL,
    editing boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    moved_at timestamp with time zone NOT NULL,
    accounts bigint[] NOT NULL,
    seen_under bigint,
    leader_key text GENERATED ALWAYS AS (public.normal_name(leader_name)) STORED,
    leader_mark bytea,
    handler bigint DEFAULT 0 NOT NULL,
    CONSTRAINT amount_is_not_negative CHECK ((amount >= 0)),
    CONSTRAINT application_ref_has_twelve_characters CHECK ((length(ref) = 12)),
    CONSTRAINT leader_mark_is_whole CHECK ((length(leader_mark) = 32)),
    CONSTRAINT submitted_has_a_number CHECK (((status = 'draft'::text) OR ((number IS NOT NULL) AND (submitted_at IS NOT NULL) AND (submitted_under IS NOT NULL))))
);
CREATE FUNCTION public.acting_entrusted(with_application bigint) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (EXISTS (SELECT FROM public.application a WHERE ((a.id = acting_entrusted.with_application) AND (a.handler = ANY (public.acting_handlers())))));
CREATE TABLE public.recusal (
    id bigint NOT NULL,
    application bigint NOT NULL,
    account bigint NOT NULL,
    ground text NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    lifted_at timestamp with time zone,
    lifted_by bigint,
    lifted_why text DEFAULT ''::text NOT NULL,
    CONSTRAINT lifted_recusal_says_by_whom_and_why CHECK ((((lifted_at IS NULL) = (lifted_by IS NULL)) AND ((lifted_at IS NULL) = (lifted_why = ''::text)))),
    CONSTRAINT recusal_ground_is_known CHECK ((ground = ANY (ARRAY['leader'::text, 'member'::text, 'unit'::text, 'declared'::text]))),
    CONSTRAINT recusal_is_lifted_after_it_begins CHECK ((lifted_at >= at)),
    CONSTRAINT recusal_says_why CHECK ((text <> ''::text))
);
CREATE FUNCTION public.acting_recused(from_application bigint) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN ((public.acting_contact() IS NOT NULL) AND (EXISTS (SELECT FROM public.recusal r WHERE ((r.application = acting_recused.from_application) AND (r.account = public.acting_contact()) AND (r.lifted_at IS NULL)))));
CREATE FUNCTION public.acting_topics() RETURNS bigint[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (COALESCE(NULLIF(current_setting('portal.topics'::text, true), ''::text), '{}'::text))::bigint[];
CREATE FUNCTION public.confirm_inquiry(holds text, at timestamp with time zone, due timestamp with time zone) RETURNS TABLE(id bigint, ref text, topic bigint, question text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  UPDATE inquiry SET token = NULL, confirmed_at = at, due_at = due WHERE token = holds AND asked_at > at - interval '48 hours'
  RETURNING id, ref, topic, question
$$;
CREATE FUNCTION public.count_others(asked bigint, at timestamp with time zone) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  SELECT (SELECT count(*) FROM others_of(a, at))::integer FROM application a
  WHERE a.id = asked AND (
    current_setting('role') = 'softsci_office'
    OR a.status <> 'draft' AND a.topic = ANY (acting_topics())
    OR acting_account() = ANY (a.accounts) AND EXISTS (SELECT FROM section s WHERE s.application = a.id AND s.name = 'leader') AND (
      EXISTS (SELECT FROM section s WHERE s.application = a.id AND s.name = 'cover' AND s.saved_by = acting_account()
        AND normal_code(s.answers ->> 'unit_code') = normal_code(a.unit_code))
      OR EXISTS (SELECT FROM profile p WHERE p.account = acting_account() AND normal_code(p.unit_code) = normal_code(a.unit_code))))
$$;
CREATE FUNCTION public.deadlines_of(holds text, at timestamp with time zone) RETURNS TABLE(ref text, label text, batch_title text, returned boolean, due timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  SELECT a.ref, concat_ws(' ', a.number, a.title), v.title, a.status = 'returned', d.due
  FROM calendar c JOIN application_access x ON x.account = c.account JOIN application a ON a.id = x.application
    JOIN LATERAL (SELECT title, closes_at FROM batch_version WHERE batch = a.batch AND published_at <= at ORDER BY n DESC LIMIT 1) v ON true,
    LATERAL (SELECT CASE WHEN a.status = 'returned' THEN a.return_until ELSE extended_close(a.batch, v.closes_at, a.accounts, a.unit_code) END AS due) d
  WHERE c.token = holds AND (a.status IN ('draft', 'returned') OR a.editing) AND d.due > at
  ORDER BY d.due, a.id LIMIT 200
$$;
CREATE FUNCTION public.entrusted(who bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ SELECT EXISTS (SELECT FROM assignment WHERE account = who AND ended_at IS NULL) $$;
CREATE FUNCTION public.normal_code(typed text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN upper(regexp_replace(NORMALIZE(typed, NFKC), '[^0-9A-Za-z]'::text, ''::text, 'g'::text));
CREATE TABLE public.extension (
    id bigint NOT NULL,
    batch bigint NOT NULL,
    account bigint,
    unit_code text,
    closes_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    granted_by bigint NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT extension_has_a_reason CHECK ((reason <> ''::text)),
    CONSTRAINT extension_is_for_one_account_or_unit CHECK ((num_nonnulls(account, unit_code) = 1)),
    CONSTRAINT extension_names_a_whole_code CHECK ((length(unit_code) = 18))
);
CREATE FUNCTION public.extended_close(of_batch bigint, closes timestamp with time zone, accounts bigint[], code text) RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN GREATEST(closes, (SELECT max(e.closes_at) AS max FROM public.extension e WHERE ((e.batch = extended_close.of_batch) AND (e.ended_at IS NULL) AND ((e.account = ANY (extended_close.accounts)) OR (e.unit_code = public.normal_code(extended_close.code))))));
CREATE FUNCTION public.fill_previous_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.keep_accounts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  target bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.application ELSE NEW.application END;
  wanted bigint[];
BEGIN
  SELECT COALESCE(array_agg(account ORDER BY account), '{}') INTO wanted FROM application_access WHERE application = target;
  UPDATE application SET accounts = wanted WHERE id = target AND accounts <> wanted;
  RETURN NULL;
END $$;
CREATE FUNCTION public.keep_handler() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE application SET handler = COALESCE((SELECT account FROM assignment WHERE application = NEW.application AND ended_at IS NULL), 0)
    WHERE id = NEW.application;
  RETURN NULL;
END $$;
CREATE FUNCTION public.others_of(one public.application, at timestamp with time zone) RETURNS SETOF public.application
    LANGUAGE sql STABLE
    AS $$
  SELECT o.* FROM application o JOIN batch b ON b.id = o.batch
  WHERE o.leader_key = one.leader_key AND o.unit_code = normal_code(one.unit_code) AND o.id <> one.id AND takes_place(o, at)
    AND one.leader_key <> '' AND (o.leader_mark = one.leader_mark) IS NOT FALSE AND b.year = (SELECT year FROM batch WHERE id = one.batch)
$$;
CREATE TABLE public.workday (
    day date NOT NULL,
    work boolean NOT NULL,
    name text NOT NULL,
    CONSTRAINT workday_has_a_name CHECK ((name <> ''::text))
);
CREATE FUNCTION public.overdue_before(at timestamp with time zone, n integer) RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT (min(d.day) AT TIME ZONE 'Asia/Shanghai'::text) AS timezone FROM (SELECT g.day FROM (generate_series((date_trunc('day'::text, (overdue_before.at AT TIME ZONE 'Asia/Shanghai'::text)) - '1 day'::interval), (date_trunc('day'::text, (overdue_before.at AT TIME ZONE 'Asia/Shanghai'::text)) - '60 days'::interval), '-1 days'::interval) g(day) LEFT JOIN public.workday w ON ((w.day = (g.day)::date))) WHERE COALESCE(w.work, (EXTRACT(isodow FROM g.day) < (6)::numeric)) ORDER BY g.day DESC LIMIT overdue_before.n) d);
CREATE FUNCTION public.proven(wanted text, digits text) RETURNS TABLE(number text, n integer, sha256 bytea, arrived_at timestamp with time zone, recorded_at timestamp with time zone, guideline integer, standing boolean, attachments jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT a.number, v.n, v.sha256, v.arrived_at, v.recorded_at, b.n, v.n = a.versions, v.attachments
      FROM application a JOIN version v ON v.application = a.id JOIN batch_version b ON b.id = v.batch_version
      WHERE a.number = wanted AND length(digits) = 16 AND left(encode(v.sha256, 'hex'), 16) = digits
      ORDER BY v.n DESC LIMIT 1;
  $$;
CREATE FUNCTION public.refuse_access_to_foreign() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.refuse_change_below_published() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF EXISTS (SELECT FROM batch_version WHERE published_at IS NOT NULL
      AND id = CASE WHEN TG_OP = 'INSERT' THEN NEW.batch_version ELSE OLD.batch_version END) THEN
    RAISE EXCEPTION 'a published guideline version never changes'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_version_never_changes';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION public.refuse_change_of_identity() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF EXISTS (SELECT FROM topic WHERE batch = OLD.id) THEN
    RAISE EXCEPTION 'slug, code and year of a batch that was published never change'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'batch_identity_never_changes';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION public.refuse_change_of_published() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  taken_back batch_version;
BEGIN
  IF TG_OP = 'UPDATE' AND NOT EXISTS (SELECT FROM application WHERE batch = OLD.batch AND OLD.id IN (begun_under, submitted_under)) THEN
    taken_back := OLD;
    taken_back.published_at := NULL;
    taken_back.published_by := NULL;
    IF NEW IS NOT DISTINCT FROM taken_back THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a published guideline version never changes'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_version_never_changes';
END $$;
CREATE FUNCTION public.refuse_delete_of_submitted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION 'only what was never submitted can be deleted'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'submitted_is_never_deleted';
END $$;
CREATE FUNCTION public.refuse_delete_of_submitted_file() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION 'a file that a submitted version names is never deleted'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'submitted_file_is_never_deleted';
END $$;
CREATE FUNCTION public.refuse_foreign_right() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.refuse_incomplete_publication() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM topic_version WHERE batch_version = NEW.id)
    OR EXISTS (SELECT FROM topic_version WHERE batch_version = NEW.id AND (title = '' OR topic IS NULL)) THEN
    RAISE EXCEPTION 'a published guideline has topics, each with a title and an identity'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_guideline_is_complete';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION public.refuse_losing_the_leader() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.refuse_second_application() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(encode(NEW.leader_mark, 'hex'), 0));
  IF EXISTS (SELECT FROM application o WHERE o.leader_mark = NEW.leader_mark AND o.id <> NEW.id AND takes_place(o, NEW.moved_at)) THEN
    RAISE EXCEPTION 'a leader applies once in a year' USING ERRCODE = 'unique_violation', CONSTRAINT = 'leader_applies_once_a_year';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION public.refuse_taking_access() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.refuse_unanswered() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM inquiry WHERE id = NEW.inquiry AND answered_at IS NOT NULL) THEN
    RAISE EXCEPTION 'only what was answered is published' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'only_answers_are_published';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION public.takes_place(a public.application, at timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (((a).status = ANY (ARRAY['submitted'::text, 'accepted'::text, 'under_review'::text, 'proposed'::text, 'funded'::text])) OR (((a).status = 'returned'::text) AND (at < (a).return_until)));
CREATE FUNCTION public.tell_public_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  PERFORM pg_notify('public_change', '');
  RETURN NULL;
END $$;
CREATE FUNCTION public.waiting_inquiry(holds text, at timestamp with time zone) RETURNS TABLE(topic bigint, question text, email text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  SELECT topic, question, email FROM inquiry WHERE token = holds AND asked_at > at - interval '48 hours'
$$;
CREATE FUNCTION public.write_to_applicants(of_topic bigint, but text, kind text, subject text, body text, at timestamp with time zone) RETURNS SETOF bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  INSERT INTO message (account, address, kind, subject, body, created_at)
    SELECT c.id, c.email, kind, subject, body, at FROM account c
    WHERE lower(c.email) <> lower(but) AND c.id IN (
      SELECT x.account FROM application a JOIN application_access x ON x.application = a.id
        JOIN LATERAL (SELECT closes_at FROM batch_version WHERE batch = a.batch AND published_at <= at ORDER BY n DESC LIMIT 1) v ON true
      WHERE a.topic = of_topic AND (a.status IN ('submitted', 'returned', 'accepted', 'under_review', 'proposed')
        OR a.status = 'draft' AND at < extended_close(a.batch, v.closes_at, a.accounts, a.unit_code)))
    ORDER BY c.id
  RETURNING id
$$;
CREATE FUNCTION river.river_job_state_in_bitmask(bitmask bit, state river.river_job_state) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    RETURN (get_bit(bitmask, (array_position(ARRAY['scheduled'::river.river_job_state, 'running'::river.river_job_state, 'retryable'::river.river_job_state, 'pending'::river.river_job_state, 'discarded'::river.river_job_state, 'completed'::river.river_job_state, 'cancelled'::river.river_job_state, 'available'::river.river_job_state], state) - 1)) = 1);
CREATE TABLE public.access_invitation (
    application bigint NOT NULL,
    account bigint NOT NULL,
    kind text NOT NULL,
    invited_at timestamp with time zone NOT NULL,
    CONSTRAINT invitation_is_to_help CHECK ((kind = ANY (ARRAY['agent'::text, 'co-editor'::text])))
);
CREATE TABLE public.account (
    id bigint NOT NULL,
    ref text NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text,
    confirmed_at timestamp with time zone,
    privacy_version text,
    privacy_at timestamp with time zone,
    person bigint,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT account_email_is_not_long CHECK (((length(email) >= 3) AND (length(email) <= 254))),
    CONSTRAINT account_name_is_not_long CHECK ((length(name) <= 60)),
    CONSTRAINT account_ref_has_twelve_characters CHECK ((length(ref) = 12)),
    CONSTRAINT privacy_agreement_has_a_time CHECK (((privacy_version IS NULL) = (privacy_at IS NULL)))
);
ALTER TABLE public.account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.application_access (
    application bigint NOT NULL,
    account bigint NOT NULL,
    kind text NOT NULL,
    since timestamp with time zone NOT NULL,
    CONSTRAINT access_kind_is_known CHECK ((kind = ANY (ARRAY['leader'::text, 'agent'::text, 'co-editor'::text])))
);
CREATE TABLE public.application_flag (
    application bigint NOT NULL,
    topic bigint NOT NULL,
    label text NOT NULL,
    account bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT flag_is_one_short_word CHECK (((label ~ '^[^\s:：]{1,20}$'::text) AND (label = NORMALIZE(label, NFKC))))
);
ALTER TABLE public.application ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.application_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.application_text (
    application bigint NOT NULL,
    topic bigint NOT NULL,
    accounts bigint[] NOT NULL,
    leader text NOT NULL,
    unit text NOT NULL,
    text text NOT NULL,
    tokens integer[] NOT NULL,
    tokenizer integer NOT NULL
);
ALTER TABLE ONLY public.application_text ALTER COLUMN text SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.application_text ALTER COLUMN tokens SET STORAGE EXTERNAL;
CREATE TABLE public.assignment (
    id bigint NOT NULL,
    application bigint NOT NULL,
    account bigint NOT NULL,
    kind text NOT NULL,
    by bigint NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT assignment_ends_after_it_begins CHECK ((ended_at >= at)),
    CONSTRAINT assignment_kind_is_known CHECK ((kind = ANY (ARRAY['passed'::text, 'kept'::text, 'named'::text]))),
    CONSTRAINT passed_case_has_a_note CHECK (((kind <> 'passed'::text) OR (note <> ''::text)))
);
ALTER TABLE public.assignment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.attempt (
    key text NOT NULL,
    count integer NOT NULL,
    resets_at timestamp with time zone NOT NULL
);
CREATE TABLE public.batch (
    id bigint NOT NULL,
    slug text NOT NULL,
    year integer NOT NULL,
    number_code text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone,
    CONSTRAINT batch_code_is_short CHECK ((number_code ~ '^[A-Z][A-Z0-9]{1,11}$'::text)),
    CONSTRAINT batch_slug_is_a_url_word CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 60))),
    CONSTRAINT batch_year_is_plausible CHECK (((year >= 2000) AND (year <= 2999)))
);
ALTER TABLE public.batch ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.batch_version (
    id bigint NOT NULL,
    batch bigint NOT NULL,
    n integer NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    plan text NOT NULL,
    category text NOT NULL,
    label text NOT NULL,
    source text NOT NULL,
    rules jsonb NOT NULL,
    opens_at timestamp with time zone,
    closes_at timestamp with time zone,
    published_at timestamp with time zone,
    note text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    issue text DEFAULT ''::text NOT NULL,
    advice text DEFAULT ''::text NOT NULL,
    document bigint,
    revision integer DEFAULT 1 NOT NULL,
    reading jsonb DEFAULT '{}'::jsonb NOT NULL,
    edited_by bigint,
    published_by bigint,
    CONSTRAINT batch_closes_after_it_opens CHECK ((closes_at > opens_at)),
    CONSTRAINT published_guideline_has_a_title CHECK (((published_at IS NULL) OR (title <> ''::text))),
    CONSTRAINT published_guideline_has_its_dates CHECK (((published_at IS NULL) OR ((opens_at IS NOT NULL) AND (closes_at IS NOT NULL)))),
    CONSTRAINT version_kind_is_known CHECK ((kind = ANY (ARRAY['publication'::text, 'correction'::text, 'extension'::text]))),
    CONSTRAINT version_number_counts_from_one CHECK ((n >= 1))
);
ALTER TABLE public.batch_version ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.batch_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.calendar (
    account bigint NOT NULL,
    nonce text NOT NULL,
    token text NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.document (
    id bigint NOT NULL,
    name text NOT NULL,
    format text NOT NULL,
    size bigint NOT NULL,
    sha256 bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by bigint,
    CONSTRAINT document_format_is_known CHECK ((format = ANY (ARRAY['docx'::text, 'doc'::text, 'pdf'::text, 'txt'::text]))),
    CONSTRAINT document_hash_is_whole CHECK ((length(sha256) = 32))
);
CREATE TABLE public.document_chunk (
    document bigint NOT NULL,
    n integer NOT NULL,
    data bytea NOT NULL,
    CONSTRAINT document_chunk_is_not_large CHECK ((length(data) <= 262144))
);
ALTER TABLE ONLY public.document_chunk ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE public.document ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.event (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    subject text NOT NULL,
    subject_id bigint NOT NULL,
    subject_label text NOT NULL,
    verb text NOT NULL,
    from_status text DEFAULT ''::text NOT NULL,
    to_status text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    account bigint,
    account_name text NOT NULL,
    role text NOT NULL,
    on_behalf_of bigint,
    address text NOT NULL,
    request_id text NOT NULL,
    on_behalf_name text DEFAULT ''::text NOT NULL
);
ALTER TABLE public.event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.extension ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.extension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.file (
    id bigint NOT NULL,
    ref text NOT NULL,
    application bigint NOT NULL,
    topic bigint NOT NULL,
    accounts bigint[] NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    sha256 bytea NOT NULL,
    state text NOT NULL,
    submitted boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    type text DEFAULT ''::text NOT NULL,
    verdict text DEFAULT ''::text NOT NULL,
    removed_at timestamp with time zone,
    created_by bigint,
    handler bigint DEFAULT 0 NOT NULL,
    CONSTRAINT file_hash_is_whole CHECK ((length(sha256) = 32)),
    CONSTRAINT file_size_is_not_negative CHECK ((size >= 0)),
    CONSTRAINT file_state_is_known CHECK ((state = ANY (ARRAY['held'::text, 'kept'::text, 'refused'::text])))
);
CREATE TABLE public.file_chunk (
    file bigint NOT NULL,
    n integer NOT NULL,
    data bytea NOT NULL,
    CONSTRAINT chunk_is_not_large CHECK ((length(data) <= 262144))
);
ALTER TABLE ONLY public.file_chunk ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE public.file ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.file_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inquiry (
    id bigint NOT NULL,
    ref text NOT NULL,
    topic bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    question text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    token text,
    confirmed_at timestamp with time zone,
    due_at timestamp with time zone,
    answer text DEFAULT ''::text NOT NULL,
    answered_at timestamp with time zone,
    CONSTRAINT answer_has_a_time CHECK (((answer <> ''::text) = (answered_at IS NOT NULL))),
    CONSTRAINT answer_is_not_long CHECK ((length(answer) <= 4000)),
    CONSTRAINT asker_email_is_not_long CHECK ((length(email) <= 254)),
    CONSTRAINT asker_name_is_not_long CHECK ((length(name) <= 60)),
    CONSTRAINT call_is_answered_and_names_nobody CHECK (((kind = 'question'::text) OR ((answered_at IS NOT NULL) AND (name = ''::text) AND (email = ''::text)))),
    CONSTRAINT confirmed_question_is_due CHECK (((due_at IS NOT NULL) = ((confirmed_at IS NOT NULL) AND (kind = 'question'::text)))),
    CONSTRAINT inquiry_kind_is_known CHECK ((kind = ANY (ARRAY['question'::text, 'call'::text]))),
    CONSTRAINT inquiry_ref_has_twelve_characters CHECK ((length(ref) = 12)),
    CONSTRAINT only_what_was_confirmed_is_answered CHECK (((answered_at IS NULL) OR (confirmed_at IS NOT NULL))),
    CONSTRAINT question_has_words CHECK (((question <> ''::text) AND (length(question) <= 1000))),
    CONSTRAINT unconfirmed_question_has_a_link CHECK (((token IS NULL) = (confirmed_at IS NOT NULL)))
);
ALTER TABLE public.inquiry ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.inquiry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kept_post (
    token text NOT NULL,
    account bigint NOT NULL,
    session text NOT NULL,
    path text NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT kept_post_is_small CHECK ((octet_length(body) <= 360448))
);
CREATE TABLE public.link (
    token text NOT NULL,
    account bigint NOT NULL,
    purpose text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT link_purpose_is_known CHECK ((purpose = ANY (ARRAY['invite'::text, 'reset'::text, 'confirm'::text])))
);
CREATE TABLE public.membership (
    id bigint NOT NULL,
    account bigint NOT NULL,
    role text DEFAULT 'applicant'::text NOT NULL,
    topic bigint,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    for_account bigint,
    CONSTRAINT deputy_is_a_contact_with_a_last_day CHECK (((for_account IS NULL) OR ((role = 'contact'::text) AND (until IS NOT NULL)))),
    CONSTRAINT membership_ends_after_it_begins CHECK ((until >= since)),
    CONSTRAINT membership_role_is_known CHECK ((role = ANY (ARRAY['applicant'::text, 'contact'::text, 'admin'::text]))),
    CONSTRAINT nobody_deputises_for_themselves CHECK ((for_account <> account)),
    CONSTRAINT only_a_contact_has_a_topic CHECK (((role = 'contact'::text) = (topic IS NOT NULL)))
);
ALTER TABLE public.membership ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.message (
    id bigint NOT NULL,
    account bigint,
    address text NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    failure text DEFAULT ''::text NOT NULL
);
ALTER TABLE public.message ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.number_counter (
    batch bigint NOT NULL,
    ordinal integer NOT NULL,
    last integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.paper (
    application bigint NOT NULL,
    topic bigint NOT NULL,
    accounts bigint[] NOT NULL,
    n integer NOT NULL,
    pdf bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT paper_is_a_pdf CHECK ((substr(pdf, 1, 5) = '\x255044462d'::bytea))
);
ALTER TABLE ONLY public.paper ALTER COLUMN pdf SET STORAGE EXTERNAL;
CREATE TABLE public.person (
    id bigint NOT NULL,
    department text NOT NULL,
    name text NOT NULL,
    phones text[] NOT NULL,
    email text DEFAULT ''::text NOT NULL,
    hours text DEFAULT ''::text NOT NULL,
    tokens tsvector NOT NULL,
    tokenizer integer NOT NULL,
    deputy bigint,
    deputy_from date,
    deputy_until date,
    CONSTRAINT deputy_ends_after_it_begins CHECK ((deputy_until >= deputy_from)),
    CONSTRAINT deputy_has_a_first_and_a_last_day CHECK ((((deputy IS NULL) = (deputy_from IS NULL)) AND ((deputy IS NULL) = (deputy_until IS NULL)))),
    CONSTRAINT nobody_is_their_own_deputy CHECK ((deputy <> id)),
    CONSTRAINT person_or_department_has_a_name CHECK (((name <> ''::text) OR (department <> ''::text)))
);
ALTER TABLE public.person ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.profile (
    account bigint NOT NULL,
    unit bigint NOT NULL,
    unit_name text NOT NULL,
    unit_code text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT unit_has_a_name CHECK (((unit_name <> ''::text) AND (length(unit_name) <= 100)))
);
CREATE TABLE public.public_answer (
    inquiry bigint NOT NULL,
    topic bigint NOT NULL,
    ref text NOT NULL,
    question text NOT NULL,
    answer text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    tokens tsvector NOT NULL,
    tokenizer integer NOT NULL,
    CONSTRAINT public_answer_has_words CHECK (((answer <> ''::text) AND (length(answer) <= 4000))),
    CONSTRAINT public_question_has_words CHECK (((question <> ''::text) AND (length(question) <= 1000)))
);
ALTER TABLE public.recusal ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.recusal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.review (
    id bigint NOT NULL,
    application bigint NOT NULL,
    topic bigint NOT NULL,
    outcome text NOT NULL,
    comment text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    account bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    handler bigint DEFAULT 0 NOT NULL,
    CONSTRAINT review_outcome_is_known CHECK ((outcome = ANY (ARRAY['recommended'::text, 'doubtful'::text, 'not_recommended'::text])))
);
ALTER TABLE public.review ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.review_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.saved_view (
    id bigint NOT NULL,
    account bigint NOT NULL,
    topic bigint,
    name text NOT NULL,
    query text NOT NULL,
    sort text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT view_has_a_short_name CHECK (((name <> ''::text) AND (length(name) <= 30))),
    CONSTRAINT view_query_is_not_long CHECK ((length(query) <= 500))
);
ALTER TABLE public.saved_view ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.saved_view_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.section (
    application bigint NOT NULL,
    topic bigint NOT NULL,
    accounts bigint[] NOT NULL,
    name text NOT NULL,
    revision integer NOT NULL,
    answers jsonb NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    saved_by bigint NOT NULL,
    CONSTRAINT revision_counts_from_one CHECK ((revision >= 1))
);
CREATE TABLE public.session (
    token text NOT NULL,
    data jsonb NOT NULL,
    account bigint GENERATED ALWAYS AS ((((data -> 'values'::text) ->> 'account'::text))::bigint) STORED,
    address text DEFAULT ''::text NOT NULL,
    agent text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.signing_key (
    id text NOT NULL,
    public bytea NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT public_key_is_ed25519 CHECK ((length(public) = 32))
);
CREATE TABLE public.status_step (
    from_status text NOT NULL,
    to_status text NOT NULL
);
CREATE TABLE public.thread_message (
    id bigint NOT NULL,
    application bigint NOT NULL,
    topic bigint NOT NULL,
    accounts bigint[] NOT NULL,
    side text NOT NULL,
    account bigint NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT message_has_words CHECK (((words <> ''::text) AND (length(words) <= 2000))),
    CONSTRAINT message_side_is_known CHECK ((side = ANY (ARRAY['applicant'::text, 'contact'::text])))
);
ALTER TABLE public.thread_message ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.thread_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.topic (
    id bigint NOT NULL,
    batch bigint NOT NULL,
    ordinal integer NOT NULL,
    CONSTRAINT topic_ordinal_counts_from_one CHECK ((ordinal >= 1))
);
CREATE TABLE public.topic_card (
    topic bigint NOT NULL,
    "position" integer NOT NULL,
    person bigint NOT NULL
);
ALTER TABLE public.topic ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.topic_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.topic_version (
    id bigint NOT NULL,
    batch_version bigint NOT NULL,
    "position" integer NOT NULL,
    topic bigint,
    label text NOT NULL,
    "grouping" text DEFAULT ''::text NOT NULL,
    title text NOT NULL,
    content text NOT NULL,
    deliverables text[] NOT NULL,
    tokens tsvector NOT NULL,
    tokenizer integer NOT NULL,
    cards jsonb DEFAULT '[]'::jsonb NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    reading jsonb DEFAULT '{}'::jsonb NOT NULL,
    edited_by bigint,
    edited_at timestamp with time zone
);
ALTER TABLE public.topic_version ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.topic_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.unit (
    id bigint NOT NULL,
    code text NOT NULL,
    CONSTRAINT unit_code_has_eighteen_characters CHECK ((length(code) = 18))
);
ALTER TABLE public.unit ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.unit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.version (
    id bigint NOT NULL,
    application bigint NOT NULL,
    topic bigint NOT NULL,
    accounts bigint[] NOT NULL,
    n integer NOT NULL,
    schema integer NOT NULL,
    body bytea NOT NULL,
    sha256 bytea NOT NULL,
    content jsonb NOT NULL,
    attachments jsonb DEFAULT '[]'::jsonb NOT NULL,
    batch_version bigint NOT NULL,
    submitted_by bigint NOT NULL,
    arrived_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    handler bigint DEFAULT 0 NOT NULL,
    CONSTRAINT hash_is_of_the_body CHECK ((sha256 = sha256(body)))
);
ALTER TABLE public.version ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE river.river_job (
    id bigint NOT NULL,
    state river.river_job_state DEFAULT 'available'::river.river_job_state NOT NULL,
    attempt smallint DEFAULT 0 NOT NULL,
    max_attempts smallint DEFAULT 25 NOT NULL,
    attempted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finalized_at timestamp with time zone,
    scheduled_at timestamp with time zone DEFAULT now() NOT NULL,
    priority smallint DEFAULT 1 NOT NULL,
    args jsonb NOT NULL,
    attempted_by text[],
    errors jsonb[],
    kind text NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    queue text DEFAULT 'default'::text NOT NULL,
    tags character varying(255)[] DEFAULT '{}'::character varying[] NOT NULL,
    unique_key bytea,
    unique_states bit(8),
    CONSTRAINT finalized_or_finalized_at_null CHECK (((finalized_at IS NOT NULL) = (state = ANY (ARRAY['cancelled'::river.river_job_state, 'completed'::river.river_job_state, 'discarded'::river.river_job_state])))),
    CONSTRAINT kind_length CHECK (((char_length(kind) >= 1) AND (char_length(kind) <= 127))),
    CONSTRAINT max_attempts_is_positive CHECK ((max_attempts > 0)),
    CONSTRAINT priority_in_range CHECK (((priority >= 1) AND (priority <= 4))),
    CONSTRAINT queue_length CHECK (((char_length(queue) >= 1) AND (char_length(queue) <= 127)))
);
CREATE SEQUENCE river.river_job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE river.river_job_id_seq OWNED BY river.river_job.id;
CREATE UNLOGGED TABLE river.river_leader (
    elected_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    leader_id text NOT NULL,
    name text DEFAULT 'default'::text NOT NULL,
    CONSTRAINT leader_id_length CHECK (((char_length(leader_id) >= 1) AND (char_length(leader_id) <= 127))),
    CONSTRAINT name_length CHECK ((name = 'default'::text))
);
CREATE TABLE river.river_notification (
    id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    payload text NOT NULL,
    topic text NOT NULL,
    CONSTRAINT topic_length CHECK (((length(topic) >= 1) AND (length(topic) <= 127)))
);
CREATE SEQUENCE river.river_notification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE river.river_notification_id_seq OWNED BY river.river_notification.id;
CREATE TABLE river.river_queue (
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    paused_at timestamp with time zone,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY river.river_job ALTER COLUMN id SET DEFAULT nextval('river.river_job_id_seq'::regclass);
ALTER TABLE ONLY river.river_notification ALTER COLUMN id SET DEFAULT nextval('river.river_notification_id_seq'::regclass);
ALTER TABLE ONLY public.access_invitation
    ADD CONSTRAINT access_invitation_pkey PRIMARY KEY (account, application);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_ref_is_unique UNIQUE (ref);
ALTER TABLE ONLY public.application_access
    ADD CONSTRAINT application_access_pkey PRIMARY KEY (account, application);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_and_handler_belong_together UNIQUE (id, handler);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_and_topic_belong_together UNIQUE (id, topic);
ALTER TABLE ONLY public.application_flag
    ADD CONSTRAINT application_flag_pkey PRIMARY KEY (application, label);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_key_for_its_parts UNIQUE (id, topic, accounts);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_number_is_unique UNIQUE (number);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_ref_is_unique UNIQUE (ref);
ALTER TABLE ONLY public.application_text
    ADD CONSTRAINT application_text_pkey PRIMARY KEY (application);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.batch
    ADD CONSTRAINT batch_code_is_unique_in_its_year UNIQUE (year, number_code);
ALTER TABLE ONLY public.batch
    ADD CONSTRAINT batch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.batch
    ADD CONSTRAINT batch_slug_is_unique UNIQUE (slug);
ALTER TABLE ONLY public.batch_version
    ADD CONSTRAINT batch_version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.calendar
    ADD CONSTRAINT calendar_pkey PRIMARY KEY (account);
ALTER TABLE ONLY public.calendar
    ADD CONSTRAINT calendar_token_is_unique UNIQUE (token);
ALTER TABLE ONLY public.document_chunk
    ADD CONSTRAINT document_chunk_pkey PRIMARY KEY (document, n);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.file_chunk
    ADD CONSTRAINT file_chunk_pkey PRIMARY KEY (file, n);
ALTER TABLE ONLY public.file
    ADD CONSTRAINT file_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.file
    ADD CONSTRAINT file_ref_is_unique UNIQUE (ref);
ALTER TABLE ONLY public.inquiry
    ADD CONSTRAINT inquiry_and_topic_belong_together UNIQUE (id, topic);
ALTER TABLE ONLY public.inquiry
    ADD CONSTRAINT inquiry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inquiry
    ADD CONSTRAINT inquiry_ref_is_unique UNIQUE (ref);
ALTER TABLE ONLY public.inquiry
    ADD CONSTRAINT inquiry_token_is_unique UNIQUE (token);
ALTER TABLE ONLY public.kept_post
    ADD CONSTRAINT kept_post_pkey PRIMARY KEY (token);
ALTER TABLE ONLY public.link
    ADD CONSTRAINT link_pkey PRIMARY KEY (token);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.number_counter
    ADD CONSTRAINT number_counter_pkey PRIMARY KEY (batch, ordinal);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT one_deputy_at_a_time EXCLUDE USING gist (int8range(for_account, for_account, '[]'::text) WITH &&, int8range(topic, topic, '[]'::text) WITH &&, tstzrange(since, until) WITH &&) WHERE ((for_account IS NOT NULL));
ALTER TABLE ONLY public.paper
    ADD CONSTRAINT paper_is_made_once PRIMARY KEY (application, n);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_is_unique_in_its_department UNIQUE (department, name);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.topic_card
    ADD CONSTRAINT person_stands_once_at_a_topic_now UNIQUE (topic, person);
ALTER TABLE ONLY public.profile
    ADD CONSTRAINT profile_pkey PRIMARY KEY (account);
ALTER TABLE ONLY public.public_answer
    ADD CONSTRAINT public_answer_pkey PRIMARY KEY (inquiry);
ALTER TABLE ONLY public.public_answer
    ADD CONSTRAINT public_answer_ref_is_unique UNIQUE (ref);
ALTER TABLE ONLY public.recusal
    ADD CONSTRAINT recusal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.section
    ADD CONSTRAINT revision_is_saved_once PRIMARY KEY (application, name, revision);
ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kept_post
    ADD CONSTRAINT session_keeps_one_post UNIQUE (session);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (token);
ALTER TABLE ONLY public.signing_key
    ADD CONSTRAINT signing_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.status_step
    ADD CONSTRAINT status_step_pkey PRIMARY KEY (from_status, to_status);
ALTER TABLE ONLY public.thread_message
    ADD CONSTRAINT thread_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.topic
    ADD CONSTRAINT topic_and_batch_belong_together UNIQUE (id, batch);
ALTER TABLE ONLY public.topic_card
    ADD CONSTRAINT topic_card_pkey PRIMARY KEY (topic, "position");
ALTER TABLE ONLY public.topic
    ADD CONSTRAINT topic_ordinal_is_unique_in_its_batch UNIQUE (batch, ordinal);
ALTER TABLE ONLY public.topic
    ADD CONSTRAINT topic_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.topic_version
    ADD CONSTRAINT topic_position_is_unique_in_its_version UNIQUE (batch_version, "position") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.topic_version
    ADD CONSTRAINT topic_stands_once_in_a_version UNIQUE (batch_version, topic);
ALTER TABLE ONLY public.topic_version
    ADD CONSTRAINT topic_version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_code_is_unique UNIQUE (code);
ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_is_numbered_within_its_application UNIQUE (application, n);
ALTER TABLE ONLY public.batch_version
    ADD CONSTRAINT version_number_is_unique_in_its_batch UNIQUE (batch, n);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT view_name_is_unique_for_its_account UNIQUE (account, name);
ALTER TABLE ONLY public.workday
    ADD CONSTRAINT workday_pkey PRIMARY KEY (day);
ALTER TABLE ONLY river.river_job
    ADD CONSTRAINT river_job_pkey PRIMARY KEY (id);
ALTER TABLE ONLY river.river_leader
    ADD CONSTRAINT river_leader_pkey PRIMARY KEY (name);
ALTER TABLE ONLY river.river_notification
    ADD CONSTRAINT river_notification_pkey PRIMARY KEY (id);
ALTER TABLE ONLY river.river_queue
    ADD CONSTRAINT river_queue_pkey PRIMARY KEY (name);
CREATE INDEX access_invitation_by_application ON public.access_invitation USING btree (application);
CREATE INDEX account_by_person ON public.account USING btree (person) WHERE (person IS NOT NULL);
CREATE INDEX account_by_time ON public.account USING btree (created_at DESC, id DESC);
CREATE UNIQUE INDEX account_email_is_unique ON public.account USING btree (lower(email));
CREATE INDEX application_access_by_application ON public.application_access USING btree (application);
CREATE INDEX application_by_amount ON public.application USING btree (amount, id) WHERE (status <> 'draft'::text);
CREATE INDEX application_by_batch ON public.application USING btree (batch, status);
CREATE INDEX application_by_handler ON public.application USING btree (handler, submitted_at DESC, id DESC) WHERE (handler <> 0);
CREATE INDEX application_by_leader ON public.application USING btree (leader_key, unit_code);
CREATE INDEX application_by_leader_mark ON public.application USING btree (leader_mark) WHERE (leader_mark IS NOT NULL);
CREATE INDEX application_by_leader_name ON public.application USING btree (leader_name COLLATE "zh-x-icu", id) WHERE (status <> 'draft'::text);
CREATE INDEX application_by_status ON public.application USING btree (status, submitted_at DESC, id DESC) WHERE (status <> 'draft'::text);
CREATE INDEX application_by_submission ON public.application USING btree (submitted_at DESC, id DESC) WHERE (status <> 'draft'::text);
CREATE INDEX application_by_topic ON public.application USING btree (topic, submitted_at DESC, id DESC) WHERE (status <> 'draft'::text);
CREATE INDEX application_by_unit ON public.application USING btree (unit_name COLLATE "zh-x-icu", id) WHERE (status <> 'draft'::text);
CREATE INDEX application_flag_by_topic ON public.application_flag USING btree (topic, label);
CREATE UNIQUE INDEX application_has_one_assignment ON public.assignment USING btree (application) WHERE (ended_at IS NULL);
CREATE INDEX application_text_by_tokenizer ON public.application_text USING btree (tokenizer);
CREATE INDEX application_text_by_tokens ON public.application_text USING gin (tokens) WITH (gin_pending_list_limit='65536');
CREATE INDEX assignment_by_account ON public.assignment USING btree (account) WHERE (ended_at IS NULL);
CREATE INDEX attempt_by_reset ON public.attempt USING btree (resets_at);
CREATE INDEX batch_version_by_publication ON public.batch_version USING btree (published_at DESC, id DESC) WHERE (published_at IS NOT NULL);
CREATE INDEX event_by_account ON public.event USING btree (account, id DESC);
CREATE INDEX event_by_subject ON public.event USING btree (subject, subject_id, id);
CREATE INDEX event_by_verb ON public.event USING btree (verb, id DESC);
CREATE UNIQUE INDEX extension_is_granted_once ON public.extension USING btree (batch, account, unit_code) NULLS NOT DISTINCT WHERE (ended_at IS NULL);
CREATE INDEX file_by_application ON public.file USING btree (application);
CREATE INDEX inquiry_by_due ON public.inquiry USING btree (due_at) WHERE ((answered_at IS NULL) AND (confirmed_at IS NOT NULL));
CREATE INDEX inquiry_by_topic ON public.inquiry USING btree (topic, id DESC) WHERE (confirmed_at IS NOT NULL);
CREATE INDEX inquiry_unconfirmed ON public.inquiry USING btree (asked_at) WHERE (confirmed_at IS NULL);
CREATE INDEX link_by_account ON public.link USING btree (account, purpose) WHERE (used_at IS NULL);
CREATE INDEX membership_by_account ON public.membership USING btree (account);
CREATE INDEX membership_by_topic ON public.membership USING btree (topic) WHERE (topic IS NOT NULL);
CREATE UNIQUE INDEX membership_is_held_once ON public.membership USING btree (account, role, topic) NULLS NOT DISTINCT WHERE (until IS NULL);
CREATE INDEX message_by_account ON public.message USING btree (account, id DESC);
CREATE UNIQUE INDEX one_unpublished_version_per_batch ON public.batch_version USING btree (batch) WHERE (published_at IS NULL);
CREATE INDEX person_by_deputy ON public.person USING btree (deputy) WHERE (deputy IS NOT NULL);
CREATE INDEX person_by_tokens ON public.person USING gin (tokens);
CREATE INDEX public_answer_by_topic ON public.public_answer USING btree (topic, inquiry DESC);
CREATE INDEX recusal_by_application ON public.recusal USING btree (application, account);
CREATE UNIQUE INDEX recusal_holds_once ON public.recusal USING btree (application, account) WHERE (lifted_at IS NULL);
CREATE INDEX review_by_application ON public.review USING btree (application, id DESC);
CREATE INDEX saved_view_by_topic ON public.saved_view USING btree (topic) WHERE (topic IS NOT NULL);
CREATE INDEX session_by_account ON public.session USING btree (account) WHERE (account IS NOT NULL);
CREATE INDEX session_by_expiry ON public.session USING btree (expires_at);
CREATE INDEX thread_message_by_application ON public.thread_message USING btree (application, id);
CREATE INDEX topic_card_by_person ON public.topic_card USING btree (person);
CREATE INDEX topic_version_by_tokens ON public.topic_version USING gin (tokens);
CREATE INDEX topic_version_by_topic ON public.topic_version USING btree (topic);
CREATE INDEX river_job_args_index ON river.river_job USING gin (args);
CREATE INDEX river_job_kind ON river.river_job USING btree (kind);
CREATE INDEX river_job_metadata_index ON river.river_job USING gin (metadata);
CREATE INDEX river_job_prioritized_fetching_index ON river.river_job USING btree (state, queue, priority, scheduled_at, id);
CREATE INDEX river_job_state_and_finalized_at_index ON river.river_job USING btree (state, finalized_at) WHERE (finalized_at IS NOT NULL);
CREATE UNIQUE INDEX river_job_unique_idx ON river.river_job USING btree (unique_key) WHERE ((unique_key IS NOT NULL) AND (unique_states IS NOT NULL) AND river.river_job_state_in_bitmask(unique_states, state));
CREATE INDEX river_notification_created_at_idx ON river.river_notification USING btree (created_at);
CREATE INDEX river_notification_topic_id_idx ON river.river_notification USING btree (topic, id);
CREATE TRIGGER access_is_given_by_those_who_have_it BEFORE INSERT OR UPDATE ON public.application_access FOR EACH ROW EXECUTE FUNCTION public.refuse_access_to_foreign();
CREATE TRIGGER access_is_passed_on_from_leader_to_leader BEFORE UPDATE ON public.application_access FOR EACH ROW EXECUTE FUNCTION public.refuse_losing_the_leader();
CREATE TRIGGER access_is_taken_by_leaders BEFORE DELETE ON public.application_access FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.refuse_taking_access();
CREATE TRIGGER application_knows_its_accounts AFTER INSERT OR DELETE OR UPDATE ON public.application_access FOR EACH ROW EXECUTE FUNCTION public.keep_accounts();
CREATE TRIGGER application_knows_its_handler AFTER INSERT OR UPDATE ON public.assignment FOR EACH ROW EXECUTE FUNCTION public.keep_handler();
CREATE TRIGGER application_remembers_its_step BEFORE INSERT OR UPDATE ON public.application FOR EACH ROW EXECUTE FUNCTION public.fill_previous_status();
CREATE TRIGGER batch_identity_never_changes BEFORE UPDATE OF slug, number_code, year ON public.batch FOR EACH ROW WHEN ((((old.slug IS DISTINCT FROM new.slug) OR (old.number_code IS DISTINCT FROM new.number_code)) OR (old.year IS DISTINCT FROM new.year))) EXECUTE FUNCTION public.refuse_change_of_identity();
CREATE TRIGGER batch_tells AFTER UPDATE ON public.batch FOR EACH STATEMENT EXECUTE FUNCTION public.tell_public_change();
CREATE TRIGGER batch_version_tells AFTER INSERT OR DELETE OR UPDATE ON public.batch_version FOR EACH STATEMENT EXECUTE FUNCTION public.tell_public_change();
CREATE TRIGGER deputy_tells AFTER INSERT OR UPDATE ON public.membership FOR EACH ROW WHEN ((new.for_account IS NOT NULL)) EXECUTE FUNCTION public.tell_public_change();
CREATE TRIGGER invitation_is_given_by_those_who_have_it BEFORE INSERT OR UPDATE ON public.access_invitation FOR EACH ROW EXECUTE FUNCTION public.refuse_access_to_foreign();
CREATE TRIGGER leader_applies_once_a_year BEFORE UPDATE OF leader_mark ON public.application FOR EACH ROW WHEN ((new.leader_mark IS NOT NULL)) EXECUTE FUNCTION public.refuse_second_application();
CREATE TRIGGER only_answers_are_published BEFORE INSERT ON public.public_answer FOR EACH ROW EXECUTE FUNCTION public.refuse_unanswered();
CREATE TRIGGER person_tells AFTER INSERT OR DELETE OR UPDATE ON public.person FOR EACH STATEMENT EXECUTE FUNCTION public.tell_public_change();
CREATE TRIGGER public_answer_tells AFTER INSERT OR DELETE OR UPDATE ON public.public_answer FOR EACH STATEMENT EXECUTE FUNCTION public.tell_public_change();
CREATE TRIGGER published_guideline_is_complete BEFORE UPDATE OF published_at ON public.batch_version FOR EACH ROW WHEN (((old.published_at IS NULL) AND (new.published_at IS NOT NULL))) EXECUTE FUNCTION public.refuse_incomplete_publication();
CREATE TRIGGER published_topics_never_change BEFORE INSERT OR DELETE OR UPDATE ON public.topic_version FOR EACH ROW EXECUTE FUNCTION public.refuse_change_below_published();
CREATE TRIGGER published_version_never_changes BEFORE DELETE OR UPDATE ON public.batch_version FOR EACH ROW WHEN ((old.published_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_change_of_published();
CREATE TRIGGER rights_are_given_by_those_who_may BEFORE INSERT OR UPDATE ON public.membership FOR EACH ROW EXECUTE FUNCTION public.refuse_foreign_right();
CREATE TRIGGER submitted_file_is_never_deleted BEFORE DELETE ON public.file FOR EACH ROW WHEN (old.submitted) EXECUTE FUNCTION public.refuse_delete_of_submitted_file();
CREATE TRIGGER submitted_is_never_deleted BEFORE DELETE ON public.application FOR EACH ROW WHEN ((old.number IS NOT NULL)) EXECUTE FUNCTION public.refuse_delete_of_submitted();
CREATE TRIGGER topic_card_tells AFTER INSERT OR DELETE OR UPDATE ON public.topic_card FOR EACH STATEMENT EXECUTE FUNCTION public.tell_public_change();
CREATE TRIGGER topic_version_tells AFTER INSERT OR DELETE OR UPDATE ON public.topic_version FOR EACH STATEMENT EXECUTE FUNCTION public.tell_public_change();
ALTER TABLE ONLY public.access_invitation
    ADD CONSTRAINT access_invitation_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.access_invitation
    ADD CONSTRAINT access_invitation_application_fkey FOREIGN KEY (application) REFERENCES public.application(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_person_fkey FOREIGN KEY (person) REFERENCES public.person(id);
ALTER TABLE ONLY public.application_access
    ADD CONSTRAINT application_access_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.application_access
    ADD CONSTRAINT application_access_application_fkey FOREIGN KEY (application) REFERENCES public.application(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_batch_fkey FOREIGN KEY (batch) REFERENCES public.batch(id);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_begun_under_fkey FOREIGN KEY (begun_under) REFERENCES public.batch_version(id);
ALTER TABLE ONLY public.application_flag
    ADD CONSTRAINT application_flag_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_seen_under_fkey FOREIGN KEY (seen_under) REFERENCES public.batch_version(id);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_submitted_under_fkey FOREIGN KEY (submitted_under) REFERENCES public.batch_version(id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_application_fkey FOREIGN KEY (application) REFERENCES public.application(id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_by_fkey FOREIGN KEY (by) REFERENCES public.account(id);
ALTER TABLE ONLY public.batch_version
    ADD CONSTRAINT batch_version_batch_fkey FOREIGN KEY (batch) REFERENCES public.batch(id);
ALTER TABLE ONLY public.batch_version
    ADD CONSTRAINT batch_version_document_fkey FOREIGN KEY (document) REFERENCES public.document(id);
ALTER TABLE ONLY public.batch_version
    ADD CONSTRAINT batch_version_edited_by_fkey FOREIGN KEY (edited_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.batch_version
    ADD CONSTRAINT batch_version_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.calendar
    ADD CONSTRAINT calendar_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.document_chunk
    ADD CONSTRAINT document_chunk_document_fkey FOREIGN KEY (document) REFERENCES public.document(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_batch_fkey FOREIGN KEY (batch) REFERENCES public.batch(id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.file
    ADD CONSTRAINT file_belongs_to_its_application FOREIGN KEY (application, topic, accounts) REFERENCES public.application(id, topic, accounts) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.file_chunk
    ADD CONSTRAINT file_chunk_file_fkey FOREIGN KEY (file) REFERENCES public.file(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.file
    ADD CONSTRAINT file_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.file
    ADD CONSTRAINT file_has_the_handler_of_its_application FOREIGN KEY (application, handler) REFERENCES public.application(id, handler) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.application_flag
    ADD CONSTRAINT flag_belongs_to_its_application FOREIGN KEY (application, topic) REFERENCES public.application(id, topic);
ALTER TABLE ONLY public.inquiry
    ADD CONSTRAINT inquiry_topic_fkey FOREIGN KEY (topic) REFERENCES public.topic(id);
ALTER TABLE ONLY public.kept_post
    ADD CONSTRAINT kept_post_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.link
    ADD CONSTRAINT link_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_for_account_fkey FOREIGN KEY (for_account) REFERENCES public.account(id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_topic_fkey FOREIGN KEY (topic) REFERENCES public.topic(id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.thread_message
    ADD CONSTRAINT message_belongs_to_its_application FOREIGN KEY (application, topic, accounts) REFERENCES public.application(id, topic, accounts) ON UPDATE CASCADE;
ALTER TABLE ONLY public.number_counter
    ADD CONSTRAINT number_counter_batch_ordinal_fkey FOREIGN KEY (batch, ordinal) REFERENCES public.topic(batch, ordinal);
ALTER TABLE ONLY public.paper
    ADD CONSTRAINT paper_belongs_to_its_application FOREIGN KEY (application, topic, accounts) REFERENCES public.application(id, topic, accounts) ON UPDATE CASCADE;
ALTER TABLE ONLY public.paper
    ADD CONSTRAINT paper_belongs_to_its_version FOREIGN KEY (application, n) REFERENCES public.version(application, n);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_deputy_fkey FOREIGN KEY (deputy) REFERENCES public.person(id);
ALTER TABLE ONLY public.profile
    ADD CONSTRAINT profile_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.profile
    ADD CONSTRAINT profile_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(id);
ALTER TABLE ONLY public.public_answer
    ADD CONSTRAINT public_answer_belongs_to_its_inquiry FOREIGN KEY (inquiry, topic) REFERENCES public.inquiry(id, topic);
ALTER TABLE ONLY public.recusal
    ADD CONSTRAINT recusal_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.recusal
    ADD CONSTRAINT recusal_application_fkey FOREIGN KEY (application) REFERENCES public.application(id);
ALTER TABLE ONLY public.recusal
    ADD CONSTRAINT recusal_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_belongs_to_its_application FOREIGN KEY (application, topic) REFERENCES public.application(id, topic);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_has_the_handler_of_its_application FOREIGN KEY (application, handler) REFERENCES public.application(id, handler) ON UPDATE CASCADE;
ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_topic_fkey FOREIGN KEY (topic) REFERENCES public.topic(id);
ALTER TABLE ONLY public.section
    ADD CONSTRAINT section_belongs_to_its_application FOREIGN KEY (application, topic, accounts) REFERENCES public.application(id, topic, accounts) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.section
    ADD CONSTRAINT section_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT status_follows_a_step FOREIGN KEY (previous_status, status) REFERENCES public.status_step(from_status, to_status);
ALTER TABLE ONLY public.application_text
    ADD CONSTRAINT text_belongs_to_its_application FOREIGN KEY (application, topic, accounts) REFERENCES public.application(id, topic, accounts) ON UPDATE CASCADE;
ALTER TABLE ONLY public.thread_message
    ADD CONSTRAINT thread_message_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
ALTER TABLE ONLY public.topic
    ADD CONSTRAINT topic_batch_fkey FOREIGN KEY (batch) REFERENCES public.batch(id);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT topic_belongs_to_the_batch FOREIGN KEY (topic, batch) REFERENCES public.topic(id, batch);
ALTER TABLE ONLY public.topic_card
    ADD CONSTRAINT topic_card_person_fkey FOREIGN KEY (person) REFERENCES public.person(id);
ALTER TABLE ONLY public.topic_card
    ADD CONSTRAINT topic_card_topic_fkey FOREIGN KEY (topic) REFERENCES public.topic(id);
ALTER TABLE ONLY public.topic_version
    ADD CONSTRAINT topic_version_batch_version_fkey FOREIGN KEY (batch_version) REFERENCES public.batch_version(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.topic_version
    ADD CONSTRAINT topic_version_edited_by_fkey FOREIGN KEY (edited_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.topic_version
    ADD CONSTRAINT topic_version_topic_fkey FOREIGN KEY (topic) REFERENCES public.topic(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_batch_version_fkey FOREIGN KEY (batch_version) REFERENCES public.batch_version(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_belongs_to_its_application FOREIGN KEY (application, topic, accounts) REFERENCES public.application(id, topic, accounts) ON UPDATE CASCADE;
ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_has_the_handler_of_its_application FOREIGN KEY (application, handler) REFERENCES public.application(id, handler) ON UPDATE CASCADE;
ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES public.account(id);
CREATE POLICY anybody_asks ON public.inquiry FOR INSERT TO softsci_portal WITH CHECK (((kind = 'question'::text) AND (confirmed_at IS NULL)));
CREATE POLICY applicant_sees_own ON public.application TO softsci_portal USING ((( SELECT public.acting_account() AS acting_account) = ANY (accounts))) WITH CHECK ((( SELECT public.acting_account() AS acting_account) = ANY (accounts)));
CREATE POLICY applicant_sees_own ON public.application_text TO softsci_portal USING ((( SELECT public.acting_account() AS acting_account) = ANY (accounts))) WITH CHECK ((( SELECT public.acting_account() AS acting_account) = ANY (accounts)));
CREATE POLICY applicant_sees_own ON public.file TO softsci_portal USING ((( SELECT public.acting_account() AS acting_account) = ANY (accounts))) WITH CHECK ((( SELECT public.acting_account() AS acting_account) = ANY (accounts)));
CREATE POLICY applicant_sees_own ON public.paper FOR SELECT TO softsci_portal USING ((( SELECT public.acting_account() AS acting_account) = ANY (accounts)));
CREATE POLICY applicant_sees_own ON public.section TO softsci_portal USING ((( SELECT public.acting_account() AS acting_account) = ANY (accounts))) WITH CHECK ((( SELECT public.acting_account() AS acting_account) = ANY (accounts)));
CREATE POLICY applicant_sees_own ON public.thread_message FOR SELECT TO softsci_portal USING ((( SELECT public.acting_account() AS acting_account) = ANY (accounts)));
CREATE POLICY applicant_sees_own ON public.version TO softsci_portal USING ((( SELECT public.acting_account() AS acting_account) = ANY (accounts))) WITH CHECK ((( SELECT public.acting_account() AS acting_account) = ANY (accounts)));
CREATE POLICY applicant_writes ON public.thread_message FOR INSERT TO softsci_portal WITH CHECK (((side = 'applicant'::text) AND (( SELECT public.acting_account() AS acting_account) = ANY (accounts))));
ALTER TABLE public.application ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.application_flag ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.application_text ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.assignment ENABLE ROW LEVEL SECURITY;
CREATE POLICY contact_acts_on_its_own ON public.application AS RESTRICTIVE FOR UPDATE TO softsci_portal USING (((( SELECT public.acting_contact() AS acting_contact) IS NULL) OR (((handler = 0) OR (handler = ANY (( SELECT public.acting_handlers() AS acting_handlers)::bigint[]))) AND (NOT public.acting_recused(id)))));
CREATE POLICY contact_changes ON public.public_answer FOR UPDATE TO softsci_portal USING ((topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[]))) WITH CHECK ((topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[])));
CREATE POLICY contact_ends_its_own ON public.assignment FOR UPDATE TO softsci_portal USING (((( SELECT public.acting_contact() AS acting_contact) IS NOT NULL) AND (NOT public.acting_recused(application)) AND (EXISTS ( SELECT
   FROM public.application a
  WHERE ((a.id = assignment.application) AND ((assignment.kind = 'passed'::text) OR (a.handler = ANY (( SELECT public.acting_handlers() AS acting_handlers)::bigint[]))))))));
CREATE POLICY contact_passes_its_own ON public.assignment FOR INSERT TO softsci_portal WITH CHECK (((kind = 'passed'::text) AND (by = ( SELECT public.acting_contact() AS acting_contact)) AND (NOT public.acting_recused(application)) AND (EXISTS ( SELECT
   FROM public.application a
  WHERE ((a.id = assignment.application) AND ((a.handler = 0) OR (a.handler = ANY (( SELECT public.acting_handlers() AS acting_handlers)::bigint[]))))))));
CREATE POLICY contact_publishes ON public.public_answer FOR INSERT TO softsci_portal WITH CHECK ((topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[])));
CREATE POLICY contact_recuses_itself ON public.recusal FOR INSERT TO softsci_portal WITH CHECK (((account = ANY (( SELECT public.acting_handlers() AS acting_handlers)::bigint[])) AND (EXISTS ( SELECT
   FROM public.application a
  WHERE (a.id = recusal.application))) AND ((lifted_at IS NULL) OR ((ground = ANY (ARRAY['leader'::text, 'member'::text])) AND (lifted_by = ( SELECT public.acting_contact() AS acting_contact))))));
CREATE POLICY contact_sees_entrusted ON public.application TO softsci_portal USING (((status <> 'draft'::text) AND (handler = ANY (( SELECT public.acting_handlers() AS acting_handlers)::bigint[])))) WITH CHECK (((status <> 'draft'::text) AND (handler = ANY (( SELECT public.acting_handlers() AS acting_handlers)::bigint[]))));
CREATE POLICY contact_sees_entrusted ON public.application_text FOR SELECT TO softsci_portal USING ((EXISTS ( SELECT
   FROM public.application a
  WHERE ((a.id = application_text.application) AND (a.handler = ANY (( SELECT public.acting_handlers() AS acting_handlers)::bigint[]))))));
CREATE POLICY contact_sees_entrusted ON public.file FOR SELECT TO softsci_portal USING ((submitted AND (handler = ANY (( SELECT public.acting_handlers() AS acting_handlers)::bigint[]))));
CREATE POLICY contact_sees_entrusted ON public.paper FOR SELECT TO softsci_portal USING (public.acting_entrusted(application));
CREATE POLICY contact_sees_entrusted ON public.review TO softsci_portal USING ((handler = ANY (( SELECT public.acting_handlers() AS acting_handlers)::bigint[]))) WITH CHECK ((handler = ANY (( SELECT public.acting_handlers() AS acting_handlers)::bigint[])));
CREATE POLICY contact_sees_entrusted ON public.thread_message FOR SELECT TO softsci_portal USING (public.acting_entrusted(application));
CREATE POLICY contact_sees_entrusted ON public.version FOR SELECT TO softsci_portal USING ((handler = ANY (( SELECT public.acting_handlers() AS acting_handlers)::bigint[])));
CREATE POLICY contact_sees_those_of_its_cases ON public.assignment FOR SELECT TO softsci_portal USING (((( SELECT public.acting_contact() AS acting_contact) IS NOT NULL) AND (EXISTS ( SELECT
   FROM public.application a
  WHERE (a.id = assignment.application)))));
CREATE POLICY contact_sees_those_of_its_cases ON public.recusal FOR SELECT TO softsci_portal USING (((( SELECT public.acting_contact() AS acting_contact) IS NOT NULL) AND (EXISTS ( SELECT
   FROM public.application a
  WHERE (a.id = recusal.application)))));
CREATE POLICY contact_sees_topics ON public.application TO softsci_portal USING (((status <> 'draft'::text) AND (topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[])))) WITH CHECK (((status <> 'draft'::text) AND (topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[]))));
CREATE POLICY contact_sees_topics ON public.application_flag TO softsci_portal USING ((topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[]))) WITH CHECK ((topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[])));
CREATE POLICY contact_sees_topics ON public.application_text FOR SELECT TO softsci_portal USING ((topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[])));
CREATE POLICY contact_sees_topics ON public.file FOR SELECT TO softsci_portal USING ((submitted AND (topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[]))));
CREATE POLICY contact_sees_topics ON public.inquiry TO softsci_portal USING (((confirmed_at IS NOT NULL) AND (topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[])))) WITH CHECK (((confirmed_at IS NOT NULL) AND (topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[]))));
CREATE POLICY contact_sees_topics ON public.paper FOR SELECT TO softsci_portal USING ((topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[])));
CREATE POLICY contact_sees_topics ON public.review TO softsci_portal USING ((topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[]))) WITH CHECK ((topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[])));
CREATE POLICY contact_sees_topics ON public.thread_message FOR SELECT TO softsci_portal USING ((topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[])));
CREATE POLICY contact_sees_topics ON public.version FOR SELECT TO softsci_portal USING ((topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[])));
CREATE POLICY contact_takes_back ON public.public_answer FOR DELETE TO softsci_portal USING ((topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[])));
CREATE POLICY contact_writes ON public.thread_message FOR INSERT TO softsci_portal WITH CHECK (((side = 'contact'::text) AND (topic = ANY (( SELECT public.acting_topics() AS acting_topics)::bigint[]))));
CREATE POLICY entrusted_contact_writes ON public.thread_message FOR INSERT TO softsci_portal WITH CHECK (((side = 'contact'::text) AND public.acting_entrusted(application)));
CREATE POLICY everybody_reads ON public.public_answer FOR SELECT TO softsci_portal USING (true);
ALTER TABLE public.file ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.inquiry ENABLE ROW LEVEL SECURITY;
CREATE POLICY office_sees_all ON public.application TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public.application_flag TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public.application_text TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public.assignment TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public.file TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public.inquiry TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public.paper TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public.public_answer TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public.recusal TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public.review TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public.section TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public.thread_message TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public.version TO softsci_office USING (true) WITH CHECK (true);
ALTER TABLE public.paper ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.public_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.recusal ENABLE ROW LEVEL SECURITY;
CREATE POLICY recused_finds_nothing ON public.application_text AS RESTRICTIVE FOR SELECT TO softsci_portal USING (((( SELECT public.acting_contact() AS acting_contact) IS NULL) OR (NOT public.acting_recused(application))));
CREATE POLICY recused_reads_nothing ON public.file AS RESTRICTIVE FOR SELECT TO softsci_portal USING (((( SELECT public.acting_contact() AS acting_contact) IS NULL) OR (NOT public.acting_recused(application))));
CREATE POLICY recused_reads_nothing ON public.paper AS RESTRICTIVE FOR SELECT TO softsci_portal USING (((( SELECT public.acting_contact() AS acting_contact) IS NULL) OR (NOT public.acting_recused(application))));
CREATE POLICY recused_reads_nothing ON public.thread_message AS RESTRICTIVE FOR SELECT TO softsci_portal USING (((( SELECT public.acting_contact() AS acting_contact) IS NULL) OR (NOT public.acting_recused(application))));
CREATE POLICY recused_reads_nothing ON public.version AS RESTRICTIVE FOR SELECT TO softsci_portal USING (((( SELECT public.acting_contact() AS acting_contact) IS NULL) OR (NOT public.acting_recused(application))));
CREATE POLICY recused_says_nothing ON public.review AS RESTRICTIVE TO softsci_portal USING ((NOT public.acting_recused(application))) WITH CHECK ((((handler = 0) OR (handler = ANY (( SELECT public.acting_handlers() AS acting_handlers)::bigint[]))) AND (NOT public.acting_recused(application))));
CREATE POLICY recused_writes_nothing ON public.thread_message AS RESTRICTIVE FOR INSERT TO softsci_portal WITH CHECK (((( SELECT public.acting_contact() AS acting_contact) IS NULL) OR (NOT public.acting_recused(application))));
ALTER TABLE public.review ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.section ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.thread_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.version ENABLE ROW LEVEL SECURITY;
GRANT USAGE ON SCHEMA public TO softsci_portal;
GRANT USAGE ON SCHEMA public TO softsci_office;
GRANT USAGE ON SCHEMA river TO softsci_portal;
GRANT USAGE ON SCHEMA river TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.application TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.application TO softsci_portal;
GRANT SELECT,INSERT ON TABLE public.recusal TO softsci_portal;
GRANT SELECT,INSERT ON TABLE public.recusal TO softsci_office;
GRANT UPDATE(lifted_at) ON TABLE public.recusal TO softsci_office;
GRANT UPDATE(lifted_by) ON TABLE public.recusal TO softsci_office;
GRANT UPDATE(lifted_why) ON TABLE public.recusal TO softsci_office;
REVOKE ALL ON FUNCTION public.confirm_inquiry(holds text, at timestamp with time zone, due timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.confirm_inquiry(holds text, at timestamp with time zone, due timestamp with time zone) TO softsci_portal;
GRANT ALL ON FUNCTION public.confirm_inquiry(holds text, at timestamp with time zone, due timestamp with time zone) TO softsci_office;
REVOKE ALL ON FUNCTION public.count_others(asked bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.count_others(asked bigint, at timestamp with time zone) TO softsci_portal;
GRANT ALL ON FUNCTION public.count_others(asked bigint, at timestamp with time zone) TO softsci_office;
GRANT SELECT ON TABLE public.extension TO softsci_portal;
GRANT SELECT,INSERT,UPDATE ON TABLE public.extension TO softsci_office;
GRANT SELECT ON TABLE public.workday TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.workday TO softsci_office;
REVOKE ALL ON FUNCTION public.proven(wanted text, digits text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.proven(wanted text, digits text) TO softsci_portal;
GRANT ALL ON FUNCTION public.proven(wanted text, digits text) TO softsci_office;
REVOKE ALL ON FUNCTION public.waiting_inquiry(holds text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.waiting_inquiry(holds text, at timestamp with time zone) TO softsci_portal;
GRANT ALL ON FUNCTION public.waiting_inquiry(holds text, at timestamp with time zone) TO softsci_office;
REVOKE ALL ON FUNCTION public.write_to_applicants(of_topic bigint, but text, kind text, subject text, body text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.write_to_applicants(of_topic bigint, but text, kind text, subject text, body text, at timestamp with time zone) TO softsci_portal;
GRANT ALL ON FUNCTION public.write_to_applicants(of_topic bigint, but text, kind text, subject text, body text, at timestamp with time zone) TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_invitation TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_invitation TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account TO softsci_office;
GRANT SELECT ON TABLE public.account TO softsci_portal;
GRANT INSERT(ref) ON TABLE public.account TO softsci_portal;
GRANT INSERT(email) ON TABLE public.account TO softsci_portal;
GRANT INSERT(name),UPDATE(name) ON TABLE public.account TO softsci_portal;
GRANT INSERT(password_hash),UPDATE(password_hash) ON TABLE public.account TO softsci_portal;
GRANT UPDATE(confirmed_at) ON TABLE public.account TO softsci_portal;
GRANT INSERT(privacy_version),UPDATE(privacy_version) ON TABLE public.account TO softsci_portal;
GRANT INSERT(privacy_at),UPDATE(privacy_at) ON TABLE public.account TO softsci_portal;
GRANT INSERT(created_at) ON TABLE public.account TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.application_access TO softsci_office;
GRANT SELECT,INSERT,DELETE ON TABLE public.application_access TO softsci_portal;
GRANT UPDATE(kind) ON TABLE public.application_access TO softsci_portal;
GRANT SELECT,INSERT,DELETE ON TABLE public.application_flag TO softsci_portal;
GRANT SELECT,INSERT,DELETE ON TABLE public.application_flag TO softsci_office;
GRANT SELECT,INSERT,UPDATE ON TABLE public.application_text TO softsci_portal;
GRANT SELECT,INSERT,UPDATE ON TABLE public.application_text TO softsci_office;
GRANT SELECT,INSERT ON TABLE public.assignment TO softsci_portal;
GRANT SELECT,INSERT ON TABLE public.assignment TO softsci_office;
GRANT UPDATE(ended_at) ON TABLE public.assignment TO softsci_portal;
GRANT UPDATE(ended_at) ON TABLE public.assignment TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.attempt TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.attempt TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.batch TO softsci_office;
GRANT SELECT ON TABLE public.batch TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.batch_version TO softsci_office;
GRANT SELECT ON TABLE public.batch_version TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calendar TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calendar TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.document TO softsci_office;
GRANT SELECT ON TABLE public.document TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.document_chunk TO softsci_office;
GRANT SELECT ON TABLE public.document_chunk TO softsci_portal;
GRANT SELECT,INSERT ON TABLE public.event TO softsci_office;
GRANT SELECT,INSERT ON TABLE public.event TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.file TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.file TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.file_chunk TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.file_chunk TO softsci_portal;
GRANT SELECT,INSERT ON TABLE public.inquiry TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inquiry TO softsci_office;
GRANT UPDATE(answer) ON TABLE public.inquiry TO softsci_portal;
GRANT UPDATE(answered_at) ON TABLE public.inquiry TO softsci_portal;
GRANT SELECT,INSERT,DELETE ON TABLE public.kept_post TO softsci_portal;
GRANT SELECT,INSERT,DELETE ON TABLE public.kept_post TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.link TO softsci_office;
GRANT SELECT,INSERT,UPDATE ON TABLE public.link TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.membership TO softsci_office;
GRANT SELECT ON TABLE public.membership TO softsci_portal;
GRANT INSERT(account) ON TABLE public.membership TO softsci_portal;
GRANT INSERT(role) ON TABLE public.membership TO softsci_portal;
GRANT INSERT(topic) ON TABLE public.membership TO softsci_portal;
GRANT INSERT(since) ON TABLE public.membership TO softsci_portal;
GRANT INSERT(until),UPDATE(until) ON TABLE public.membership TO softsci_portal;
GRANT INSERT(for_account) ON TABLE public.membership TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message TO softsci_office;
GRANT INSERT ON TABLE public.message TO softsci_portal;
GRANT SELECT(id) ON TABLE public.message TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.number_counter TO softsci_office;
GRANT SELECT,INSERT,UPDATE ON TABLE public.number_counter TO softsci_portal;
GRANT SELECT ON TABLE public.paper TO softsci_portal;
GRANT SELECT,INSERT ON TABLE public.paper TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.person TO softsci_office;
GRANT SELECT ON TABLE public.person TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.profile TO softsci_office;
GRANT SELECT,INSERT,UPDATE ON TABLE public.profile TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.public_answer TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.public_answer TO softsci_office;
GRANT SELECT,INSERT ON TABLE public.review TO softsci_portal;
GRANT SELECT,INSERT ON TABLE public.review TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.saved_view TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.saved_view TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.section TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.section TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.session TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.session TO softsci_portal;
GRANT SELECT,INSERT ON TABLE public.signing_key TO softsci_office;
GRANT SELECT(id) ON TABLE public.signing_key TO softsci_portal;
GRANT SELECT(public) ON TABLE public.signing_key TO softsci_portal;
GRANT SELECT(created_at) ON TABLE public.signing_key TO softsci_portal;
GRANT SELECT ON TABLE public.status_step TO softsci_office;
GRANT SELECT ON TABLE public.status_step TO softsci_portal;
GRANT SELECT,INSERT ON TABLE public.thread_message TO softsci_portal;
GRANT SELECT ON TABLE public.thread_message TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.topic TO softsci_office;
GRANT SELECT ON TABLE public.topic TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.topic_card TO softsci_office;
GRANT SELECT ON TABLE public.topic_card TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.topic_version TO softsci_office;
GRANT SELECT ON TABLE public.topic_version TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.unit TO softsci_office;
GRANT SELECT,INSERT,UPDATE ON TABLE public.unit TO softsci_portal;
GRANT SELECT,INSERT ON TABLE public.version TO softsci_office;
GRANT SELECT,INSERT ON TABLE public.version TO softsci_portal;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE river.river_job TO softsci_office;
GRANT SELECT,INSERT ON TABLE river.river_job TO softsci_portal;
GRANT UPDATE(kind) ON TABLE river.river_job TO softsci_portal;
GRANT USAGE ON SEQUENCE river.river_job_id_seq TO softsci_portal;
GRANT USAGE ON SEQUENCE river.river_job_id_seq TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE river.river_leader TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE river.river_notification TO softsci_office;
GRANT USAGE ON SEQUENCE river.river_notification_id_seq TO softsci_portal;
GRANT USAGE ON SEQUENCE river.river_notification_id_seq TO softsci_office;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE river.river_queue TO softsci_office;
