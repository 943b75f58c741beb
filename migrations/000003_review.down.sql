DROP TABLE review;
ALTER TABLE application DROP CONSTRAINT application_and_topic_belong_together;
