-- What happens to a risk over time: reviews, responses when it happened, suggestions that were declined.
CREATE TABLE risk_review (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  risk_id @id NOT NULL REFERENCES risk (id) DEFERRABLE INITIALLY DEFERRED, -- C1: risk that was reviewed
  reviewed_on @text NOT NULL, -- C1: day of the review
  by_id @id REFERENCES "user" (id) DEFERRABLE INITIALLY DEFERRED, -- C2: who reviewed it
  likelihood @text, -- C1: how likely on that day
  impact @text, -- C1: how hard it would hit rights-holders, on that day
  residual_likelihood @text, -- C1: likelihood that remains
  residual_impact @text, -- C1: impact that remains
  mitigation @text, -- C1: what is done from then on
  state @text NOT NULL, -- C1: open, happened or closed, from then on
  changed @text NOT NULL, -- C3: what changed since the last look, and how that is known
  next_on @text -- C1: day of the next review
);
CREATE INDEX risk_review_risk_id ON risk_review (risk_id);
CREATE INDEX risk_review_by_id ON risk_review (by_id);

CREATE TABLE risk_response (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  risk_id @id NOT NULL REFERENCES risk (id) DEFERRABLE INITIALLY DEFERRED, -- C1: risk it answers
  step @text NOT NULL, -- C1: step of the ladder, such as RL-3
  what @text NOT NULL, -- C3: what is done
  sensitive @int NOT NULL, -- C1: 1 when it is politically sensitive
  why_not_earlier @text, -- C3: why milder steps are not enough
  asked_on @text NOT NULL, -- C1: day it was asked for
  state @text NOT NULL, -- C1: asked, authorised, done or refused
  authorised_by @text, -- C1: office that authorised it
  authorised_on @text, -- C1: day it did
  done_on @text, -- C1: day it was done
  reason @text -- C3: why it was refused, or what came of it
);
CREATE INDEX risk_response_risk_id ON risk_response (risk_id);

CREATE TABLE risk_dismissal (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  row @text NOT NULL, -- C1: row that was suggested, such as 3.4-R07
  basis @text NOT NULL, -- C3: answers that suggested it, each as country, row, column and value
  reason @text NOT NULL -- C3: why it does not apply here
);
CREATE INDEX risk_dismissal_programme_id ON risk_dismissal (programme_id);
