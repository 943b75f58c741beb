DROP TABLE kept_post;
