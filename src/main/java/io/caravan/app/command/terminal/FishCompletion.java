package io.caravan.app.command.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What lets fish complete commands and options, which picocli does not make.
 *
 * @see <a href="https://fishshell.com/docs/current/cmds/complete.html">complete</a>
 */
final class FishCompletion {

    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String program) {
        this.program = program;
    }

    static String of(CommandSpec root) {
        FishCompletion completion = new FishCompletion(root.name());
        completion.add(root, List.of());
        return completion.lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private void add(CommandSpec command, List<String> path) {
        String here = condition(path, command.subcommands());
        for (Map.Entry<String, CommandLine> sub : command.subcommands().entrySet()) {
            CommandSpec spec = sub.getValue().getCommandSpec();
            if (spec.usageMessage().hidden()) {
                continue;
            }
            lines.add("complete -c " + program + " -f -n " + quoted(here) + " -a " + sub.getKey() + " -d "
                    + quoted(first(spec.usageMessage().description())));
            List<String> below = new ArrayList<>(path);
            below.add(sub.getKey());
            add(spec, below);
        }
        for (OptionSpec option : command.options()) {
            lines.add("complete -c " + program + " -n " + quoted(here) + " -l "
                    + option.longestName().replaceFirst("^--", "")
                    + (option.arity().max() > 0 ? " -r" : "") + " -d " + quoted(first(option.description())));
        }
    }

    private static String condition(List<String> path, Map<String, CommandLine> subcommands) {
        if (path.isEmpty()) {
            return "__fish_use_subcommand";
        }
        String seen =
                path.stream().map(name -> "__fish_seen_subcommand_from " + name).collect(Collectors.joining("; and "));
        return subcommands.isEmpty()
                ? seen
                : seen + "; and not __fish_seen_subcommand_from " + String.join(" ", subcommands.keySet());
    }

    /** The first sentence is enough in a list. */
    private static String first(String... description) {
        return description.length == 0
                ? ""
                : description[0].replaceFirst("[.;:] .*", "").replaceFirst("\\.$", "");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
