// SPDX-License-Identifier: AGPL-3.0-or-later
//
// libpq.h: the client library of PostgreSQL, loaded only when an address asks for it: it brings
// OpenSSL, Kerberos and LDAP, some 10 MB that an office with one file never needs.

#ifndef DB_LIBPQ_H
#define DB_LIBPQ_H

#include <libpq-fe.h>

#include "base/err.h"
#include "os/library.h"

#define LIBPQ_FUNCTIONS(F)                                                                         \
    F(PQclear)                                                                                     \
    F(PQcmdStatus)                                                                                 \
    F(PQconnectdbParams)                                                                           \
    F(PQconsumeInput)                                                                              \
    F(PQdescribePrepared)                                                                          \
    F(PQerrorMessage)                                                                              \
    F(PQexec)                                                                                      \
    F(PQfinish)                                                                                    \
    F(PQfname)                                                                                     \
    F(PQfreemem)                                                                                   \
    F(PQftype)                                                                                     \
    F(PQgetCopyData)                                                                               \
    F(PQgetResult)                                                                                 \
    F(PQgetisnull)                                                                                 \
    F(PQgetlength)                                                                                 \
    F(PQgetvalue)                                                                                  \
    F(PQnfields)                                                                                   \
    F(PQnparams)                                                                                   \
    F(PQntuples)                                                                                   \
    F(PQparamtype)                                                                                 \
    F(PQprepare)                                                                                   \
    F(PQputCopyData)                                                                               \
    F(PQputCopyEnd)                                                                                \
    F(PQresultErrorField)                                                                          \
    F(PQresultStatus)                                                                              \
    F(PQsendQueryPrepared)                                                                         \
    F(PQsetNoticeProcessor)                                                                        \
    F(PQsetSingleRowMode)                                                                          \
    F(PQstatus)                                                                                    \
    F(PQunescapeBytea)

struct libpq {
    LIBRARY_TABLE(LIBPQ_FUNCTIONS)
};

// Loads it; ERR_FAILED when it is not installed.
enum err libpq_load(struct err_info *e) MUST_CHECK;
// Its functions, once libpq_load has succeeded. They live as long as the process.
const struct libpq *libpq(void);

#endif
