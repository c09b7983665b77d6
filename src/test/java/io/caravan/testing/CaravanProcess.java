package io.caravan.testing;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The real {@code main} in a JVM of its own, of the same Java as this one; gone when closed. */
public final class CaravanProcess implements AutoCloseable {

    private static final String MAIN = "io.caravan.app.Caravan";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How long a process that is told to stop at the end of a test may take. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    /** What has become of a process that has ended by itself. */
    public record Result(int exitCode, String stdout, String stderr) {}

    private final Process process;
    private final Path stdout;
    private final Path stderr;

    private CaravanProcess(
            Path directory,
            Map<String, String> environment,
            List<String> javaOptions,
            String classPath,
            String main,
            List<String> args) {
        try {
            stdout = Files.createTempFile(directory, "stdout", ".txt");
            stderr = Files.createTempFile(directory, "stderr", ".txt");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    // These live for seconds.
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC"));
            if (Runtime.version().feature() >= 24) {
                // As the launcher does.
                command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
            }
            command.addAll(javaOptions);
            command.addAll(List.of("-cp", classPath, main));
            command.addAll(args);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment()
                    .putIfAbsent(
                            "CARAVAN_STATE_DIRECTORY",
                            directory.resolve("state").toString());
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a command.
     *
     * @param directory where it runs, and where its output is kept
     * @param environment all of it; nothing is inherited
     */
    public static CaravanProcess start(Path directory, Map<String, String> environment, String... args) {
        return start(directory, environment, List.of(), args);
    }

    /**
     * Starts a command.
     *
     * @param javaOptions for the JVM, such as {@code -Dname=value}
     */
    public static CaravanProcess start(
            Path directory, Map<String, String> environment, List<String> javaOptions, String... args) {
        List<String> options = new ArrayList<>(PreparedClasses.javaOptions(classPath()));
        options.addAll(javaOptions);
        return startUnprepared(directory, environment, options, args);
    }

    /**
     * Starts another main, which stands among the tests: behind Caravan's own class path, so that what is prepared still counts.
     *
     * @param args of the main
     */
    public static CaravanProcess startMain(
            Class<?> main, Path directory, Map<String, String> environment, String... args) {
        String tests = main.getProtectionDomain().getCodeSource().getLocation().getPath();
        return new CaravanProcess(
                directory,
                environment,
                PreparedClasses.javaOptions(classPath()),
                classPath() + File.pathSeparator + tests,
                main.getName(),
                List.of(args));
    }

    /** Starts a command whose classes are not prepared. */
    static CaravanProcess startUnprepared(
            Path directory, Map<String, String> environment, List<String> javaOptions, String... args) {
        return new CaravanProcess(directory, environment, javaOptions, classPath(), MAIN, List.of(args));
    }

    /** Runs a command to its end. */
    public static Result run(Path directory, Map<String, String> environment, String... args) {
        try (CaravanProcess process = start(directory, environment, args)) {
            int exitCode = process.exitCode();
            return new Result(exitCode, process.stdout(), process.stderr());
        }
    }

    /** Returns what it has printed so far. */
    public String stdout() {
        return read(stdout);
    }

    /** Returns what it has logged so far. */
    public String stderr() {
        return read(stderr);
    }

    /** Returns its memory and its threads, as Linux says. */
    public String footprint() throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"))
                .lines()
                .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS") || line.startsWith("Threads"))
                .map(line -> line.replaceAll("\\s+", " "))
                .collect(joining(", "));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to stop, by SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Ends it at once, by SIGKILL, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Stops all its threads where they are, by SIGSTOP; its connections stay open. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets its threads go on, by SIGCONT. */
    public void wake() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill -" + name + " exited with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits for its end. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the process does not end; stderr:\n" + stderr());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        terminate();
        try {
            // By SIGKILL at once, a sandbox would leave its PostgreSQL behind.
            if (process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    /** This JVM's, without the tests. */
    private static String classPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(joining(File.pathSeparator));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
