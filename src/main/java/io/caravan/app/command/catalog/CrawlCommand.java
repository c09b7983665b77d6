package io.caravan.app.command.catalog;

import static io.caravan.app.text.Table.Column.number;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.catalog.CrawlResult;
import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.Table;
import io.caravan.load.publish.PublishReport;
import io.caravan.model.catalog.CatalogColumn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "crawl",
        description =
                "Reads all that feeds have loaded, writes tables of AWS Glue's Data Catalog by which Athena, Redshift Spectrum and"
                        + " Spark read the same, and says what they cannot. A table that is somebody else's is left alone.")
public final class CrawlCommand implements Callable<Integer> {

    /** What there is to crawl. */
    public interface Crawls {

        /**
         * Crawls feeds.
         *
         * @param names empty for all that have publishTo, or all if a database is named
         * @param database of the tables of feeds without publishTo; null for none
         * @param isDryRun whether to say only what would be done
         */
        List<CrawlResult> crawl(Settings settings, Set<String> names, @Nullable String database, boolean isDryRun);
    }

    private final CommandContext context;
    private final Crawls crawls;

    @Option(names = "--feed", paramLabel = "NAME", description = "Only this feed; can be given again.")
    private Set<String> feeds = new LinkedHashSet<>();

    @Option(
            names = "--database",
            paramLabel = "DATABASE",
            description =
                    "Database of the Data Catalog for feeds without publishTo; tables are named like the feeds' own.")
    private @Nullable String database;

    @Option(names = "--dry-run", description = "Say only what would be written.")
    private boolean isDryRun;

    @Mixin
    private FormatOption format = new FormatOption();

    public CrawlCommand(CommandContext context, Crawls crawls) {
        this.context = context;
        this.crawls = crawls;
    }

    @Override
    public Integer call() {
        List<CrawlResult> results = crawls.crawl(context.readSettings(), feeds, database, isDryRun);
        Table table = new Table(
                text("feed"),
                text("table"),
                text("result"),
                text("columns"),
                text("read by"),
                number("partitions added"),
                text("detail"));
        results.forEach(result -> add(table, result));
        context.print(format.format(), table);
        return results.stream().mapToInt(CrawlResult::exitCode).max().orElse(ExitCode.DONE);
    }

    private static void add(Table table, CrawlResult result) {
        @Nullable PublishReport report = result.report();
        if (report == null) {
            table.add(result.feed(), result.table(), result.verdict(), "", "", 0, result.detail());
            return;
        }
        table.add(
                result.feed(),
                result.table(),
                report.change().text(),
                columns(report.table().columns())
                        + (report.table().partitionKeys().isEmpty()
                                ? ""
                                : "; by " + columns(report.table().partitionKeys())),
                report.table().serDe().simpleName(),
                report.newPartitions(),
                String.join("; ", report.warnings()));
    }

    private static String columns(List<CatalogColumn> columns) {
        return columns.stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }
}
