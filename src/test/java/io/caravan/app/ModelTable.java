package io.caravan.app;

import io.caravan.app.RandomObject.Row;
import io.caravan.app.RandomObject.State;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table in memory, to which loads do what docs/modes.md says, in as few lines as that takes. */
final class ModelTable {

    private final RandomFeed feed;
    private final List<Map<String, @Nullable String>> rows;

    /** What became of the load's rows, by the object's key. */
    private final Map<String, Map<String, Integer>> counts = new HashMap<>();

    ModelTable(RandomFeed feed) {
        this(feed, new ArrayList<>());
    }

    private ModelTable(RandomFeed feed, List<Map<String, @Nullable String>> rows) {
        this.feed = feed;
        this.rows = rows;
    }

    /** Returns the same table for one load of a feed. */
    ModelTable by(RandomFeed other) {
        return new ModelTable(other, rows);
    }

    /** Adds a row that somebody else wrote. */
    void add(Map<String, String> row) {
        Map<String, @Nullable String> added = new HashMap<>(row);
        added.put("state", "live");
        rows.add(added);
    }

    /**
     * Carries out a load.
     *
     * @param late the keys of those objects that come after newer ones
     * @param repeated the keys of those objects whose bytes were loaded before
     * @return what the ledger says of each of the objects
     */
    List<String> load(List<RandomObject> objects, Set<String> late, Set<String> repeated) {
        boolean snapshots = feed.mode().isSnapshot();
        List<RandomObject> fit = objects.stream()
                .filter(object -> !object.rejected(feed)
                        && !repeated.contains(object.key())
                        && !(snapshots && late.contains(object.key())))
                .limit(snapshots ? 1 : Integer.MAX_VALUE)
                .toList();
        Map<Object, Row> winners = new LinkedHashMap<>();
        fit.forEach(
                object -> object.goodRows().forEach(row -> winners.merge(key(feed, row.values()), row, this::winner)));
        boolean isWhole = feed.deletesMissing()
                && !fit.isEmpty()
                && !late.contains(fit.get(0).key());
        List<Map<String, @Nullable String>> missing = rows.stream()
                .filter(row -> isWhole && isLive(row) && goes(row, winners.keySet(), fit.get(0)))
                .toList();
        boolean isCut = isWhole && takesTooMuch(missing.size(), winners.size(), fit.get(0));
        List<RandomObject> good = isCut ? List.of() : fit;
        if (!isCut) {
            missing.forEach(row -> count(good.get(0).key(), remove(row)));
            winners.values().forEach(row -> count(row.key(), apply(row, late.contains(row.key()))));
        }
        List<String> outcomes = new ArrayList<>();
        for (RandomObject object : objects) {
            boolean needless = snapshots
                    && (late.contains(object.key())
                            || (!good.isEmpty() && objects.indexOf(object) > objects.indexOf(good.get(0))));
            outcomes.add(
                    needless
                            ? "superseded 0 0 0 0 0 0 0 0"
                            : repeated.contains(object.key())
                                    ? unchanged(object)
                                    : good.contains(object) ? "loaded " + counts(object) : "rejected");
        }
        return outcomes;
    }

    private static String unchanged(RandomObject object) {
        int read = object.rows().size();
        return "unchanged " + read + " 0 0 " + read + " 0 0 0 0";
    }

    /** Returns whether a row is one that a snapshot takes away: not if it may be that of a rejected record. */
    private boolean goes(Map<String, @Nullable String> row, Set<Object> winners, RandomObject snapshot) {
        Object key = key(feed, row);
        boolean stays = !feed.keys().isEmpty()
                && snapshot.rows().stream()
                        .anyMatch(record -> record.unreadable()
                                || (record.state() == State.REJECTED
                                        && key(feed, record.values()).equals(key)));
        return winners.contains(key) ? feed.mode() == Mode.REPLACE : !stays;
    }

    private boolean takesTooMuch(int missing, int inserted, RandomObject snapshot) {
        boolean mayLoseOne = feed.keys().isEmpty() && snapshot.rejectedRows() > 0 && !rows.isEmpty();
        int lost = feed.mode() == Mode.REPLACE ? missing - inserted : missing;
        return lost > rows.size() * feed.maxDeletedRatio() || (mayLoseOne && feed.maxDeletedRatio() < 1);
    }

    private Row winner(Row earlier, Row later) {
        int order = order(earlier.values(), later);
        boolean earlierWins = order < 0 || (order == 0 && feed.duplicates() == Duplicates.FIRST);
        count(earlierWins ? later.key() : earlier.key(), "superseded");
        return earlierWins ? earlier : later;
    }

    /** Changes the table as a row says; returns what the row counts as. */
    private String apply(Row row, boolean late) {
        Map<String, @Nullable String> old = rows.stream()
                .filter(other -> feed.mode() != Mode.REPLACE && key(feed, other).equals(key(feed, row.values())))
                .filter(other -> feed.mode() != Mode.HISTORY || isLive(other))
                .findFirst()
                .orElse(null);
        String change = change(row, old);
        if (late && isHeldBack(change)) {
            return "rejected";
        }
        if (old != null && change.equals("deleted")) {
            old.put("seq", feed.sequenced() ? row.values().get("seq") : old.get("seq"));
            remove(old);
        } else if (old != null && change.equals("updated") && feed.mode() != Mode.HISTORY) {
            write(row, old);
        } else if (change.equals("inserted") || change.equals("updated")) {
            Map<String, @Nullable String> version = new HashMap<>(old == null ? Map.of("note", "none") : old);
            feed.keys().forEach(key -> version.put(key, row.values().get(key)));
            rows.add(write(row, version));
            if (old != null) {
                remove(old);
            }
        }
        return change;
    }

    private String change(Row row, @Nullable Map<String, @Nullable String> old) {
        if (old == null) {
            return row.deletes() ? "unchanged" : feed.mode() == Mode.UPDATE_ONLY ? "stale" : "inserted";
        }
        int order = order(old, row);
        if (row.deletes() && !isLive(old) && order <= 0) {
            return "unchanged";
        } else if (order < 0) {
            return "stale";
        } else if (row.deletes()) {
            return "deleted";
        } else if (isLive(old) && row.values().keySet().stream().allMatch(column -> isSame(old, row, column))) {
            return "unchanged";
        }
        return feed.mode() == Mode.INSERT_ONLY ? "stale" : "updated";
    }

    /** What comes late may change nothing that a newer object may have written. */
    private boolean isHeldBack(String change) {
        return switch (feed.mode()) {
            case UPSERT, UPDATE_ONLY, HISTORY -> !feed.sequenced() && change.equals("updated");
            case CHANGES ->
                feed.sequenced()
                        ? feed.markType() == null && change.equals("inserted")
                        : List.of("inserted", "updated", "deleted").contains(change);
            default -> false;
        };
    }

    /** Blanks at the end make another value, but not another key. */
    private boolean isSame(Map<String, @Nullable String> old, Row row, String column) {
        return feed.keys().contains(column)
                || Objects.equals(old.get(column), row.values().get(column));
    }

    private static @Nullable String stripped(@Nullable String value) {
        return value == null ? null : value.stripTrailing();
    }

    /** A row that is updated keeps the columns that the object lacks, and, but for a next version, its keys as they are spelled. */
    private Map<String, @Nullable String> write(Row row, Map<String, @Nullable String> old) {
        row.values().forEach((column, value) -> {
            if (!feed.keys().contains(column)) {
                old.put(column, value);
            }
        });
        if (feed.traced()) {
            old.put("src", row.key());
            old.put("src_line", String.valueOf(row.line()));
        }
        old.put("state", "live");
        return old;
    }

    private String remove(Map<String, @Nullable String> row) {
        if (feed.markType() == null && feed.mode() != Mode.HISTORY) {
            rows.remove(row);
        }
        row.put("state", "gone");
        return "deleted";
    }

    private static boolean isLive(Map<String, @Nullable String> row) {
        return "live".equals(row.get("state"));
    }

    /** Returns a number below zero if a row is older than what is there, above zero if it is newer. */
    private int order(Map<String, @Nullable String> there, Row row) {
        return feed.sequenced() ? sequence(row.values()) - sequence(there) : 0;
    }

    private static int sequence(Map<String, @Nullable String> row) {
        return Integer.parseInt(Objects.requireNonNull(row.get("seq")));
    }

    /** Returns what is equal for two rows that share their matching keys; nothing is, where there are none. */
    static Object key(RandomFeed feed, Map<String, @Nullable String> row) {
        return feed.keys().isEmpty() || feed.mode() == Mode.APPEND
                ? new Object()
                : feed.keys().stream()
                        .map(key -> String.valueOf(stripped(row.get(key))))
                        .toList();
    }

    private void count(String object, String what) {
        counts.computeIfAbsent(object, key -> new HashMap<>()).merge(what, 1, Integer::sum);
    }

    private String counts(RandomObject object) {
        Map<String, Integer> counted = counts.getOrDefault(object.key(), new HashMap<>());
        counted.put("read", object.rows().size());
        counted.merge("rejected", object.rejectedRows(), Integer::sum);
        return Stream.of("read", "inserted", "updated", "unchanged", "deleted", "stale", "superseded", "rejected")
                .map(what -> String.valueOf(counted.getOrDefault(what, 0)))
                .collect(Collectors.joining(" "));
    }

    /** Returns the whole table: a line for each row, sorted. */
    List<String> rows() {
        return rows.stream()
                .map(row -> Stream.concat(RandomFeed.COLUMNS.stream(), Stream.of("src", "src_line", "state"))
                        .map(column -> String.valueOf(row.get(column)))
                        .collect(Collectors.joining("|")))
                .sorted()
                .toList();
    }
}
