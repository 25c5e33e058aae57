-- From here on a row of the log may hold many changes (docs/change-log.md, bundles). The tables stay as they are; a program
-- that does not know this step, and so no bundles, refuses the database instead of misreading it.
UPDATE chain SET seq = seq WHERE seq < 0;
