-- Due diligence before and during support to forces that are not of the United Nations (tool 2.5): one
-- record for each decision, and the measures it rests on. A decision is never changed or deleted; a new
-- one supersedes it.
CREATE TABLE due_diligence (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme; empty: holds for the country
  country @text NOT NULL, -- C1: country of the force
  stakeholder_id @id REFERENCES stakeholder (id) DEFERRABLE INITIALLY DEFERRED, -- C1: the body among the stakeholders of the country
  recipient @text NOT NULL, -- C1: name of the force, unit or authority; never of a person
  force @text, -- C1: kind of force, rows 2.5-D06 to D12
  direction @text, -- C1: give, accept or both
  support @text, -- C1: what support
  support_from @text, -- C1: first day of the support
  support_until @text, -- C1: last day of the support
  closeness @text, -- C3: how long, how often, how close
  moment @text, -- C1: before or during support: which of the two tests
  sources @text, -- C3: who and what was asked
  conduct @text, -- C3: what is known of its record
  grave_crimes @text, -- C3: leg 2.5-D22
  grave_pattern @text, -- C3: leg 2.5-D23
  grave_command @text, -- C3: leg 2.5-D24
  grave_units @text, -- C3: leg 2.5-D25
  grave_impunity @text, -- C3: leg 2.5-D26
  grave_why @text, -- C3: what the answers rest on
  real_risk @text, -- C3: before support: is there a real risk
  continuing @text, -- C3: during support: do the violations go on
  efforts @text, -- C3: during support: were efforts made to end them
  efforts_what @text, -- C3: which
  measures @text, -- C3: measures of the authorities: taken, not_taken, none or not_known
  measures_what @text, -- C3: which
  decision @text, -- C3: go, conditions, refuse, suspend or withdraw
  grounds @text, -- C3: why
  conditions @text, -- C3: under which conditions
  review_on @text, -- C1: day it is looked at again; it ends on that day
  decided_by @text, -- C1: office that decided; never a person
  authority @text, -- C1: level of that office
  consulted @text, -- C3: who was consulted
  decided_on @text, -- C1: day of the decision
  return_reason @text, -- C3: why it was sent back
  supersedes_id @id REFERENCES due_diligence (id) DEFERRABLE INITIALLY DEFERRED, -- C1: decision it takes the place of
  state @text NOT NULL -- C1: draft, submitted, decided or superseded
);
CREATE INDEX due_diligence_programme_id ON due_diligence (programme_id);
CREATE INDEX due_diligence_country ON due_diligence (country);
CREATE INDEX due_diligence_stakeholder_id ON due_diligence (stakeholder_id);
CREATE INDEX due_diligence_supersedes_id ON due_diligence (supersedes_id);

CREATE TABLE diligence_measure (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  due_diligence_id @id NOT NULL REFERENCES due_diligence (id) DEFERRABLE INITIALLY DEFERRED, -- C1: decision that rests on it
  what @text NOT NULL, -- C3: what is done against the risk
  side @text NOT NULL, -- C1: whose measure: authorities, unodc or other
  owner @text NOT NULL, -- C1: office that does it; never a person
  due_on @text NOT NULL, -- C1: by when
  done_on @text, -- C1: when it was done
  seen @text -- C3: how it is known that it was done and works
);
CREATE INDEX diligence_measure_due_diligence_id ON diligence_measure (due_diligence_id);
