package io.caravan.app.command;

import picocli.CommandLine.Option;

/** The option of commands that could show more than anybody wants to read. */
public final class LimitOption {

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The most to show; 0 for all. Default: ${DEFAULT-VALUE}.")
    private long limit = 100;

    /** Returns the most to show; {@link Long#MAX_VALUE} for all. */
    public long limit() {
        return limit <= 0 ? Long.MAX_VALUE : limit;
    }

    /**
     * Says it if that was not all, or nothing.
     *
     * @param shown how many were shown
     * @param what what was shown, for people
     */
    public void tell(CommandContext context, long shown, String what) {
        if (shown == 0) {
            context.note("there is no such " + what);
        } else if (shown == limit()) {
            context.note("there may be more; --limit " + 10 * shown + " shows more of them, --limit 0 all");
        }
    }
}
