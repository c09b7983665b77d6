# docker build -t caravan .                            the service: bring routes/ and settings, see below
# docker build -t caravan-sandbox --target sandbox .   the same with the sandbox, for demo and sandbox
# BUILD_IMAGE needs Maven 3.8 and a JDK, BASE_IMAGE a JRE, of 17 or later.
ARG BUILD_IMAGE=maven:3-eclipse-temurin-17
ARG BASE_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml ./
# The libraries change less often than the sources: a layer of their own.
RUN mvn -B -ntp -q -Dspotless.check.skip=true dependency:copy-dependencies@lib dependency:copy-dependencies@sandbox-lib
COPY src/main src/main
COPY routes routes
RUN mvn -B -ntp -q -DskipTests -Dspotless.check.skip=true package

FROM ${BASE_IMAGE} AS base
WORKDIR /opt/caravan
COPY --from=build /build/target/lib lib/
# Mount over these: /opt/caravan/routes and /opt/caravan/application.properties.
COPY application.properties ./
COPY routes routes/
# A number, so that Kubernetes can see that it is not root.
USER 10001:10001
# JAVA_TOOL_OPTIONS in the environment adds to these.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", \
            "--enable-native-access=ALL-UNNAMED", \
            "-Dcaravan.home=/opt/caravan", \
            "-cp", "/opt/caravan/caravan.jar:/opt/caravan/lib/*:/opt/caravan/sandbox-lib/*", \
            "io.caravan.app.Caravan"]

FROM base AS sandbox
COPY --from=build /build/target/sandbox-lib sandbox-lib/
COPY --from=build /build/target/caravan.jar ./
CMD ["demo"]

FROM base AS production
COPY --from=build /build/target/caravan.jar ./
CMD ["run"]
