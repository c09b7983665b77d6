package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.CaravanProcess.Result;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, with an application that is built in no time. */
class LauncherTest {

    private static final String BEGINNING =
            "caravan: building; the first time downloads libraries, which takes a minute or more\n";

    private static final String BUILDING = BEGINNING + "caravan: compiling\ncaravan: packing\n";

    /** Builds as Maven does, for the launcher or for {@code mvn package}; {@code hold} keeps it from ending. */
    private static final String MAVEN =
            """
            #!/usr/bin/env bash
            echo built >>builds
            while [[ -e hold ]]; do sleep 0.02; done
            [[ ! -e broken ]] || { echo "[ERROR] it does not compile"; exit 1; }
            echo "[INFO] --- maven-compiler-plugin:3.14.1:compile (default-compile) @ caravan ---"
            echo "[INFO] --- maven-jar-plugin:3.4.2:jar (default-jar) @ caravan ---"
            target=target
            [[ " $* " != *" -P launch "* ]] || target=target/launch
            mkdir -p $target/lib $target/sandbox-lib
            cp made/caravan.jar $target/
            cp made/later.jar $target/lib/
            """;

    private static final String APPLICATION =
            """
            package io.caravan.app;
            public class Caravan {
                public static void main(String[] args) throws Exception {
                    System.out.println("ran " + String.join(" ", args));
                    if (args[0].equals("run")) {
                        System.in.read();
                        Later.run();
                    }
                }
            }
            """;

    private static final String LATER =
            """
            package io.caravan.app;
            class Later {
                static void run() {
                    System.out.println("still whole");
                }
            }
            """;

    @TempDir
    private static Path made;

    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path checkout;

    @BeforeAll
    static void makeApplication() throws IOException {
        Path sources = Files.createDirectories(made.resolve("sources"));
        Path application = Files.writeString(sources.resolve("Caravan.java"), APPLICATION);
        Path later = Files.writeString(sources.resolve("Later.java"), LATER);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", made.toString(), application.toString(), later.toString()))
                .isZero();
        jar("caravan.jar", "Caravan");
        jar("later.jar", "Later");
    }

    private static void jar(String name, String type) throws IOException {
        String entry = "io/caravan/app/" + type + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(made.resolve(name)))) {
            jar.putNextEntry(new JarEntry(entry));
            Files.copy(made.resolve(entry), jar);
        }
    }

    @BeforeEach
    void checkOut() throws IOException {
        Files.copy(Path.of("caravan"), checkout.resolve("caravan"));
        Files.createDirectories(checkout.resolve("src/main"));
        Files.createDirectories(checkout.resolve("routes"));
        Files.createDirectory(checkout.resolve("made"));
        Files.copy(made.resolve("caravan.jar"), checkout.resolve("made/caravan.jar"));
        Files.copy(made.resolve("later.jar"), checkout.resolve("made/later.jar"));
        Path maven =
                Files.writeString(Files.createDirectory(checkout.resolve("bin")).resolve("mvn"), MAVEN);
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        makeOlder("pom.xml", "src/main");
    }

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aRouteFileIsNoReasonToBuild() throws Exception {
        assertThat(launch("check")).isEqualTo(new Result(0, "ran check\n", BUILDING));
        Files.writeString(checkout.resolve("routes/customers.camel.yaml"), "- route: {}");

        assertThat(launch("check")).isEqualTo(new Result(0, "ran check\n", ""));
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aSourceIsOne() throws Exception {
        launch("check");
        change();

        assertThat(launch("check")).isEqualTo(new Result(0, "ran check\n", BUILDING));
        assertThat(launch("check").stderr()).isEmpty();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void whatMavenHasBuiltIsNotBuiltAgain() throws Exception {
        assertThat(new ProcessBuilder(checkout.resolve("bin/mvn").toString())
                        .directory(checkout.toFile())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(launch("check")).isEqualTo(new Result(0, "ran check\n", ""));
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aProcessKeepsItsBuildUntilItEnds() throws Exception {
        Process running = start("run");
        Waiting.until("it runs", () -> out(running).contains("ran run"));
        change();
        launch("check");
        // As mvn clean does.
        delete(checkout.resolve("target"));
        assertThat(keptBuilds()).hasSize(2);

        running.getOutputStream().close();
        assertThat(result(running)).isEqualTo(new Result(0, "ran run\nstill whole\n", BUILDING));

        change();
        launch("check");
        assertThat(keptBuilds()).hasSize(1);
    }

    @Test
    void twoStartsAtOnceBuildOnce() throws Exception {
        Path hold = Files.createFile(checkout.resolve("hold"));
        Process first = start("check");
        Waiting.until("it builds", () -> builds() == 1);
        Process second = start("load");
        String waiting = "caravan: waiting for the build of process " + first.pid() + "\n";
        Waiting.until("the other waits", () -> err(second).equals(waiting));
        Files.delete(hold);

        assertThat(result(first)).isEqualTo(new Result(0, "ran check\n", BUILDING));
        assertThat(result(second)).isEqualTo(new Result(0, "ran load\n", waiting));
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aBuildThatWasKilledKeepsNobodyWaiting() throws Exception {
        Files.createFile(checkout.resolve("hold"));
        Process killed = start("check");
        Waiting.until("it builds", () -> builds() == 1);
        List<ProcessHandle> all = Stream.concat(
                        Stream.of(killed.toHandle()), killed.toHandle().descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        killed.waitFor();
        Files.delete(checkout.resolve("hold"));

        assertThat(launch("check")).isEqualTo(new Result(0, "ran check\n", BUILDING));
    }

    @Test
    void aBuildThatFailsIsTriedAgain() throws Exception {
        Path broken = Files.createFile(checkout.resolve("broken"));

        assertThat(launch("check"))
                .isEqualTo(new Result(
                        1,
                        "",
                        BEGINNING + "it does not compile\ncaravan: the build failed; "
                                + checkout.toRealPath().resolve(".launch/build.log") + " has all of it\n"));

        Files.delete(broken);
        assertThat(launch("check")).isEqualTo(new Result(0, "ran check\n", BUILDING));
    }

    /** As it comes out of {@code caravan-VERSION.tar.gz}. */
    @Test
    void whatIsPackedRunsWithoutMaven() throws Exception {
        Files.delete(checkout.resolve("pom.xml"));
        assertThat(launch("check"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "caravan: there is neither a checkout nor a packed Caravan in " + checkout.toRealPath()
                                + "\n"));
        Files.copy(made.resolve("caravan.jar"), checkout.resolve("caravan.jar"));

        assertThat(launch("check")).isEqualTo(new Result(0, "ran check\n", ""));
        assertThat(builds()).isZero();
        assertThat(checkout.resolve(".launch")).doesNotExist();
    }

    @Test
    void theClassesOfALoadThatNeededFewAreNotKept() throws Exception {
        assertThat(launch("load").stdout()).isEqualTo("ran load\n");
        assertThat(preparedClasses()).hasSize(1);

        assertThat(launch("check")).isEqualTo(new Result(0, "ran check\n", ""));
        assertThat(preparedClasses()).isEmpty();
    }

    private List<Path> preparedClasses() throws IOException {
        try (Stream<Path> files = Files.walk(checkout.resolve(".launch"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("classes-"))
                    .toList();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("bash", checkout.resolve("caravan").toString()));
        command.addAll(List.of(arguments));
        int number = started.size();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectOutput(checkout.resolve(number + ".out").toFile())
                .redirectError(checkout.resolve(number + ".err").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PATH", checkout.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private Result launch(String... arguments) throws Exception {
        return result(start(arguments));
    }

    private Result result(Process process) throws Exception {
        return new Result(process.waitFor(), out(process), err(process));
    }

    private String out(Process process) throws IOException {
        return Files.readString(checkout.resolve(started.indexOf(process) + ".out"));
    }

    private String err(Process process) throws IOException {
        return Files.readString(checkout.resolve(started.indexOf(process) + ".err"));
    }

    private int builds() throws IOException {
        Path builds = checkout.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    private List<Path> keptBuilds() throws IOException {
        try (Stream<Path> directories = Files.list(checkout.resolve(".launch"))) {
            return directories.filter(Files::isDirectory).toList();
        }
    }

    private void makeOlder(String... names) throws IOException {
        for (String name : names) {
            Files.setLastModifiedTime(
                    checkout.resolve(name), FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    /** Changes a source after the last build. */
    private void change() throws IOException {
        Files.writeString(checkout.resolve("src/main/Caravan.java"), APPLICATION);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(LauncherTest::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
