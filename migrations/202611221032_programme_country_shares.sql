-- How the budget of a programme is shared among its countries; partners ask for it (IATI 2.03, recipient-country).
ALTER TABLE programme ADD COLUMN country_shares @text -- C1: code and percentage of each, together 100: "NA 60 NE 40"
;
