// Good: a page may include what draws it, and the face of a noun it may use.
#include "http/http.h"
#include "pack/pack.h"
#include "risk/risk_list.html.h"
int risk_store_hidden(void) { return 0; }
