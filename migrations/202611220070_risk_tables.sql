-- Risks of programmes to the rights of people.
CREATE TABLE risk (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  row @text, -- C1: row it was taken from, such as 3.4-R07
  statement @text NOT NULL, -- C1: what could happen
  who @text, -- C1: whose rights would suffer
  likelihood @text, -- C1: how likely
  impact @text, -- C1: how hard it would hit rights-holders
  why @text, -- C3: reasons for likelihood and impact
  mitigation @text, -- C1: what is done to make it less likely or less harmful
  owner_id @id REFERENCES "user" (id) DEFERRABLE INITIALLY DEFERRED, -- C2: who watches over it
  review_on @text, -- C1: day of the next review
  residual_likelihood @text, -- C1: likelihood that remains
  residual_impact @text, -- C1: impact that remains
  state @text NOT NULL -- C1: open, happened or closed
);
CREATE INDEX risk_programme_id ON risk (programme_id);
CREATE INDEX risk_owner_id ON risk (owner_id);
