#!/usr/bin/env bash
# Builds the app on the genuine Functions packages and publishes it: infra/publish.sh <resource group> <app> [--package <file.zip>]
# A package is kept in artifacts/, named by its commit: publishing an older one is how to roll back. DRY_RUN=1 prints the commands only.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

[ $# -ge 2 ] || { echo "usage: infra/publish.sh <resource group> <app> [--package <file.zip>]" >&2; exit 2; }
group=$1 app=$2 package=''
[ "${3:-}" != --package ] || package=${4:?--package needs a file}

run() {
  printf '+ %s\n' "$*"
  [ -n "${DRY_RUN:-}" ] || "$@"
}

pack() {
  printf '+ (cd %s && zip -qr %s .)\n' "$1" "$2"
  # The hidden folder .azurefunctions belongs to the package: "." takes it along, "*" would not.
  [ -n "${DRY_RUN:-}" ] || (cd "$1" && rm -f "$2" && zip -qr "$2" .)
}

if [ -z "$package" ]; then
  commit=$(git -C "$root" describe --always --dirty --exclude '*' 2>/dev/null || echo unknown)
  package=$root/artifacts/myriadsync-$commit.zip
  run rm -rf "$root/artifacts/publish"
  run dotnet publish "$root/functions" -c Release -p:FunctionsRuntime=Azure -o "$root/artifacts/publish"
  pack "$root/artifacts/publish" "$package"
fi
run az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$package"
