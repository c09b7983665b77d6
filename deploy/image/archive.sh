#!/bin/sh
# Part of the image's build: prepares the classes that the service needs, so that it starts in half the time, as two archives:
# the JDK's and the libraries', which is large and depends on nothing else, and on top of it Caravan's, which is small.
# usage: archive.sh KEPT_ARCHIVES   a directory that outlives the build; an archive of the same libraries there is taken again,
#                                   and so is the layer of the image that holds it
set -eu
kept=$1
home=/opt/caravan
java=/opt/java/bin/java
image=$(dirname "$0")

# Java looks at the names, sizes and times of the jars, and at itself.
key=$({ "$java" -version; cat "$home/jvm.options"; ls -l --time-style=+%s "$home/lib" /opt/java/lib/modules; } 2>&1 | sha256sum | cut -d ' ' -f 1)
if [ ! -f "$kept/$key.jsa" ]; then
    "$image/train.sh" -Xshare:off -XX:DumpLoadedClassList=/tmp/classes @"$home/jvm.options" @"$home/class-path.options"
    grep -v 'io/caravan/' /tmp/classes >/tmp/library-classes
    "$java" -Xshare:dump -XX:+AOTClassLinking -Xlog:disable -Xlog:all=error:stderr -XX:SharedClassListFile=/tmp/library-classes \
        @"$home/jvm.options" -XX:SharedArchiveFile="$kept/$key.new" \
        -cp "$(sed 's/^-cp //; s/:[^:]*$//' "$home/class-path.options")"
    mv "$kept/$key.new" "$kept/$key.jsa"
fi
cp -p "$kept/$key.jsa" "$home/libraries.jsa"

"$image/train.sh" @"$home/jvm.options" @"$home/class-path.options" -Xlog:disable -Xlog:all=error:stderr \
    -XX:SharedArchiveFile="$home/libraries.jsa" -XX:ArchiveClassesAtExit="$home/caravan.jsa"

# Java drops an archive that does not fit without a word; better that the build fails.
"$java" -Xshare:on @"$home/jvm.options" @"$home/class-path.options" -Xlog:class+load io.caravan.app.Caravan --version >/tmp/loaded
grep -q 'org.apache.camel.* source: shared objects file$\|picocli.* source: shared objects file$' /tmp/loaded
grep -q 'io.caravan.app.Caravan source: shared objects file (top)' /tmp/loaded
