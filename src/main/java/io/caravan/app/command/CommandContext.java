package io.caravan.app.command;

import static java.util.Objects.requireNonNull;

import io.caravan.app.report.Progress;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.Format;
import io.caravan.app.text.RowPrinter;
import io.caravan.app.text.Screen;
import io.caravan.app.text.Table;
import io.caravan.app.text.WrappedText;
import io.caravan.base.VisibleText;
import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * What every command has at hand.
 *
 * @param settings reads the settings, which fails if they are wrong
 * @param progress shows how far a command is; close it before anything is printed
 * @param screen where results are seen
 * @param out gets results
 * @param coloured gets tables that have colours; what they hold is visible text
 * @param err gets failures and notes
 */
public record CommandContext(
        Supplier<Settings> settings,
        Progress progress,
        Screen screen,
        PrintWriter out,
        PrintWriter coloured,
        PrintWriter err) {

    public CommandContext {
        requireNonNull(settings, "settings");
        requireNonNull(progress, "progress");
        requireNonNull(screen, "screen");
        requireNonNull(out, "out");
        requireNonNull(coloured, "coloured");
        requireNonNull(err, "err");
    }

    /** Returns the settings, with what AWS Glue says of the warehouse if they ask for that. */
    public Settings readSettings() {
        return settings.get().connected();
    }

    /** Returns the settings as they are written, without asking anybody. */
    Settings readWrittenSettings() {
        return settings.get();
    }

    /** Prints a table as a result. */
    public void print(Format format, Table table) {
        print(format.render(table, screen));
    }

    /** Returns what prints the rows of a table that may be too large to be held. */
    public RowPrinter printer(Format format, Table.Column... columns) {
        return format.printer(tables(), screen, columns);
    }

    /** Prints lines as a result. */
    public void print(String lines) {
        tables().print(lines);
        tables().flush();
    }

    private PrintWriter tables() {
        return screen.hasColours() ? coloured : out;
    }

    /** Prints a line as a result; on a terminal, as many as fit it. */
    public void say(String line) {
        out.print(fitting(line));
        out.flush();
    }

    /** Prints a line beside the results likewise; it may hold anything. */
    public void note(String line) {
        err.print(fitting("caravan: " + VisibleText.of(line)));
        err.flush();
    }

    private String fitting(String line) {
        return screen.isTerminal() ? WrappedText.whole(line, screen) : line + System.lineSeparator();
    }
}
