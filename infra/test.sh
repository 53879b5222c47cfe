#!/usr/bin/env bash
# infra/test.sh [--quick]: installs what is missing, then runs every check. --quick leaves the browser and fault suites out.
# The last line is "N passed, N failed", counted from the results; the exit code is 0 only when all passed.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

quick=
case ${1:-} in
  '') ;;
  --quick) quick=1 ;;
  *) fail "Usage: bash infra/test.sh [--quick]" ;;
esac
if [[ $quick ]]; then need postgres node; else need postgres node chromium; fi

cd "$root"
results=$root/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
step() { say "── $* ($((SECONDS / 60)):$(printf %02d $((SECONDS % 60))))"; }

step "packages, exactly as locked"
dotnet restore TrainingHub.sln --locked-mode -v q
for lock in $(git ls-files '*package-lock.json' 2>/dev/null || find src tests -name package-lock.json -not -path '*/node_modules/*'); do
  [[ ${lock%/*}/node_modules/.package-lock.json -nt $lock ]] || (cd "${lock%/*}" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
done

step "format"
dotnet format whitespace src --folder --verify-no-changes
dotnet format whitespace tests --folder --verify-no-changes
dotnet format whitespace emails --folder --verify-no-changes

step "build, warnings are errors"
# One compiler for all projects saves a quarter of the time. It would wait for more work; this one is known by its name and goes.
compiler=traininghub-test-$$
end_compiler() {
  local process
  for process in /proc/[0-9]*; do
    ! grep -qsz -- "$compiler" "$process/cmdline" || kill "${process#/proc/}" 2>/dev/null || true
  done
}
trap end_compiler EXIT
dotnet build TrainingHub.sln --no-restore -warnaserror -v q -clp:NoSummary -p:UseSharedCompilation=true -p:SharedCompilationId=$compiler
end_compiler

failed=0
run() {
  step "$1"
  dotnet "tests/$1/bin/Debug/net10.0/$1.dll" --report-xunit-trx --results-directory "$results" "${@:2}" || failed=1
}
if [[ $quick ]]; then
  run TrainingHub.Tests --filter-not-trait Suite=Faults
else
  run TrainingHub.Tests
  # The pictures of infra/screenshots.sh check nothing.
  run TrainingHub.BrowserTests --filter-not-class TrainingHub.BrowserTests.Photographs
fi
step "done"

# Named again at the end, where the reader of a long log looks first.
find "$results" -name '*.trx' -print0 | xargs -0 -r grep -ho '<UnitTestResult [^>]*outcome="Failed"[^>]*>' | sed 's/.*testName="\([^"]*\)".*/failed: \1/; s/&quot;/"/g' || true

# A run that crashed wrote no results: then its exit code has set failed.
find "$results" -name '*.trx' -print0 | xargs -0 -r grep -ho '<Counters [^>]*>' | awk -v crashed=$failed '
  { for (i = 1; i <= NF; i++) { split($i, part, "[=\"]+"); count[part[1]] += part[2] } }
  END {
    failures = count["failed"] + count["error"] + count["timeout"] + count["aborted"]
    skipped = count["total"] - count["executed"]
    if (crashed && !failures) failures = 1
    if (!count["executed"]) print "No test was run." > "/dev/stderr"
    printf "%d passed, %d failed%s\n", count["passed"], failures, skipped ? ", " skipped " skipped" : ""
    exit failures > 0 || !count["executed"]
  }'
