-- People who sign in and what they may do.
CREATE TABLE "user" (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  name_key @text NOT NULL UNIQUE, -- C2: what the person types to sign in, lower case
  name @text NOT NULL, -- C2: name shown to others
  email @text, -- C2: address for messages
  language @text, -- C2: language of the interface
  active @int -- C1: 1 when the person may sign in
);
