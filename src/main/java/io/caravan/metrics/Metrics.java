package io.caravan.metrics;

import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.PoolStatus;
import io.caravan.model.status.ReloadStatus;
import io.caravan.spi.LoadListener;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All metrics of the process, as Prometheus reads them. Safe for use by several threads. */
public final class Metrics implements AutoCloseable {

    /** What {@link #scrape} returns: <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the text format</a>. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final LoadMetrics loads = new LoadMetrics(registry);
    private final Gauges gauges = new Gauges(registry);
    private final Observed observed;
    private final Clock clock;
    private final String version;
    private final String java = Runtime.version().toString();

    /**
     * Begins to count.
     *
     * @param version of Caravan
     */
    public Metrics(Observed observed, String version, Clock clock) {
        this.observed = observed;
        this.version = version;
        this.clock = clock;
        Stream.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        new FileDescriptorMetrics(),
                        garbage)
                .forEach(binder -> binder.bindTo(registry));
        reloads("applied", ReloadStatus::applied);
        reloads("refused", ReloadStatus::refused);
    }

    private void reloads(String outcome, ToDoubleFunction<ReloadStatus> count) {
        FunctionCounter.builder(Metric.RELOADS.meter(), observed, source -> count.applyAsDouble(source.reload()))
                .description(Metric.RELOADS.meaning())
                .tags(Labels.of(Metric.RELOADS, List.of(outcome)))
                .register(registry);
    }

    /** Returns what counts what loads tell. */
    public LoadListener listener() {
        return loads;
    }

    /** Returns all metrics as text. */
    public synchronized String scrape() {
        List<FeedStatus> feeds = observed.feeds();
        loads.retain(feeds.stream().map(FeedStatus::feed).collect(Collectors.toSet()));
        feeds.forEach(this::set);
        setProcess();
        gauges.publish();
        return registry.scrape();
    }

    /** What another replica knows better is not shown. */
    private void set(FeedStatus feed) {
        gauges.set(Metric.FEED_LEADER, feed.isLeader(), feed.feed());
        if (!feed.isLeader()) {
            return;
        }
        Instant oldest = feed.backlog().oldest();
        gauges.set(Metric.BACKLOG_OBJECTS, (double) feed.backlog().objects(), feed.feed());
        gauges.set(Metric.BACKLOG_BYTES, (double) feed.backlog().bytes(), feed.feed());
        gauges.set(Metric.LAG, oldest == null ? 0 : seconds(Duration.between(oldest, clock.instant())), feed.feed());
        gauges.set(Metric.OBJECTS_SET_ASIDE, feed.setAside().size(), feed.feed());
        gauges.set(Metric.OBJECT_MISSING, feed.missingSince() != null, feed.feed());
        gauges.set(Metric.FEED_FAILING, feed.isFailing(), feed.feed());
        setTime(Metric.NEWEST_OBJECT, feed.newestObject(), feed.feed());
        setTime(Metric.LAST_SUCCESS, feed.lastGood(), feed.feed());
        setTime(Metric.LAST_LOAD, feed.lastLoad(), feed.feed());
    }

    private void setProcess() {
        gauges.set(Metric.READY, observed.isReady());
        observed.reachable().forEach((system, reached) -> gauges.set(Metric.REACHABLE, reached, system));
        PoolStatus pool = observed.pool();
        gauges.set(Metric.CONNECTIONS, pool.active(), "active");
        gauges.set(Metric.CONNECTIONS, pool.idle(), "idle");
        gauges.set(Metric.CONNECTIONS_MAX, pool.max());
        gauges.set(Metric.CONNECTIONS_WAITING, pool.waiting());
        ReloadStatus reload = observed.reload();
        gauges.set(Metric.RELOAD_SUCCESSFUL, reload.isCurrent());
        setTime(Metric.RELOAD_SUCCESS, reload.appliedAt());
        gauges.set(Metric.BUILD, 1, version, java);
    }

    private void setTime(Metric metric, @Nullable Instant time, String... labels) {
        if (time != null) {
            gauges.set(metric, seconds(Duration.between(Instant.EPOCH, time)), labels);
        }
    }

    /** S3's clock may be ahead of this one by a little. */
    private static double seconds(Duration span) {
        return span.isNegative() ? 0 : span.toMillis() / 1000.0;
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
