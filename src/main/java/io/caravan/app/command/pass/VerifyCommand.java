package io.caravan.app.command.pass;

import static io.caravan.app.text.Table.Column.number;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.Table;
import io.caravan.load.remember.RememberedCheck.Result;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description =
                "Compares what feeds with rememberRows remember with their tables, row by row; exits with 3 if they"
                        + " differ. While such a feed loads, they do.")
public final class VerifyCommand implements Callable<Integer> {

    /** What there is to compare. */
    public interface Checks {

        /**
         * Compares what feeds remember, by their names.
         *
         * @param names empty for all feeds that remember rows
         */
        Map<String, Result> check(Settings settings, Set<String> names);
    }

    private final CommandContext context;
    private final Checks checks;

    @Option(names = "--feed", paramLabel = "NAME", description = "Only this feed; can be given again.")
    private Set<String> feeds = new LinkedHashSet<>();

    @Mixin
    private FormatOption format = new FormatOption();

    public VerifyCommand(CommandContext context, Checks checks) {
        this.context = context;
        this.checks = checks;
    }

    @Override
    public Integer call() {
        Map<String, Result> results = checks.check(context.readSettings(), feeds);
        Table table = new Table(
                text("feed"),
                text("result"),
                number("equal"),
                number("different"),
                number("only in table"),
                number("only remembered"),
                text("detail"));
        results.forEach((feed, result) -> table.add(
                feed,
                result.differs() ? "differs" : "same",
                result.equal(),
                result.different(),
                result.onlyInTarget(),
                result.onlyRemembered(),
                result.detail()));
        context.print(format.format(), table);
        return results.values().stream().anyMatch(Result::differs) ? ExitCode.REJECTED : ExitCode.DONE;
    }
}
