package io.caravan.app.command;

import static java.util.Objects.requireNonNull;

import io.caravan.app.report.Progress;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.Format;
import io.caravan.app.text.Table;
import io.caravan.base.VisibleText;
import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * What every command has at hand.
 *
 * @param settings reads the settings, which fails if they are wrong
 * @param progress shows how far a command is; close it before anything is printed
 * @param out gets results
 * @param err gets failures and notes
 */
public record CommandContext(Supplier<Settings> settings, Progress progress, PrintWriter out, PrintWriter err) {

    public CommandContext {
        requireNonNull(settings, "settings");
        requireNonNull(progress, "progress");
        requireNonNull(out, "out");
        requireNonNull(err, "err");
    }

    public Settings readSettings() {
        return settings.get();
    }

    /** Prints a table as a result. */
    public void print(Format format, Table table) {
        print(format.render(table));
    }

    /** Prints lines as a result. */
    public void print(String lines) {
        out.print(lines);
        out.flush();
    }

    /** Prints a line as a result. */
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints a line beside the results; it may hold anything. */
    public void note(String line) {
        err.println("caravan: " + VisibleText.of(line));
        err.flush();
    }
}
