package io.caravan.app.command;

import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.draft.DraftRequest;
import io.caravan.app.draft.FeedDraft;
import io.caravan.app.draft.SourcePlace;
import io.caravan.app.draft.Trial;
import io.caravan.app.report.Dialogue;
import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.Format;
import io.caravan.app.text.Table;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.csv.guess.Choice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "new",
        description =
                "Looks at objects, says how they are written and how sure that is, and writes a feed that loads them. On a"
                        + " terminal it asks first; in a pipe it asks nothing.")
public final class FeedNewCommand implements Callable<Integer> {

    /** What drafts and writes feeds. */
    public interface Drafts {

        /**
         * Drafts a feed.
         *
         * @throws io.caravan.base.CaravanException if the objects cannot be read, or are no CSV
         */
        FeedDraft draft(Settings settings, DraftRequest request) throws Exception;

        /**
         * Drafts a feed for what a job of AWS Glue does.
         *
         * @throws io.caravan.base.CaravanException if there is no such job, or it does not say what it reads or writes
         */
        FeedDraft draftOfJob(Settings settings, String job, DraftRequest request) throws Exception;

        /**
         * Makes sure that a feed of a name can be written.
         *
         * @throws io.caravan.base.InvalidConfigurationException if not
         */
        void requireFree(Settings settings, String name);

        /** Writes the feed's file, which is not there yet. */
        Path write(Settings settings, FeedDraft draft);
    }

    private static final int CELL_CHARS = 24;
    private static final int COLUMNS = 8;

    private final CommandContext context;
    private final Drafts drafts;
    private final Dialogue dialogue;

    @Parameters(
            arity = "0..1",
            paramLabel = "SOURCE",
            description = "s3://bucket/prefix, or a file of this machine, for which nothing is written.")
    private String source = "";

    @Option(
            names = "--from-glue-job",
            paramLabel = "JOB",
            description = "In place of SOURCE: a job of AWS Glue; its tables, keys and mapping become the feed's.")
    private @Nullable String glueJob;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Target table. Default: named like the prefix, in public.")
    private @Nullable String table;

    @Option(
            names = "--keys",
            paramLabel = "COLUMNS",
            description = "Matching keys, with commas between; empty for none. Default: a column that looks like one.")
    private @Nullable String keys;

    @Option(names = "--text", description = "Let all columns of the new table be text.")
    private boolean isText;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A parameter as it is to be, whatever is found; may be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Print only, write nothing.")
    private boolean isDryRun;

    public FeedNewCommand(CommandContext context, Drafts drafts, Dialogue dialogue) {
        this.context = context;
        this.drafts = drafts;
        this.dialogue = dialogue;
    }

    @Override
    public Integer call() throws Exception {
        Settings known = context.readSettings();
        if (source.isEmpty() == (glueJob == null)) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID,
                    "Name what the feed is for: objects, s3://bucket/prefix, or --from-glue-job");
        }
        boolean writes = !isDryRun && (glueJob != null || SourcePlace.isS3(source));
        DraftRequest request = new DraftRequest(source, table, keys, isText, parameters);
        FeedDraft draft = draft(known, request);
        if (writes) {
            drafts.requireFree(known, draft.name());
        }
        print(draft);
        if (writes) {
            Optional<String> formats = choose(draft);
            if (formats.isPresent()) {
                request = request.with("formats", formats.get());
                draft = draft(known, request);
                print(draft);
            }
        }
        while (writes) {
            Optional<String> answer = dialogue.ask("Write it? [Y] yes, n no, or NAME=VALUE for a parameter: ");
            if (answer.filter(text -> text.equalsIgnoreCase("n")).isPresent()) {
                return ExitCode.DONE;
            }
            int equals = answer.orElse("").indexOf('=');
            if (equals < 1) {
                break;
            }
            request = request.with(
                    answer.orElse("").substring(0, equals).strip(),
                    answer.orElse("").substring(equals + 1).strip());
            draft = draft(known, request);
            print(draft);
        }
        if (!writes) {
            printParameters(draft);
        } else if (draft.problem() == null) {
            Path file = drafts.write(known, draft);
            context.say("Wrote " + file + ". Next: caravan check, then caravan load --feed " + draft.name());
        }
        return draft.problem() == null ? ExitCode.DONE : ExitCode.INVALID;
    }

    private FeedDraft draft(Settings known, DraftRequest request) throws Exception {
        return glueJob == null ? drafts.draft(known, request) : drafts.draftOfJob(known, glueJob, request);
    }

    /** Asks how columns are written that fit several formats, and returns all formats of the feed; empty if none was chosen. */
    private Optional<String> choose(FeedDraft draft) {
        List<String> formats = new ArrayList<>();
        for (Choice choice : draft.choices()) {
            StringBuilder question =
                    new StringBuilder(choice.column()).append(" may be written in several ways. [0] text");
            for (int i = 0; i < choice.formats().size(); i++) {
                question.append(", ")
                        .append(i + 1)
                        .append(' ')
                        .append(choice.formats().get(i));
            }
            Optional<String> answer = dialogue.ask(question.append(": ").toString());
            for (int i = 0; i < choice.formats().size(); i++) {
                if (answer.equals(Optional.of(Integer.toString(i + 1)))) {
                    formats.add(choice.formats().get(i));
                }
            }
        }
        if (formats.isEmpty()) {
            return Optional.empty();
        }
        String found = draft.parameters().getOrDefault("formats", "");
        return Optional.of((found.isEmpty() ? "" : found + "; ") + String.join("; ", formats));
    }

    private void print(FeedDraft draft) {
        Table found = new Table(text("what"), text("is"), text("how sure"), text("why"));
        draft.findings()
                .forEach(finding -> found.add(
                        finding.subject(), finding.value(), finding.confidence().text(), finding.reason()));
        context.print(Format.TEXT, found);
        context.say("");
        Trial trial = draft.trial();
        if (trial != null) {
            printRows(trial);
            context.say(trial.text());
            context.say("");
        }
        String ddl = draft.ddl();
        if (ddl != null) {
            context.say(ddl);
            context.say("");
        }
        if (draft.problem() != null) {
            context.say("No feed can be made that loads: " + draft.problem());
        }
    }

    private void printRows(Trial trial) {
        int shown = Math.min(COLUMNS, trial.columns().size());
        Table rows = new Table(trial.columns().stream()
                .limit(shown)
                .map(name -> text(cut(name)))
                .toArray(Table.Column[]::new));
        trial.rows()
                .forEach(row -> rows.add(row.stream()
                        .limit(shown)
                        .map(value -> value == null ? "NULL" : cut(value))
                        .toArray()));
        context.print(Format.TEXT, rows);
        if (trial.columns().size() > shown) {
            context.say("and " + (trial.columns().size() - shown) + " more columns");
        }
        context.say("");
    }

    private static String cut(String text) {
        return text.length() <= CELL_CHARS ? text : text.substring(0, CELL_CHARS - 1) + "…";
    }

    private void printParameters(FeedDraft draft) {
        Table parameters = new Table(text("parameter"), text("value"));
        draft.parameters().forEach(parameters::add);
        context.print(Format.TEXT, parameters);
    }
}
