// SPDX-License-Identifier: AGPL-3.0-or-later
//
// terminal.c: see terminal.h.

#include "os/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

int terminal_width(void)
{
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
