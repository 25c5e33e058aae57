-- Which answers of the situation analysis a risk was taken over for.
ALTER TABLE risk ADD COLUMN basis @text -- C3: a line for each answer: country, question, column and value; the round it was given in; why it suggests the risk
;
