package io.caravan.app.command.letter;

import static io.caravan.app.text.Table.Column.key;
import static io.caravan.app.text.Table.Column.number;
import static io.caravan.app.text.Table.Column.ordinal;
import static io.caravan.app.text.Table.Column.sentence;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.command.LimitOption;
import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.RowPrinter;
import io.caravan.app.text.Table;
import io.caravan.model.ledger.DeadLetter.Status;
import io.caravan.model.ledger.DeadLetterFilter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists dead letters, those of the newest load first.")
public final class DeadLettersListCommand implements Callable<Integer> {

    private final CommandContext context;
    private final DeadLetterReading reading;

    @Mixin
    private DeadLetterChoice choice = new DeadLetterChoice();

    @Option(
            names = "--status",
            paramLabel = "open|replayed|dropped",
            description = "Only those of which this has become. Default: ${DEFAULT-VALUE}.")
    private Status status = Status.OPEN;

    @Option(names = "--summary", description = "How many there are, by feed, error code and column.")
    private boolean summary;

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private FormatOption format = new FormatOption();

    public DeadLettersListCommand(CommandContext context, DeadLetterReading reading) {
        this.context = context;
        this.reading = reading;
    }

    @Override
    public Integer call() {
        Settings read = context.readSettings();
        DeadLetterFilter filter = choice.filter(status);
        if (summary) {
            count(read, filter);
        } else {
            list(read, filter);
        }
        return ExitCode.DONE;
    }

    private void count(Settings read, DeadLetterFilter filter) {
        Table table = new Table(
                text("feed"),
                text("code"),
                text("column"),
                number("dead letters"),
                number("objects"),
                text("first load"),
                text("last load"));
        reading.count(
                read,
                filter,
                count -> table.add(
                        count.feed(),
                        count.errorCode(),
                        count.column(),
                        count.letters(),
                        count.objects(),
                        count.firstLoad(),
                        count.lastLoad()));
        context.print(format.format(), table);
        if (table.rows().isEmpty()) {
            limit.tell(context, 0, "dead letter");
        }
    }

    private void list(Settings read, DeadLetterFilter filter) {
        long shown;
        try (RowPrinter table = context.printer(
                format.format(),
                text("load"),
                key("key"),
                ordinal("line"),
                text("column"),
                text("code"),
                sentence("reason"),
                text("status"))) {
            shown = reading.read(
                    read,
                    filter,
                    limit.limit(),
                    letter -> table.add(
                            letter.load(),
                            letter.key(),
                            letter.line(),
                            letter.column(),
                            letter.errorCode(),
                            letter.reason(),
                            letter.status().text()));
        }
        limit.tell(context, shown, "dead letter");
    }
}
