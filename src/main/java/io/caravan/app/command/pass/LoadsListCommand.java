package io.caravan.app.command.pass;

import static io.caravan.app.text.Table.Column.number;
import static io.caravan.app.text.Table.Column.sentence;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.command.LimitOption;
import io.caravan.app.report.CountColumns;
import io.caravan.app.report.ExitCode;
import io.caravan.app.text.RowPrinter;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.PastLoad;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists loads, the newest first.")
public final class LoadsListCommand implements Callable<Integer> {

    private final CommandContext context;
    private final LoadReading reading;

    @Option(names = "--feed", paramLabel = "NAME", description = "Only those of this feed.")
    private @Nullable String feed;

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private FormatOption format = new FormatOption();

    public LoadsListCommand(CommandContext context, LoadReading reading) {
        this.context = context;
        this.reading = reading;
    }

    @Override
    public Integer call() {
        long shown;
        try (RowPrinter table = context.printer(
                format.format(),
                CountColumns.between(
                        List.of(text("load"), text("feed"), text("outcome"), number("seconds"), number("objects")),
                        sentence("error")))) {
            shown = reading.read(
                    context.readSettings(),
                    new LoadFilter(null, feed, null, null),
                    limit.limit(),
                    load -> add(table, load));
        }
        limit.tell(context, shown, "load");
        return ExitCode.DONE;
    }

    private static void add(RowPrinter table, PastLoad load) {
        table.add(CountColumns.cells(
                List.of(
                        load.id(),
                        load.feed(),
                        load.outcome().text(),
                        Duration.between(load.started(), load.ended()).toSeconds(),
                        load.objects()),
                load.counts(),
                load.errorCode() == null ? null : load.errorCode() + ": " + load.error()));
    }
}
