-- Receipts are signed. A private key stands here sealed under the portal's secret; the
-- public ones are published for ever.
CREATE TABLE signing_key (
  id         text PRIMARY KEY,
  public     bytea NOT NULL CONSTRAINT public_key_is_ed25519 CHECK (length(public) = 32),
  sealed     bytea NOT NULL,
  created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON signing_key TO softsci_office;
GRANT SELECT (id, public, created_at) ON signing_key TO softsci_portal;

-- What a receipt proves, for anybody who has its number and the first sixteen digits of
-- its hash together, and for nobody else: it looks past the policies, so it takes both.
CREATE FUNCTION proven(wanted text, digits text)
  RETURNS TABLE (number text, n integer, sha256 bytea, arrived_at timestamptz, recorded_at timestamptz, guideline integer, standing boolean, attachments jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT a.number, v.n, v.sha256, v.arrived_at, v.recorded_at, b.n, v.n = a.versions, v.attachments
      FROM application a JOIN version v ON v.application = a.id JOIN batch_version b ON b.id = v.batch_version
      WHERE a.number = wanted AND length(digits) = 16 AND left(encode(v.sha256, 'hex'), 16) = digits
      ORDER BY v.n DESC LIMIT 1;
  $$;
REVOKE ALL ON FUNCTION proven(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION proven(text, text) TO softsci_portal, softsci_office;
