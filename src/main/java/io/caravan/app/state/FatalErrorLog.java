package io.caravan.app.state;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The log that a JVM writes when it ends itself: out of memory with {@code -XX:+CrashOnOutOfMemoryError}, or by a fault of its own
 * or of native code. A process that is killed from outside writes none.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/troubleshoot/fatal-error-log.html">Fatal error log</a>
 */
final class FatalErrorLog {

    private static final String OPTION = "-XX:ErrorFile=";
    private static final String STANDARD_NAME = "hs_err_pid%p.log";

    /** The process is named in the first lines. */
    private static final int HEAD_BYTES = 4096;

    private FatalErrorLog() {}

    /**
     * Returns where a JVM may write its log: where its options say, else into its working directory, else into that for temporary
     * files.
     *
     * @param options of the JVM; of several of one kind the last one counts
     */
    static List<Path> paths(List<String> options, long pid, Path workingDirectory, Path temporary) {
        Set<Path> paths = new LinkedHashSet<>();
        options.stream()
                .filter(option -> option.startsWith(OPTION))
                .reduce((first, second) -> second)
                .map(option -> workingDirectory.resolve(named(option.substring(OPTION.length()), pid)))
                .ifPresent(paths::add);
        paths.add(workingDirectory.resolve(named(STANDARD_NAME, pid)));
        paths.add(temporary.resolve(named(STANDARD_NAME, pid)));
        return List.copyOf(paths);
    }

    private static String named(String pattern, long pid) {
        return pattern.replace("%p", Long.toString(pid));
    }

    /**
     * Returns whether a file tells of the end of a process.
     *
     * @param started when the process began: another may have had its number before
     * @param owner whose file it must be
     */
    static boolean tells(Path file, long pid, Instant started, UserPrincipal owner) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(owner)
                    // Some file systems keep whole seconds.
                    && !Files.getLastModifiedTime(file).toInstant().isBefore(started.truncatedTo(ChronoUnit.SECONDS))
                    && head(file).contains("pid=" + pid + ",");
        } catch (IOException e) {
            return false;
        }
    }

    private static String head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD_BYTES), ISO_8859_1);
        }
    }
}
