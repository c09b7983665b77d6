package io.caravan.testing;

import io.caravan.sandbox.Sandbox;
import io.caravan.sandbox.SandboxOptions;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Classes of Caravan as a JVM keeps them after it has loaded them (class data sharing), so that processes of tests start in half
 * the time. Made once for a build, by whichever JVM of tests starts the first process. Where the class path has directories, as
 * without {@code mvn package}, Java makes no such archive, and there is none.
 */
final class PreparedClasses {

    private static @Nullable Path archive;

    private PreparedClasses() {}

    /** Returns what to start a JVM with, which may be nothing. */
    static List<String> javaOptions(String classPath) {
        List<Path> jars =
                Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
        if (!jars.stream().allMatch(Files::isRegularFile)) {
            return List.of();
        }
        // On stdout it would say what it does not like about an archive.
        return List.of("-XX:SharedArchiveFile=" + archive(jars), "-Xlog:disable", "-Xlog:all=error:stderr");
    }

    private static synchronized Path archive(List<Path> jars) {
        if (archive == null) {
            try {
                archive = findOrMake(jars);
            } catch (Exception e) {
                throw new AssertionError("cannot prepare the classes of processes", e);
            }
        }
        return archive;
    }

    private static Path findOrMake(List<Path> jars) throws Exception {
        Path directory =
                Files.createDirectories(Path.of("target", "prepared-classes").toAbsolutePath());
        // Another JVM of tests may come for it at the same time.
        try (FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Until the channel is closed.
            channel.lock();
            Path made = directory.resolve(fingerprint(jars) + ".jsa");
            if (!Files.exists(made)) {
                Path unfinished = directory.resolve("unfinished");
                // A build before this one may have left its own.
                train(unfinished, Files.createTempDirectory(directory, "training"));
                Files.move(unfinished, made);
            }
            return made;
        }
    }

    /** Java itself looks at the jars' names, sizes and times. */
    private static String fingerprint(List<Path> jars) throws IOException {
        StringBuilder text = new StringBuilder(Runtime.version().toString());
        for (Path jar : jars) {
            text.append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
        }
        return Integer.toHexString(text.toString().hashCode());
    }

    /** By a service that loads two objects by COPY, and is told to stop. */
    private static void train(Path file, Path directory) throws Exception {
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        try (Sandbox inside = Sandbox.start(SandboxOptions.temporary());
                TestSandbox sandbox = new TestSandbox(inside, 1)) {
            for (String feed : List.of("first", "second")) {
                sandbox.execute("CREATE TABLE public." + feed + " (id INTEGER, name VARCHAR(20))");
                routes.ownFeed(feed, sandbox.bucket(), "id");
                sandbox.put(feed + "/1.csv", "id,name\n1,one\n2,two\nx,not a number\n");
            }
            try (CaravanProcess run = CaravanProcess.startUnprepared(
                    directory, sandbox.environment(), List.of("-XX:ArchiveClassesAtExit=" + file), "run")) {
                Waiting.until(
                        "the service has loaded",
                        () -> run.stderr().contains("of feed first into")
                                && run.stderr().contains("of feed second into"));
                run.terminate();
                run.exitCode();
            }
        }
    }
}
