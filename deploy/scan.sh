#!/usr/bin/env bash
# Compares the libraries of a build with advisories that somebody with a network has downloaded, as OSV publishes them
# (https://ossf.github.io/osv-schema/):
#   curl -LO https://osv-vulnerabilities.storage.googleapis.com/Maven/all.zip && mvn -q -DskipTests package && deploy/scan.sh all.zip
# Prints a line for each advisory that a library has, and says whether docs/security.md answers it, by its id or an alias.
#
# usage: deploy/scan.sh [--bom FILE] [--answers FILE] ADVISORIES
#   ADVISORIES      a zip, or a directory, of JSON files
#   --bom FILE      CycloneDX, as JSON; default: target/bom.json; an image has it as /opt/caravan/bom.json
#   --answers FILE  default: docs/security.md
# Exit code: 0 if nothing is unanswered, 1 if something is, 2 if it cannot tell.
set -euo pipefail

fail() {
    echo "scan: $*" >&2
    exit 2
}

usage() {
    sed -n '/^# usage/,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2
    exit 2
}

home=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bom=$home/target/bom.json answers=$home/docs/security.md
while [[ $# -gt 1 ]]; do
    case $1 in
        --bom) bom=$2 ;;
        --answers) answers=$2 ;;
        *) usage ;;
    esac
    shift 2
done
[[ $# -eq 1 && $1 != -* ]] || usage
for file in "$bom" "$answers" "$1"; do
    [[ -r $file ]] || fail "there is no $file"
done
jackson=("$home"/target/lib/jackson-{core,databind,annotations}-*.jar)
[[ -r ${jackson[0]} ]] || fail "there are no libraries to read JSON with: run mvn -q -DskipTests package"

# Nobody but Maven knows its order of versions.
maven=${MAVEN_HOME:-}
if [[ -z $maven ]]; then
    command -v mvn >/dev/null || fail "there is no mvn: name Maven's home in MAVEN_HOME"
    maven=$(mvn -v 2>/dev/null | sed -n $'s/\033\\[[0-9;]*m//g; s/^Maven home: //p')
fi
java -cp "$maven/lib/*:$(IFS=:; echo "${jackson[*]}")" "$home/deploy/scan/Scan.java" "$bom" "$answers" "$1"
