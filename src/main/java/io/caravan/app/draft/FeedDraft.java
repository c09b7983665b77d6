package io.caravan.app.draft;

import io.caravan.csv.guess.Choice;
import io.caravan.csv.guess.Finding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A feed as it might be.
 *
 * @param name of the feed, and of its file
 * @param source where the objects are, for people
 * @param parameters by name, in the order of the file
 * @param findings how the objects are written, and why the parameters say so
 * @param choices columns that fit several formats, and are text
 * @param ddl the statement that makes the table; null if no object can make one
 * @param trial what came of reading objects through the feed; null if the feed cannot be tried
 * @param problem why not; null if it can
 */
public record FeedDraft(
        String name,
        String source,
        Map<String, String> parameters,
        List<Finding> findings,
        List<Choice> choices,
        @Nullable String ddl,
        @Nullable Trial trial,
        @Nullable String problem) {

    public FeedDraft {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        findings = List.copyOf(findings);
        choices = List.copyOf(choices);
    }

    FeedDraft with(String statement, Trial tried) {
        return new FeedDraft(name, source, parameters, findings, choices, statement, tried, null);
    }

    FeedDraft with(String reason) {
        return new FeedDraft(name, source, parameters, findings, choices, null, null, reason);
    }
}
