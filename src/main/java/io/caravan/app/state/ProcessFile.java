package io.caravan.app.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
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
    /** Its channel would be closed by a thread that is interrupted while it writes, and the lock would be lost. */
    private final RandomAccessFile file;

    private ProcessFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Makes one for this process.
     *
     * @param prefix of its name
     */
    static ProcessFile create(Path directory, String prefix, ProcessRecord record) throws IOException {
        String name = prefix + UUID.randomUUID();
        Path unlocked = directory.resolve(name + ".new");
        Files.createFile(unlocked);
        RandomAccessFile opened = new RandomAccessFile(unlocked.toFile(), "rw");
        try {
            opened.getChannel().lock();
            ProcessFile file = new ProcessFile(directory.resolve(name + SUFFIX), opened);
            file.write(record);
            // Nobody sees it before it is locked.
            Files.move(unlocked, file.path);
            return file;
        } catch (IOException e) {
            opened.close();
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
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (opened.getChannel().tryLock() != null && Files.exists(path)) {
                return Optional.of(new ProcessFile(path, opened));
            }
        } catch (OverlappingFileLockException e) {
            // It is of this JVM.
        }
        opened.close();
        return Optional.empty();
    }

    Path path() {
        return path;
    }

    Optional<ProcessRecord> read() throws IOException {
        byte[] bytes = new byte[(int) file.length()];
        file.seek(0);
        file.readFully(bytes);
        return ProcessRecord.parse(new String(bytes, UTF_8));
    }

    /** Writes over what it said before; it is whole whenever the process dies. */
    void write(ProcessRecord record) throws IOException {
        byte[] bytes = record.text().getBytes(UTF_8);
        file.seek(0);
        file.write(bytes);
        file.setLength(bytes.length);
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
