package io.caravan.csv.detect;

import static java.util.Objects.requireNonNull;

import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Escapes;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * How records are parted into fields.
 *
 * @param quote null for none
 * @param escape null for none
 */
record Punctuation(char delimiter, @Nullable Character quote, @Nullable Character escape, Escapes escapes) {

    /** What nobody has to say. */
    static final Punctuation RFC_4180 = new Punctuation(',', '"', null, Escapes.LITERAL);

    private static final String WRITTEN_NULL = "\\N";

    Punctuation {
        requireNonNull(escapes, "escapes");
    }

    /** Returns a format that reads all of a sample as records: no header is taken away. */
    CsvFormat format(Charset charset) {
        return new CsvFormat(charset, delimiter, quote, escape, escapes, false, escape == null ? "" : WRITTEN_NULL);
    }

    /** Returns how unusual it is: of two that read the samples equally well, the one that is less so is meant. */
    double plausibility() {
        double likely =
                switch (delimiter) {
                    case ',', ';', '\t', '|', '\u0001' -> 1;
                    case ':' -> 0.4;
                    case ' ' -> 0.5;
                    default -> 0.95;
                };
        likely *= quote == null ? 0.999 : quote == '"' ? 1 : 0.997;
        return escape == null ? likely : likely * (escapes == Escapes.LITERAL ? 0.9995 : 0.999);
    }
}
