-- Donors, pledges and budgets.
CREATE TABLE donor (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  name @text NOT NULL UNIQUE, -- C1: name
  sort @text NOT NULL -- C1: State, organisation or other
);

CREATE TABLE pledge (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  donor_id @id NOT NULL REFERENCES donor (id) DEFERRABLE INITIALLY DEFERRED, -- C1: donor
  amount_minor @int, -- C1: minor units; empty when not known
  earmark @text NOT NULL, -- C1: how free the programme is in using it
  note @text -- C1: note
);
CREATE INDEX pledge_programme_id ON pledge (programme_id);
CREATE INDEX pledge_donor_id ON pledge (donor_id);

CREATE TABLE budget (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  row @text NOT NULL, -- C1: one year, or a total as printed
  from_year @int NOT NULL, -- C1: first year of the row
  to_year @int NOT NULL, -- C1: last year of the row
  approved_minor @int, -- C1: minor units
  spent_minor @int, -- C1: minor units
  printed_percent @text, -- C1: expenditure in per cent of budget, as the document prints it
  source @text, -- C1: document and table
  note @text -- C1: note
);
CREATE INDEX budget_programme_id ON budget (programme_id);
