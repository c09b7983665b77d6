package io.caravan.app.command;

import static io.caravan.app.text.Table.Column.key;
import static io.caravan.app.text.Table.Column.number;
import static io.caravan.app.text.Table.Column.sentence;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.RowPrinter;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.ledger.ObjectFilter;
import io.caravan.model.ledger.ObjectState;
import io.caravan.model.ledger.Outcome;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists what became of each object last, the newest first.")
public final class ObjectsListCommand implements Callable<Integer> {

    /** What reads the ledger. */
    public interface Reading {

        /**
         * Shows entries.
         *
         * @param history whether to show all entries of an object, and not only the last one
         * @param limit how many at most
         * @return how many were shown
         */
        long read(Settings settings, ObjectFilter filter, boolean history, long limit, Consumer<ObjectState> action);
    }

    private final CommandContext context;
    private final Reading reading;

    @Option(names = "--feed", paramLabel = "NAME", description = "Only those of this feed.")
    private @Nullable String feed;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "Only those of which this became: ${COMPLETION-CANDIDATES}.")
    private @Nullable Outcome outcome;

    @Option(names = "--key", paramLabel = "KEY", description = "Only the object with this key.")
    private @Nullable String key;

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Only those whose keys begin so.")
    private @Nullable String prefix;

    @Option(names = "--all", description = "All that was said of an object, not only what was said last.")
    private boolean history;

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private FormatOption format = new FormatOption();

    public ObjectsListCommand(CommandContext context, Reading reading) {
        this.context = context;
        this.reading = reading;
    }

    @Override
    public Integer call() {
        ObjectFilter filter =
                new ObjectFilter(feed == null ? null : FeedEntries.named(feed), outcome, key, prefix, null, null);
        long shown;
        try (RowPrinter table = context.printer(
                format.format(),
                key("object"),
                text("outcome"),
                number("read"),
                number("rejected"),
                text("load"),
                text("time"),
                sentence("error"),
                key("same content as"))) {
            shown = reading.read(
                    context.readSettings(),
                    filter,
                    history,
                    limit.limit(),
                    state -> table.add(
                            "s3://" + state.bucket() + "/" + state.key(),
                            state.outcome().text(),
                            state.read(),
                            state.rejected(),
                            state.load(),
                            state.at().toString(),
                            state.errorCode() == null ? null : state.errorCode() + ": " + state.error(),
                            state.sameAs()));
        }
        limit.tell(context, shown, "object in the ledger");
        return ExitCode.DONE;
    }
}
