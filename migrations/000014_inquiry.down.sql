DROP FUNCTION write_to_applicants(bigint, text, text, text, text, timestamptz);
DROP FUNCTION confirm_inquiry(text, timestamptz, timestamptz);
DROP FUNCTION waiting_inquiry(text, timestamptz);
DROP TABLE public_answer;
DROP FUNCTION refuse_unanswered();
DROP TABLE inquiry;
