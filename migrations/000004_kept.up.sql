-- What somebody posted when the session had just ended, until it is given back to
-- the same account, once. Rows live a day at most.
CREATE TABLE kept_post (
  token      text PRIMARY KEY, -- SHA-256 of what the address holds
  account    bigint NOT NULL REFERENCES account,
  session    text NOT NULL CONSTRAINT session_keeps_one_post UNIQUE, -- the ended session's hashed token
  path       text NOT NULL,
  body       text NOT NULL CONSTRAINT kept_post_is_small CHECK (octet_length(body) <= 262144),
  created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE ON kept_post TO softsci_portal, softsci_office;
