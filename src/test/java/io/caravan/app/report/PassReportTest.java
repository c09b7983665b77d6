package io.caravan.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.text.Format;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.ledger.RejectedRows;
import io.caravan.model.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PassReportTest {

    private static final LoadRecord ORDERS = load(
            "l1",
            "orders",
            entry("in/1.csv", Outcome.LOADED, new LoadCounts(9, 5, 0, 0, 0, 4), null, null),
            entry(
                    "in/2.csv",
                    Outcome.REJECTED,
                    LoadCounts.NONE,
                    ErrorCode.OBJECT_HEADER,
                    "the header lacks the column customer_id of table sales.orders; its names are id, customer and total"),
            entry("in/3.csv", Outcome.LOADED, new LoadCounts(3, 2, 0, 0, 0, 1), null, null));

    private static final List<RejectedRows> ROWS = List.of(
            new RejectedRows("l1", "shop", "in/1.csv", "ROW_OVERTAKEN", 1, 9, null),
            new RejectedRows("l1", "shop", "in/1.csv", "VALUE_FORMAT", 3, 4, "qty"),
            new RejectedRows("l1", "shop", "in/2.csv", "OBJECT_HEADER", 1, 1, null),
            new RejectedRows("l1", "shop", "in/3.csv", "VALUE_FORMAT", 1, 2, "total"));

    @Test
    void belowTheTableStandsWhyTheRestDidNotLoad() {
        assertThat(report(List.of(ORDERS), ROWS).render(Format.TEXT))
                .isEqualTo(
                        """
                        feed    object              read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                        orders  s3://shop/in/1.csv     9         5        0          0        0      0           0         4  loaded
                        orders  s3://shop/in/2.csv     0         0        0          0        0      0           0         0  rejected
                        orders  s3://shop/in/3.csv     3         2        0          0        0      0           0         1  loaded
                        total   3 objects             12         7        0          0        0      0           0         5

                        Rejected s3://shop/in/2.csv: OBJECT_HEADER: the header lacks the column
                          customer_id of table sales.orders; its names are id, customer and total
                        Rejected rows of feed orders:
                          4 VALUE_FORMAT, first at in/1.csv:4, column qty
                          1 ROW_OVERTAKEN, first at in/1.csv:9
                          'caravan dead-letters list --load l1' shows them
                        """);
    }

    @Test
    void jsonHasTheReasonsBesideTheObjects() {
        assertThat(report(List.of(ORDERS), ROWS).render(Format.JSON))
                .isEqualTo(
                        """
                        [
                          {"feed": "orders", "object": "s3://shop/in/1.csv", "read": 9, "inserted": 5, "updated": 0, "unchanged": 0, "deleted": 0, "stale": 0, "superseded": 0, "rejected": 4, "outcome": "loaded", "rejected rows": [{"code": "ROW_OVERTAKEN", "rows": 1, "first line": 9, "first column": null}, {"code": "VALUE_FORMAT", "rows": 3, "first line": 4, "first column": "qty"}]},
                          {"feed": "orders", "object": "s3://shop/in/2.csv", "read": 0, "inserted": 0, "updated": 0, "unchanged": 0, "deleted": 0, "stale": 0, "superseded": 0, "rejected": 0, "outcome": "rejected", "code": "OBJECT_HEADER", "reason": "the header lacks the column customer_id of table sales.orders; its names are id, customer and total"},
                          {"feed": "orders", "object": "s3://shop/in/3.csv", "read": 3, "inserted": 2, "updated": 0, "unchanged": 0, "deleted": 0, "stale": 0, "superseded": 0, "rejected": 1, "outcome": "loaded", "rejected rows": [{"code": "VALUE_FORMAT", "rows": 1, "first line": 2, "first column": "total"}]}
                        ]
                        """);
    }

    @Test
    void ofTwoLoadsTheCommandShowsBoth() {
        LoadRecord again =
                load("l2", "orders", entry("in/4.csv", Outcome.LOADED, new LoadCounts(1, 0, 0, 0, 0, 1), null, null));
        RejectedRows row = new RejectedRows("l2", "shop", "in/4.csv", "VALUE_FORMAT", 1, 2, "qty");

        assertThat(report(List.of(ORDERS, again), List.of(ROWS.get(0), row)).render(Format.TEXT))
                .endsWith(
                        """
                        Rejected rows of feed orders:
                          1 ROW_OVERTAKEN, first at in/1.csv:9
                          1 VALUE_FORMAT, first at in/4.csv:2, column qty
                          'caravan dead-letters list --feed orders' shows them
                        """);
    }

    @Test
    void aHundredRejectedObjectsAreNotAHundredLines() {
        LedgerEntry[] entries = IntStream.rangeClosed(1, 100)
                .mapToObj(i ->
                        entry("in/" + i + ".csv", Outcome.REJECTED, LoadCounts.NONE, ErrorCode.OBJECT_CHARSET, "x"))
                .toArray(LedgerEntry[]::new);

        assertThat(report(List.of(load("l1", "orders", entries)), List.of()).render(Format.TEXT))
                .endsWith(
                        """
                        Rejected s3://shop/in/10.csv: OBJECT_CHARSET: x
                        And 90 more rejected objects: 'caravan objects list --outcome rejected' shows them
                        """);
    }

    @Test
    void whereNothingIsNewItSaysWhatThereIs() {
        PassReport report = new PassReport(
                new LoadReport(List.of(), List.of()),
                List.of(),
                List.of(
                        new QuietFeed("orders", "s3://shop/in/", 3),
                        new QuietFeed("one", "s3://shop/one/", 1),
                        new QuietFeed("typo", "s3://shop/typo/", 0)));

        assertThat(report.render(Format.TEXT))
                .isEqualTo(
                        """
                        Feed orders: 3 objects, all loaded before or rejected
                        Feed one: 1 object, loaded before or rejected
                        Feed typo: no object under s3://shop/typo/
                        """);
        assertThat(report.render(Format.JSON))
                .isEqualTo(
                        """
                        [
                          {"feed": "orders", "place": "s3://shop/in/", "objects": 3, "outcome": "nothing new"},
                          {"feed": "one", "place": "s3://shop/one/", "objects": 1, "outcome": "nothing new"},
                          {"feed": "typo", "place": "s3://shop/typo/", "objects": 0, "outcome": "nothing new"}
                        ]
                        """);
    }

    /** What has failed is told by the command, and is no reason to say that nothing was new. */
    @Test
    void theHeaderStandsAloneWhereEverythingFailed() {
        LoadReport failed = new LoadReport(
                List.of(),
                List.of(new LoadReport.Failure(
                        "orders", null, new RetryableException(ErrorCode.WAREHOUSE_UNREACHABLE, "away"))));

        assertThat(new PassReport(failed, List.of(), List.of()).render(Format.TEXT))
                .isEqualTo("feed  object  read  inserted  updated  unchanged  deleted  stale  superseded  rejected"
                        + "  outcome\n");
    }

    private static PassReport report(List<LoadRecord> loads, List<RejectedRows> rows) {
        return new PassReport(new LoadReport(loads, List.of()), rows, List.of());
    }

    private static LoadRecord load(String id, String feed, LedgerEntry... entries) {
        return new LoadRecord(
                id,
                feed,
                TableName.parse("sales.orders"),
                Instant.EPOCH,
                Instant.EPOCH,
                Outcome.LOADED,
                List.of(entries),
                PhaseTimes.NONE,
                null,
                null);
    }

    private static LedgerEntry entry(
            String key, Outcome outcome, LoadCounts counts, @Nullable ErrorCode code, @Nullable String error) {
        return new LedgerEntry(
                new ObjectVersion("shop", key, "e", 1, Instant.EPOCH), null, outcome, counts, code, error);
    }
}
