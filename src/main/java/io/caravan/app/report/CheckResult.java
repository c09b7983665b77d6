package io.caravan.app.report;

import static java.util.Objects.requireNonNull;

/**
 * What a check of one thing found.
 *
 * @param subject what was checked: a setting, a route file, a feed, a bucket, a table
 * @param verdict how it is
 * @param detail what is wrong and the way out, or what was found
 */
public record CheckResult(String subject, Verdict verdict, String detail) {

    /** How a thing is, from good to bad. */
    public enum Verdict {
        OK("ok", ExitCode.DONE),
        /** It works, and may do what nobody wants. */
        WARNING("warning", ExitCode.DONE),
        /** It could not be reached, or failed. */
        FAILED("failed", ExitCode.FAILED),
        /** Nothing helps but another setting, another grant or another table. */
        INVALID("invalid", ExitCode.INVALID);

        private final String text;
        private final int exitCode;

        Verdict(String text, int exitCode) {
            this.text = text;
            this.exitCode = exitCode;
        }

        public String text() {
            return text;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    public CheckResult {
        requireNonNull(subject, "subject");
        requireNonNull(verdict, "verdict");
        requireNonNull(detail, "detail");
    }
}
