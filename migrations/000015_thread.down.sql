DROP TABLE thread_message;
