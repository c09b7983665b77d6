package io.caravan.app.command.pass;

import static io.caravan.app.text.Table.Column.number;
import static io.caravan.app.text.Table.Column.sentence;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.command.LimitOption;
import io.caravan.app.report.ExitCode;
import io.caravan.app.text.RowPrinter;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.PastLoad;
import java.time.Duration;
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
                text("load"),
                text("feed"),
                text("outcome"),
                number("seconds"),
                number("objects"),
                number("read"),
                number("inserted"),
                number("updated"),
                number("unchanged"),
                number("deleted"),
                number("stale"),
                number("superseded"),
                number("rejected"),
                sentence("error"))) {
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
        LoadCounts counts = load.counts();
        table.add(
                load.id(),
                load.feed(),
                load.outcome().text(),
                Duration.between(load.started(), load.ended()).toSeconds(),
                load.objects(),
                counts.read(),
                counts.inserted(),
                counts.updated(),
                counts.unchanged(),
                counts.deleted(),
                counts.stale(),
                counts.superseded(),
                counts.rejected(),
                load.errorCode() == null ? null : load.errorCode() + ": " + load.error());
    }
}
