-- The work plan of a programme.
CREATE TABLE activity (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  code @text NOT NULL UNIQUE, -- C1: number of the programme, stroke, short code
  title @text NOT NULL, -- C1: what is done
  result_id @id REFERENCES result (id) DEFERRABLE INITIALLY DEFERRED, -- C1: result it serves
  sort @text NOT NULL, -- C1: training, mentoring, law, equipment, research, awareness, cooperation or other
  crime @text NOT NULL, -- C1: tip, som or both
  countries @text NOT NULL, -- C1: where
  starts_on @text, -- C1: first day
  ends_on @text, -- C1: last day
  owner_id @id REFERENCES "user" (id) DEFERRABLE INITIALLY DEFERRED, -- C2: who is responsible
  cost_minor @int, -- C1: planned cost, minor units of the programme's currency
  supports_force @text NOT NULL, -- C1: does a force under the due diligence policy get support: none or yes
  due_diligence_id @id REFERENCES due_diligence (id) DEFERRABLE INITIALLY DEFERRED, -- C1: decision it rests on
  continues @text, -- C1: work that may go on when support is suspended: rights, standards or compliance
  state @text NOT NULL -- C1: planned, running, suspended, done or dropped
);
CREATE INDEX activity_programme_id ON activity (programme_id);
CREATE INDEX activity_result_id ON activity (result_id);
CREATE INDEX activity_owner_id ON activity (owner_id);
CREATE INDEX activity_due_diligence_id ON activity (due_diligence_id);
