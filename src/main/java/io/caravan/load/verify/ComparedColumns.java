package io.caravan.load.verify;

import io.caravan.load.verify.VerifyStart.Kind;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.TargetTable;
import io.caravan.model.verify.TableComparison.Extent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which columns of a table can be compared with what repeated loads have made of them: those whose values the loads alone
 * determine. Not safe for use by several threads.
 */
public final class ComparedColumns {

    private static final List<String> VERSION = List.of("valid_from", "valid_to", "is_current");

    private final TargetTable table;
    private final Kind start;
    private final Extent extent;
    private final Set<Feed> feeds = new LinkedHashSet<>();

    /** How many loads have filled a column, by its name in lower case. */
    private final Map<String, Long> loads = new HashMap<>();

    private final List<String> leftOut = new ArrayList<>();
    private long all;

    /**
     * Knows of no load yet.
     *
     * @param start what the table was before the first load
     * @param extent which rows are asked for
     */
    public ComparedColumns(TargetTable table, Kind start, Extent extent) {
        this.table = table;
        this.start = start;
        this.extent = extent;
    }

    /**
     * Takes a load.
     *
     * @param columns the columns that its objects have, in lower case; none if it has no rows
     */
    public void add(Feed feed, Set<String> columns) {
        feeds.add(feed);
        if (!columns.isEmpty()) {
            all++;
            columns.forEach(column -> loads.merge(column, 1L, Long::sum));
        }
    }

    /** Returns which rows are asked for. */
    public Extent extent() {
        return extent;
    }

    /** Returns the feeds of the loads. */
    public Set<Feed> feeds() {
        return Collections.unmodifiableSet(feeds);
    }

    /** Returns the columns by which a row of the table is that of an object; none if only whole rows can be compared. */
    public List<Column> matched() {
        Set<Set<String>> keys = feeds.stream().map(ComparedColumns::matching).collect(Collectors.toSet());
        return named(keys.size() == 1 ? keys.iterator().next() : Set.of());
    }

    /** Returns the columns by which some load has found rows. */
    public Set<Column> keys() {
        return Set.copyOf(
                named(feeds.stream().flatMap(feed -> matching(feed).stream()).collect(Collectors.toSet())));
    }

    private List<Column> named(Set<String> names) {
        return table.columns().stream()
                .filter(column -> names.contains(fold(column.name())))
                .toList();
    }

    /** Of a history, each version is a row of its own. */
    private static Set<String> matching(Feed feed) {
        if (!feed.merge().mode().comparesKeys()) {
            return Set.of();
        }
        Set<String> keys = feed.keys().stream().map(ComparedColumns::fold).collect(Collectors.toSet());
        if (feed.merge().mode().keepsVersions()) {
            keys.add(VERSION.get(0));
        }
        return keys;
    }

    /**
     * Returns the columns to compare.
     *
     * @param matched those by which rows are matched; none if whole rows are compared, and these then too
     * @param areLoadsExact whether each load has come to what it had come to
     */
    public List<Column> compared(List<Column> matched, boolean areLoadsExact) {
        leftOut.clear();
        List<Column> compared = new ArrayList<>();
        for (Column column : table.columns()) {
            if (!matched.contains(column)) {
                Optional<String> reason = obstacle(column, matched.isEmpty(), areLoadsExact);
                reason.ifPresentOrElse(text -> leftOut.add(column.name() + ": " + text), () -> compared.add(column));
            }
        }
        table.unloaded().forEach(column -> leftOut.add(column.name() + ": no object can fill it"));
        return compared;
    }

    /** Returns the columns that {@link #compared} has left out, each with the reason. */
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    private Optional<String> obstacle(Column column, boolean isWhole, boolean areLoadsExact) {
        ColumnType.Kind kind = column.type().kind();
        if (isWhole && (kind == ColumnType.Kind.SUPER || kind == ColumnType.Kind.VARBYTE)) {
            return Optional.of("values of its type are not compared where rows have no keys");
        }
        String name = fold(column.name());
        if (all == 0) {
            // Without any row of an object, every row of the table is in no object.
            return Optional.empty();
        }
        if (isOrigin(name)) {
            if (!areLoadsExact) {
                return Optional.of("a load has gone otherwise than it did");
            }
            return ofAll(column, name, start == Kind.BEGINNING || start == Kind.REPLACED);
        }
        if (isMark(name)) {
            return ofAll(column, name, start == Kind.BEGINNING);
        }
        long filled = loads.getOrDefault(name, 0L);
        if (filled == 0) {
            return Optional.of("no object has it");
        }
        return filled == all ? Optional.empty() : ofSome(column, start == Kind.BEGINNING || start == Kind.REPLACED);
    }

    private Optional<String> ofAll(Column column, String name, boolean isKnown) {
        boolean isOfAll = feeds.stream().allMatch(feed -> isOrigin(feed, name) || isMark(feed, name));
        if (extent == Extent.UPDATED || !isKnown) {
            return Optional.of("it depends on loads that are not repeated");
        }
        return isOfAll ? Optional.empty() : ofSome(column, true);
    }

    private Optional<String> ofSome(Column column, boolean isKnown) {
        if (!isKnown || extent != Extent.ALL) {
            return Optional.of("some objects lack it, and its values may be older");
        }
        return column.hasDefault() ? Optional.of("some objects lack it, and it has a default") : Optional.empty();
    }

    private boolean isOrigin(String name) {
        return feeds.stream().anyMatch(feed -> isOrigin(feed, name));
    }

    private boolean isMark(String name) {
        return feeds.stream().anyMatch(feed -> isMark(feed, name));
    }

    private static boolean isOrigin(Feed feed, String name) {
        return feed.provenance().columns().map(ComparedColumns::fold).anyMatch(name::equals);
    }

    /** Returns whether a feed itself fills a column to say what has become of a row. */
    private static boolean isMark(Feed feed, String name) {
        String deleted = feed.merge().deletedColumn();
        return (deleted != null && fold(deleted).equals(name))
                || (feed.merge().mode().keepsVersions() && VERSION.contains(name));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
