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

    /** A prefix of another feed, whose objects are taken too. */
    private record Taken(String feed, String prefix) {}

    private OverlappingPrefixes() {}

    /** Returns a warning for each feed whose prefix is the beginning of another one's. Feeds that share one mean to. */
    public static List<Warning> warnings(List<FeedFile> files) {
        List<Warning> warnings = new ArrayList<>();
        List<Feed> feeds = files.stream().map(FeedFile::feed).toList();
        for (Feed feed : feeds) {
            for (String prefix : feed.prefixes()) {
                List<Taken> taken = taken(feed, prefix, feeds);
                if (!taken.isEmpty()) {
                    warnings.add(new Warning(feed.name(), text(prefix, taken)));
                }
            }
        }
        return warnings;
    }

    private static List<Taken> taken(Feed feed, String prefix, List<Feed> feeds) {
        List<Taken> taken = new ArrayList<>();
        for (Feed other : feeds) {
            if (!other.bucket().equals(feed.bucket())) {
                continue;
            }
            other.prefixes().stream()
                    .filter(longer -> longer.startsWith(prefix) && !longer.equals(prefix))
                    .filter(longer -> feed.objects().wanted().mayWantBehind(feed.part(longer)))
                    .forEach(longer -> taken.add(new Taken(other.name(), longer)));
        }
        return taken;
    }

    private static String text(String prefix, List<Taken> taken) {
        String names = taken.stream()
                .map(other -> other.feed() + " ('" + other.prefix() + "')")
                .collect(joining(", "));
        boolean wouldDo = !prefix.isEmpty()
                && taken.stream().noneMatch(other -> other.prefix().startsWith(withSlash(prefix)));
        return "its prefix '" + prefix + "' also takes the objects of " + names + "; "
                + (wouldDo
                        ? "let it end in a slash, '" + withSlash(prefix) + "'"
                        : "give it a longer one, or leave them out by 'exclude', unless that is meant");
    }

    private static String withSlash(String prefix) {
        return prefix.endsWith("/") ? prefix : prefix + "/";
    }
}
