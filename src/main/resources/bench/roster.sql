-- A flat member table, as a reporting view would give it: one row per member and group. Every
-- seventh member is in two groups; one address in fifty is shared by two.
CREATE UNLOGGED TABLE roster (
  member_key        text NOT NULL,
  kind              text NOT NULL,
  email             text,
  first_name        text,
  last_name         text,
  company_name      text,
  job_title         text,
  phone             text,
  street            text,
  city              text,
  postal_code       text,
  country           text,
  "group"           text NOT NULL,
  membership        text NOT NULL,
  enabled           boolean NOT NULL,
  status            text NOT NULL,
  marketing_opt_out boolean NOT NULL,
  role              text NOT NULL,
  has_login         boolean NOT NULL,
  updated_at        timestamptz NOT NULL,
  chapter           text NOT NULL
);
