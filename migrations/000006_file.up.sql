-- Attachments: what kind of file it is by its content, who brought it, and whether a
-- scanner has seen it. What a submitted version names is never deleted, only removed
-- from the draft.
ALTER TABLE file
  DROP CONSTRAINT file_state_is_known,
  ADD CONSTRAINT file_state_is_known CHECK (state IN ('held', 'kept', 'refused')),
  ADD COLUMN type text NOT NULL DEFAULT '',
  ADD COLUMN verdict text NOT NULL DEFAULT '', -- what a scanner found
  ADD COLUMN removed_at timestamptz,
  ADD COLUMN created_by bigint REFERENCES account;

CREATE FUNCTION refuse_delete_of_submitted_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a file that a submitted version names is never deleted'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'submitted_file_is_never_deleted';
END $$;
CREATE TRIGGER submitted_file_is_never_deleted BEFORE DELETE ON file
  FOR EACH ROW WHEN (OLD.submitted) EXECUTE FUNCTION refuse_delete_of_submitted_file();
