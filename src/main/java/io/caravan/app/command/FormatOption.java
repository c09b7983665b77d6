package io.caravan.app.command;

import io.caravan.app.text.Format;
import picocli.CommandLine.Option;

/** The option of all commands that print tables. */
public final class FormatOption {

    @Option(
            names = "--format",
            paramLabel = "text|json|csv",
            description = "How tables are printed, ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    /** Returns how tables are printed. */
    public Format format() {
        return format;
    }
}
