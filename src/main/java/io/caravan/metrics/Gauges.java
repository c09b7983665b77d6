package io.caravan.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Gauges whose series are set anew each time: one that is not set disappears. Used by one thread at a time.
 */
final class Gauges {

    private final Map<Metric, MultiGauge> gauges = new EnumMap<>(Metric.class);
    private final Map<Metric, List<MultiGauge.Row<?>>> rows = new EnumMap<>(Metric.class);

    Gauges(MeterRegistry registry) {
        for (Metric metric : Metric.values()) {
            if (metric.type() == Metric.Type.GAUGE) {
                gauges.put(
                        metric,
                        MultiGauge.builder(metric.meter())
                                .baseUnit(metric.unit().orElse(null))
                                .description(metric.meaning())
                                .register(registry));
            }
        }
    }

    /**
     * Sets a value, for {@link #publish}.
     *
     * @param labels values of the metric's labels, in their order
     */
    void set(Metric metric, double value, String... labels) {
        rows.computeIfAbsent(metric, key -> new ArrayList<>())
                .add(MultiGauge.Row.of(Labels.of(metric, List.of(labels)), value));
    }

    void set(Metric metric, boolean value, String... labels) {
        set(metric, value ? 1 : 0, labels);
    }

    /** Shows what was set since the last time, and nothing else. */
    void publish() {
        gauges.forEach((metric, gauge) -> gauge.register(rows.getOrDefault(metric, List.of()), true));
        rows.clear();
    }
}
