DROP POLICY recused_writes_nothing ON thread_message;
DROP POLICY recused_reads_nothing ON thread_message;
DROP POLICY recused_reads_nothing ON paper;
DROP POLICY entrusted_contact_writes ON thread_message;
DROP POLICY contact_sees_entrusted ON thread_message;
DROP POLICY contact_sees_entrusted ON paper;
DROP FUNCTION acting_entrusted(bigint);
