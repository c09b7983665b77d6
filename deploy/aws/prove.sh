#!/usr/bin/env bash
# Tries on a warehouse of yours what Caravan assumes of Redshift, and says of each assumption whether it holds; see README.md
# beside this script.
# usage: deploy/aws/prove.sh [--json FILE] [--only NUMBER,...] [--bill]
#   --json FILE   also writes what was found as JSON, without secrets, for an issue
#   --only 1,7    tries only these
#   --bill        also looks at what a Serverless workgroup bills for a load, which takes 15 minutes of waiting
# The warehouse and the staging bucket are those of the environment: CARAVAN_WAREHOUSE_URL, _USER and _PASSWORD,
# CARAVAN_STAGING_BUCKET, _PREFIX and _IAM_ROLE, AWS_REGION and AWS's other variables.
# Exit code: 0 all holds, 3 something differs, 1 the warehouse cannot be used, 2 bad usage
set -euo pipefail
case " $* " in
    *" --help "*) sed -n '2,/^set /s/^# //p' "${BASH_SOURCE[0]}"; exit 0 ;;
esac
. "$(dirname "${BASH_SOURCE[0]}")/../../bench/common.sh"

arguments=()
while [[ $# -gt 0 ]]; do
    arguments+=("$1")
    # The program runs elsewhere.
    if [[ $1 == --json && $# -gt 1 ]]; then
        shift
        [[ $1 == /* ]] && arguments+=("$1") || arguments+=("$PWD/$1")
    fi
    shift
done
build
cd "$home"
# In place of the shell: it is the program that is told to stop, and tidies up.
exec java -cp "$home/target/test-classes:$home/target/classes:$(cat "$class_path")" \
    io.caravan.prove.Proof ${arguments[@]+"${arguments[@]}"}
