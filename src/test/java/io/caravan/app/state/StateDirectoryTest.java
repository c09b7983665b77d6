package io.caravan.app.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.model.ObjectVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that follow each other are played by records of this one with other numbers. */
class StateDirectoryTest {

    private static final String FEED = "feed";
    private static final ObjectVersion A = object("a");
    private static final ObjectVersion B = object("b");

    @TempDir
    private Path temporary;

    @Test
    void itIsTheUsersOwnAndEmptyAtAGoodEnd() throws IOException {
        try (StateDirectory state = open(1)) {
            assertThat(state.during(FEED, List.of(A, B), () -> "loaded")).isEqualTo("loaded");
            state.forget(FEED, List.of(A, B));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                    .isEqualTo("rwx------");
        }
        assertThat(directory()).isEmptyDirectory();
    }

    @Test
    void aProcessThatWasKilledSaysNothingOfItsObjects() throws IOException {
        leave(1, Map.of(), A, B);

        try (StateDirectory state = open(2)) {
            assertThat(state.isSuspect(FEED, A)).isFalse();
            assertThat(state.verdict(FEED, A)).isEmpty();
        }
        assertThat(directory()).isEmptyDirectory();
    }

    @Test
    void oneThatEndedByItselfMakesItsObjectsSuspectsUntilTheyAreDealtWith() throws IOException {
        leave(1, Map.of(), A, B);
        logError(1);

        try (StateDirectory state = open(2)) {
            assertThat(state.isSuspect(FEED, A)).isTrue();
            assertThat(state.isSuspect(FEED, B)).isTrue();
            assertThat(state.isSuspect("other", A)).isFalse();
            assertThat(state.isSuspect(FEED, object("c"))).isFalse();
            state.forget(FEED, List.of(A));
        }
        try (StateDirectory state = open(3)) {
            assertThat(state.isSuspect(FEED, A)).isFalse();
            assertThat(state.isSuspect(FEED, B)).isTrue();
            assertThat(state.verdict(FEED, B)).isEmpty();
            state.forget(FEED, List.of(B));
        }
        assertThat(directory()).isEmptyDirectory();
    }

    @Test
    void aSecondTimeConvictsAnObject() throws IOException {
        leave(1, Map.of(tried(A), 1, tried(B), 1), A);
        logError(1);

        try (StateDirectory state = open(2)) {
            assertThat(state.verdict(FEED, A)).hasValueSatisfying(verdict -> {
                assertThat(verdict.code()).isEqualTo(ErrorCode.OBJECT_ENDED_THE_PROCESS);
                assertThat(verdict).hasMessageContaining("objects rearm --feed feed --key a");
            });
            assertThat(state.isSuspect(FEED, A)).isFalse();
            assertThat(state.isSuspect(FEED, B)).isTrue();
        }
    }

    @Test
    void anErrorLogCountsOnce() throws IOException {
        leave(1, Map.of(), A);
        logError(1);
        open(2).close();

        // A process with the number of the first, as in a container, that is killed.
        write(1, Instant.now().plusSeconds(60), Map.of(tried(A), 1), A);

        try (StateDirectory state = open(3)) {
            assertThat(state.isSuspect(FEED, A)).isTrue();
            assertThat(state.verdict(FEED, A)).isEmpty();
        }
    }

    @Test
    void theLivingAreLeftAlone() throws IOException {
        logError(1);
        try (StateDirectory living = open(1)) {
            assertThat(living.during(FEED, List.of(A), this::isSuspectInTheNextProcess))
                    .isFalse();
        }
    }

    /** As when its feed is changed or taken away. */
    @Test
    void aLoadThatIsInterruptedDoesNotEndTheNotes() throws IOException {
        logError(1);
        ObjectVersion later = object("later.csv");
        try (StateDirectory living = open(1)) {
            Thread.currentThread().interrupt();
            assertThat(living.during(FEED, List.of(A), Thread::interrupted)).isTrue();

            assertThat(living.during(FEED, List.of(later), this::notes)).contains("later.csv");
            assertThat(living.during(FEED, List.of(A), this::isSuspectInTheNextProcess))
                    .isFalse();
        }
    }

    private String notes() {
        try (Stream<Path> files = Files.list(directory())) {
            return Files.readString(files.findFirst().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isSuspectInTheNextProcess() {
        try (StateDirectory state = open(2)) {
            return state.isSuspect(FEED, A);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void processesOfAnotherKindAreLeftAlone() throws IOException {
        leave(1, Map.of(), A);
        logError(1);

        try (StateDirectory other = StateDirectory.open(directory(), "other-", record(2, Instant.now(), Map.of()))) {
            assertThat(other.isSuspect(FEED, A)).isFalse();
        }
        try (StateDirectory state = open(3)) {
            assertThat(state.isSuspect(FEED, A)).isTrue();
        }
    }

    @Test
    void aSuspectIsLoadedWhileNothingElseIs() throws Exception {
        leave(1, Map.of(), A);
        logError(1);
        try (StateDirectory state = open(2)) {
            List<String> ended = new CopyOnWriteArrayList<>();
            CompletableFuture<Boolean> alone = state.during("other", List.of(B), () -> {
                CompletableFuture<Boolean> waiting =
                        CompletableFuture.supplyAsync(() -> state.during(FEED, List.of(A), () -> ended.add("suspect")));
                ended.add("other");
                return waiting;
            });
            assertThat(alone.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(ended).containsExactly("other", "suspect");
        }
    }

    @Test
    void whatIsNoDirectoryOfTheUsersOwnCannotBeUsed() throws IOException {
        Files.createFile(directory());
        assertThatThrownBy(() -> open(1)).hasMessage("it is no directory");

        Files.delete(directory());
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.createSymbolicLink(directory(), elsewhere);
        assertThatThrownBy(() -> open(1)).hasMessage("it is no directory");

        Files.delete(directory());
        Files.createDirectory(directory());
        Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> open(1)).hasMessage("others may write there");
    }

    private Path directory() {
        return temporary.resolve("state");
    }

    private StateDirectory open(long pid) throws IOException {
        return StateDirectory.open(directory(), "kind-", record(pid, Instant.now(), Map.of()));
    }

    /** Leaves what a process leaves that is gone in the midst of a load. */
    private void leave(long pid, Map<TriedObject, Integer> deaths, ObjectVersion... loading) throws IOException {
        write(pid, Instant.now(), deaths, loading);
    }

    private void write(long pid, Instant started, Map<TriedObject, Integer> deaths, ObjectVersion... loading)
            throws IOException {
        Files.createDirectories(directory());
        try (ProcessFile file = ProcessFile.create(directory(), "kind-", record(pid, started, deaths))) {
            file.write(record(pid, started, deaths)
                    .with(
                            deaths,
                            List.of(loading).stream()
                                    .map(StateDirectoryTest::tried)
                                    .toList()));
        }
    }

    private ProcessRecord record(long pid, Instant started, Map<TriedObject, Integer> deaths) {
        return new ProcessRecord(pid, started, List.of(errorLog(pid)), deaths, List.of());
    }

    private Path errorLog(long pid) {
        return temporary.resolve("hs_err_pid" + pid + ".log");
    }

    private void logError(long pid) throws IOException {
        Files.writeString(errorLog(pid), "#  Internal Error (debug.cpp:362), pid=" + pid + ", tid=5\n");
    }

    private static TriedObject tried(ObjectVersion object) {
        return TriedObject.of(FEED, object);
    }

    private static ObjectVersion object(String key) {
        return new ObjectVersion("b", key, "e", 1, Instant.EPOCH);
    }
}
