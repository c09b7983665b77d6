package io.caravan.app.report;

import static java.util.Objects.requireNonNull;

import io.caravan.app.text.FigureText;
import io.caravan.app.text.WrappedText;

/**
 * A feed of which a pass has found nothing new.
 *
 * @param feed name of the feed
 * @param place where its objects are, {@code s3://bucket/prefix}
 * @param objects how many there are
 */
public record QuietFeed(String feed, String place, long objects) {

    public QuietFeed {
        requireNonNull(feed, "feed");
        requireNonNull(place, "place");
    }

    /** Says so; ends in a line feed. */
    String text() {
        String found;
        if (objects == 0) {
            found = "no object under " + place;
        } else if (objects == 1) {
            found = "1 object, loaded before or rejected";
        } else {
            found = FigureText.number(objects) + " objects, all loaded before or rejected";
        }
        return WrappedText.of("", "Feed " + feed + ": " + found);
    }
}
