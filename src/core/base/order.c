// SPDX-License-Identifier: AGPL-3.0-or-later
//
// order.c: see order.h.

#include "base/order.h"

#include <stddef.h>
#include <string.h>

// Compares the numbers at the beginning of both and steps behind them.
static int compare_numbers(const char **a, const char **b)
{
    const char *x = *a + strspn(*a, "0"), *y = *b + strspn(*b, "0");
    size_t n = strspn(x, "0123456789"), m = strspn(y, "0123456789");
    *a = x + n;
    *b = y + m;
    return n != m ? (n < m ? -1 : 1) : memcmp(x, y, n);
}

int code_order(const char *a, const char *b)
{
    while (*a != '\0' && *b != '\0') {
        if (strspn(a, "0123456789") > 0 && strspn(b, "0123456789") > 0) {
            int by = compare_numbers(&a, &b);
            if (by != 0) {
                return by;
            }
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    return (*a != '\0') - (*b != '\0');
}
