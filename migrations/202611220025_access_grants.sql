-- What people who sign in may do, and where.
CREATE TABLE role_grant (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  user_id @id NOT NULL REFERENCES "user" (id) DEFERRABLE INITIALLY DEFERRED, -- C2: who holds the role
  role @text NOT NULL, -- C1: which role
  scope @text NOT NULL, -- C1: organisation or one programme
  programme_id @id REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED -- C1: which programme, when the scope is one programme
);
CREATE INDEX role_grant_user_id ON role_grant (user_id);
CREATE INDEX role_grant_programme_id ON role_grant (programme_id);
