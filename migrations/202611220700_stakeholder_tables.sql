-- Stakeholders: State bodies and others who work on the subject in a country, and groups of people whose
-- rights are at stake there. They are the columns of the matrices of the analysis.
CREATE TABLE stakeholder (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  country @text NOT NULL, -- C1: country it works or lives in
  name @text NOT NULL, -- C1: name of the body or of the group; never of a person
  sort @text NOT NULL, -- C1: duty_bearer, non_state, united_nations, partner or group
  mandate @text, -- C1: what it is there for
  influence @text, -- C3: low, medium or high
  interest @text, -- C3: low, medium or high
  safety_note @text, -- C3: what could put people at risk when working with it
  active @int NOT NULL -- C1: 0 when it is no longer looked at
);
CREATE INDEX stakeholder_country ON stakeholder (country);
