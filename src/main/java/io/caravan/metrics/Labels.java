package io.caravan.metrics;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gives the labels of a metric their values. */
final class Labels {

    private Labels() {}

    /** Returns the labels of a metric that has a feed's name as its first. */
    static Tags of(Metric metric, String feed, String... values) {
        List<String> all = new ArrayList<>(List.of(feed));
        all.addAll(Arrays.asList(values));
        return of(metric, all);
    }

    /**
     * Returns the labels of a metric.
     *
     * @param values in the order of the labels
     */
    static Tags of(Metric metric, List<String> values) {
        if (metric.labels().size() != values.size()) {
            throw new IllegalArgumentException(metric + " has the labels " + metric.labels() + ", not " + values);
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            tags.add(Tag.of(metric.labels().get(i), values.get(i)));
        }
        return Tags.of(tags);
    }
}
