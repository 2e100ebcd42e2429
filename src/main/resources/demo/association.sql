-- The member database of a made-up association, as its own software might keep it.
CREATE TABLE company (
  id           int PRIMARY KEY,
  name         text NOT NULL,
  email        text,
  phone        text,
  street       text,
  city         text,
  postcode     text,
  country      text,
  parent_id    int REFERENCES company,
  chapter      text,
  joined_on    date,
  state        text NOT NULL DEFAULT 'active',
  no_marketing boolean NOT NULL DEFAULT false,
  changed_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE person (
  id             int PRIMARY KEY,
  first_name     text,
  last_name      text,
  email          text,
  phone          text,
  born_on        date,
  job_title      text,
  street         text,
  city           text,
  postcode       text,
  country        text,
  company_id     int REFERENCES company,
  role           text NOT NULL DEFAULT 'member',
  beneficiary_of int REFERENCES person,
  can_sign_in    boolean NOT NULL DEFAULT false,
  chapter        text,
  joined_on      date,
  state          text NOT NULL DEFAULT 'active',
  no_marketing   boolean NOT NULL DEFAULT false,
  changed_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE team (
  id   int PRIMARY KEY,
  name text NOT NULL UNIQUE
);

CREATE TABLE belongs (
  team_id    int NOT NULL REFERENCES team,
  person_id  int REFERENCES person ON DELETE CASCADE,
  company_id int REFERENCES company ON DELETE CASCADE,
  enabled    boolean NOT NULL DEFAULT true,
  CHECK (num_nonnulls(person_id, company_id) = 1),
  UNIQUE (team_id, person_id),
  UNIQUE (team_id, company_id)
);
