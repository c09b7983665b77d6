package io.caravan.route.event;

import io.caravan.base.OwnDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that wait to be sent and that no ledger has: in memory, and in a file each, so that a process that begins finds what one
 * before it has left. Safe for use by several threads.
 */
public final class EventOutbox {

    private static final String FOLDER = "events";
    private static final String SUFFIX = ".json";
    private static final String FAILING = ".failing";

    /** An endpoint that is away for long is told of the last ones. */
    private static final int MOST = 10_000;

    private static final Logger log = LoggerFactory.getLogger(EventOutbox.class);

    /**
     * An event that waits.
     *
     * @param id the event's
     * @param json all of it
     * @param file where it is kept; null if it is in memory alone
     */
    record Kept(String id, String json, @Nullable Path file) {}

    private final Deque<Kept> waiting = new ArrayDeque<>();
    private final Set<String> failing = new HashSet<>();
    private final @Nullable Path directory;

    /**
     * Finds what was left.
     *
     * @param state the directory of this user's own in which processes keep notes; null to keep events in memory alone
     */
    public EventOutbox(@Nullable Path state) {
        this.directory = state == null ? null : open(state);
        if (directory != null) {
            find(directory);
        }
    }

    private static @Nullable Path open(Path state) {
        Path folder = state.resolve(FOLDER);
        try {
            Files.createDirectories(state.toAbsolutePath().getParent());
            for (Path made : List.of(state, folder)) {
                if (!Files.exists(made)) {
                    OwnDirectory.create(made);
                }
            }
            return folder;
        } catch (IOException e) {
            log.warn("Events are kept in memory alone: {} cannot be used: {}", folder, e.toString());
            return null;
        }
    }

    private void find(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(FAILING)) {
                    failing.add(name);
                }
                if (!name.endsWith(SUFFIX)) {
                    continue;
                }
                waiting.addLast(
                        new Kept(name.substring(0, name.length() - SUFFIX.length()), Files.readString(file), file));
            }
        } catch (IOException e) {
            log.warn("Events that an earlier process has left in {} cannot be read: {}", folder, e.toString());
        }
    }

    /** Keeps an event until it is sent. */
    synchronized void add(CloudEvent event) {
        String json = event.json();
        waiting.addLast(new Kept(event.id(), json, write(event.id(), json)));
        if (waiting.size() > MOST) {
            remove(waiting.getFirst());
            log.warn("More than {} events wait for caravan.events.uri: the oldest is not told any more", MOST);
        }
    }

    private @Nullable Path write(String id, String json) {
        if (directory == null) {
            return null;
        }
        try {
            Path file = directory.resolve(id + SUFFIX);
            Path part = directory.resolve(String.format(Locale.ROOT, "%s.part", id));
            Files.writeString(part, json);
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            log.warn("An event is kept in memory alone: {}", e.toString());
            return null;
        }
    }

    /** Notes that it was told that a feed fails, also for processes to come. */
    synchronized void markFailing(String feed) {
        failing.add(mark(feed));
        if (directory != null) {
            try {
                Files.writeString(directory.resolve(mark(feed)), "");
            } catch (IOException e) {
                log.debug("Only this process knows that feed {} fails: {}", feed, e.toString());
            }
        }
    }

    /** Forgets that; returns whether it was known. */
    synchronized boolean unmarkFailing(String feed) {
        if (!failing.remove(mark(feed))) {
            return false;
        }
        if (directory != null) {
            try {
                Files.deleteIfExists(directory.resolve(mark(feed)));
            } catch (IOException e) {
                log.debug("The next process tells again that feed {} has recovered: {}", feed, e.toString());
            }
        }
        return true;
    }

    private static String mark(String feed) {
        return UUID.nameUUIDFromBytes(feed.getBytes(StandardCharsets.UTF_8)) + FAILING;
    }

    /** Returns the event that has waited longest; null if none waits. */
    synchronized @Nullable Kept first() {
        return waiting.peekFirst();
    }

    /** Forgets an event that was sent. */
    synchronized void remove(Kept event) {
        waiting.remove(event);
        if (event.file() != null) {
            try {
                Files.deleteIfExists(event.file());
            } catch (IOException e) {
                log.debug("{} stays, and is sent again by the next process: {}", event.file(), e.toString());
            }
        }
    }
}
