package io.caravan.app.command.terminal;

import io.caravan.app.report.Progress;
import io.caravan.app.text.Screen;
import java.io.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The screen of this process's console. */
public final class ConsoleScreen {

    private ConsoleScreen() {}

    /**
     * Returns the screen. It has colours unless <a href="https://no-color.org">NO_COLOR</a> is set, or {@code TERM} says that
     * there are none.
     *
     * @param console the process's console, or null
     * @param term the variable {@code TERM}, or null
     */
    public static Screen of(@Nullable Console console, @Nullable String term) {
        if (console == null || !Progress.isTerminal(console)) {
            return Screen.NONE;
        }
        boolean hasColours = term != null && !term.equals("dumb") && Ansi.AUTO.enabled();
        return new Screen(new UsageMessageSpec().autoWidth(true).width(), true, hasColours);
    }
}
