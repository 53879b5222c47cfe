#!/usr/bin/env bash
# Pictures of a running demonstration (start infra/run.sh first) at 390 and 1280 px, in artifacts/screenshots.
#   bash infra/screenshots.sh [http://localhost:5080] [/path …]
# Without paths: every public page and every staff page that a link leads to, and the pictures of the help, which stand in
# src/TrainingHub/wwwroot/help and are kept with the sources.
set -euo pipefail
cd "$(dirname "$0")/.."

site=http://localhost:5080
if [[ ${1:-} == http* ]]; then
  site=$1
  shift
fi
if ! curl --silent --fail --output /dev/null "$site/health/live"; then
  echo "Nothing answers at $site. Start it with: bash infra/run.sh" >&2
  exit 1
fi

export SCREENSHOTS_SITE=$site SCREENSHOTS_PATHS="$*" SCREENSHOTS_FOLDER="$PWD/artifacts/screenshots"
export SCREENSHOTS_HELP=
if [[ -z $SCREENSHOTS_PATHS ]]; then
  SCREENSHOTS_HELP=$PWD/src/TrainingHub/wwwroot/help
  mkdir -p "$SCREENSHOTS_HELP"
fi
mkdir -p "$SCREENSHOTS_FOLDER"
dotnet build tests/TrainingHub.BrowserTests --verbosity quiet --nologo
dotnet run --project tests/TrainingHub.BrowserTests --no-build -- --explicit only --filter-class TrainingHub.BrowserTests.Photographs
echo "Pictures are in $SCREENSHOTS_FOLDER: $(find "$SCREENSHOTS_FOLDER" -name '*.png' | wc -l)"
