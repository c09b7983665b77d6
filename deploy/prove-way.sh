#!/usr/bin/env bash
# Plays the way that the manual leads a newcomer, command by command out of its pages, and measures it:
#   from the tarball   README's "Try it with objects of your own", to the first row of a feed of one's own
#   from a clone       the same with --clone, in a clone of this checkout and with an empty cache of Maven's
#   into a cluster     docs/cluster.md from its first step to its last: podman takes the cluster's place, the sandbox AWS's and Redshift's
# What a page's command needs and a machine does not have is in deploy/way: docker, aws, kubectl and helm as far as the page goes.
# The first part needs a JRE; the cluster's part is left out, with a word, where root's rights, podman, runc, kubectl, aws or the image
# are missing, and needs Maven where there is no helm. Build the image before: deploy/image.sh
#
# usage: deploy/prove-way.sh [OPTION]...
#   --tarball FILE    default: target/caravan-VERSION.tar.gz, which mvn -DskipTests package makes
#   --clone           also from a clone; it downloads what Maven needs, with the settings of ~/.m2
#   --image NAME      default: localhost/caravan:latest
#   --slack FACTOR    the machine is busy: the bounds of 60 s from the tarball and 300 s from the clone are so many times that; default: 1
# Exit code: 0 if all went as the pages say, 1 if something did not, 2 for wrong usage.
set -euo pipefail

home=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
usage() {
    sed -n '/^# usage/,/^# Exit/{/^# Exit/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2
    exit 2
}

tarball="" clone="" image=localhost/caravan:latest slack=1
while [[ $# -gt 0 ]]; do
    case $1 in
        --clone) clone=yes; shift; continue ;;
        --tarball | --image | --slack) [[ $# -ge 2 ]] || usage ;;
        *) usage ;;
    esac
    case $1 in
        --tarball) tarball=$2 ;;
        --image) image=$2 ;;
        --slack) slack=$2 ;;
    esac
    shift 2
done
[[ $slack =~ ^[0-9]+$ ]] || usage
if [[ -z $tarball ]]; then
    tarball=$(ls -t "$home"/target/caravan-*.tar.gz 2>/dev/null | head -n 1) || true
fi
[[ -r $tarball ]] || { echo "prove-way: there is no tarball; mvn -DskipTests package makes it, --tarball names another" >&2; exit 2; }
. "$home/deploy/podman.sh"
. "$home/deploy/needs.sh"
# Of the reader's own warehouse nothing is to be seen.
for name in $(compgen -e | grep -E '^(CARAVAN|AWS|PG)'); do
    unset "$name"
done

work=$(mktemp -d "${TMPDIR:-/var/tmp}/caravan-way-XXXXXX")
started=() plays=""
cleanup() {
    local process
    [[ -z $plays ]] || down >/dev/null 2>&1 || true
    [[ ! -f $work/tags ]] || xargs -r podman untag "$image" <"$work/tags" || true
    for process in ${started[@]+"${started[@]}"}; do
        kill "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap cleanup EXIT


# section FILE HEADING   the shell blocks of a page's section, as they stand there
section() {
    awk -v heading="$2" '
        /^## / { there = index($0, "## " heading) == 1 }
        there && /^```/ { shell = !block && $0 == "```sh"; block = !block; next }
        there && shell && block { print }' "$1"
}

# block FILE HEADING LANGUAGE   the first block of another language there
block() {
    awk -v heading="$2" -v fence='```'"$3" '
        /^## / { there = index($0, "## " heading) == 1 }
        there && !done && $0 == fence { block = 1; next }
        block && /^```/ { block = 0; done = 1 }
        block { print }' "$1"
}

# readme DIRECTORY   plays the section with objects of one's own, up to the first row of one's own feed
readme() {
    cd "$1"
    mkdir "$1/own"
    export CARAVAN_STATE_DIRECTORY=$1/own/state
    local line code said=""
    while IFS= read -r line; do
        # Other places than those that others may be using.
        line=${line//\/tmp\/sandbox/$1/own/sandbox}
        echo "   \$ $line"
        if [[ $line == "./caravan sandbox --"* ]]; then
            : >"$1/own/out"
            eval "exec $line" >"$1/own/out" 2>&1 &
            started+=($!)
            await $((600 * slack)) "the sandbox does not start" grep -q '^In another terminal: ' "$1/own/out"
            continue
        fi
        code=0
        if [[ $line == ". "* ]]; then
            eval "$line"
        else
            said=$(eval "$line" 2>&1) || code=$?
        fi
        [[ $code == 0 || ( $code == 3 && $line == *"exit code 3"* ) ]] || fail "$line ended with $code: $said"
        [[ $line != *"FROM public.orders'"* ]] || break
    done < <(section "$1/README.md" "Try it with objects of your own")
    grep -q 1234.50 <<<"$said" || fail "the first row of a feed of one's own is not in its table: $said"
    cd "$home"
}

# measured SECONDS WORDS SINCE
measured() {
    local took=$(($(date +%s) - $3))
    say "the first row of a feed of one's own: $took s $2 (the bound is $1, on two idle cores; load average $(cut -d ' ' -f 1 /proc/loadavg))"
    [[ $took -le $(($1 * slack)) ]] || fail "more than $(($1 * slack)) s"
}

say "from the tarball"
since=$(date +%s)
tar -xzf "$tarball" -C "$work"
packed=$(echo "$work"/caravan-*)
readme "$packed"
measured 60 "from the tarball" "$since"

if [[ -n $clone ]]; then
    say "from a clone"
    (
        started=()
        trap 'for process in ${started[@]+"${started[@]}"}; do kill "$process" 2>/dev/null; wait "$process" 2>/dev/null; done' EXIT
        since=$(date +%s)
        git clone -q "$home" "$work/clone"
        export MAVEN_OPTS="${MAVEN_OPTS:-} -Dmaven.repo.local=$work/repository"
        readme "$work/clone"
        measured 300 "from a clone, with an empty cache of Maven's" "$since"
    )
fi

for need in is_root "command -v podman" "command -v runc" "command -v kubectl" "command -v aws" \
    "podman image exists $image"; do
    if ! $need >/dev/null 2>&1; then
        say "without the cluster: this machine lacks ${need#command -v }"
        exit 0
    fi
done
! curl -s -o /dev/null http://127.0.0.1:8080 || fail "port 8080 is taken"
! podman pod exists "$pod" || fail "there is a pod $pod already; if an earlier run left it: podman pod rm $pod"
plays=yes

# docs/cluster.md, in a copy of the checkout, as the page leaves files there.
page=$home/docs/cluster.md
pages=$work/checkout
mkdir "$pages"
cp -r "$home/deploy" "$home/docs" "$home/routes" "$pages/"
ln -s "$packed/caravan" "$pages/caravan"
ln -s "$home/.git" "$pages/.git"
PATH=$home/deploy/way:$PATH
export PATH WAY_WORK=$work WAY_IMAGE=$image WAY_HOME=$home
settings_of_podman "$work"
cd "$pages"

# step HEADING   plays one
step() {
    say "into a cluster: $1"
    section "$page" "$1" | sed 's/^/   $ /'
    section "$page" "$1" >"$work/step"
    # shellcheck disable=SC1091 # what the page says, in this shell: steps export what later ones use
    . "$work/step"
}

# Runs SQL as the administrator.
administer() {
    local statement
    while IFS= read -r -d ';' statement; do
        "$packed/caravan" sql "$statement" >/dev/null 2>"$work/err" || fail "the administrator's $statement: $(cat "$work/err")"
    done < <(sed 's/--.*//' | tr '\n' ' ')
}

step "1. The image into ECR"
step "2. The roles, and what there is not yet"
# The stack has made the secret.
password="Way$RANDOM-$RANDOM-aB"
aws secretsmanager create-secret --name caravan-warehouse --secret-string "{\"password\": \"$password\"}" >/dev/null
step "3. Five values"
grep -v '^feeds: {}$' values.yaml >"$work/known"
{
    cat "$work/known"
    block "$page" "3. Five values" yaml | grep -v '^    queue: '
    cat <<END_OF_VALUES
feedConfigMaps: [feeds-sales]
replicas: 1
election: warehouse
settings: {caravan.s3.path-style: true}
env:
  - {name: AWS_ENDPOINT_URL_S3, value: "$AWS_ENDPOINT_URL_S3"}
  - {name: AWS_ENDPOINT_URL_SECRETS_MANAGER, value: "$AWS_ENDPOINT_URL_SECRETS_MANAGER"}
  - {name: AWS_ACCESS_KEY_ID, value: "$AWS_ACCESS_KEY_ID"}
  - {name: AWS_SECRET_ACCESS_KEY, value: "$AWS_SECRET_ACCESS_KEY"}
END_OF_VALUES
} >values.yaml
since=$(date +%s)
step "4. Install"
step "5. Grants, by whoever may give them"
[[ -s grants.sql ]] || fail "caravan-grants has said nothing"
# The sandbox has made the table already, and the part before this one a ledger that is another user's.
echo "DROP TABLE public.employee; DROP SCHEMA IF EXISTS caravan CASCADE;" | administer
block "$page" "5. Grants" sql | sed "s/'…'/'$password'/" | administer
administer <grants.sql
step "6. Is it right"
step "7. The first object"
# A feed that was stopped for the grants is tried again within a minute.
for ((i = 0; i < 45; i++)); do
    "$packed/caravan" sql --format csv 'SELECT * FROM public.employee' >rows.csv || true
    if grep -q '^1,Sinem,Aydin$' rows.csv; then break; fi
    sleep 2
done
grep -q '^1,Sinem,Aydin$' rows.csv || fail "the first object's row is not in its table: $(cat rows.csv)"
say "the first row $(($(date +%s) - since)) s after helm install, with all that the administrator does"
step "8. A queue for a bucket that you have"
say "done, nothing failed"
