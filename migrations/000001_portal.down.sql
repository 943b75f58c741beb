DROP TABLE message, event, number_counter, file_chunk, file, version, section, application_access, application,
  status_step, attempt, link, session, profile, unit, membership, account, topic_contact, person, topic_version,
  topic, batch_version, batch CASCADE;
DROP FUNCTION keep_accounts, refuse_access_to_foreign, refuse_delete_of_submitted, fill_previous_status,
  tell_public_change, refuse_change_below_published, refuse_change_of_published, acting_topics, acting_account;
REVOKE USAGE ON SCHEMA public FROM softsci_portal, softsci_office;
-- The roles stay: they belong to the server and may serve another database.
