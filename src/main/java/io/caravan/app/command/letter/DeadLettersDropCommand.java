package io.caravan.app.command.letter;

import io.caravan.app.command.CommandContext;
import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.FigureText;
import io.caravan.model.ledger.DeadLetter.Status;
import io.caravan.model.ledger.DeadLetterFilter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "drop", description = "Marks open dead letters as dropped: nothing is to be done about them.")
public final class DeadLettersDropCommand implements Callable<Integer> {

    /** What marks them. */
    public interface Dropping {

        /**
         * Marks what is open as dropped.
         *
         * @param dryRun whether to count only
         * @return how many there are
         */
        long drop(Settings settings, DeadLetterFilter open, boolean dryRun);
    }

    private final CommandContext context;
    private final Dropping dropping;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    private DeadLetterChoice choice = new DeadLetterChoice();

    @Option(names = "--dry-run", description = "Only say how many.")
    private boolean dryRun;

    public DeadLettersDropCommand(CommandContext context, Dropping dropping) {
        this.context = context;
        this.dropping = dropping;
    }

    @Override
    public Integer call() {
        if (choice.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Say which dead letters are meant, by --feed, --load, --key, --line, --code or --column");
        }
        long letters = dropping.drop(context.readSettings(), choice.filter(Status.OPEN), dryRun);
        context.say((dryRun ? "Would drop " : "Dropped ") + FigureText.number(letters) + " dead letters.");
        return ExitCode.DONE;
    }
}
