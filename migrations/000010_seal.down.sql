DELETE FROM kept_post WHERE octet_length(body) > 262144;
ALTER TABLE kept_post
  DROP CONSTRAINT kept_post_is_small,
  ADD CONSTRAINT kept_post_is_small CHECK (octet_length(body) <= 262144);
