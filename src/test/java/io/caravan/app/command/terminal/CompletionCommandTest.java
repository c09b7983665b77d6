package io.caravan.app.command.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CompletionCommandTest {

    @Command(name = "caravan")
    private static final class Root {}

    @Command(name = "loads", description = "The run history: what loads there were.")
    private static final class Group {}

    @Command(name = "list", description = "Lists loads, the feed's own first. Always.")
    private static final class Listing implements Runnable {

        @Option(names = "--feed", paramLabel = "NAME", description = "Only those of this feed.")
        private String feed = "";

        @Option(names = "--all", description = "All of them.")
        private boolean all;

        @Override
        public void run() {
            throw new IllegalStateException(feed + all);
        }
    }

    private final StringWriter out = new StringWriter();

    @Test
    void fishCompletesCommandsWhereTheyAreAndTheirOptions() {
        assertThat(completion("fish"))
                .isEqualTo(
                        """
                        complete -c caravan -f -n '__fish_use_subcommand' -a loads -d 'The run history'
                        complete -c caravan -f -n '__fish_seen_subcommand_from loads; and not __fish_seen_subcommand_from list' -a list -d 'Lists loads, the feed\\'s own first'
                        complete -c caravan -n '__fish_seen_subcommand_from loads; and __fish_seen_subcommand_from list' -l feed -r -d 'Only those of this feed'
                        complete -c caravan -n '__fish_seen_subcommand_from loads; and __fish_seen_subcommand_from list' -l all -d 'All of them'
                        complete -c caravan -f -n '__fish_use_subcommand' -a completion -d 'Prints what lets a shell complete commands and options'
                        """);
    }

    @Test
    void bashAndZshTakeOneScript() {
        String bash = completion("bash");
        out.getBuffer().setLength(0);

        assertThat(bash).contains("complete -F _complete_caravan", "caravan_loads_list");
        assertThat(completion("zsh").replaceAll("(?m)^# .*$", "")).isEqualTo(bash.replaceAll("(?m)^# .*$", ""));
    }

    private String completion(String shell) {
        CommandLine root = new CommandLine(new Root()).setCaseInsensitiveEnumValuesAllowed(true);
        root.addSubcommand(new CommandLine(new Group()).addSubcommand(new Listing()));
        root.addSubcommand(new CompletionCommand(new PrintWriter(out)));
        assertThat(root.setCaseInsensitiveEnumValuesAllowed(true).execute("completion", shell))
                .isZero();
        return out.toString();
    }
}
