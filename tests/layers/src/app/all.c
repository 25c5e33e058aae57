// Good: the app may include all.
#include "risk/risk.h"
#include "html/html.h"
