DROP FUNCTION proven(text, text);
DROP TABLE signing_key;
