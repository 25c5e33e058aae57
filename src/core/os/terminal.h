// SPDX-License-Identifier: AGPL-3.0-or-later
//
// terminal.h: the screen that a person reads what a command writes on.

#ifndef OS_TERMINAL_H
#define OS_TERMINAL_H

// Letters in a line of the terminal that standard output goes to; 0 when it goes to a file or a pipe.
int terminal_width(void);

#endif
