# What run.sh, test.sh, bench.sh and traininghub share. To be sourced.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# No compiler or build server stays behind.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
export TRAININGHUB_DATA=${TRAININGHUB_DATA:-$root/.data}
[[ $TRAININGHUB_DATA == /* ]] || TRAININGHUB_DATA=$PWD/$TRAININGHUB_DATA

# .NET and npm keep their caches in the home folder; without one that can be written to, they get one here.
if [[ ! -w ${HOME:-/nonexistent} ]]; then
  mkdir -p "$root/artifacts/home"
  export HOME=$root/artifacts/home
fi

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }
has_wrk() { command -v wrk >/dev/null; }
has_node() { command -v node >/dev/null && command -v npm >/dev/null; }
has_chromium() { command -v chromium >/dev/null && compgen -G '/usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf' >/dev/null; }

# need postgres|node|chromium|wrk …: installs what is missing, or says in one sentence what to install.
need() {
  command -v dotnet >/dev/null || fail "Install the .NET 10 SDK first: https://dotnet.microsoft.com/download/dotnet/10.0"
  local packages=() what
  for what in "$@"; do
    "has_$what" && continue
    case $what in
      postgres) packages+=(postgresql) ;;
      node) command -v node >/dev/null && packages+=(npm) || packages+=(nodejs npm) ;;
      wrk) packages+=(wrk) ;;
      chromium) packages+=(chromium fonts-liberation) ;;
    esac
  done
  ((${#packages[@]})) || return 0

  local as_root=()
  if ((EUID)); then
    sudo -n true 2>/dev/null || fail "Please install what is missing and start again: sudo apt-get install --no-install-recommends ${packages[*]}"
    as_root=(sudo -n)
  fi
  command -v apt-get >/dev/null || fail "Please install what is missing and start again: ${packages[*]}."
  say "Installing ${packages[*]} …"
  # The package would make and start a server of its own, which nobody needs here.
  local no_cluster=/etc/postgresql-common/createcluster.d/traininghub.conf
  "${as_root[@]}" mkdir -p "${no_cluster%/*}"
  echo 'create_main_cluster = false' | "${as_root[@]}" tee "$no_cluster" >/dev/null
  local done=0
  { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >/dev/null || done=$?
  "${as_root[@]}" rm -f "$no_cluster"
  ((done == 0)) || fail "Installing did not work; please install these packages and start again: ${packages[*]}."
}

# published NAME PROJECT-FOLDER [OPTION …]: builds the project for use into artifacts/NAME, unless that is newer than every source.
# Without the analysers: test.sh builds with them.
published() {
  local name=$1 project=$2 stamp=$root/artifacts/$1/.built
  mkdir -p "$root/artifacts"
  exec 8>"$root/artifacts/.lock"
  flock 8
  if [[ ! -e $stamp ]] || newer_source "$stamp" "$project"; then
    say "Building ${project##*/} …"
    rm -rf "$root/artifacts/$name.new"
    local log=$root/artifacts/$name.log
    touch "$root/artifacts/.begun"
    dotnet publish "$root/$project" -c Release -o "$root/artifacts/$name.new" --nologo -v q -clp:NoSummary -p:RunAnalyzers=false "${@:3}" >"$log" 2>&1 ||
      { cat "$log" >&2; fail "The build failed."; }
    mv "$root/artifacts/.begun" "$root/artifacts/$name.new/.built"
    rm -rf "$root/artifacts/$name"
    mv "$root/artifacts/$name.new" "$root/artifacts/$name"
  fi
  exec 8>&-
}

# How the program is started. The collector would size its first generation by the processor's cache, of which a small virtual
# machine has a share only, and the C library would keep a pool of memory for each thread. A method is watched and optimised
# after 512 (hexadecimal 200) calls, counted at once: after the usual 30 most of the program is, which takes memory and helps
# nobody, and the usual pause before counting begins never comes under load.
lean=(env DOTNET_GCgen0size=0x300000 DOTNET_GCRegionSize=0x100000 DOTNET_GCConserveMemory=5 MALLOC_ARENA_MAX=2
  DOTNET_TC_CallCountThreshold=200 DOTNET_TC_CallCountingDelayMs=0)

# Compiled ahead of time, the program starts in half the time.
published_app() { published app src/TrainingHub -r linux-x64 --no-self-contained -p:PublishReadyToRun=true; }

newer_source() {
  [[ -n $(find "$root"/{src,emails,"$2",Directory.Build.props,Directory.Packages.props,global.json} \
    \( -name bin -o -name obj -o -name node_modules -o -path "$root/src/TrainingHub/wwwroot/css" -o -path "$root/src/TrainingHub/wwwroot/js" \) -prune \
    -o -type f -newer "$1" -print -quit) ]]
}
