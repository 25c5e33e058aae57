#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Runs one program of unit tests and writes one result for each test in it.
# Usage: unit.sh FOLDER-OF-PROGRAMS FOLDER-FOR-LOGS NAME POSTGRES-ADDRESS
set -u
. "$(dirname "$0")/../../script/lib/results.sh"
programs=$1 logs=$2 name=$3
export MAINSTAY_TEST_POSTGRES=$4
log=$logs/$name.log
mkdir -p "$logs/$name"
TMPDIR=$logs/$name timeout -k 10 300 "$programs/$name" >"$log" 2>&1
status=$?
# cmocka: "[       OK ] name", "[  FAILED  ] name", "[  SKIPPED ] name"; the list at the end repeats
# the failed ones.
awk '/^\[ +RUN +\] /{ run[$4] = 1; n++ }
    /^\[ +OK \] /{ state[$4] = "pass" }
    /^\[  FAILED  \] [^0-9]/{ state[$4] = "fail" }
    /^\[  SKIPPED \] [^0-9]/{ state[$4] = "skip" }
    END { for (t in run) print (t in state ? state[t] : "fail"), t }' "$log" |
    sort -k2 >"$log.tests"
failed=0
while read -r state test; do
    [ "$state" != fail ] || failed=1
    result "$state" unit "$name: $test" "$([ "$state" != skip ] || printf 'skipped by the program itself')"
done <"$log.tests"
if [ ! -s "$log.tests" ] && [ $status -eq 0 ]; then
    result fail unit "$name" "ran no test"
elif [ $status -ne 0 ] && [ $failed -eq 0 ]; then
    result fail unit "$name" "ended with status $status"
    failed=1
fi
[ $failed -eq 0 ] || tail -n 80 "$log" | sed 's/^/    /'
exit 0
