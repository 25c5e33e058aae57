    const struct route indented_is_not_found = {0};
// const struct route in_a_comment = {0};
const struct route answer_page = {.path = "/a"};
const struct route *pointer;
const struct entity entity_risk = {.kind = "risk"};
