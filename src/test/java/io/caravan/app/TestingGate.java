package io.caravan.app;

import io.caravan.testing.CaravanProcess;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Holds a process before a step of the load protocol: the other side of {@link CrashTestGate}. */
final class TestingGate {

    private final Path file;
    private final Path reached;

    /** Opens a gate in a directory of its own. */
    TestingGate(Path directory) throws IOException {
        Files.createDirectories(directory);
        this.file = directory.resolve("gate");
        this.reached = directory.resolve("gate.reached");
    }

    /**
     * Starts a command that this gate can hold.
     *
     * @param directory as {@link CaravanProcess#start} has it
     */
    CaravanProcess start(Path directory, Map<String, String> environment, String command) {
        return CaravanProcess.startMain(CrashTestGate.class, directory, environment, file.toString(), command);
    }

    /** Holds who comes next to this step. */
    void close(String step) throws IOException {
        Files.deleteIfExists(reached);
        write(step);
    }

    private void write(String step) throws IOException {
        Path written = Files.writeString(file.resolveSibling("written"), step);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Waits until the process is held. */
    void awaitReached(CaravanProcess process) throws Exception {
        Waiting.until("the process comes to its step", () -> Files.exists(reached) || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("the process has ended before it came to its step; stderr:\n" + process.stderr());
        }
    }

    /** Lets it go on. */
    void open() throws IOException {
        Files.delete(reached);
    }

    /** Lets it go on to another step. */
    void openUntil(String step) throws IOException {
        write(step);
        open();
    }
}
