DROP FUNCTION deadlines_of(text, timestamptz);
DROP TABLE calendar;
ALTER TABLE profile DROP COLUMN details;
DROP FUNCTION extended_close(bigint, timestamptz, bigint[], text);
DROP FUNCTION normal_code(text);
DROP TABLE extension;
DROP FUNCTION accept_access(bigint, timestamptz);
DROP TABLE access_invitation;
DROP TRIGGER access_is_taken_by_leaders ON application_access;
DROP FUNCTION refuse_taking_access();
CREATE OR REPLACE FUNCTION refuse_access_to_foreign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM application WHERE id = NEW.application) THEN
    RAISE EXCEPTION 'no such application for this account' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
