package io.caravan.sandbox;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.sandbox.server.OwnFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of one sandbox, locked against a second one; the operating system drops the lock of a killed JVM. */
final class SandboxDirectory implements AutoCloseable {

    private final Path path;
    private final boolean temporary;
    private final FileChannel lock;

    SandboxDirectory(@Nullable Path chosen) {
        try {
            this.temporary = chosen == null;
            this.path = chosen == null
                    ? Files.createTempDirectory("caravan-sandbox-")
                    : OwnFiles.directory(chosen.toAbsolutePath().normalize());
            this.lock = lock(path);
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.SETTING_INVALID,
                    "The sandbox cannot use the directory " + chosen + ": " + e.getMessage(),
                    e);
        }
    }

    Path objects() {
        return create("s3");
    }

    Path catalog() {
        return create("glue");
    }

    Path tables() {
        return path.resolve("redshift");
    }

    private Path create(String name) {
        try {
            Path made = OwnFiles.directory(path.resolve(name));
            OwnFiles.protect(made);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        OwnFiles.protect(path.resolve("lock"));
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another sandbox of this JVM has it.
        }
        channel.close();
        throw new InvalidConfigurationException(
                ErrorCode.SETTING_INVALID, "The directory " + path + " is in use by another sandbox");
    }

    @Override
    public void close() {
        try {
            lock.close();
            if (temporary) {
                deleteAll();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox cannot delete " + path, e);
        }
    }

    private void deleteAll() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
