package io.caravan.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.draft.DraftRequest;
import io.caravan.app.draft.FeedDraft;
import io.caravan.app.report.Dialogue;
import io.caravan.app.report.ExitCode;
import io.caravan.app.report.Progress;
import io.caravan.app.secret.Secret;
import io.caravan.app.settings.HttpSettings;
import io.caravan.app.settings.LoadSettings;
import io.caravan.app.settings.RouteSettings;
import io.caravan.app.settings.ServiceSettings;
import io.caravan.app.settings.Settings;
import io.caravan.app.settings.StoreSettings;
import io.caravan.app.settings.WarehouseSettings;
import io.caravan.app.text.Screen;
import io.caravan.csv.guess.Choice;
import io.caravan.testing.TestingClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the command asks, and what becomes of the answers; how a feed is drafted is tried elsewhere. */
class FeedNewCommandTest {

    private static final List<String> DAYS = List.of("day=d/M/yyyy", "day=M/d/yyyy");

    private final List<String> questions = new ArrayList<>();
    private final Drafted drafted = new Drafted();

    /** Has a column of dates that fit two formats, and one that has its own. */
    private static final class Drafted implements FeedNewCommand.Drafts {

        private final List<Map<String, String>> wanted = new ArrayList<>();
        private final List<Map<String, String>> written = new ArrayList<>();

        @Override
        public FeedDraft draft(Settings settings, DraftRequest request) {
            wanted.add(request.parameters());
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("formats", "born=d.M.yyyy");
            parameters.putAll(request.parameters());
            boolean isChosen = request.parameters().containsKey("formats");
            return new FeedDraft(
                    "orders",
                    request.source(),
                    parameters,
                    List.of(),
                    isChosen ? List.of() : List.of(new Choice("day", DAYS)),
                    null,
                    null,
                    null);
        }

        @Override
        public FeedDraft draftOfJob(Settings settings, String job, DraftRequest request) {
            throw new UnsupportedOperationException("no job is asked for");
        }

        @Override
        public void requireFree(Settings settings, String name) {
            assertThat(name).isEqualTo("orders");
        }

        @Override
        public Path write(Settings settings, FeedDraft draft) {
            written.add(draft.parameters());
            return Path.of("orders.camel.yaml");
        }
    }

    private int run(String... answers) {
        Queue<String> left = new ArrayDeque<>(List.of(answers));
        return run(question -> {
            questions.add(question);
            return Optional.ofNullable(left.poll());
        });
    }

    private int run(Dialogue dialogue) {
        PrintWriter out = new PrintWriter(new StringWriter());
        Settings settings = new Settings(
                new WarehouseSettings(
                        "jdbc:redshift://warehouse.example:5439/shop", "caravan", new Secret("secret"), 4),
                null,
                new LoadSettings(Duration.ZERO, null, null, null, null),
                new RouteSettings(Path.of("routes")),
                ServiceSettings.ALONE,
                new StoreSettings(true),
                new HttpSettings(null, 0),
                null,
                Map.of());
        CommandContext context =
                new CommandContext(() -> settings, new Progress(out, new TestingClock()), Screen.NONE, out, out, out);
        return new CommandLine(new FeedNewCommand(context, drafted, dialogue)).execute("s3://shop/orders/");
    }

    @Test
    void whatFitsSeveralFormatsIsAChoice() {
        assertThat(run("2", "")).isEqualTo(ExitCode.DONE);

        assertThat(questions)
                .containsExactly(
                        "day may be written in several ways. [0] text, 1 day=d/M/yyyy, 2 day=M/d/yyyy: ",
                        "Write it? [Y] yes, n no, or NAME=VALUE for a parameter: ");
        assertThat(drafted.written).containsExactly(Map.of("formats", "born=d.M.yyyy; day=M/d/yyyy"));
    }

    @Test
    void noChoiceLeavesTheColumnText() {
        assertThat(run("", "y")).isEqualTo(ExitCode.DONE);

        assertThat(drafted.written).containsExactly(Map.of("formats", "born=d.M.yyyy"));
    }

    @Test
    void aParameterIsTakenAndTheQuestionAskedAgain() {
        assertThat(run("0", "mode=append", "delimiter = tab", "yes")).isEqualTo(ExitCode.DONE);

        assertThat(questions).hasSize(4);
        assertThat(drafted.written)
                .containsExactly(Map.of("formats", "born=d.M.yyyy", "mode", "append", "delimiter", "tab"));
    }

    @Test
    void noWritesNothing() {
        assertThat(run("0", "N")).isEqualTo(ExitCode.DONE);

        assertThat(drafted.written).isEmpty();
    }

    @Test
    void whereNobodyIsTheFeedIsWrittenAsItWasFound() {
        assertThat(run(Dialogue.NOBODY)).isEqualTo(ExitCode.DONE);

        assertThat(drafted.wanted).containsExactly(Map.of());
        assertThat(drafted.written).containsExactly(Map.of("formats", "born=d.M.yyyy"));
    }
}
