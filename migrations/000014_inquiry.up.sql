-- Questions (咨询) of anybody about a topic, and what a contact answered on the
-- telephone. Who asked, and the words as they were typed, are for the topic's contacts
-- and the office; what the public reads is a row of its own in public_answer, so that
-- nothing else can be shown by mistake.
CREATE TABLE inquiry (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ref          text NOT NULL CONSTRAINT inquiry_ref_is_unique UNIQUE CONSTRAINT inquiry_ref_has_twelve_characters CHECK (length(ref) = 12),
  topic        bigint NOT NULL REFERENCES topic,
  kind         text NOT NULL CONSTRAINT inquiry_kind_is_known CHECK (kind IN ('question', 'call')),
  name         text NOT NULL CONSTRAINT asker_name_is_not_long CHECK (length(name) <= 60),
  email        text NOT NULL CONSTRAINT asker_email_is_not_long CHECK (length(email) <= 254),
  question     text NOT NULL CONSTRAINT question_has_words CHECK (question <> '' AND length(question) <= 1000),
  asked_at     timestamptz NOT NULL,
  token        text CONSTRAINT inquiry_token_is_unique UNIQUE, -- SHA-256 of what was mailed, until the address is confirmed
  confirmed_at timestamptz, -- from then on it is delivered
  due_at       timestamptz, -- what the asker was promised
  answer       text NOT NULL DEFAULT '' CONSTRAINT answer_is_not_long CHECK (length(answer) <= 4000),
  answered_at  timestamptz,
  CONSTRAINT unconfirmed_question_has_a_link CHECK ((token IS NULL) = (confirmed_at IS NOT NULL)),
  CONSTRAINT confirmed_question_is_due CHECK ((due_at IS NOT NULL) = (confirmed_at IS NOT NULL AND kind = 'question')),
  CONSTRAINT answer_has_a_time CHECK ((answer <> '') = (answered_at IS NOT NULL)),
  CONSTRAINT only_what_was_confirmed_is_answered CHECK (answered_at IS NULL OR confirmed_at IS NOT NULL),
  CONSTRAINT call_is_answered_and_names_nobody CHECK (kind = 'question' OR answered_at IS NOT NULL AND name = '' AND email = ''),
  CONSTRAINT inquiry_and_topic_belong_together UNIQUE (id, topic)
);
CREATE INDEX inquiry_by_topic ON inquiry (topic, id DESC) WHERE confirmed_at IS NOT NULL;
CREATE INDEX inquiry_by_due ON inquiry (due_at) WHERE answered_at IS NULL AND confirmed_at IS NOT NULL;
CREATE INDEX inquiry_unconfirmed ON inquiry (asked_at) WHERE confirmed_at IS NULL;

-- A question and its answer as everybody reads them, in the contact's wording. To take
-- one back is to delete it.
CREATE TABLE public_answer (
  inquiry      bigint PRIMARY KEY,
  topic        bigint NOT NULL,
  ref          text NOT NULL CONSTRAINT public_answer_ref_is_unique UNIQUE,
  question     text NOT NULL CONSTRAINT public_question_has_words CHECK (question <> '' AND length(question) <= 1000),
  answer       text NOT NULL CONSTRAINT public_answer_has_words CHECK (answer <> '' AND length(answer) <= 4000),
  published_at timestamptz NOT NULL,
  changed_at   timestamptz NOT NULL,
  tokens       tsvector NOT NULL,
  tokenizer    integer NOT NULL,
  CONSTRAINT public_answer_belongs_to_its_inquiry FOREIGN KEY (inquiry, topic) REFERENCES inquiry (id, topic)
);
CREATE INDEX public_answer_by_topic ON public_answer (topic, inquiry DESC);
CREATE TRIGGER public_answer_tells AFTER INSERT OR UPDATE OR DELETE ON public_answer
  FOR EACH STATEMENT EXECUTE FUNCTION tell_public_change();

-- Only what was answered is published.
CREATE FUNCTION refuse_unanswered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM inquiry WHERE id = NEW.inquiry AND answered_at IS NOT NULL) THEN
    RAISE EXCEPTION 'only what was answered is published' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'only_answers_are_published';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_answers_are_published BEFORE INSERT ON public_answer
  FOR EACH ROW EXECUTE FUNCTION refuse_unanswered();

ALTER TABLE inquiry ENABLE ROW LEVEL SECURITY;
ALTER TABLE public_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY office_sees_all ON inquiry TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY office_sees_all ON public_answer TO softsci_office USING (true) WITH CHECK (true);
CREATE POLICY anybody_asks ON inquiry FOR INSERT TO softsci_portal
  WITH CHECK (kind = 'question' AND confirmed_at IS NULL);
CREATE POLICY contact_sees_topics ON inquiry TO softsci_portal
  USING (confirmed_at IS NOT NULL AND topic = ANY ((SELECT acting_topics())::bigint[]))
  WITH CHECK (confirmed_at IS NOT NULL AND topic = ANY ((SELECT acting_topics())::bigint[]));
CREATE POLICY everybody_reads ON public_answer FOR SELECT TO softsci_portal USING (true);
CREATE POLICY contact_publishes ON public_answer FOR INSERT TO softsci_portal
  WITH CHECK (topic = ANY ((SELECT acting_topics())::bigint[]));
CREATE POLICY contact_changes ON public_answer FOR UPDATE TO softsci_portal
  USING (topic = ANY ((SELECT acting_topics())::bigint[])) WITH CHECK (topic = ANY ((SELECT acting_topics())::bigint[]));
CREATE POLICY contact_takes_back ON public_answer FOR DELETE TO softsci_portal
  USING (topic = ANY ((SELECT acting_topics())::bigint[]));

GRANT SELECT, INSERT ON inquiry TO softsci_portal;
GRANT UPDATE (answer, answered_at) ON inquiry TO softsci_portal;
GRANT SELECT, INSERT, UPDATE, DELETE ON inquiry TO softsci_office;
GRANT SELECT, INSERT, UPDATE, DELETE ON public_answer TO softsci_portal, softsci_office;

-- Who asked has no account, so the row is read and confirmed by who holds the link, and
-- by nobody else: within two days, once.
CREATE FUNCTION waiting_inquiry(holds text, at timestamptz) RETURNS TABLE (topic bigint, question text, email text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT topic, question, email FROM inquiry WHERE token = holds AND asked_at > at - interval '48 hours'
$$;
CREATE FUNCTION confirm_inquiry(holds text, at timestamptz, due timestamptz) RETURNS TABLE (id bigint, ref text, topic bigint, question text)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE inquiry SET token = NULL, confirmed_at = at, due_at = due WHERE token = holds AND asked_at > at - interval '48 hours'
  RETURNING id, ref, topic, question
$$;

-- A letter to everybody who writes or has an application to the topic that goes on, once
-- each, but to the one who asked. A contact does not see who has a draft, and learns
-- here no more than that letters were written.
CREATE FUNCTION write_to_applicants(of_topic bigint, but text, kind text, subject text, body text, at timestamptz) RETURNS SETOF bigint
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
REVOKE ALL ON FUNCTION waiting_inquiry(text, timestamptz), confirm_inquiry(text, timestamptz, timestamptz),
  write_to_applicants(bigint, text, text, text, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION waiting_inquiry(text, timestamptz), confirm_inquiry(text, timestamptz, timestamptz),
  write_to_applicants(bigint, text, text, text, text, timestamptz) TO softsci_portal, softsci_office;
