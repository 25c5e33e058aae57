// SPDX-License-Identifier: AGPL-3.0-or-later
//
// place.h: countries and currencies, from the reference pack that is part of the program.

#ifndef PLACE_PLACE_H
#define PLACE_PLACE_H

#include "model/model.h"

struct lang;

// Countries and areas of the UN list M49 (ISO 3166-1 alpha-2) and currencies of ISO 4217, sorted by
// their English names.
extern const struct vocabulary vocabulary_country;
extern const struct vocabulary vocabulary_currency;
// Who gets money: every country, and what is for none of them alone, after the list Region of the OECD.
#define PLACE_NO_COUNTRY "998" // developing countries, unspecified
extern const struct vocabulary vocabulary_recipient;

// English name (a catalogue key) of a country by its two letters; NULL when there is none.
const char *country_name(const char *iso2);
// The same translated; the code itself when there is none.
const char *country_words(const struct lang *lang, const char *iso2);
// Region of the same list ("Africa", a catalogue key); "" for what lies in none, NULL when there is no such code.
const char *country_region(const char *iso2);
// Digits after the point: USD 2, JPY 0, BHD 3. -1 when there is no such currency.
int currency_minor_digits(const char *code);

#endif
