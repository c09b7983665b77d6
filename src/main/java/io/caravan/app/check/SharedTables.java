package io.caravan.app.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import io.caravan.app.camel.FeedFile;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells of feeds that share a table and do not say which of them wins where their matching keys meet. */
public final class SharedTables {

    /**
     * Feeds that share a table.
     *
     * @param target the table
     * @param text what may happen, and the way out
     */
    public record Warning(TableName target, String text) {}

    private SharedTables() {}

    /** Returns a warning for each table that needs one. */
    public static List<Warning> warnings(List<FeedFile> files) {
        List<Warning> warnings = new ArrayList<>();
        files.stream()
                .map(FeedFile::feed)
                .collect(groupingBy(Feed::target, LinkedHashMap::new, toList()))
                .forEach((target, feeds) -> warning(feeds).ifPresent(text -> warnings.add(new Warning(target, text))));
        return warnings;
    }

    private static Optional<String> warning(List<Feed> feeds) {
        List<Feed> whole = feeds.stream().filter(SharedTables::saysAll).toList();
        if (feeds.size() > 1 && !whole.isEmpty()) {
            return Optional.of("feeds " + names(feeds) + " load it, and the objects of " + names(whole)
                    + " are full snapshots: each takes away what the others have loaded; give each feed a table of its"
                    + " own, or another mode");
        }
        List<Feed> unordered = feeds.stream()
                .filter(feed -> mayOverwrite(feed)
                        && feeds.stream().anyMatch(other -> mayOverwrite(other) && mayMeet(feed, other)))
                .toList();
        List<Feed> lacking = unordered.stream()
                .filter(feed -> feed.merge().sequenceBy() == null)
                .toList();
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of("feeds " + names(unordered) + " load it, and " + names(lacking)
                        + (lacking.size() == 1 ? " has" : " have")
                        + " no 'sequenceBy': where their matching keys meet, the object that is loaded last wins, whichever"
                        + " is the newer one; set 'sequenceBy' in each of them, or a mode that only inserts");
    }

    private static boolean saysAll(Feed feed) {
        return feed.merge().mode().isSnapshot() || feed.merge().closesMissing();
    }

    private static boolean mayOverwrite(Feed feed) {
        return !feed.merge().mode().onlyInserts();
    }

    /** Keys never meet where a matching key is a constant of each feed, and another one. */
    private static boolean mayMeet(Feed feed, Feed other) {
        Map<String, String> constants = keyConstants(feed);
        Map<String, String> otherConstants = keyConstants(other);
        return !feed.name().equals(other.name())
                && constants.entrySet().stream().allMatch(constant -> constant.getValue()
                        .equals(otherConstants.getOrDefault(constant.getKey(), constant.getValue())));
    }

    private static Map<String, String> keyConstants(Feed feed) {
        List<String> keys = feed.keys().stream().map(SharedTables::fold).toList();
        Map<String, String> constants = new LinkedHashMap<>();
        feed.columns().constants().forEach((column, value) -> {
            if (keys.contains(fold(column))) {
                constants.put(fold(column), value);
            }
        });
        return constants;
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String names(List<Feed> feeds) {
        return feeds.stream().map(Feed::name).collect(joining(", "));
    }
}
