package io.caravan.app.command;

import static io.caravan.app.text.Table.Column.sentence;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.report.CheckResult;
import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description =
                "Reads settings and routes, reaches S3 and Redshift, looks at buckets, queues, tables, keys and rights, tries COPY"
                        + " with one row, reads the newest object's first 1,000 records through the feed, and says what is"
                        + " wrong with these, all at once.")
public final class CheckCommand implements Callable<Integer> {

    /** What there is to check. */
    public interface Checks {

        /**
         * Checks everything and throws nothing for what is wrong.
         *
         * @param offline whether to leave out S3 and Redshift
         */
        List<CheckResult> check(Settings settings, boolean offline) throws Exception;
    }

    private final CommandContext context;
    private final Checks checks;

    @Option(names = "--offline", description = "Without S3 and Redshift.")
    private boolean offline;

    @Mixin
    private FormatOption format = new FormatOption();

    public CheckCommand(CommandContext context, Checks checks) {
        this.context = context;
        this.checks = checks;
    }

    @Override
    public Integer call() throws Exception {
        List<CheckResult> results =
                checks.check(offline ? context.readWrittenSettings() : context.readSettings(), offline);
        Table table = new Table(text("what"), text("result"), sentence("detail"));
        results.forEach(result -> table.add(result.subject(), result.verdict().text(), result.detail()));
        context.print(format.format(), table);
        return results.stream()
                .mapToInt(result -> result.verdict().exitCode())
                .max()
                .orElse(ExitCode.DONE);
    }
}
