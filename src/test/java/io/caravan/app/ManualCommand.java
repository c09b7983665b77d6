package io.caravan.app;

import io.caravan.app.report.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a command of the manual in the test that runs them.
 *
 * @param page where it stands
 * @param start how it begins
 * @param notRun why it cannot be run here; null if it can
 * @param exitCode what it ends with
 * @param output texts that it prints
 * @param replaced what stands in the way of running it as it is, and what is put in its place, one after the other
 */
record ManualCommand(
        String page, String start, @Nullable String notRun, int exitCode, List<String> output, List<String> replaced) {

    /** Is run, and ends with 0. */
    static ManualCommand run(String page, String start, String... output) {
        return new ManualCommand(page, start, null, ExitCode.DONE, List.of(output), List.of());
    }

    static ManualCommand notRun(String page, String start, String reason) {
        return new ManualCommand(page, start, reason, ExitCode.DONE, List.of(), List.of());
    }

    ManualCommand endsWith(int code) {
        return new ManualCommand(page, start, notRun, code, output, replaced);
    }

    /** Returns the same with something else in place of what this machine does not have: a cluster, fixed ports. */
    ManualCommand with(String... pairs) {
        return new ManualCommand(page, start, notRun, exitCode, output, List.of(pairs));
    }

    /** Returns what is run, of the text in the manual. */
    String script(String text) {
        String script = text;
        for (int i = 0; i < replaced.size(); i += 2) {
            if (!script.contains(replaced.get(i))) {
                throw new AssertionError(page + ": there is no '" + replaced.get(i) + "' in " + text);
            }
            script = script.replace(replaced.get(i), replaced.get(i + 1));
        }
        return script;
    }

    @Override
    public String toString() {
        return page + ": " + start;
    }
}
