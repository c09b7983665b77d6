package io.caravan.app.check;

import static java.util.stream.Collectors.joining;

import io.caravan.app.camel.FeedFile;
import io.caravan.model.feed.Feed;
import java.util.ArrayList;
import java.util.List;

/** Tells of feeds that also take the objects of others: a prefix is the beginning of keys, wherever it ends. */
public final class OverlappingPrefixes {

    /**
     * A feed that takes more than its own.
     *
     * @param feed its name
     * @param text what it takes, and the way out
     */
    public record Warning(String feed, String text) {}

    private OverlappingPrefixes() {}

    /** Returns a warning for each feed whose prefix is the beginning of another one's. Feeds that share one mean to. */
    public static List<Warning> warnings(List<FeedFile> files) {
        List<Warning> warnings = new ArrayList<>();
        List<Feed> feeds = files.stream().map(FeedFile::feed).toList();
        for (Feed feed : feeds) {
            List<Feed> others = feeds.stream()
                    .filter(other -> other.bucket().equals(feed.bucket())
                            && other.prefix().startsWith(feed.prefix())
                            && !other.prefix().equals(feed.prefix()))
                    .toList();
            if (!others.isEmpty()) {
                warnings.add(new Warning(feed.name(), text(feed, others)));
            }
        }
        return warnings;
    }

    private static String text(Feed feed, List<Feed> others) {
        String names = others.stream()
                .map(other -> other.name() + " ('" + other.prefix() + "')")
                .collect(joining(", "));
        boolean wouldDo = !feed.prefix().isEmpty()
                && others.stream().noneMatch(other -> other.prefix().startsWith(withSlash(feed.prefix())));
        return "its prefix '" + feed.prefix() + "' also takes the objects of " + names + "; "
                + (wouldDo
                        ? "let it end in a slash, '" + withSlash(feed.prefix()) + "'"
                        : "give it a longer one, unless that is meant");
    }

    private static String withSlash(String prefix) {
        return prefix.endsWith("/") ? prefix : prefix + "/";
    }
}
