package io.caravan.app.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FatalErrorLogTest {

    private static final Instant STARTED = Instant.parse("2026-11-30T10:00:00.500Z");

    @TempDir
    private Path directory;

    @Test
    void itIsLookedForWhereTheJvmMayWriteIt() {
        List<String> options = List.of("-Xmx1g", "-XX:ErrorFile=/a/x.log", "-XX:ErrorFile=logs/%p-%p.log");

        assertThat(FatalErrorLog.paths(options, 7, Path.of("/working"), Path.of("/temporary")))
                .containsExactly(
                        Path.of("/working/logs/7-7.log"),
                        Path.of("/working/hs_err_pid7.log"),
                        Path.of("/temporary/hs_err_pid7.log"));
        assertThat(FatalErrorLog.paths(List.of(), 7, Path.of("/working"), Path.of("/temporary")))
                .containsExactly(Path.of("/working/hs_err_pid7.log"), Path.of("/temporary/hs_err_pid7.log"));
    }

    @Test
    void itTellsOfTheProcessWithItsNumberThatWasAliveThen() throws IOException {
        Path log = log(STARTED.plusSeconds(5));
        UserPrincipal owner = Files.getOwner(directory);

        assertThat(FatalErrorLog.tells(log, 1234, STARTED, owner)).isTrue();
        assertThat(FatalErrorLog.tells(log, 123, STARTED, owner)).isFalse();
        assertThat(FatalErrorLog.tells(log, 1234, STARTED.plusSeconds(60), owner))
                .isFalse();
        assertThat(FatalErrorLog.tells(log, 1234, STARTED, () -> "somebody else"))
                .isFalse();
        assertThat(FatalErrorLog.tells(directory.resolve("none"), 1234, STARTED, owner))
                .isFalse();
        Path link = Files.createSymbolicLink(directory.resolve("link"), log);
        assertThat(FatalErrorLog.tells(link, 1234, STARTED, owner)).isFalse();
    }

    @Test
    void aFileSystemMayKeepWholeSeconds() throws IOException {
        Path log = log(Instant.parse("2026-11-30T10:00:00Z"));

        assertThat(FatalErrorLog.tells(log, 1234, STARTED, Files.getOwner(directory)))
                .isTrue();
    }

    private Path log(Instant written) throws IOException {
        Path log = Files.writeString(
                directory.resolve("hs_err.log"),
                """
                #
                # A fatal error has been detected by the Java Runtime Environment:
                #
                #  Internal Error (debug.cpp:362), pid=1234, tid=1235
                #  fatal error: OutOfMemory encountered: Java heap space
                """);
        return Files.setLastModifiedTime(log, FileTime.from(written));
    }
}
