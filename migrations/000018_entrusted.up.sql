-- Who has one application reads its paper and its thread and writes in it; from what a
-- contact is recused it reads neither. They have no handler of their own, so the application
-- is asked.
CREATE FUNCTION acting_entrusted(with_application bigint) RETURNS boolean LANGUAGE sql STABLE
  RETURN EXISTS (SELECT FROM application a WHERE a.id = with_application AND a.handler = ANY (acting_handlers()));

CREATE POLICY contact_sees_entrusted ON paper FOR SELECT TO softsci_portal USING (acting_entrusted(application));
CREATE POLICY contact_sees_entrusted ON thread_message FOR SELECT TO softsci_portal USING (acting_entrusted(application));
CREATE POLICY entrusted_contact_writes ON thread_message FOR INSERT TO softsci_portal
  WITH CHECK (side = 'contact' AND acting_entrusted(application));

CREATE POLICY recused_reads_nothing ON paper AS RESTRICTIVE FOR SELECT TO softsci_portal
  USING ((SELECT acting_contact()) IS NULL OR NOT acting_recused(application));
CREATE POLICY recused_reads_nothing ON thread_message AS RESTRICTIVE FOR SELECT TO softsci_portal
  USING ((SELECT acting_contact()) IS NULL OR NOT acting_recused(application));
CREATE POLICY recused_writes_nothing ON thread_message AS RESTRICTIVE FOR INSERT TO softsci_portal
  WITH CHECK ((SELECT acting_contact()) IS NULL OR NOT acting_recused(application));
