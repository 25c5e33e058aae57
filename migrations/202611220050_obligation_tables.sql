-- Which treaties bind a State.
CREATE TABLE obligation (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  country @text NOT NULL, -- C0: ISO 3166-1 alpha-2 code
  instrument @text NOT NULL, -- C0: row of tool 2.2, such as 2.2-I02
  status @text NOT NULL, -- C0: bound, signed, none or not known
  signed_on @text, -- C0: year or day of signature
  bound_on @text, -- C0: year or day of ratification or accession
  reservations @text, -- C0: reservations and declarations
  note @text, -- C1: note
  source @text, -- C0: where the status comes from
  source_date @text, -- C0: day the source was true
  origin @text -- C1: typed or taken from reference data
);
CREATE UNIQUE INDEX obligation_country ON obligation (country, instrument);
