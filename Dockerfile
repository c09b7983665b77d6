# docker build -t caravan --build-arg REVISION="$(git rev-parse HEAD)" .
#                                                      the service: bring routes/ and settings, see docs/operations.md
# docker build -t caravan-sandbox --target sandbox .   the same with the sandbox, for demo and sandbox
# deploy/image.sh builds it on a machine without an engine or a registry.
#
# The bases' tags move. A release names what they were, so that it can be built again, and so that its label says what is in it:
#   digest() { docker buildx imagetools inspect "$1" --format '{{.Manifest.Digest}}'; }
#   docker build --build-arg BASE_DIGEST="$(digest debian:12-slim)" --build-arg BUILD_DIGEST="$(digest maven:3-eclipse-temurin-25)" \
#       --build-arg VERSION=0.1.0 --build-arg REVISION="$(git rev-parse HEAD)" -t caravan .

# Maven 3.8 and a JDK of 24 or later with jlink: it compiles, and the Java that runs is cut out of it.
ARG BUILD_IMAGE=maven:3-eclipse-temurin-25
ARG BUILD_DIGEST=
# Needs the C library that the JDK was built for and nothing else; the sandbox needs sh too, for PostgreSQL, and so does the command
# caravan, for people who look into a running container.
ARG BASE_IMAGE=debian:12-slim
ARG BASE_DIGEST=

FROM ${BUILD_IMAGE}${BUILD_DIGEST:+@$BUILD_DIGEST} AS java
# All of Java SE, for steps and agents of the users; the charsets that feeds may name; the tools to look inside.
RUN jlink --output /opt/java --no-header-files --no-man-pages --compress zip-6 --add-modules \
java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,\
jdk.naming.dns,jdk.net,jdk.nio.mapmode,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs

FROM ${BUILD_IMAGE}${BUILD_DIGEST:+@$BUILD_DIGEST} AS libraries
WORKDIR /build
COPY pom.xml ./
# The libraries change less often than the sources: a layer of their own. A mirror or a proxy is named in the optional secret.
RUN --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    mvn -B -ntp -q -Dspotless.check.skip=true dependency:copy-dependencies@lib dependency:copy-dependencies@sandbox-lib \
        org.cyclonedx:cyclonedx-maven-plugin:makeBom
# A class path of its own order, where lib/* has the file system's: the archives below fit one order only.
RUN printf -- '-cp %s:/opt/caravan/caravan.jar\n' "$(ls target/lib/*.jar | LC_ALL=C sort | sed 's|^target|/opt/caravan|' | paste -s -d :)" \
    >target/class-path.options && sed 's|$|:/opt/caravan/sandbox-lib/*|' target/class-path.options >target/sandbox-class-path.options
# zstd would unpack its native library into /tmp at every start, from where a strict platform may not let it run.
# Beside this one, its jar keeps no other machine's.
RUN mkdir target/zstd && cd target/zstd && jar xf ../lib/zstd-jni-*.jar && \
    mv linux/"$(uname -m | sed 's/x86_64/amd64/')"/libzstd-jni-*.so ../libzstd-jni.so && rm -rf aix darwin freebsd linux win && \
    jar --create --file "$(ls ../lib/zstd-jni-*.jar)" --date 2026-11-01T00:00:00Z --manifest META-INF/MANIFEST.MF . && \
    touch -r ../libzstd-jni.so ../lib/zstd-jni-*.jar

FROM libraries AS build
COPY src/main src/main
COPY docs/failures.md docs/
COPY routes routes
# There is no git here to tell it.
ARG REVISION=unknown
RUN --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    mvn -B -ntp -q -DskipTests -Dspotless.check.skip=true -Dbom.skip=true -Dgit.commit.id.abbrev="$(echo "$REVISION" | cut -c 1-7)" package

FROM ${BUILD_IMAGE}${BUILD_DIGEST:+@$BUILD_DIGEST} AS archives
# PostgreSQL runs for nobody who has no name, and not for root.
RUN echo 'caravan:x:10001:10001::/tmp:/bin/sh' >>/etc/passwd && mkdir /opt/caravan && chown 10001:10001 /opt/caravan
COPY --from=java /opt/java /opt/java
COPY --from=libraries /build/target/lib /opt/caravan/lib/
COPY --from=libraries /build/target/class-path.options /build/target/libzstd-jni.so /opt/caravan/
COPY --from=libraries /build/target/sandbox-lib /opt/caravan/sandbox-lib/
COPY routes /opt/caravan/routes/
COPY deploy/image /build/
COPY deploy/image/jvm.options /opt/caravan/
COPY --from=build /build/target/caravan.jar /opt/caravan/
USER 10001:10001
RUN --mount=type=cache,id=caravan-archives,target=/archives,uid=10001,gid=10001 /build/archive.sh /archives

# What changes seldom comes first: a change of Caravan's code rewrites the last two layers, some megabytes.
FROM ${BASE_IMAGE}${BASE_DIGEST:+@$BASE_DIGEST} AS base
WORKDIR /opt/caravan
COPY --from=java /opt/java /opt/java
COPY --from=libraries /build/target/lib lib/
COPY --from=archives /opt/caravan/libraries.jsa ./
COPY --from=libraries /build/target/class-path.options /build/target/libzstd-jni.so /build/target/bom.json ./
COPY deploy/image/jvm.options ./
COPY deploy/image/caravan /usr/local/bin/
# Mount over these: /opt/caravan/routes and /opt/caravan/application.properties.
COPY application.properties ./
COPY routes routes/
EXPOSE 8080
ARG BASE_IMAGE
ARG BASE_DIGEST
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Caravan" \
    org.opencontainers.image.description="Brings new and changed CSV objects from Amazon S3 into Amazon Redshift, exactly once." \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}" \
    org.opencontainers.image.base.name="${BASE_IMAGE}" \
    org.opencontainers.image.base.digest="${BASE_DIGEST}" \
    io.caravan.bom="/opt/caravan/bom.json"
# A number, so that Kubernetes can see that it is not root.
USER 10001:10001
ENTRYPOINT ["/opt/java/bin/java", "@/opt/caravan/jvm.options", "@/opt/caravan/class-path.options", "io.caravan.app.Caravan"]

FROM base AS sandbox
USER 0:0
RUN echo 'caravan:x:10001:10001::/tmp:/usr/sbin/nologin' >>/etc/passwd
USER 10001:10001
COPY --from=libraries /build/target/sandbox-lib sandbox-lib/
COPY --from=libraries /build/target/sandbox-class-path.options class-path.options
COPY --from=archives /opt/caravan/caravan.jsa ./
COPY --from=build /build/target/caravan.jar ./
CMD ["demo"]

FROM base AS production
# For whoever collects the logs of containers; text is for terminals.
ENV CARAVAN_LOG_FORMAT=json
COPY --from=archives /opt/caravan/caravan.jsa ./
COPY --from=build /build/target/caravan.jar ./
CMD ["run"]
