package io.caravan.app.command.terminal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of a command, as {@code man} reads it. picocli writes AsciiDoc, which would have to be converted.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/man.7.html">man(7)</a>
 */
final class ManPage {

    private final CommandSpec command;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    /** Returns the name of a command's page: its words, with hyphens between. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    /**
     * Returns the page of a command.
     *
     * @param version of Caravan
     */
    static String of(CommandSpec command, String version) {
        return new ManPage(command).write(version);
    }

    private String write(String version) {
        String description = text(command.usageMessage().description());
        line(".TH " + quoted(name(command).toUpperCase(Locale.ROOT)) + " 1 \"\" " + quoted("Caravan " + version) + " "
                + quoted("Caravan"));
        section("NAME");
        line(escaped(name(command)) + " \\- " + escaped(firstSentence(description)));
        section("SYNOPSIS");
        line(escaped(command.commandLine()
                .getHelp()
                .synopsis(0)
                .replaceAll("\\s+", " ")
                .strip()));
        if (!description.isEmpty()) {
            section("DESCRIPTION");
            line(escaped(description));
        }
        arguments();
        commands();
        return page.toString();
    }

    private void arguments() {
        List<PositionalParamSpec> parameters = command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        List<OptionSpec> options =
                command.options().stream().filter(option -> !option.hidden()).toList();
        if (parameters.isEmpty() && options.isEmpty()) {
            return;
        }
        section("OPTIONS");
        parameters.forEach(parameter -> item(italic(parameter.paramLabel()), parameter));
        for (OptionSpec option : options) {
            String names = Arrays.stream(option.names()).map(ManPage::bold).collect(Collectors.joining(", "));
            item(names + (option.arity().max() > 0 ? " " + italic(option.paramLabel()) : ""), option);
        }
    }

    private void commands() {
        List<Map.Entry<String, CommandLine>> members = command.subcommands().entrySet().stream()
                .filter(member ->
                        !member.getValue().getCommandSpec().usageMessage().hidden())
                .toList();
        if (members.isEmpty()) {
            return;
        }
        section("COMMANDS");
        for (Map.Entry<String, CommandLine> member : members) {
            CommandSpec spec = member.getValue().getCommandSpec();
            item(
                    bold(name(spec)) + "(1)",
                    firstSentence(text(spec.usageMessage().description())));
        }
    }

    private void item(String term, ArgSpec argument) {
        String value = argument.defaultValueString();
        item(term, text(argument.description()).replace("${DEFAULT-VALUE}", value == null ? "none" : value));
    }

    private void item(String term, String description) {
        line(".TP");
        line(term);
        line(escaped(description));
    }

    private void section(String title) {
        line(".SH " + title);
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    /** In the language in which picocli writes descriptions, a sign may switch on a style. */
    private static String text(String... description) {
        return Ansi.OFF
                .string(String.join(" ", description))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String firstSentence(String description) {
        int end = description.indexOf(". ");
        return (end < 0 ? description : description.substring(0, end)).replaceFirst("[.]$", "");
    }

    private static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    private static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    private static String quoted(String text) {
        return '"' + escaped(text).replace("\"", "\\(dq") + '"';
    }

    /** A line that begins with a dot or an apostrophe would be a request. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
