DROP TABLE workday;
