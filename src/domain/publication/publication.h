// SPDX-License-Identifier: AGPL-3.0-or-later
//
// publication.h: communication products of a programme: campaigns, leaflets, films, web pages.

#ifndef PUBLICATION_PUBLICATION_H
#define PUBLICATION_PUBLICATION_H

#include "model/model.h"

extern const struct entity entity_publication;

#endif
