# What the benchmarks share; sourced, not run.

home=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
class_path=$home/target/bench-class-path

# Builds the application and the code of the benchmarks, unless that is done.
build() {
    local tool
    for tool in java mvn; do
        command -v "$tool" >/dev/null || { echo "bench: there is no $tool: install a JDK 17 and Maven 3.8, or later" >&2; exit 1; }
    done
    "$home/caravan" --version >/dev/null
    if [[ ! -f $class_path || -n $(find "$home/pom.xml" "$home/src" -newer "$class_path" -print -quit) ]]; then
        echo "bench: building" >&2
        (cd "$home" && mvn -B -q -Dspotless.check.skip=true test-compile \
            dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$class_path") >&2 </dev/null
        # Maven leaves the file alone if the class path has not changed.
        touch "$class_path"
    fi
}

caravan_version() {
    local commit
    commit=$(git -C "$home" rev-parse --short HEAD 2>/dev/null || true)
    "$home/caravan" --version | sed -n "1s/^Caravan \([^,]*\),.*/\1${commit:+ ($commit)}/p"
}

# Starts a class of the benchmarks in a temporary directory: start CLASS ARGUMENT...
start() {
    local class=$1
    shift
    directory=$(mktemp -d "${TMPDIR:-/tmp}/caravan-bench-XXXXXX")
    trap 'rm -rf "$directory"' EXIT
    java -cp "$home/target/test-classes:$home/target/classes:$(cat "$class_path")" \
        "io.caravan.bench.$class" "$home" "$directory" "$@"
}
