package io.caravan.load.staging;

import io.caravan.base.Reaction;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.csv.ColumnPlan;
import io.caravan.csv.ObjectStart;
import io.caravan.load.target.FeedTarget;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.Column;
import io.caravan.spi.DirectObject;
import io.caravan.spi.DirectRows;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.StagingSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the warehouse itself read objects, if that gives the same result as reading them here. COPY tells neither the line of
 * a row nor the text of a refused record, so an object whose result depends on these is read here. Used by one load.
 */
public final class DirectStaging implements ObjectStaging {

    private static final Logger log = LoggerFactory.getLogger(DirectStaging.class);

    /** A header is no longer. */
    private static final int START_BYTES = 1 << 16;

    /** No object ends in so many line feeds, or it is read here. */
    private static final int END_BYTES = 1 << 10;

    /**
     * S3 tells times to the second: two versions stored in one second, one of which has the content of the other back, are one
     * to whoever looks before and after. The other second is for two clocks that differ.
     */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(2);

    /** What COPY and its literals take as it is written. */
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9/_.=:+,@-]+");

    private static final int FIRST_PRINTABLE = 0x21;
    private static final int LAST_PRINTABLE = 0x7E;

    /** An object that can be read by the warehouse, unless its rows say otherwise. */
    private record Candidate(
            ObjectVersion object, Optional<String> versionId, ObjectStart start, DirectObject direct) {}

    private final Feed feed;
    private final ObjectStore store;
    private final Clock clock;
    private final String nullMarker;
    private final List<String> left = new ArrayList<>();
    private boolean isOn = true;
    private int staged;

    /**
     * Stages nothing yet.
     *
     * @param nullMarker text that no field of the objects equals
     */
    public DirectStaging(Feed feed, ObjectStore store, Clock clock, String nullMarker) {
        this.feed = feed;
        this.store = store;
        this.clock = clock;
        this.nullMarker = nullMarker;
        List<String> obstacles = obstacles(feed);
        if (!obstacles.isEmpty()) {
            turnOff("the feed has " + String.join(", ", obstacles));
        }
    }

    /** Returns what of the feed needs each row to be read here. */
    private static List<String> obstacles(Feed feed) {
        CsvFormat csv = feed.csv();
        List<String> obstacles = new ArrayList<>();
        addIf(obstacles, !csv.charset().equals(StandardCharsets.UTF_8), "a charset other than UTF-8");
        addIf(obstacles, csv.escape() != null, "an escape character");
        addIf(obstacles, csv.delimiter() != '\t' && !isPlain(csv.delimiter()), "a delimiter that COPY does not take");
        addIf(obstacles, csv.quote() != null && !isPlain(csv.quote()), "a quote that COPY does not take");
        addIf(obstacles, csv.nulls().texts().size() > 1, "several NULL strings");
        addIf(obstacles, csv.nulls().quoted(), "nullQuoted");
        addIf(obstacles, csv.nullString().indexOf('\\') >= 0, "a nullString with a backslash");
        addIf(obstacles, csv.layout().linesBefore() > 0, "skipLines");
        addIf(obstacles, csv.layout().linesAfterHeader() > 0, "skipAfterHeader");
        addIf(obstacles, csv.layout().linesAtEnd() > 0, "skipLastLines");
        addIf(obstacles, !csv.layout().comment().isEmpty(), "comment");
        addIf(obstacles, !csv.layout().names().isEmpty(), "names of its own for a header");
        addIf(obstacles, !feed.columns().constants().isEmpty(), "constants");
        addIf(obstacles, !feed.objects().keyColumns().isEmpty(), "keyColumns");
        addIf(obstacles, !feed.columns().formats().isEmpty(), "formats");
        addIf(obstacles, !feed.columns().onInvalid().isEmpty(), "onInvalid");
        addIf(obstacles, !feed.columns().rules().isEmpty(), "rules, of its own or of its mode");
        addIf(obstacles, feed.schema().evolves(), "schema evolve");
        addIf(obstacles, feed.provenance().line() != null, "lineColumn");
        addIf(obstacles, feed.merge().remembersRows(), "rememberRows");
        addIf(obstacles, feed.objects().skipsRepeated(), "repeatedContent: skip");
        addIf(obstacles, !feed.columns().masks().areNone(), "mask");
        // COPY reads as the role of the settings, at AWS's own S3.
        addIf(obstacles, feed.access().endpoint() != null, "an endpoint of its own");
        addIf(obstacles, feed.access().role() != null, "a role of its own");
        addIf(obstacles, feed.access().requesterPays(), "requestPayer");
        return obstacles;
    }

    private static void addIf(List<String> list, boolean condition, String text) {
        if (condition) {
            list.add(text);
        }
    }

    /** A backslash means something to COPY, and so does a blank beside a quote. */
    private static boolean isPlain(char c) {
        return c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE && c != '\\';
    }

    /** Has all later objects read here. */
    void turnOff(String reason) {
        if (isOn) {
            isOn = false;
            log.info("Rows of feed {} are staged through this process: {}", feed.name(), reason);
        }
    }

    @Override
    public boolean isUsed() {
        return true;
    }

    @Override
    public Optional<Staged> stage(
            int number,
            ObjectVersion object,
            FeedTarget target,
            Predicate<List<Column>> fits,
            Supplier<StagingSession> session) {
        return look(number, object, target.columnPlan(), target.keys())
                .filter(candidate -> fits.test(candidate.start().columns()))
                .flatMap(candidate -> stage(candidate, session.get()));
    }

    /** Looks at the first bytes of an object; empty if it is to be read here. */
    private Optional<Candidate> look(int number, ObjectVersion object, ColumnPlan plan, List<Column> keys) {
        if (!isOn) {
            return Optional.empty();
        }
        if (!PLAIN_KEY.matcher(object.key()).matches()) {
            return leave(object, "its key has characters that COPY may read otherwise");
        }
        try (ObjectBody body = store.open(object).orElse(null)) {
            if (body == null) {
                return leave(object, "it has changed");
            }
            if (body.isCompressed()) {
                // Whether COPY reads each of several streams one after the other is documented nowhere, and nothing
                // would tell.
                return leave(object, "it is compressed");
            }
            byte[] first = body.content().readNBytes(START_BYTES);
            ObjectStart start = ObjectStart.read(first, plan, feed.csv()).orElse(null);
            if (start == null || start.fields().size() < 2) {
                return leave(object, "it does not begin with a plain header and rows of several fields");
            }
            if (start.hasQuotes()) {
                // What COPY leaves out of a field cannot be told from quotes.
                return leave(object, "it has quoted fields");
            }
            if (start.hasCarriageReturns()) {
                // Nor from carriage returns: whether COPY keeps those before a line feed is not documented.
                return leave(object, "it has carriage returns, as at the ends of lines");
            }
            Optional<byte[]> last =
                    first.length == object.sizeBytes() ? Optional.of(first) : store.readEnd(object, END_BYTES);
            if (last.isEmpty()) {
                return leave(object, "it has changed");
            }
            long recordsBytes = object.sizeBytes() - start.headerBytes() - lineFeedsAtEnd(last.get()) + 1;
            return Optional.of(
                    new Candidate(object, body.versionId(), start, direct(number, object, start, keys, recordsBytes)));
        } catch (RejectedObjectException e) {
            return leave(object, e.getMessage());
        } catch (RetryableException e) {
            if (e.code().reaction() != Reaction.SET_ASIDE) {
                throw e;
            }
            return leave(object, "it cannot be opened");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int lineFeedsAtEnd(byte[] end) {
        int from = end.length;
        while (from > 0 && end[from - 1] == '\n') {
            from--;
        }
        return end.length - from;
    }

    private DirectObject direct(
            int number, ObjectVersion object, ObjectStart start, List<Column> keys, long recordsBytes) {
        CsvFormat csv = feed.csv();
        List<DirectObject.Field> fields = start.fields().stream()
                .map(column -> new DirectObject.Field(
                        column,
                        column.map(c -> c.nullable() && !keys.contains(c)).orElse(true)))
                .toList();
        return new DirectObject(
                number,
                object.uri(),
                csv.delimiter(),
                csv.quote(),
                start.firstName(),
                csv.nullString(),
                fields,
                recordsBytes);
    }

    /** Has the warehouse read it; empty if no row is staged, and it is to be read here. */
    private Optional<Staged> stage(Candidate candidate, StagingSession session) {
        ObjectVersion object = candidate.object();
        if (!isSettled(object) || !isTheOnlyOne(object)) {
            leave(object, "another key begins with its key, or it has changed");
            return Optional.empty();
        }
        DirectRows rows = session.copyDirectly(candidate.direct(), nullMarker, () -> isTheOnlyOne(object));
        if (rows.areStaged()) {
            staged++;
            return Optional.of(
                    new Staged(candidate.versionId(), candidate.start().header(), rows.rows()));
        }
        leave(object, rows.doubt());
        if (!rows.isOfObject()) {
            turnOff(rows.doubt());
        }
        return Optional.empty();
    }

    /** COPY takes a key for the beginning of keys. S3 lists what is there at that moment, with the version that it is. */
    private boolean isTheOnlyOne(ObjectVersion object) {
        List<ObjectVersion> found = new ArrayList<>();
        store.list(object.bucket(), object.key(), found::add);
        return found.equals(List.of(object));
    }

    /** Waits until it is; returns false if somebody wants an end. */
    private boolean isSettled(ObjectVersion object) {
        Duration missing =
                Duration.between(clock.instant(), object.lastModified().plus(SETTLED_AFTER));
        if (missing.isNegative() || missing.compareTo(SETTLED_AFTER) > 0) {
            // Its time has come, or the clocks differ by more than waiting mends.
            return missing.isNegative();
        }
        try {
            Thread.sleep(missing.toMillis() + 1);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> Optional<T> leave(ObjectVersion object, String reason) {
        log.debug("{} is staged through this process: {}", object.uri(), reason);
        left.add(reason);
        return Optional.empty();
    }

    @Override
    public void tell() {
        if (staged > 0 || !left.isEmpty()) {
            String reasons = left.stream()
                    .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(3)
                    .map(reason -> reason.getValue() + " because " + reason.getKey())
                    .collect(Collectors.joining("; "));
            log.info(
                    "Feed {}: the warehouse has read {} objects by itself, {} were read here{}",
                    feed.name(),
                    staged,
                    left.size(),
                    reasons.isEmpty() ? "" : ": " + reasons);
        }
    }
}
