-- What begins with the same column as another index of its table is found by that one: a part, an answer is written
-- with one b-tree less.
DROP INDEX observation_part_observation_id;
DROP INDEX answer_assessment_id;
