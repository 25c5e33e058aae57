// Planted: http includes html, which is above it.
#include "html/html.h"
