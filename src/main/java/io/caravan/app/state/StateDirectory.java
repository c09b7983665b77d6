package io.caravan.app.state;

import static java.util.stream.Collectors.joining;

import io.caravan.app.settings.Setting;
import io.caravan.app.settings.Settings;
import io.caravan.base.ErrorCode;
import io.caravan.base.OwnDirectory;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ProcessDeaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of this machine or container in which each process notes what it loads. What one cannot write there it goes on
 * without.
 */
public final class StateDirectory implements ProcessDeaths, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StateDirectory.class);

    private static final int DEATHS_OF_SUSPECT = 1;

    private final ProcessRecord self;
    private final ProcessFile file;
    private final Map<TriedObject, Integer> deaths;
    private final Set<TriedObject> loading = new LinkedHashSet<>();
    private boolean isWritable = true;

    /** Fair, so that a suspect gets its turn. */
    private final ReadWriteLock turns = new ReentrantReadWriteLock(true);

    private StateDirectory(ProcessRecord self, ProcessFile file, Map<TriedObject, Integer> deaths) {
        this.self = self;
        this.file = file;
        this.deaths = new ConcurrentHashMap<>(deaths);
    }

    /** Returns what a directory knows of deaths; nothing if there is none. */
    public static ProcessDeaths deaths(@Nullable StateDirectory state) {
        return state == null ? ProcessDeaths.NONE : state;
    }

    /** Takes over what dead processes with the same warehouse and routes have left; null if there is no such directory to use. */
    public static @Nullable StateDirectory of(Settings settings) {
        @Nullable Path directory = settings.loads().stateDirectory();
        if (directory == null) {
            return null;
        }
        String kind = settings.warehouse().maskedUrl() + "\n"
                + settings.routes().directories().stream()
                        .map(routes -> routes.toAbsolutePath().normalize().toString())
                        .collect(joining("\n"));
        String prefix = UUID.nameUUIDFromBytes(kind.getBytes(StandardCharsets.UTF_8)) + "-";
        try {
            return open(directory, prefix, ProcessRecord.ofThisProcess());
        } catch (IOException | UncheckedIOException e) {
            log.warn(
                    "Cannot use the directory {}, so that no object is set aside that ends the process: {}; set {} to one of this"
                            + " user's own",
                    directory,
                    e.toString(),
                    Setting.STATE_DIRECTORY.key());
            return null;
        }
    }

    /**
     * Takes over what dead processes have left.
     *
     * @param directory made if it is not there
     * @param prefix by which processes know those of their own kind
     * @param self this process
     * @throws IOException if it cannot be used, or is not this user's own
     */
    static StateDirectory open(Path directory, String prefix, ProcessRecord self) throws IOException {
        create(directory);
        ProcessFile file = ProcessFile.create(directory, prefix, self);
        try {
            UserPrincipal owner = Files.getOwner(file.path());
            if (!Files.getOwner(directory).equals(owner)) {
                throw new IOException("it is another user's");
            }
            return new StateDirectory(self, file, inherit(directory, prefix, self, file, owner));
        } catch (IOException e) {
            file.delete();
            file.close();
            throw e;
        }
    }

    /** Creates the directory if it is not there, for this user alone: what others could write there would be believed. */
    private static void create(Path directory) throws IOException {
        Files.createDirectories(directory.toAbsolutePath().getParent());
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            OwnDirectory.create(directory);
        } else if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is no directory");
        } else if (OwnDirectory.isOpenToOthers(directory)) {
            throw new IOException("others may write there");
        }
    }

    /** What is taken over stands in the own file before it is deleted. */
    private static Map<TriedObject, Integer> inherit(
            Path directory, String prefix, ProcessRecord self, ProcessFile own, UserPrincipal owner)
            throws IOException {
        Map<TriedObject, Integer> inherited = new HashMap<>();
        List<ProcessFile> dead = new ArrayList<>();
        for (Path path : ProcessFile.list(directory, prefix)) {
            if (!path.equals(own.path())) {
                ProcessFile.takeOver(path).ifPresent(dead::add);
            }
        }
        for (ProcessFile file : dead) {
            file.read().ifPresent(record -> deathsAfter(record, owner)
                    .forEach((object, count) -> inherited.merge(object, count, Math::max)));
        }
        own.write(self.with(inherited, List.of()));
        for (ProcessFile file : dead) {
            file.delete();
            file.close();
        }
        return inherited;
    }

    private static Map<TriedObject, Integer> deathsAfter(ProcessRecord record, UserPrincipal owner) {
        Optional<Path> errorLog = record.errorLogs().stream()
                .filter(path -> FatalErrorLog.tells(path, record.pid(), record.started(), owner))
                .findFirst();
        errorLog.filter(path -> !record.loading().isEmpty())
                .ifPresent(path -> log.warn(
                        "A process before this one has ended by itself while it loaded {} objects, see {}; after the first such"
                                + " end an object is loaded alone, after the second one it is rejected",
                        record.loading().size(),
                        path));
        return record.deathsAfter(errorLog.isPresent());
    }

    @Override
    public boolean isSuspect(String feed, ObjectVersion object) {
        return !deaths.isEmpty() && deaths(feed, object) == DEATHS_OF_SUSPECT;
    }

    @Override
    public Optional<RejectedObjectException> verdict(String feed, ObjectVersion object) {
        if (deaths.isEmpty() || deaths(feed, object) <= DEATHS_OF_SUSPECT) {
            return Optional.empty();
        }
        return Optional.of(new RejectedObjectException(
                ErrorCode.OBJECT_ENDED_THE_PROCESS,
                "Caravan's process ended by itself twice while it loaded this object, out of memory or by a fault of the JVM,"
                        + " which has written a fatal error log; give it more memory, or lower the feed's maxRecordChars, and"
                        + " then have the object loaded again: objects rearm --feed " + feed + " --key "
                        + object.key()));
    }

    private int deaths(String feed, ObjectVersion object) {
        return deaths.getOrDefault(TriedObject.of(feed, object), 0);
    }

    @Override
    public <T> T during(String feed, List<ObjectVersion> objects, Supplier<T> load) {
        boolean isAlone = objects.stream().anyMatch(object -> isSuspect(feed, object));
        Lock turn = isAlone ? turns.writeLock() : turns.readLock();
        List<TriedObject> tried =
                objects.stream().map(object -> TriedObject.of(feed, object)).toList();
        turn.lock();
        try {
            note(() -> loading.addAll(tried));
            return load.get();
        } finally {
            note(() -> tried.forEach(loading::remove));
            turn.unlock();
        }
    }

    @Override
    public void forget(String feed, List<ObjectVersion> objects) {
        if (!deaths.isEmpty()) {
            note(() -> objects.forEach(object -> deaths.remove(TriedObject.of(feed, object))));
        }
    }

    private synchronized void note(Runnable change) {
        change.run();
        if (!isWritable) {
            return;
        }
        try {
            file.write(self.with(deaths, List.copyOf(loading)));
        } catch (IOException e) {
            isWritable = false;
            log.warn("Cannot note what is being loaded in {}: {}", file.path(), e.toString());
        }
    }

    /** Leaves to the next process what is not settled. */
    @Override
    public synchronized void close() {
        isWritable = false;
        try {
            if (deaths.isEmpty()) {
                file.delete();
            }
            file.close();
        } catch (IOException e) {
            log.debug("Cannot close {}", file.path(), e);
        }
    }
}
