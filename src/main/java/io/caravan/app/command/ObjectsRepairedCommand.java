package io.caravan.app.command;

import static io.caravan.app.text.Table.Column.key;
import static io.caravan.app.text.Table.Column.ordinal;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.RowPrinter;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.RecordedRepair;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "repaired",
        description =
                "Lists values that were repaired, as their feed's onInvalid has it: those of the newest load first.")
public final class ObjectsRepairedCommand implements Callable<Integer> {

    /** What reads the ledger. */
    public interface Reading {

        /**
         * Shows repaired values.
         *
         * @param filter says of which rows; of a code or a status nothing
         * @param limit how many at most
         * @return how many were shown
         */
        long readRepaired(Settings settings, DeadLetterFilter filter, long limit, Consumer<RecordedRepair> action);
    }

    private final CommandContext context;
    private final Reading reading;

    @Option(names = "--feed", paramLabel = "NAME", description = "Only those of this feed.")
    private @Nullable String feed;

    @Option(names = "--load", paramLabel = "ID", description = "Only those of this load.")
    private @Nullable String load;

    @Option(names = "--key", paramLabel = "KEY", description = "Only those of the object with this key.")
    private @Nullable String key;

    @Option(names = "--line", paramLabel = "N", description = "Only those of records that start at this line.")
    private @Nullable Long line;

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private FormatOption format = new FormatOption();

    public ObjectsRepairedCommand(CommandContext context, Reading reading) {
        this.context = context;
        this.reading = reading;
    }

    @Override
    public Integer call() {
        DeadLetterFilter filter =
                new DeadLetterFilter(feed == null ? null : FeedEntries.named(feed), load, key, null, line, null, null);
        long shown;
        try (RowPrinter table = context.printer(
                format.format(),
                text("load"),
                key("key"),
                ordinal("line"),
                text("column"),
                text("repair"),
                text("original"))) {
            shown = reading.readRepaired(
                    context.readSettings(),
                    filter,
                    limit.limit(),
                    repair -> table.add(
                            repair.load(),
                            repair.key(),
                            repair.value().lineNumber(),
                            repair.value().column(),
                            repair.value().action().text(),
                            repair.value().original()));
        }
        limit.tell(context, shown, "repaired value");
        return ExitCode.DONE;
    }
}
