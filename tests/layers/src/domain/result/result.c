// Planted: against the order of nouns; and a call hidden behind a declaration of its own.
#include "risk/risk.h"
int risk_score(char *to);
int result_total(void) { return risk_score(0); }
