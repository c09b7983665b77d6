package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.report.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code caravan} of the image, in a place like the image's, with a Java that says how it was started. */
class ImageCommandTest {

    private static final String JAVA =
            """
            #!/bin/sh
            printf '%s\\n' "$@"
            echo "tool options: ${JAVA_TOOL_OPTIONS-none}; more options: ${JDK_JAVA_OPTIONS-none}; log: $CARAVAN_LOG_FORMAT"
            echo "killed first: $(cat /proc/self/oom_score_adj), process: $$"
            exit 3
            """;

    @TempDir
    private Path image;

    private Path settings;

    private record Ended(int exitCode, long pid, List<String> lines) {}

    @BeforeEach
    void install() throws IOException {
        Path home = Files.createDirectories(image.resolve("opt/caravan"));
        settings = Files.createDirectory(home.resolve("settings")).resolve("application.properties");
        Path java = Files.createDirectories(image.resolve("opt/java/bin")).resolve("java");
        Files.writeString(java, JAVA);
        Files.writeString(
                image.resolve("caravan"),
                Files.readString(Path.of("deploy", "image", "caravan")).replace("/opt/", image.resolve("opt") + "/"));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        assertThat(image.resolve("caravan").toFile().setExecutable(true)).isTrue();
    }

    @Test
    void itHasTheServicesSettingsAndASmallHeap() throws Exception {
        Files.createFile(settings);

        Ended ended = run(Map.of(), "dead-letters", "list", "--key", "a b*");

        assertThat(ended.lines())
                .containsExactly(
                        "@" + image.resolve("opt/caravan/jvm.options"),
                        "@" + image.resolve("opt/caravan/class-path.options"),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "io.caravan.app.Caravan",
                        "--properties",
                        settings.toString(),
                        "dead-letters",
                        "list",
                        "--key",
                        "a b*",
                        "tool options: none; more options: none; log: text",
                        "killed first: 1000, process: " + ended.pid());
        assertThat(ended.exitCode()).isEqualTo(ExitCode.REJECTED);
    }

    @Test
    void settingsMayBeElsewhere() throws Exception {
        assertThat(run(Map.of(), "check").lines()).contains("check").doesNotContain("--properties");

        Files.createFile(settings);
        assertThat(run(Map.of(), "check", "--properties", "mine").lines())
                .containsOnlyOnce("--properties")
                .doesNotContain(settings.toString());
        assertThat(run(Map.of(), "check", "--properties=mine").lines()).doesNotContain(settings.toString());
    }

    /** With the service's agent, port or collector it would not start, or take what is the service's. */
    @Test
    void itLeavesToTheServiceWhatOnlyOneProcessCanHave() throws Exception {
        assertThat(run(
                                Map.of(
                                        "JAVA_TOOL_OPTIONS",
                                        "-Dhttps.proxyHost=proxy -javaagent:/opt/agent.jar=a,b -Dcom.sun.management.jmxremote.port=9010"
                                                + " -XX:+UseG1GC  -agentlib:jdwp=address=5005 -Da='b",
                                        "JDK_JAVA_OPTIONS",
                                        "-XX:+UseZGC",
                                        "JAVA_OPTS",
                                        "-Xmx400m -Dc=d"),
                                "check")
                        .lines())
                .contains("-Xmx400m", "-Dc=d")
                .contains("tool options: -Dhttps.proxyHost=proxy -Da='b ; more options: none; log: text");
    }

    private Ended run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(image.resolve("caravan").toString()));
        command.addAll(List.of(arguments));
        Path out = image.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        int exitCode = process.waitFor();
        return new Ended(exitCode, process.pid(), Files.readAllLines(out));
    }
}
