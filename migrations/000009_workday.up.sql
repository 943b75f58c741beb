-- Days on which offices depart from the week: holidays, and Saturdays and Sundays that are
-- worked. The administrators keep them.
CREATE TABLE workday (
  day  date PRIMARY KEY,
  work boolean NOT NULL,
  name text NOT NULL CONSTRAINT workday_has_a_name CHECK (name <> '')
);
GRANT SELECT ON workday TO softsci_portal;
GRANT SELECT, INSERT, UPDATE, DELETE ON workday TO softsci_office;

-- 2026 as the State Council announced it on 4 November 2025.
INSERT INTO workday (day, work, name)
  SELECT day::date, false, name FROM (VALUES
    ('元旦', '2026-01-01'::date, '2026-01-03'::date), ('春节', '2026-02-15', '2026-02-23'), ('清明节', '2026-04-04', '2026-04-06'),
    ('劳动节', '2026-05-01', '2026-05-05'), ('端午节', '2026-06-19', '2026-06-21'), ('中秋节', '2026-09-25', '2026-09-27'),
    ('国庆节', '2026-10-01', '2026-10-07')) AS holiday (name, first, last), generate_series(first, last, interval '1 day') AS day;
INSERT INTO workday (day, work, name) VALUES
  ('2026-01-04', true, '元旦调休上班'), ('2026-02-14', true, '春节调休上班'), ('2026-02-28', true, '春节调休上班'),
  ('2026-05-09', true, '劳动节调休上班'), ('2026-09-20', true, '国庆节调休上班'), ('2026-10-10', true, '国庆节调休上班');
