# For the scripts beside it that prove something with podman.

say() {
    echo "== $*"
}

fail() {
    echo "FAILED: $*" >&2
    if podman container exists "$container" 2>/dev/null; then
        echo "-- the last lines of the pod's log:" >&2
        podman logs --tail 30 "$container" >&2 2>&1 || true
    fi
    exit 1
}

# await SECONDS WHAT COMMAND...   until the command succeeds
await() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [[ $SECONDS -lt $deadline ]] || fail "$what"
        sleep 0.2
    done
}

pod=caravan-pod-0
container=$pod-caravan

# settings_of_podman DIRECTORY   the limits of whoever runs this, where podman would ask for more than it may have
settings_of_podman() {
    cat >"$1/containers.conf" <<END_OF_SETTINGS
[containers]
default_ulimits = ["nofile=$(ulimit -Hn):$(ulimit -Hn)", "nproc=4096:4096"]
netns = "host"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
END_OF_SETTINGS
    export CONTAINERS_CONF=$1/containers.conf
}

# What podman has no counterpart for, as patches of the Deployment: ports, as its pods share the host's network, and probes, which
# podman would run with curl inside the container.
patches_for_podman() {
    cat <<'END_OF_PATCHES'
      - {op: add, path: /spec/template/spec/hostNetwork, value: true}
      - {op: remove, path: /spec/template/spec/containers/0/ports}
      - {op: remove, path: /spec/template/spec/containers/0/startupProbe}
      - {op: remove, path: /spec/template/spec/containers/0/livenessProbe}
      - {op: remove, path: /spec/template/spec/containers/0/readinessProbe}
END_OF_PATCHES
}

# Takes down what was played, and its volumes.
down() {
    local volume played
    for played in "$pod" caravan-grants caravan-check; do
        podman pod rm -f -t 0 "$played" || true
    done
    for volume in $(podman volume ls -q); do
        case $volume in
            caravan-routes | caravan-properties* | feeds-sales | tmp-*) podman volume rm "$volume" || true ;;
        esac
    done
}
