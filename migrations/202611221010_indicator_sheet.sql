-- What the reference sheet of an indicator says beyond its definition.
ALTER TABLE indicator ADD COLUMN rationale @text -- C1: why it is measured
;
ALTER TABLE indicator ADD COLUMN counted @text -- C1: part: what is counted, above the line of a share
;
ALTER TABLE indicator ADD COLUMN counted_of @text -- C1: whole: of what, below the line of a share
;
ALTER TABLE indicator ADD COLUMN collection @text -- C1: how it is collected and checked
;
ALTER TABLE indicator ADD COLUMN limits @text -- C1: limits of the data
;
ALTER TABLE indicator ADD COLUMN readers @text -- C1: who may see it outside the programme
;
ALTER TABLE indicator ADD COLUMN sdg_targets @text -- C1: targets of the Sustainable Development Goals, by number
;
