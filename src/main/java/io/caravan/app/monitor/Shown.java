package io.caravan.app.monitor;

import static java.util.Objects.requireNonNull;

import io.caravan.app.html.Html;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows.
 *
 * @param title its title
 * @param json all of it, as members of an object
 * @param head what stands above and does not refresh itself: forms
 * @param live what refreshes itself
 * @param isMoving whether something gets on right now, so that a look is worth while soon
 */
record Shown(String title, Map<String, @Nullable Object> json, Html head, Html live, boolean isMoving) {

    Shown {
        requireNonNull(title, "title");
        requireNonNull(json, "json");
    }
}
