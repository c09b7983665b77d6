package io.caravan.app.command.letter;

import static io.caravan.app.text.Table.Column.ordinal;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.command.LimitOption;
import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.RowPrinter;
import io.caravan.app.text.WrappedText;
import io.caravan.base.VisibleText;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetter.Status;
import io.caravan.model.ledger.DeadLetterFilter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "show", description = "Shows dead letters with all that is known of them, and the whole record.")
public final class DeadLettersShowCommand implements Callable<Integer> {

    private final CommandContext context;
    private final DeadLetterReading reading;

    @Mixin
    private DeadLetterChoice choice = new DeadLetterChoice();

    @Option(
            names = "--status",
            paramLabel = "open|replayed|dropped",
            description = "Only those of which this has become. Default: any.")
    private @Nullable Status status;

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private FormatOption format = new FormatOption();

    public DeadLettersShowCommand(CommandContext context, DeadLetterReading reading) {
        this.context = context;
        this.reading = reading;
    }

    @Override
    public Integer call() {
        Settings read = context.readSettings();
        DeadLetterFilter filter = choice.filter(status);
        long shown =
                switch (format.format()) {
                    case TEXT -> reading.read(read, filter, limit.limit(), this::print);
                    case JSON, CSV -> rows(read, filter);
                };
        context.out().flush();
        limit.tell(context, shown, "dead letter");
        return ExitCode.DONE;
    }

    private void print(DeadLetter letter) {
        line("", "s3://" + letter.bucket() + "/" + letter.key() + " line " + letter.line());
        line(
                "  ",
                letter.errorCode() + (letter.column() == null ? "" : " in " + letter.column()) + ": "
                        + letter.reason());
        line(
                "  ",
                "feed " + letter.feed() + ", load " + letter.load() + ", "
                        + letter.status().text()
                        + (letter.replayedBy() == null ? "" : " by load " + letter.replayedBy()));
        // As it is, however long.
        letter.raw().lines().forEach(part -> context.out().println(VisibleText.of("  | " + part)));
    }

    /** It may hold anything, also what a terminal would obey. */
    private void line(String margin, String text) {
        if (context.screen().isTerminal()) {
            context.out().print(WrappedText.of(margin, text, context.screen()));
        } else {
            context.out().println(VisibleText.of(margin + text));
        }
    }

    private long rows(Settings read, DeadLetterFilter filter) {
        try (RowPrinter array = context.printer(
                format.format(),
                text("feed"),
                text("load"),
                text("bucket"),
                text("key"),
                text("etag"),
                ordinal("line"),
                text("column"),
                text("code"),
                text("reason"),
                text("raw"),
                text("status"),
                text("replayed by"))) {
            return reading.read(
                    read,
                    filter,
                    limit.limit(),
                    letter -> array.add(
                            letter.feed(),
                            letter.load(),
                            letter.bucket(),
                            letter.key(),
                            letter.etag(),
                            letter.line(),
                            letter.column(),
                            letter.errorCode(),
                            letter.reason(),
                            letter.raw(),
                            letter.status().text(),
                            letter.replayedBy()));
        }
    }
}
