DROP FUNCTION overdue_before;
DROP INDEX application_by_status, application_by_leader_name, application_by_unit, application_by_amount;
DROP TABLE saved_view;
DROP TABLE application_flag;
DROP TABLE application_text;
