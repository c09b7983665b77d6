package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A file with the {@link ProcessRecord} of one process, which holds a lock on it as long as it lives: so a dead one's can be told,
 * although every process of a container has the same number.
 */
final class ProcessFile implements AutoCloseable {

    private static final String SUFFIX = ".process";

    private final Path path;
    private final FileChannel channel;

    private ProcessFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes one for this process.
     *
     * @param prefix of its name
     */
    static ProcessFile create(Path directory, String prefix, ProcessRecord record) throws IOException {
        String name = prefix + UUID.randomUUID();
        Path unlocked = directory.resolve(name + ".new");
        FileChannel channel = FileChannel.open(unlocked, CREATE_NEW, READ, WRITE);
        try {
            channel.lock();
            ProcessFile file = new ProcessFile(directory.resolve(name + SUFFIX), channel);
            file.write(record);
            // Nobody sees it before it is locked.
            Files.move(unlocked, file.path);
            return file;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(unlocked);
            throw e;
        }
    }

    /** Returns the files in a directory, of the living too. */
    static List<Path> list(Path directory, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.getFileName().toString().startsWith(prefix)
                            && path.getFileName().toString().endsWith(SUFFIX))
                    .toList();
        }
    }

    /** Takes over the file of a process; nothing if that lives, or another has taken it over. */
    static Optional<ProcessFile> takeOver(Path path) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, READ, WRITE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            if (channel.tryLock() != null && Files.exists(path)) {
                return Optional.of(new ProcessFile(path, channel));
            }
        } catch (OverlappingFileLockException e) {
            // It is of this JVM.
        }
        channel.close();
        return Optional.empty();
    }

    Path path() {
        return path;
    }

    Optional<ProcessRecord> read() throws IOException {
        channel.position(0);
        return ProcessRecord.parse(new String(Channels.newInputStream(channel).readAllBytes(), UTF_8));
    }

    /** Writes over what it said before; it is whole whenever the process dies. */
    void write(ProcessRecord record) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(record.text().getBytes(UTF_8));
        int size = bytes.remaining();
        long at = 0;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        channel.truncate(size);
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
