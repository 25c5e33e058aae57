-- Is it a good indicator? Each screening is a record of its own; the newest counts. And what the row of the
-- library said when an indicator was adopted from it, so that a later change of the row can be seen.
CREATE TABLE indicator_screening (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  indicator_id @id NOT NULL REFERENCES indicator (id) DEFERRABLE INITIALLY DEFERRED, -- C1: indicator
  screened_on @text NOT NULL, -- C1: day
  by_id @id REFERENCES "user" (id) DEFERRABLE INITIALLY DEFERRED, -- C2: who answered
  rights_r @text NOT NULL, -- C1: whether it says something about the change, and anyone measuring it gets the same: yes, part or no
  rights_r_why @text, -- C1: why
  rights_i @text NOT NULL, -- C1: whether others than those judged by it collect it: yes, part or no
  rights_i_why @text, -- C1: why
  rights_g @text NOT NULL, -- C1: whether it is understood anywhere and can be fitted to the place: yes, part or no
  rights_g_why @text, -- C1: why
  rights_h @text NOT NULL, -- C1: whether the right behind it can be named: yes, part or no
  rights_h_why @text, -- C1: why
  rights_t @text NOT NULL, -- C1: whether method is open, values come in time, and there is a date: yes, part or no
  rights_t_why @text, -- C1: why
  rights_s @text NOT NULL, -- C1: whether it measures one thing in plain words: yes, part or no
  rights_s_why @text, -- C1: why
  smart_s @text NOT NULL, -- C1: whether it says what exactly changes, for whom and where: yes, part or no
  smart_s_why @text, -- C1: why
  smart_m @text NOT NULL, -- C1: whether there is a way to get the value: yes, part or no
  smart_m_why @text, -- C1: why
  smart_a @text NOT NULL, -- C1: whether its target can be reached with what the programme has: yes, part or no
  smart_a_why @text, -- C1: why
  smart_r @text NOT NULL, -- C1: whether it shows the result it stands under: yes, part or no
  smart_r_why @text, -- C1: why
  smart_t @text NOT NULL, -- C1: whether baseline and target have a day: yes, part or no
  smart_t_why @text -- C1: why
);
CREATE INDEX indicator_screening_indicator_id ON indicator_screening (indicator_id);
CREATE INDEX indicator_screening_by_id ON indicator_screening (by_id);

ALTER TABLE indicator ADD COLUMN row_adopted @text -- C1: what the row of the library said when it was adopted
;
ALTER TABLE indicator ADD COLUMN split_note @text -- C1: why values are not split though others beside it are
;
