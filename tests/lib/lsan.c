// SPDX-License-Identifier: AGPL-3.0-or-later
//
// lsan.c: what the leak checker forgives, in sanitized builds only. It is compiled in, not read from the
// environment, because the program starts children with an empty one.

const char *__lsan_default_suppressions(void);

// Outside libraries that keep memory until the process ends; each line names the library.
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig.so\n"
           "leak:libpango-1.0.so\n"
           "leak:libpangocairo-1.0.so\n"
           "leak:libpangoft2-1.0.so\n"
           "leak:libcairo.so\n"
           "leak:libglib-2.0.so\n"
           "leak:libgobject-2.0.so\n";
}
