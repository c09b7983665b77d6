package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.SettingsReader;
import io.caravan.app.wiring.SpiDecorator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands that pages name in running text, and that alerts tell whoever they wake to run. */
class NamedCommandsTest {

    private static final String COMMAND =
            "((?:run|load|check|verify|demo|sandbox|sql|dead-letters|objects)\\b[^`|>;\\n]*)";
    private static final Pattern IN_PAGES = Pattern.compile("`(?:[^`\\n]*\\bcaravan )?" + COMMAND + "`");
    private static final Pattern IN_ALERTS = Pattern.compile("-- caravan " + COMMAND);
    private static final Path ALERTS = Path.of("deploy", "prometheus", "caravan-rules.yaml");

    @Test
    void theyAreCommands() throws IOException {
        List<String> commands = new ArrayList<>();
        ManualBlock.pages().forEach(page -> commands.addAll(find(IN_PAGES, page)));
        assertThat(commands).hasSizeGreaterThan(50);
        List<String> inAlerts = find(IN_ALERTS, ALERTS);
        assertThat(inAlerts).hasSize(3);
        commands.addAll(inAlerts);

        assertThat(commands).allSatisfy(command -> {
            StringWriter err = new StringWriter();
            PrintWriter nowhere = new PrintWriter(new StringWriter());
            int exitCode = CommandTree.execute(
                    SettingsReader.ofProcess(), SpiDecorator.NONE, nowhere, new PrintWriter(err), arguments(command));
            assertThat(exitCode).as("%s: %s", command, err).isEqualTo(ExitCode.DONE);
        });
    }

    /** An alert reaches people who have nothing before them but its text. */
    @Test
    void alertsSayTheWholeCommand() throws IOException {
        assertThat(Files.readAllLines(ALERTS))
                .filteredOn(line -> line.matches(".*\\bcaravan (dead-letters|objects|check|load)\\b.*"))
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(line).contains("kubectl exec --namespace caravan deploy/caravan -- caravan "));
    }

    private static List<String> find(Pattern pattern, Path file) {
        try {
            return pattern.matcher(Files.readString(file))
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Help instead of what it does: options that are not there are refused all the same. */
    private static String[] arguments(String command) {
        String plain = command.replaceAll("\\{\\{.*?}}", "NAME")
                .replace("'", "")
                .replace("…", "")
                .replace("TIME", "2026-01-01")
                .strip();
        return Stream.concat(Stream.of(plain.split("\\s+", -1)), Stream.of("--help"))
                .toArray(String[]::new);
    }
}
