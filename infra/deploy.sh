#!/usr/bin/env bash
# Deploys one environment: shows what would change, deploys it, publishes the app, and tries it through its public address.
# Needs az (logged in), dotnet, zip and curl. --dry-run prints the commands and runs none of them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

usage() {
  echo "usage: infra/deploy.sh <dev|prod> <resource group> [--location <region>] [--yes] [--dry-run]" >&2
  exit 2
}

environment=${1:-} group=${2:-} location=westeurope yes='' dry=''
if [ ! -f "$here/$environment.bicepparam" ] || [ -z "$group" ]; then usage; fi
shift 2
while [ $# -gt 0 ]; do
  case $1 in
    --location) location=${2:-}; [ -n "$location" ] || usage; shift ;;
    --yes) yes=1 ;;
    --dry-run) dry=1 ;;
    *) usage ;;
  esac
  shift
done
export DRY_RUN=$dry

run() {
  printf '+ %s\n' "$*"
  [ -n "$dry" ] || "$@"
}

template=(--resource-group "$group" --parameters "$here/$environment.bicepparam")

run az group create --name "$group" --location "$location" --output none
run az deployment group what-if "${template[@]}"
if [ -z "$yes$dry" ]; then
  read -rp 'Deploy this? [y/N] ' answer
  [ "$answer" = y ] || exit 1
fi
run az deployment group create --name "myriadsync-$environment" "${template[@]}" --output none

app="<app of $group>"
[ -n "$dry" ] || app=$(az deployment group show --resource-group "$group" --name "myriadsync-$environment" --query properties.outputs.appName.value --output tsv)
"$here/publish.sh" "$group" "$app"
"$here/smoke.sh" "https://$app.azurewebsites.net"
