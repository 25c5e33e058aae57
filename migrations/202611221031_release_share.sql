-- Shares in releases: what is the part, and of which whole. As it was when the release was made.
ALTER TABLE release ADD COLUMN counted @text -- C1: of a share: who is in the part
;
ALTER TABLE release ADD COLUMN counted_of @text -- C1: of a share: who is in the whole
;
