// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_country_web.c: the pages about due diligence of a country as a whole: those that submit, decide
// and name measures. The handlers are those of programmes.

#include "diligence/diligence_web.h"

const struct route route_country_diligence_submit = {
    .path = "/countries/{country}/due-diligence/{due_diligence}/submit",
    .needs = MAY_WRITE,
    .post = diligence_submit_post,
    .title = MSG("Submit for a decision"),
    .menu = MENU_COUNTRIES,
};
const struct route route_country_diligence_return = {
    .path = "/countries/{country}/due-diligence/{due_diligence}/return",
    .needs = MAY_APPROVE,
    .get = diligence_return_get,
    .post = diligence_return_post,
    .fields = diligence_return_fields,
    .n_fields = 1,
    .title = MSG("Return this due diligence"),
    .menu = MENU_COUNTRIES,
};
const struct route route_country_diligence_decide = {
    .path = "/countries/{country}/due-diligence/{due_diligence}/decide",
    .needs = MAY_APPROVE,
    .get = diligence_decide_get,
    .post = diligence_decide_post,
    .prepare = diligence_decide_prepare,
    .entity = &entity_due_diligence,
    .edits = "due_diligence",
    .except = diligence_not_in_decision,
    .title = MSG("Write down the decision"),
    .menu = MENU_COUNTRIES,
};
const struct route route_country_diligence_again = {
    .path = "/countries/{country}/due-diligence/{due_diligence}/again",
    .needs = MAY_WRITE,
    .post = diligence_again_post,
    .title = MSG("Look again: begin a new decision"),
    .menu = MENU_COUNTRIES,
};
const struct route route_country_diligence_measures = {
    .path = "/countries/{country}/due-diligence/{due_diligence}/measures",
    .needs = MAY_WRITE,
    .get = diligence_measures_get,
    .post = diligence_measures_post,
    .entity = &entity_diligence_measure,
    .except = diligence_not_in_measure,
    .title = MSG("Measures against the risk"),
    .menu = MENU_COUNTRIES,
};
