package io.caravan.app.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The two ways out: that of commands and that of the log. */
class VisibleOutputTest {

    private static final String RAW = "é😀\u001b[31m\u202e\n\tend\n";
    private static final String SHOWN = "é😀\\u001b[31m\\u202e\n\tend\n";

    @Test
    void commandsPrintNothingHarmfulHoweverItIsCutIntoPieces() {
        StringWriter out = new StringWriter();
        PrintWriter writer = VisibleWriter.on(out);
        writer.print(RAW);
        RAW.chars().forEach(writer::write);
        writer.flush();

        assertThat(out).hasToString(SHOWN + SHOWN);
    }

    @Test
    void theLogHasNothingHarmfulHoweverItIsCutIntoPieces() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = VisibleStream.on(out);
        byte[] raw = RAW.getBytes(UTF_8);
        stream.write(raw, 0, raw.length);
        for (byte piece : raw) {
            stream.write(piece);
            stream.flush();
        }

        assertThat(out.toString(UTF_8)).isEqualTo(SHOWN + SHOWN);
    }

    @Test
    void noMessageAddsALineToAStackTrace() {
        Exception inner = new IllegalStateException("inner\nforged\u001b");
        Exception outer = new RuntimeException("outer", inner);
        outer.addSuppressed(new RuntimeException("beside", outer));

        assertThat(StackTraceText.of(outer).lines().filter(line -> !line.matches("\\t+at .*")))
                .containsExactly(
                        "java.lang.RuntimeException: outer",
                        "\tSuppressed: java.lang.RuntimeException: beside",
                        "\tCaused by: java.lang.RuntimeException: outer",
                        "Caused by: java.lang.IllegalStateException: inner\\u000aforged\\u001b");
    }
}
