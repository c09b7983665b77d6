# For the scripts beside it: says all that is missing on this machine at once.

lacking_packages=()
lacking=()

# need_packages NAME...   tools that Debian packages of the same names bring
need_packages() {
    local name
    for name in "$@"; do
        command -v "$name" >/dev/null || lacking_packages+=("$name")
    done
}

# need WORDS COMMAND...   what the words name, unless the command succeeds
need() {
    "${@:2}" >/dev/null 2>&1 || lacking+=("$1")
}

is_root() {
    [[ $(id -u) -eq 0 ]]
}

# Whether a directory has a JDK of 24 or later that another Java can be cut out of.
is_jdk() {
    local version
    [[ -x $1/bin/jlink ]] || return
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
    [[ ${version:-0} -ge 24 ]]
}

# Prints the first such directory: of those that the environment names, then of the usual places of packages, of the tools that
# install JDKs, and of archives that were unpacked.
find_jdk() {
    local candidate java
    java=$(command -v java || true)
    for candidate in "${JAVA_HOME:-}" "${java:+$(dirname "$(dirname "$(readlink -f "$java")")")}" /usr/lib/jvm/* /usr/java/* \
        /opt/java /opt/java/* /opt/*jdk* /usr/local/*jdk* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/* \
        "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/*; do
        if is_jdk "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

# need_image_tools JDK MAVEN_HOME   what deploy/image.sh needs; empty arguments are to be found
need_image_tools() {
    need "root's rights, for debootstrap and chroot" is_root
    need_packages buildah debootstrap
    if [[ -n $1 ]]; then
        need "a JDK of 24 or later: $1 is none, or has no jlink" is_jdk "$1"
    else
        need "a JDK of 24 or later: apt-get install openjdk-25-jdk-headless where the release has it, or any other from \
https://adoptium.net; JAVA_HOME says where it is" is_jdk "$(find_jdk)"
    fi
    if [[ -n $2 ]]; then
        need "Maven: there is no bin/mvn in $2" test -x "$2/bin/mvn"
    else
        need "Maven: apt-get install maven" command -v mvn
    fi
}

# end_if_lacking SCRIPT   with the exit code of wrong usage
end_if_lacking() {
    local line
    [[ ${#lacking[@]} -gt 0 || ${#lacking_packages[@]} -gt 0 ]] || return 0
    echo "$1: this machine lacks" >&2
    [[ ${#lacking_packages[@]} -eq 0 ]] || echo "  ${lacking_packages[*]}: apt-get install ${lacking_packages[*]}" >&2
    for line in "${lacking[@]}"; do
        echo "  $line" >&2
    done
    exit 2
}
