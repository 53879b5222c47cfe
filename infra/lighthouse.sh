#!/usr/bin/env bash
# Lighthouse on a running demonstration (start infra/run.sh first), by hand: 176 MB of npm that no build needs.
#   bash infra/lighthouse.sh [http://localhost:5080] [/path …]
# Wants 100 for accessibility, best practices and SEO and 99 for performance on a phone; exits 1 below that.
set -euo pipefail
cd "$(dirname "$0")/.."

site=http://localhost:5080
if [[ ${1:-} == http* ]]; then
  site=$1
  shift
fi
paths=("$@")
if [[ ${#paths[@]} -eq 0 ]]; then
  run=$(curl --silent --fail "$site/courses" | grep --only-matching --max-count=1 '/dates/[^"/?#]*' | head -1 || true)
  course=$(curl --silent --fail "$site/courses" | grep --only-matching --max-count=1 '/courses/[^"/?#.]*' | head -1 || true)
  paths=(/ /courses)
  [[ -n $course ]] && paths+=("$course")
  [[ -n $run ]] && paths+=("$run/book")
fi

tools=artifacts/lighthouse
mkdir -p "$tools"
if [[ ! -x $tools/node_modules/.bin/lighthouse ]]; then
  npm install --prefix "$tools" --no-save --no-audit --no-fund --loglevel=error lighthouse@13.5.0
fi
export CHROME_PATH=${CHROMIUM:-/usr/bin/chromium}

failed=0
for path in "${paths[@]}"; do
  report=$tools/report$(echo "$path" | tr --complement --squeeze-repeats 'A-Za-z0-9' '-').json
  "$tools/node_modules/.bin/lighthouse" "$site$path" --quiet --output=json --output-path="$report" \
    --chrome-flags="--headless=new --no-sandbox --disable-gpu --disable-quic" \
    --only-categories=performance,accessibility,best-practices,seo
  node --eval '
    const report = JSON.parse(require("fs").readFileSync(process.argv[1]));
    const wanted = { performance: 99, accessibility: 100, "best-practices": 100, seo: 100 };
    const scores = Object.values(report.categories).map(c => [c.id, Math.round(c.score * 100)]);
    const bytes = Math.round(report.audits["total-byte-weight"].numericValue / 1024);
    console.log(process.argv[2].padEnd(40), scores.map(([id, score]) => `${id} ${score}`).join("  "), ` ${bytes} KiB`);
    for (const [id, score] of scores.filter(([id, score]) => score < wanted[id])) {
      for (const ref of report.categories[id].auditRefs) {
        const audit = report.audits[ref.id];
        if (ref.weight > 0 && audit.score !== null && audit.score < 1) console.log("    ", id, audit.id, audit.displayValue ?? "");
      }
      process.exitCode = 1;
    }' "$report" "$path" || failed=1
done
exit $failed
