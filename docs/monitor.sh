#!/usr/bin/env bash
# Makes docs/monitor.png anew: the page in Chromium, of a service that has loaded in the sandbox.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

CARAVAN_BROWSER=required mvn -B -q verify -Dbom.skip -DskipTests=false -Dtest=NoTest -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=PagesBrowserIT
cp target/screenshots/load-1400.png docs/monitor.png
