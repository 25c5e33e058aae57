-- Dashboards with their filters under a name, each its owner's alone.
CREATE TABLE saved_view (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  user_id @id NOT NULL REFERENCES "user" (id) DEFERRABLE INITIALLY DEFERRED, -- C2: whose view it is
  name @text NOT NULL, -- C2: name of the view
  address @text NOT NULL -- C2: path and filters of the dashboard
);
CREATE INDEX saved_view_user_id ON saved_view (user_id);
