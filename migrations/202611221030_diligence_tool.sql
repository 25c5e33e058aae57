-- With which tool a due diligence was worked through: a copy that an office made of tool 2.5 can be.
ALTER TABLE due_diligence ADD COLUMN tool @text -- C1: id of the tool; empty: 2.5, from before a copy could be used
;
ALTER TABLE due_diligence ADD COLUMN pack_version @text -- C1: version of the pack of that tool when the case was begun
;
