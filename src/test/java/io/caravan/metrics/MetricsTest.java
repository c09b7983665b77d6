package io.caravan.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.FeedRole;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.ObjectSetAside;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.status.Backlog;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.PoolStatus;
import io.caravan.model.status.ReloadStatus;
import io.caravan.model.table.TableName;
import io.caravan.testing.TestingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Prometheus reads after loads have told what they did. */
class MetricsTest {

    private static final TableName TARGET = TableName.parse("public.employee");
    private static final ObjectVersion OBJECT = new ObjectVersion("b", "secret-key", "v", 1000, Instant.EPOCH);

    private final TestingClock clock = new TestingClock();
    private final TestingService service = new TestingService();
    private final Metrics metrics = new Metrics(service, "1.2.3", clock);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void aFeedBeginsWithZeros() {
        service.feeds = List.of(leader("employee"));

        assertThat(lines("employee"))
                .contains(
                        "caravan_rows_read_total{feed=\"employee\"} 0.0",
                        "caravan_rows_total{feed=\"employee\",outcome=\"stale\"} 0.0",
                        "caravan_loads_total{feed=\"employee\",outcome=\"failed\"} 0.0",
                        "caravan_objects_total{feed=\"employee\",outcome=\"superseded\"} 0.0",
                        "caravan_count_mismatches_total{feed=\"employee\"} 0.0",
                        "caravan_load_duration_seconds_count{feed=\"employee\"} 0",
                        "caravan_load_phase_duration_seconds_bucket{feed=\"employee\",phase=\"merging\",le=\"7200.0\"} 0",
                        "caravan_backlog_objects{feed=\"employee\"} 0.0",
                        "caravan_lag_seconds{feed=\"employee\"} 0.0");
    }

    @Test
    void aLoadThatCommitsCountsOnceByEachOutcome() {
        // read = inserted + updated + unchanged + (deleted - deletedUnread) + stale + superseded + rejected
        LoadCounts counts = new LoadCounts(28, 1, 2, 3, 9, 4, 6, 7, 4);
        assertThat(counts.addUp()).isTrue();
        metrics.listener().objectsFound("employee", 3, 3000);
        metrics.listener()
                .loadFinished(load(Outcome.LOADED, null, entry(Outcome.LOADED, counts))
                        .withDeadLetters(7));
        service.feeds = List.of(leader("employee"));

        assertThat(lines("employee"))
                .contains(
                        "caravan_objects_discovered_total{feed=\"employee\"} 3.0",
                        "caravan_discovered_bytes_total{feed=\"employee\"} 3000.0",
                        "caravan_objects_total{feed=\"employee\",outcome=\"loaded\"} 1.0",
                        "caravan_object_bytes_total{feed=\"employee\",outcome=\"loaded\"} 1000.0",
                        "caravan_rows_read_total{feed=\"employee\"} 28.0",
                        "caravan_rows_total{feed=\"employee\",outcome=\"inserted\"} 1.0",
                        "caravan_rows_total{feed=\"employee\",outcome=\"updated\"} 2.0",
                        "caravan_rows_total{feed=\"employee\",outcome=\"unchanged\"} 3.0",
                        "caravan_rows_total{feed=\"employee\",outcome=\"deleted\"} 5.0",
                        "caravan_rows_total{feed=\"employee\",outcome=\"stale\"} 4.0",
                        "caravan_rows_total{feed=\"employee\",outcome=\"superseded\"} 6.0",
                        "caravan_rows_total{feed=\"employee\",outcome=\"rejected\"} 7.0",
                        "caravan_rows_deleted_unread_total{feed=\"employee\"} 4.0",
                        "caravan_dead_letters_total{feed=\"employee\"} 7.0",
                        "caravan_loads_total{feed=\"employee\",outcome=\"loaded\"} 1.0",
                        "caravan_load_duration_seconds_sum{feed=\"employee\"} 10.0",
                        "caravan_load_duration_seconds_bucket{feed=\"employee\",le=\"5.0\"} 0",
                        "caravan_load_duration_seconds_bucket{feed=\"employee\",le=\"10.0\"} 1",
                        "caravan_load_phase_duration_seconds_sum{feed=\"employee\",phase=\"reading\"} 5.0",
                        "caravan_load_phase_duration_seconds_sum{feed=\"employee\",phase=\"staging\"} 3.0",
                        "caravan_load_phase_duration_seconds_sum{feed=\"employee\",phase=\"merging\"} 2.0");
        assertThat(sum("caravan_rows_total{feed=\"employee\""))
                .isEqualTo(sum("caravan_rows_read_total{feed=\"employee\""));
    }

    @Test
    void aLoadThatAnotherOvertookIsARetryAndNoFailure() {
        service.feeds = List.of(leader("employee"));
        metrics.listener().loadFinished(load(Outcome.FAILED, ErrorCode.LEDGER_MOVED));

        assertThat(lines("employee"))
                .contains(
                        "caravan_loads_total{feed=\"employee\",outcome=\"failed\"} 0.0",
                        "caravan_retries_total{code=\"LEDGER_MOVED\",feed=\"employee\"} 1.0");
    }

    @Test
    void failuresCountByTheirCodes() {
        service.feeds = List.of(leader("employee"));
        metrics.listener().loadFinished(load(Outcome.FAILED, ErrorCode.COUNTS_DO_NOT_ADD_UP));
        RetryableException conflict = new RetryableException(ErrorCode.WAREHOUSE_CONFLICT, "secret message");
        metrics.listener().retrying("employee", conflict, 1, 5, Duration.ZERO);
        metrics.listener().retrying("employee", conflict, 2, 5, Duration.ZERO);
        metrics.listener().feedFailed("employee", conflict, Duration.ZERO, false);

        assertThat(lines("employee"))
                .contains(
                        "caravan_loads_total{feed=\"employee\",outcome=\"failed\"} 1.0",
                        "caravan_count_mismatches_total{feed=\"employee\"} 1.0",
                        "caravan_retries_total{code=\"WAREHOUSE_CONFLICT\",feed=\"employee\"} 2.0",
                        "caravan_feed_failures_total{code=\"WAREHOUSE_CONFLICT\",feed=\"employee\"} 1.0");
        assertThat(metrics.scrape()).doesNotContain("secret");
    }

    @Test
    void gaugesShowTheStatusOfAFeed() {
        clock.pass(Duration.ofHours(1));
        Instant now = clock.instant();
        service.feeds = List.of(status(
                "employee", new Backlog(5, 500, now.minusSeconds(90)), now.minusSeconds(60), now, List.of(OBJECT)));

        assertThat(lines("employee"))
                .contains(
                        "caravan_backlog_objects{feed=\"employee\"} 5.0",
                        "caravan_backlog_bytes{feed=\"employee\"} 500.0",
                        "caravan_lag_seconds{feed=\"employee\"} 90.0",
                        "caravan_objects_set_aside{feed=\"employee\"} 1.0",
                        "caravan_feed_failing{feed=\"employee\"} 1.0",
                        "caravan_feed_leader{feed=\"employee\"} 1.0");
        assertThat(value("caravan_last_success_timestamp_seconds{feed=\"employee\"}"))
                .isEqualTo(59 * 60.0);
        assertThat(metrics.scrape()).doesNotContain("secret-key");
    }

    @Test
    void whatHasNotHappenedYetHasNoTime() {
        service.feeds = List.of(leader("employee"));

        assertThat(metrics.scrape())
                .doesNotContain("\ncaravan_last_success_timestamp_seconds")
                .doesNotContain("\ncaravan_last_load_timestamp_seconds")
                .doesNotContain("\ncaravan_newest_object_timestamp_seconds");
    }

    @Test
    void aFeedOfAnotherReplicaShowsOnlyThatItIs() {
        service.feeds = List.of(leader("employee"));
        metrics.scrape();
        service.feeds = List.of(FeedStatus.standby("employee"));

        assertThat(lines("employee").stream().filter(line -> !line.contains("_total{") && !line.contains("_duration_")))
                .containsExactly("caravan_feed_leader{feed=\"employee\"} 0.0");
    }

    @Test
    void theSeriesOfAFeedThatIsRemovedEnd() {
        service.feeds = List.of(leader("employee"), leader("other"));
        metrics.listener().retrying("other", new RetryableException(ErrorCode.COMMIT_LOST, ""), 1, 5, Duration.ZERO);
        assertThat(lines("other")).hasSizeGreaterThan(30);
        service.feeds = List.of(leader("employee"));
        assertThat(lines("other")).isEmpty();
        assertThat(lines("employee")).hasSizeGreaterThan(30);

        // Its last load ends after it is gone; and a feed of the same name begins anew.
        metrics.listener().loadFinished(load("other", Outcome.FAILED, ErrorCode.COMMIT_LOST));
        assertThat(lines("other")).isEmpty();
        service.feeds = List.of(leader("other"));
        assertThat(lines("other")).contains("caravan_loads_total{feed=\"other\",outcome=\"failed\"} 0.0");
    }

    @Test
    void theProcessShowsWhatItNeeds() {
        service.reload = new ReloadStatus(3, 2, Instant.ofEpochSecond(1000), Instant.EPOCH, "secret reason");

        String all = metrics.scrape();
        assertThat(all.lines())
                .contains(
                        "caravan_routes_reloads_total{outcome=\"applied\"} 3.0",
                        "caravan_routes_reloads_total{outcome=\"refused\"} 2.0",
                        "caravan_routes_last_reload_successful 0.0",
                        "caravan_routes_last_reload_success_timestamp_seconds 1000.0",
                        "caravan_warehouse_connections{state=\"active\"} 1.0",
                        "caravan_warehouse_connections{state=\"idle\"} 2.0",
                        "caravan_warehouse_connections_waiting 3.0",
                        "caravan_warehouse_connections_max 4.0",
                        "caravan_reachable{system=\"s3\"} 0.0",
                        "caravan_reachable{system=\"warehouse\"} 1.0",
                        "caravan_ready 1.0",
                        "caravan_build{java=\"" + Runtime.version() + "\",version=\"1.2.3\"} 1.0");
        assertThat(all)
                .contains("\njvm_memory_used_bytes{")
                .contains("\njvm_threads_live_threads ")
                .contains("\nprocess_cpu_usage ")
                .contains("\nprocess_uptime_seconds ")
                .contains("\nprocess_files_open_files ")
                .doesNotContain("secret");
    }

    /** Names, types, labels and help of what is shown are those of the table, and nothing else of Caravan's is shown. */
    @Test
    void allIsAsTheTableHasIt() {
        Instant now = clock.instant();
        service.feeds = List.of(status("employee", new Backlog(5, 500, now), now, now, List.of(OBJECT)));
        metrics.listener()
                .feedFailed("employee", new RetryableException(ErrorCode.COMMIT_LOST, ""), Duration.ZERO, false);
        metrics.listener().retrying("employee", new RetryableException(ErrorCode.COMMIT_LOST, ""), 1, 5, Duration.ZERO);
        metrics.listener()
                .tidyFailed("employee", 2, new RetryableException(ErrorCode.OBJECT_STORE_BUSY, ""), Duration.ZERO);
        metrics.listener().publishFailed("employee", new RetryableException(ErrorCode.CATALOG_UNREACHABLE, ""));
        List<String> lines = metrics.scrape().lines().toList();

        for (Metric metric : Metric.values()) {
            String name = metric.prometheusName();
            assertThat(lines)
                    .contains("# TYPE " + name + " " + metric.type().text(), "# HELP " + name + " " + metric.meaning());
            String sample = name + (metric.type() == Metric.Type.HISTOGRAM ? "_sum" : "");
            assertThat(lines.stream()
                            .filter(line -> line.matches(sample + "[{ ].*"))
                            .map(MetricsTest::labels)
                            .collect(Collectors.toSet()))
                    .as(name)
                    .containsExactly(Set.copyOf(metric.labels()));
        }
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("# TYPE caravan_"))
                        .map(line -> line.substring("# TYPE ".length()).replaceFirst(" .*", ""))
                        // Of each histogram, Micrometer also shows the greatest value of late.
                        .filter(name -> !name.endsWith("_duration_seconds_max")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Metric.values()).map(Metric::prometheusName).toList());
    }

    private static Set<String> labels(String line) {
        Set<String> labels = new TreeSet<>();
        Matcher matcher = Pattern.compile("(\\w+)=\"").matcher(line);
        while (matcher.find()) {
            labels.add(matcher.group(1));
        }
        return labels;
    }

    private List<String> lines(String feed) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.contains("feed=\"" + feed + "\""))
                .toList();
    }

    private double sum(String start) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private double value(String series) {
        return sum(series + " ");
    }

    private static LoadRecord load(Outcome outcome, @Nullable ErrorCode code, LedgerEntry... entries) {
        return load("employee", outcome, code, entries);
    }

    private static LoadRecord load(String feed, Outcome outcome, @Nullable ErrorCode code, LedgerEntry... entries) {
        return new LoadRecord(
                "secret-load-id",
                feed,
                TARGET,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(10),
                outcome,
                List.of(entries),
                new PhaseTimes(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(2)),
                code,
                null);
    }

    private static LedgerEntry entry(Outcome outcome, LoadCounts counts) {
        return new LedgerEntry(OBJECT, null, outcome, counts, null, null);
    }

    private static FeedStatus leader(String feed) {
        return status(feed, Backlog.NONE, null, null, List.of());
    }

    private static FeedStatus status(
            String feed,
            Backlog backlog,
            @Nullable Instant lastGood,
            @Nullable Instant failingSince,
            List<ObjectVersion> setAside) {
        return new FeedStatus(
                feed,
                FeedRole.LEADER,
                false,
                true,
                lastGood,
                lastGood,
                lastGood,
                backlog,
                failingSince,
                failingSince == null ? 0 : 1,
                failingSince == null ? null : ErrorCode.COMMIT_LOST,
                null,
                failingSince,
                setAside.stream()
                        .map(object -> new ObjectSetAside(object, null, null, 0, Instant.EPOCH))
                        .toList(),
                List.of(),
                0,
                0,
                null);
    }

    private static final class TestingService implements Observed {

        private List<FeedStatus> feeds = List.of();
        private ReloadStatus reload = ReloadStatus.unchanged(Instant.EPOCH);

        @Override
        public List<FeedStatus> feeds() {
            return feeds;
        }

        @Override
        public ReloadStatus reload() {
            return reload;
        }

        @Override
        public PoolStatus pool() {
            return new PoolStatus(1, 2, 3, 4);
        }

        @Override
        public Map<String, Boolean> reachable() {
            return Map.of("warehouse", true, "s3", false);
        }

        @Override
        public boolean isReady() {
            return true;
        }
    }
}
