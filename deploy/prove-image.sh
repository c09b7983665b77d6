#!/usr/bin/env bash
# Proves the image: builds it, and runs the Deployment's own pod and ConfigMaps (deploy/kubernetes, rendered by kubectl) with
# podman play kube against the image of the sandbox. The pod must become ready, load an object, answer the commands that people run
# in it, take a changed feed without a restart, refuse a broken one and go on, and finish its load on SIGTERM; image and memory must
# keep to their bounds.
# It needs root, podman, runc, catatonit, kubectl, curl, jq, and what deploy/image.sh needs; it says at once what of it is missing.
#
# usage: deploy/prove-image.sh [--no-build] [OPTION_OF_IMAGE_SH]...
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
image=localhost/caravan:latest
sandbox_image=localhost/caravan-sandbox:latest
http=http://127.0.0.1:8080
sandbox=caravan-prove-sandbox

build=yes
if [[ ${1:-} == --no-build ]]; then
    build=""
    shift
fi
. "$here/podman.sh"
. "$here/needs.sh"
if [[ -n $build ]]; then
    jdk="" maven=""
    for ((i = 1; i < $#; i++)); do
        case ${!i} in
            --jdk) j=$((i + 1)) jdk=${!j} ;;
            --maven-home) j=$((i + 1)) maven=${!j} ;;
        esac
    done
    need_image_tools "$jdk" "$maven"
else
    need "root's rights, for podman" is_root
fi
need_packages podman runc catatonit curl jq
need "kubectl: https://kubernetes.io/docs/tasks/tools/" command -v kubectl
end_if_lacking prove-image

if [[ -n $build ]]; then
    say "building the images"
    "$here/image.sh" "$@" >/dev/null
    "$here/image.sh" --target sandbox "$@" >/dev/null
fi
! curl -s -o /dev/null "$http" || fail "port 8080 is taken"
for left in "pod $pod" "container $sandbox" "volume caravan-routes"; do
    # shellcheck disable=SC2086 # a kind and a name
    ! podman ${left% *} exists "${left#* }" || fail "there is a ${left} already; if an earlier run left it: podman ${left% *} rm ${left#* }"
done

work=$(mktemp -d "${TMPDIR:-/var/tmp}/caravan-prove-XXXXXX")
cleanup() {
    podman play kube --down "$work/pod.yaml" >/dev/null 2>&1 || true
    podman pod rm -f -t 0 "$pod" >/dev/null 2>&1 || true
    podman rm -f -t 10 "$sandbox" >/dev/null 2>&1 || true
    podman volume rm caravan-routes tmp >/dev/null 2>&1 || true
    podman volume ls -q 2>/dev/null | grep '^caravan-properties-' | xargs -r podman volume rm >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT

settings_of_podman "$work"

bytes=$(podman image inspect "$image" | jq '.[0].Size')
say "the image has $((bytes / 1000000)) MB"
[[ $bytes -le 290000000 ]] || fail "the image is larger than 290 MB"

revision=$(podman image inspect "$image" | jq -r '.[0].Labels["org.opencontainers.image.revision"]')
said=$(podman run --rm --read-only "$image" --version)
say "$said"
[[ $said == *"commit ${revision:0:7},"* ]] || fail "the image's label says commit $revision"
[[ -z $build || $revision == $(git -C "$here" rev-parse HEAD) ]] || fail "the image says commit $revision, and is built from another"

for limit in 256m 512m 4g; do
    podman run --rm --read-only --memory "$limit" "$image" --version >/dev/null || fail "it does not start with a memory limit of $limit"
done

say "starting the sandbox"
podman run -d --name "$sandbox" --read-only "$sandbox_image" sandbox >/dev/null
environment() {
    podman logs "$sandbox" 2>/dev/null | grep '^export ' >"$work/environment"
    grep -q PGUSER "$work/environment"
}
await 60 "the sandbox does not start" environment
. "$work/environment"
sed "s/^export //; s/'//g" "$work/environment" >"$work/environment.list"

# s3 CURL_ARGUMENT... PATH
s3() {
    curl -sS --fail --aws-sigv4 "aws:amz:$AWS_REGION:s3" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \
        "${@:1:$#-1}" "$AWS_ENDPOINT_URL_S3/${*: -1}"
}

# put KEY <CONTENT
put() {
    cat >"$work/object"
    s3 -X PUT -H 'Content-Type: text/csv' -H "x-amz-content-sha256: $(sha256sum <"$work/object" | cut -d ' ' -f 1)" \
        --data-binary "@$work/object" "my-second-source/$1"
}

caravan() {
    podman run --rm --read-only --env-file "$work/environment.list" "$image" "$@"
}

# loaded KEY ROWS
loaded() {
    caravan objects list --format json | jq -es --arg key "$1" --argjson rows "$2" \
        'any(.. | objects; .object == "s3://my-second-source/" + $key and .outcome == "loaded" and .read == $rows)'
}

# feed PREFIX   the feed of the example, with another prefix
feed() {
    sed "s|\(name: prefix, value: \)[^ ]*|\1$1|" "$here/kubernetes/overlays/example/routes/employee.camel.yaml"
}

say "playing the Deployment"
mkdir "$work/password" "$work/overlay"
printf '%s' "$CARAVAN_WAREHOUSE_PASSWORD" >"$work/password/password"
chmod -R a+rX "$work"
cp -r "$here/kubernetes/base" "$work/overlay/base"
feed customer >"$work/overlay/employee.camel.yaml"
cat >"$work/overlay/application.properties" <<END
caravan.warehouse.url=$CARAVAN_WAREHOUSE_URL
caravan.warehouse.user=$CARAVAN_WAREHOUSE_USER
caravan.warehouse.password-file=/opt/caravan/secrets/warehouse/password
caravan.staging.bucket=$CARAVAN_STAGING_BUCKET
caravan.staging.prefix=$CARAVAN_STAGING_PREFIX
caravan.staging.iam-role=$CARAVAN_STAGING_IAM_ROLE
caravan.s3.path-style=true
END
# Besides the sandbox, what podman has no counterpart for: Leases; two replicas, as they share the host's network; and the Secret, which
# podman 4.3 does not decode.
cat >"$work/overlay/kustomization.yaml" <<END
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [base]
images: [{name: caravan, newName: ${image%:*}, newTag: ${image##*:}}]
configMapGenerator:
  - {name: caravan-properties, behavior: replace, files: [application.properties]}
  - {name: caravan-routes, behavior: merge, files: [employee.camel.yaml], options: {disableNameSuffixHash: true}}
patches:
  - target: {kind: Deployment, name: caravan}
    patch: |-
      - {op: replace, path: /spec/replicas, value: 1}
$(patches_for_podman)
      - {op: test, path: /spec/template/spec/volumes/2/name, value: warehouse}
      - {op: replace, path: /spec/template/spec/volumes/2, value: {name: warehouse, hostPath: {path: $work/password, type: Directory}}}
      - op: add
        path: /spec/template/spec/containers/0/env
        value:
          - {name: CARAVAN_ELECTION, value: warehouse}
          - {name: AWS_REGION, value: $AWS_REGION}
          - {name: AWS_ENDPOINT_URL_S3, value: "$AWS_ENDPOINT_URL_S3"}
          - {name: AWS_ACCESS_KEY_ID, value: $AWS_ACCESS_KEY_ID}
          - {name: AWS_SECRET_ACCESS_KEY, value: $AWS_SECRET_ACCESS_KEY}
END
kubectl kustomize "$work/overlay" >"$work/pod.yaml"
# podman takes a directory that is called like an image for its sources.
(cd "$work" && podman play kube pod.yaml >/dev/null)

process() {
    podman inspect "$container" | jq -r ".[0].State.$1"
}

# Milliseconds since the process of the container began.
age() {
    local ticks up
    ticks=$(sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 20)
    up=$(cut -d ' ' -f 1 /proc/uptime)
    awk -v up="$up" -v ticks="$ticks" -v hertz="$(getconf CLK_TCK)" 'BEGIN { printf "%d\n", (up - ticks / hertz) * 1000 }'
}

await 60 "the pod does not become ready" curl -sf "$http/health/ready"
pid=$(process Pid)
started=$(process StartedAt)
say "ready $(age "$pid") ms after the process's start (the bound is 3000, on two idle cores)"
curl -sf "$http/health/live" >/dev/null || fail "/health/live is not 200"
curl -sf "$http/metrics" | grep '^# TYPE ' >/dev/null || fail "/metrics is no Prometheus text"
say "user $(awk '/^Uid:/ { print $2 }' "/proc/$pid/status"), root file system read-only: $(podman inspect "$container" | jq '.[0].HostConfig.ReadonlyRootfs')"

say "an object loads"
printf 'customer_id,first_name,last_name\n1,Ada,Byron\n2,Alan,Turing\n' | put customer/1.csv
await 30 "customer/1.csv does not load" loaded customer/1.csv 2

say "people's commands in the pod"
printf 'customer_id,first_name,last_name\n5,Barbara,Liskov\nx,Not,Anumber\n' | put customer/2.csv
await 30 "customer/2.csv does not load" loaded customer/2.csv 2
command_in_pod() {
    podman exec "$container" caravan "$@" >"$work/out" 2>"$work/err"
}
command_in_pod check || fail "caravan check in the pod ended with $?: $(cat "$work/out" "$work/err")"
grep -q '^feed employee ' "$work/out" || fail "caravan check in the pod does not name the feed: $(cat "$work/out")"
command_in_pod dead-letters list --feed employee || fail "caravan dead-letters list in the pod ended with $?: $(cat "$work/err")"
grep -q 'customer/2.csv' "$work/out" || fail "caravan dead-letters list does not show the rejected row: $(cat "$work/out")"
[[ ! -s $work/err ]] || fail "caravan dead-letters list complains: $(cat "$work/err")"
podman exec "$container" caravan dead-letters show --feed employee --status open --format json >"$work/rows.json"
sed -i 's/x,Not,Anumber/6,Not,Anumber/' "$work/rows.json"
podman exec -i "$container" caravan dead-letters replay --feed employee --corrected /dev/stdin <"$work/rows.json" >"$work/out" 2>&1 \
    || fail "caravan dead-letters replay in the pod ended with $?: $(cat "$work/out")"
code=0
command_in_pod dead-letters list --feed nobody || code=$?
[[ $code == 2 ]] || fail "caravan dead-letters list of a feed that is not there ended with $code, not 2"

# What one more process takes of the pod's memory at most: those of the pod that are not the service.
podman exec "$container" caravan check >/dev/null &
command=$!
peak=0
while kill -0 "$command" 2>/dev/null; do
    for other in /proc/[0-9]*; do
        if [[ ${other#/proc/} != "$pid" && $(readlink "$other/ns/mnt") == "$(readlink "/proc/$pid/ns/mnt")" ]]; then
            used=$(awk '/^VmHWM:/ { print $2 }' "$other/status" 2>/dev/null || true)
            ((${used:-0} <= peak)) || peak=$used
        fi
    done
    sleep 0.05
done
wait "$command" || fail "caravan check in the pod fails"
say "a command takes $((peak / 1024)) MiB at most, beside the service's $(($(awk '/^VmRSS:/ { print $2 }' "/proc/$pid/status") / 1024))"
[[ $peak -gt 0 && $peak -le $((256 * 1024)) ]] || fail "a command takes $((peak / 1024)) MiB, which is not between 0 and 256"
curl -sf "$http/health" >/dev/null || fail "the service is not well after commands in its pod"
[[ $(process StartedAt) == "$started" ]] || fail "the container was restarted by commands in it"

# The kubelet's way: a directory with the new files, a symlink to it that is swapped, and symlinks through it that stay.
routes=$(podman volume inspect caravan-routes | jq -r '.[0].Mountpoint')
swap() {
    local next name
    next=..$(date +%Y_%m_%d_%H_%M_%S.%N)
    mkdir "$routes/$next"
    cp "$here/kubernetes/base/s3-csv-to-redshift.camel.yaml" "$routes/$next/"
    cat >"$routes/$next/employee.camel.yaml"
    ln -s "$next" "$routes/..data_tmp"
    mv -T "$routes/..data_tmp" "$routes/..data"
    for name in s3-csv-to-redshift.camel.yaml employee.camel.yaml; do
        if [[ ! -L $routes/$name ]]; then
            ln -s "..data/$name" "$routes/$name.link"
            mv -T "$routes/$name.link" "$routes/$name"
        fi
    done
    find "$routes" -mindepth 1 -maxdepth 1 -type d -name '..*' ! -name "$next" -exec rm -r {} +
}

say "a changed feed is taken"
feed people/ | swap
printf 'customer_id,first_name,last_name\n3,Grace,Hopper\n' | put people/1.csv
await 40 "people/1.csv does not load: the changed feed was not taken" loaded people/1.csv 1

say "a broken feed is refused"
{ feed elsewhere/; echo '      - { name: colour, value: red }'; } | swap
refused() {
    curl -s "$http/health" | grep colour && podman logs "$container" 2>&1 | grep colour
}
await 40 "/health and the log do not say that parameter colour is refused" refused
curl -sf "$http/health/ready" >/dev/null || fail "the pod is not ready any more"
printf 'customer_id,first_name,last_name\n4,Edsger,Dijkstra\n' | put people/2.csv
await 30 "people/2.csv does not load: the old feed does not go on" loaded people/2.csv 1
[[ $(process StartedAt) == "$started" ]] || fail "the container was restarted"

say "at rest"
sleep 20
rss=$(awk '/^VmRSS:/ { print $2 }' "/proc/$pid/status")
say "RSS $((rss / 1024)) MiB"
[[ $rss -le $((250 * 1024)) ]] || fail "more than 250 MiB of RSS at rest"

say "on SIGTERM the load in flight finishes"
rows=1000000
awk -v rows=$rows 'BEGIN { print "customer_id,first_name,last_name"; for (i = 1; i <= rows; i++) print i ",first " i ",last " i }' | put people/large.csv
loading() {
    curl -sf "$http/metrics" >"$work/metrics" && grep '^caravan_backlog_objects{feed="employee"} [1-9]' "$work/metrics" \
        && grep '^caravan_warehouse_connections{state="active"} [1-9]' "$work/metrics"
}
await 30 "no load of people/large.csv begins" loading
podman stop -t 330 "$container" >/dev/null
code=$(process ExitCode)
[[ $code == 143 ]] || fail "exit code $code on SIGTERM, not 143"
loaded people/large.csv $rows >/dev/null || fail "people/large.csv was not loaded to its end"
say "done, nothing failed"
