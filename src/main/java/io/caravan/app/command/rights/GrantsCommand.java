package io.caravan.app.command.rights;

import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.Format;
import io.caravan.app.text.Table;
import io.caravan.base.VisibleText;
import io.caravan.model.MissingRight;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "grants",
        description =
                "Prints the SQL that gives the warehouse's user what the feeds need, for somebody who may grant it. What"
                        + " the user has already is left out, if the warehouse can be reached.")
public final class GrantsCommand implements Callable<Integer> {

    /** What is to be granted, and what there is to say about it. */
    public record Found(List<MissingRight> rights, List<String> notes) {

        public Found {
            rights = List.copyOf(rights);
            notes = List.copyOf(notes);
        }
    }

    /** What there is to find. */
    public interface Grants {

        /**
         * Finds what is to be granted.
         *
         * @param isAll whether also what the user has
         * @param isOffline whether to leave the warehouse alone; all is found then
         * @param user whom to grant it, where neither the warehouse nor the settings say so; null if nobody is named
         */
        Found find(Settings settings, boolean isAll, boolean isOffline, @Nullable String user);
    }

    private final CommandContext context;
    private final Grants grants;

    @Option(names = "--all", description = "Also what the user has already.")
    private boolean all;

    @Option(names = "--offline", description = "Without the warehouse: everything, for a first installation.")
    private boolean offline;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description =
                    "Whom to grant it without the warehouse, where the settings do not say: IAMR:ROLE with an IAM URL, say.")
    private @Nullable String user;

    @Mixin
    private FormatOption format = new FormatOption();

    public GrantsCommand(CommandContext context, Grants grants) {
        this.context = context;
        this.grants = grants;
    }

    @Override
    public Integer call() {
        Found found = grants.find(context.readSettings(), all, offline, user);
        if (format.format() == Format.JSON) {
            found.notes().forEach(context::note);
            Table table = new Table(text("what"), text("statement"), text("needed"));
            found.rights().forEach(right -> table.add(right.what(), right.statement(), right.isNeeded()));
            context.print(Format.JSON, table);
        } else {
            // In a pod's log nothing else tells them from statements.
            found.notes().forEach(this::comment);
            found.rights().forEach(this::say);
            if (found.rights().isEmpty()) {
                comment("Nothing is missing.");
            }
        }
        return ExitCode.DONE;
    }

    private void say(MissingRight right) {
        comment(right.what() + (right.isNeeded() ? "" : "; only such objects need it"));
        context.say(right.statement() + ";");
    }

    private void comment(String text) {
        context.say("-- " + VisibleText.of(text.replace("\n", "; ")));
    }
}
