# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# postgres.sh: a PostgreSQL 15 of our own for the tests: its own folder, its own socket, no TCP port,
# durability off, gone at the end. Sourced; needs $scratch.
#
#   postgres_start          starts it and exports MAINSTAY_TEST_POSTGRES (database "postgres")
#   postgres_new NAME       makes an empty database and prints its address
#   postgres_stop           stops it

postgres_bin=/usr/lib/postgresql/15/bin
postgres_home=

# PostgreSQL refuses to run as root: then the user of the package runs it.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@")
    else
        "$@"
    fi
}

postgres_start() {
    [ -z "$postgres_home" ] || return 0
    [ -x $postgres_bin/initdb ] || { say "PostgreSQL 15 is not installed"; return 1; }
    # a short path: the address of a socket has at most 107 characters
    postgres_home=$(mktemp -d /tmp/mainstay-pg.XXXXXX)
    [ "$(id -u)" -ne 0 ] || chown postgres: "$postgres_home"
    as_postgres $postgres_bin/initdb -D "$postgres_home/data" --username=mainstay --auth=trust \
        --locale=C --encoding=UTF8 --no-sync >"$scratch/initdb.log" 2>&1 ||
        { cat "$scratch/initdb.log"; return 1; }
    as_postgres $postgres_bin/pg_ctl -D "$postgres_home/data" -w -t 60 -s -l "$postgres_home/log" \
        -o "-c listen_addresses='' -c unix_socket_directories='$postgres_home' -c fsync=off \
            -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 \
            -c shared_buffers=64MB -c autovacuum=off" start ||
        { cat "$postgres_home/log"; return 1; }
    MAINSTAY_TEST_POSTGRES=$(postgres_address postgres)
    export MAINSTAY_TEST_POSTGRES
}
postgres_address() { printf 'postgresql://mainstay@/%s?host=%s' "$1" "$postgres_home"; }
postgres_new() {
    psql -X -q -d "$(postgres_address postgres)" -c "CREATE DATABASE \"$1\"" &&
        postgres_address "$1"
}
postgres_stop() {
    [ -n "$postgres_home" ] || return 0
    as_postgres $postgres_bin/pg_ctl -D "$postgres_home/data" -m immediate -w -s stop || true
    rm -rf "$postgres_home"
    postgres_home=
}
