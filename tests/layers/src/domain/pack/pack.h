// Planted: the face of a noun knows pages.
#include "html/html.h"
