package io.caravan.app.command;

import io.caravan.app.catalog.CrawlResult;
import io.caravan.app.command.catalog.CrawlCommand;
import io.caravan.app.command.letter.DeadLettersDropCommand;
import io.caravan.app.command.letter.DeadLettersReplayCommand;
import io.caravan.app.command.pass.VerifyCommand;
import io.caravan.app.draft.DraftRequest;
import io.caravan.app.draft.FeedDraft;
import io.caravan.app.draft.Trial;
import io.caravan.app.report.Dialogue;
import io.caravan.app.report.LoadReport;
import io.caravan.app.report.ReplayReport;
import io.caravan.app.settings.Settings;
import io.caravan.app.verify.VerifiedTable;
import io.caravan.app.verify.VerifyReport;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.csv.guess.Confidence;
import io.caravan.csv.guess.Finding;
import io.caravan.load.remember.RememberedCheck;
import io.caravan.load.replay.LeftOpen;
import io.caravan.load.verify.TableVerification;
import io.caravan.load.verify.VerifyVerdict;
import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.RecordedRepair;
import io.caravan.model.row.RepairedValue;
import io.caravan.model.table.TableName;
import io.caravan.model.verify.DifferentRow;
import io.caravan.model.verify.RowDifference;
import io.caravan.model.verify.TableDifferences;
import io.caravan.redshift.SqlRows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Commands that change something, or look beyond the ledger, for {@link ScreensTest}: nothing is behind them. */
final class ActedScreens {

    private final LoadRecord record;
    private final String key;

    /** Shows an object of a load. */
    ActedScreens(LoadRecord record, String key) {
        this.record = record;
        this.key = key;
    }

    /** Returns those among the commands about objects. */
    List<Object> ofObjects(CommandContext context) {
        return List.of(
                new ObjectsRepairedCommand(context, this::repaired),
                new ObjectsRearmCommand(context, (settings, feed, filter, mode) -> 1_234),
                new ObjectsSkipCommand(context, (settings, feed, wanted, mode) -> 1_234));
    }

    /** Returns those among the commands about dead letters. */
    List<Object> ofLetters(CommandContext context) {
        return List.of(
                new DeadLettersReplayCommand(context, (settings, request, listener) -> replayed()),
                new DeadLettersDropCommand(context, (settings, open, dryRun) -> 12));
    }

    List<Object> others(CommandContext context) {
        return List.of(
                new VerifyCommand(context, (settings, request, listener) -> verified()),
                new FeedCommand(new FeedNewCommand(context, new Drafted(), Dialogue.NOBODY)),
                new CrawlCommand(context, (settings, names, database, isDryRun) -> crawled()),
                new SqlCommand(context, ActedScreens::run));
    }

    private long repaired(Settings settings, DeadLetterFilter filter, long limit, Consumer<RecordedRepair> action) {
        action.accept(new RecordedRepair(
                record.id(),
                "orders",
                "shop",
                key,
                "e1",
                new RepairedValue(1_234_567, "qty", OnInvalid.ROUND, "1,5 x")));
        return 1;
    }

    private ReplayReport replayed() {
        return new ReplayReport(
                "orders",
                null,
                new LoadReport(List.of(record), List.of()),
                List.of(record.objects().get(1).object()),
                Map.of(LeftOpen.CUT, 3L));
    }

    private static VerifyReport verified() {
        Map<String, @Nullable String> id = new LinkedHashMap<>();
        id.put("id", "2");
        id.put("region", null);
        TableDifferences differences = new TableDifferences(
                1_234_567,
                2,
                1,
                0L,
                12L,
                Map.of("qty", 2L),
                List.of(
                        new DifferentRow(RowDifference.DIFFERENT, id),
                        new DifferentRow(RowDifference.IN_NO_OBJECT, Map.of("id", "9"))));
        TableVerification different = new TableVerification(
                TableName.parse("public.orders"),
                List.of("orders"),
                VerifyVerdict.DIFFERENT,
                12,
                40,
                differences,
                List.of("spare: no object has it"),
                List.of(),
                null);
        TableVerification unknown = new TableVerification(
                TableName.parse("public.customers"),
                List.of("customers", "more_customers"),
                VerifyVerdict.UNKNOWN,
                3,
                3,
                new TableDifferences(5, 0, 0, null, null, Map.of(), List.of()),
                List.of(),
                List.of("s3://shop/in/region=europe-west/customers.csv is not there any more as it was loaded"),
                null);
        TableVerification failed = TableVerification.failed(
                TableName.parse("public.items"),
                List.of("items"),
                new RetryableException(ErrorCode.WAREHOUSE_UNREACHABLE, "The warehouse does not answer"));
        return new VerifyReport(List.of(
                new VerifiedTable(
                        different, Map.of("orders", new RememberedCheck.Result(1_234_567, 2, 12, 1, true, "all rows"))),
                new VerifiedTable(unknown, Map.of()),
                new VerifiedTable(failed, Map.of())));
    }

    private static List<CrawlResult> crawled() {
        return List.of(
                new CrawlResult("orders", "lake.orders", null, null),
                new CrawlResult(
                        "customers",
                        "lake.customers",
                        null,
                        new RetryableException(
                                ErrorCode.OBJECT_STORE_UNREACHABLE, "The Data Catalog does not answer within 10 s")));
    }

    private static long run(Settings settings, String sql, long limit, SqlRows rows) {
        rows.begin(List.of(new SqlRows.Column("id", true), new SqlRows.Column("name", false)));
        rows.add(List.of(
                1_234_567, "a name that is longer than most of the others that there are in this table, by far"));
        rows.add(Arrays.asList(2, null));
        return 2;
    }

    private static final class Drafted implements FeedNewCommand.Drafts {

        @Override
        public FeedDraft draft(Settings settings, DraftRequest request) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("bucket", "shop");
            parameters.put("prefix", "in/");
            return new FeedDraft(
                    "orders",
                    request.source(),
                    parameters,
                    List.of(
                            new Finding("delimiter", ";", Confidence.SURE, "every line of 3 objects has 2 of them"),
                            new Finding(
                                    "keys",
                                    "id",
                                    Confidence.GUESS,
                                    "no value of it repeats in 1,000 records of 3 objects, and its name is that of a key")),
                    List.of(),
                    "CREATE TABLE \"public\".\"orders\" (\"id\" BIGINT NOT NULL, \"name\" VARCHAR(256), \"placed_at\""
                            + " TIMESTAMP, \"total\" DECIMAL(18,2))",
                    new Trial(
                            1_000,
                            999,
                            null,
                            List.of("id", "name", "placed_at", "total"),
                            List.of(
                                    List.of(
                                            "1",
                                            "somebody with a name of more than thirty letters",
                                            "2026-11-30",
                                            "1.50"),
                                    Arrays.asList("2", null, null, "2.00"))),
                    null);
        }

        @Override
        public FeedDraft draftOfJob(Settings settings, String job, DraftRequest request) {
            throw new UnsupportedOperationException("no job is asked for");
        }

        @Override
        public void requireFree(Settings settings, String name) {
            // It is.
        }

        @Override
        public Path write(Settings settings, FeedDraft draft) {
            return Path.of("routes/orders.camel.yaml");
        }
    }
}
