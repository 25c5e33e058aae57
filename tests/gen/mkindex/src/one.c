const struct route risk_edit = {.path = "/x"};
static const struct route hidden_is_not_found = {.path = "/y"};
const struct command cmd_list = {
    .name = "list",
};
