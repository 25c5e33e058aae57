-- People who sign in and what they may do.
CREATE TABLE user (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  name_key @text NOT NULL UNIQUE, -- C2: what the person types to sign in, lower case
  name @text NOT NULL, -- C2: name shown to others
  email @text, -- C2: address for messages
  language @text, -- C2: language of the interface
  active @int -- C1: 1 when the person may sign in
);

CREATE TABLE role_grant (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  user_id @id NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED, -- C2: who holds the role
  role @text NOT NULL, -- C1: which role
  scope @text NOT NULL, -- C1: organisation or one programme
  programme_id @id REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED -- C1: which programme, when the scope is one programme
);
CREATE INDEX role_grant_user_id ON role_grant (user_id);
CREATE INDEX role_grant_programme_id ON role_grant (programme_id);
