#!/bin/sh
# Part of the image's build: plays a working day of the service against the sandbox, so that Java sees which classes it needs.
# usage: train.sh JAVA_OPTION...   which say what Java is to make of it
set -eu
work=$(mktemp -d)
touch "$work/demo.log" "$work/run.log"
java=/opt/java/bin/java
caravan=io.caravan.app.Caravan
# The library's jar has none of its own here.
zstd=/opt/caravan/libzstd-jni.so

fail() {
    echo "train: $*" >&2
    cat "$work"/*.log >&2
    exit 1
}

# await SECONDS FILE TEXT COUNT
await() {
    seconds=$1
    until [ "$(grep -c "$3" "$2")" -ge "$4" ]; do
        seconds=$((seconds - 1))
        [ "$seconds" -gt 0 ] || fail "no \"$3\" within $1 s"
        sleep 1
    done
}

# The demo leaves objects behind, and a ledger that knows them; rearmed, they are new again.
"$java" -cp "/opt/caravan/caravan.jar:/opt/caravan/lib/*:/opt/caravan/sandbox-lib/*" \
    --enable-native-access=ALL-UNNAMED -DZstdNativePath="$zstd" "$caravan" demo --keep >"$work/demo.log" 2>"$work/demo.err.log" &
demo=$!
trap 'kill $demo 2>/dev/null || true' EXIT
await 180 "$work/demo.log" '^export PGUSER=' 1
grep '^export ' "$work/demo.log" >"$work/environment"
. "$work/environment"

cd /opt/caravan
for feed in employee airport-frequencies; do
    "$java" -DZstdNativePath="$zstd" -cp "/opt/caravan/caravan.jar:/opt/caravan/lib/*" "$caravan" \
        objects rearm --feed "$feed" --since 2000-01-01 >>"$work/rearm.log" 2>&1 || fail "cannot rearm $feed"
done

CARAVAN_HTTP_PORT=0 CARAVAN_LOG_FORMAT=json "$java" "$@" "$caravan" run >"$work/run.log" 2>&1 &
run=$!
await 180 "$work/run.log" 'Load .* of feed employee ' 1
await 180 "$work/run.log" 'Load .* of feed airport-frequencies ' 1
kill -TERM "$run"
wait "$run" || [ $? -eq 143 ] || fail "the service failed"
kill -TERM "$demo"
wait "$demo" || true
rm -r "$work"
