DROP TRIGGER submitted_file_is_never_deleted ON file;
DROP FUNCTION refuse_delete_of_submitted_file();
DELETE FROM file WHERE state = 'held';
ALTER TABLE file
  DROP CONSTRAINT file_state_is_known,
  ADD CONSTRAINT file_state_is_known CHECK (state IN ('arriving', 'kept', 'refused')),
  DROP COLUMN type,
  DROP COLUMN verdict,
  DROP COLUMN removed_at,
  DROP COLUMN created_by;
