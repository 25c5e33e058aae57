// SPDX-License-Identifier: AGPL-3.0-or-later
//
// order.h: the order of codes and names as people count: "1.2" before "1.10", "O2" before "O10", "5-9" before "10-14".

#ifndef BASE_ORDER_H
#define BASE_ORDER_H

// As strcmp, but a row of digits stands for its number, however long. 0 also for "7" and "07".
int code_order(const char *a, const char *b);

#endif
