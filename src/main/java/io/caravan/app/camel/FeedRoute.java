package io.caravan.app.camel;

import java.util.List;
import java.util.Objects;
import org.apache.camel.model.TemplatedRouteDefinition;

/**
 * A feed's route, before Camel has made it. Two are equal if Camel would make the same of them.
 *
 * @param file name of the route file
 * @param definition what it says
 * @param parameters what is in force, as it is written: for people
 * @param meaning all that it depends on: its parameters, its template, and what stands around it
 */
record FeedRoute(
        String file, TemplatedRouteDefinition definition, List<FeedParameter> parameters, List<String> meaning) {

    FeedRoute {
        parameters = List.copyOf(parameters);
        meaning = List.copyOf(meaning);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeedRoute route && meaning.equals(route.meaning);
    }

    @Override
    public int hashCode() {
        return Objects.hash(meaning);
    }
}
