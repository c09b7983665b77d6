#!/usr/bin/env bash
# Builds the image on a machine that has neither an engine nor a registry: with buildah, over bases that it makes of Debian
# packages (debootstrap) and of a JDK that is already here. With an engine, docker build does it: see Dockerfile.
# It needs root, buildah, debootstrap, a JDK of 24 or later, and Maven; it says at once what of it is missing.
#
# usage: deploy/image.sh [OPTION]... [-- BUILDAH_OPTION...]
#   --target NAME      production (default) or sandbox
#   --tag NAME         default: caravan, or caravan-sandbox
#   --jdk DIR          a JDK of 24 or later; default: JAVA_HOME, that of java on the PATH, or another in a usual place
#   --maven-home DIR   default: that of mvn on the PATH
#   --repository DIR   Maven's local repository, to take libraries from; default: ~/.m2, if it is there
#   --suite NAME       Debian's release; default: bookworm
#   --fresh            makes the bases anew
set -euo pipefail

fail() {
    echo "image: $*" >&2
    exit 1
}

usage() {
    sed -n '/^# usage/,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2
    exit 2
}

home=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=production tag="" jdk="" maven="" repository=$HOME/.m2 suite=bookworm fresh=""
while [[ $# -gt 0 ]]; do
    case $1 in
        --fresh) fresh=yes; shift; continue ;;
        --) shift; break ;;
        --*) [[ $# -ge 2 ]] || usage ;;
        *) usage ;;
    esac
    case $1 in
        --target) target=$2 ;;
        --tag) tag=$2 ;;
        --jdk) jdk=$2 ;;
        --maven-home) maven=$2 ;;
        --repository) repository=$2 ;;
        --suite) suite=$2 ;;
        *) usage ;;
    esac
    shift 2
done
if [[ -z $tag ]]; then
    tag=caravan
    [[ $target == production ]] || tag+=-$target
fi

. "$home/deploy/needs.sh"
need_image_tools "$jdk" "$maven"
end_if_lacking image
[[ -n $jdk ]] || jdk=$(find_jdk)

base=localhost/caravan-base:$suite
build_base=localhost/caravan-build-base:$suite
work=$(mktemp -d "${TMPDIR:-/var/tmp}/caravan-image-XXXXXX")
trap 'rm -rf "$work"' EXIT

# What Debian's own slim images leave out, too.
slim() {
    rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/* "$1"/var/log/* \
        "$1"/usr/share/{doc,man,info,locale,lintian,linda,groff}/*
}

# import DIRECTORY IMAGE PATH
import() {
    local container
    container=$(buildah from scratch)
    buildah add -q "$container" "$1" / >/dev/null
    buildah config --env "PATH=$3" "$container"
    buildah commit -q "$container" "$2" >/dev/null
    buildah rm "$container" >/dev/null
}

path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
if [[ -n $fresh ]] || ! buildah inspect --type image "$base" >/dev/null 2>&1 || ! buildah inspect --type image "$build_base" >/dev/null 2>&1; then
    echo "image: making the bases $base and $build_base" >&2
    if [[ -z $maven ]]; then
        # Maven colours it even where it was told not to.
        maven=$(mvn -v | sed -n $'s/\033\\[[0-9;]*m//g; s/^Maven home: //p')
    fi
    debootstrap --variant=minbase "$suite" "$work/root" >"$work/debootstrap.log" || { tail "$work/debootstrap.log" >&2; fail "debootstrap failed"; }
    slim "$work/root"
    import "$work/root" "$base" "$path"
    mkdir -p "$work/root/opt"
    # Distributions link what is in them to all over the system.
    cp -RL "$jdk" "$work/root/opt/jdk"
    cp -RL "$maven" "$work/root/opt/maven"
    import "$work/root" "$build_base" "/opt/jdk/bin:/opt/maven/bin:$path"
fi

version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$home/pom.xml")
revision=$(git -C "$home" rev-parse HEAD 2>/dev/null || echo unknown)
# Made here and in no registry, the bases have no digest to pin.
options=(--isolation chroot --layers --target "$target" --tag "$tag" --build-arg "BASE_IMAGE=$base" --build-arg "BUILD_IMAGE=$build_base"
    --build-arg "VERSION=$version" --build-arg "REVISION=$revision"
    # The same as in Dockerfile: buildah takes an earlier layer of a label again though its argument has changed.
    --label "org.opencontainers.image.version=$version" --label "org.opencontainers.image.revision=$revision")
[[ ! -d $repository ]] || options+=(--volume "$(cd "$repository" && pwd):/root/.m2")
buildah bud "${options[@]}" "$@" "$home"
