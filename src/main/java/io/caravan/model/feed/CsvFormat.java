package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How the CSV of a feed is written.
 *
 * @param charset charset of the objects; a UTF-8 byte order mark is skipped whatever it is
 * @param delimiter between fields
 * @param quote around fields that hold a delimiter, a line break or a quote; null if the feed knows no quoting
 * @param escape gives the next character another meaning, inside and outside quotes; null if a quote inside quotes is
 *     doubled, as RFC 4180 has it
 * @param escapes what a character behind the escape means
 * @param header whether the first record names the columns; otherwise the layout has their names, or fields are the target's
 *     columns in declared order
 * @param nulls which fields are NULL; those that are empty and unquoted by default, so that {@code a,,c} has a NULL and
 *     {@code a,"",c} an empty string
 * @param layout what stands around the records, and how they may differ
 */
public record CsvFormat(
        Charset charset,
        char delimiter,
        @Nullable Character quote,
        @Nullable Character escape,
        Escapes escapes,
        boolean header,
        NullTexts nulls,
        CsvLayout layout) {

    /** RFC 4180 with a header, in UTF-8. */
    public static final CsvFormat DEFAULT = new CsvFormat(StandardCharsets.UTF_8, ',', '"', null, true, "");

    public CsvFormat {
        requireNonNull(charset, "charset");
        requireNonNull(escapes, "escapes");
        requireNonNull(nulls, "nulls");
        requireNonNull(layout, "layout");
        if (isLineBreak(delimiter) || isLineBreak(quote) || isLineBreak(escape)) {
            throw new IllegalArgumentException("delimiter, quote and escape cannot be a line break");
        }
        if ((quote != null && quote == delimiter) || (escape != null && escape == delimiter)) {
            throw new IllegalArgumentException("the delimiter cannot also be the quote or the escape");
        }
        if (escape != null && escape.equals(quote)) {
            escape = null;
        }
        if (escapes.haveNames() && (isNamed(delimiter) || isNamed(quote))) {
            throw new IllegalArgumentException(
                    "the delimiter and the quote cannot be a letter, a digit or a dot where these mean something behind the"
                            + " escape");
        }
    }

    /** Makes a format of objects in which all is records, but for a header. */
    public CsvFormat(
            Charset charset,
            char delimiter,
            @Nullable Character quote,
            @Nullable Character escape,
            Escapes escapes,
            boolean header,
            String nullString) {
        this(charset, delimiter, quote, escape, escapes, header, NullTexts.of(nullString), CsvLayout.PLAIN);
    }

    /** Makes a format in which the escape, if there is one, takes the next character as it is. */
    public CsvFormat(
            Charset charset,
            char delimiter,
            @Nullable Character quote,
            @Nullable Character escape,
            boolean header,
            String nullString) {
        this(charset, delimiter, quote, escape, Escapes.LITERAL, header, nullString);
    }

    /** Returns the format of records that were taken out of such an object, as text, with its header before them. */
    public CsvFormat ofRecordsAlone() {
        return new CsvFormat(
                StandardCharsets.UTF_8, delimiter, quote, escape, escapes, header, nulls, layout.ofRecordsAlone());
    }

    /** Returns whether fields are told by names: those of a header, or the feed's. */
    public boolean hasNames() {
        return header || !layout.names().isEmpty();
    }

    /** Returns the first of the texts that are NULL. */
    public String nullString() {
        return nulls.texts().get(0);
    }

    private static boolean isNamed(@Nullable Character c) {
        return c != null && (c == '.' || Character.isLetterOrDigit(c));
    }

    private static boolean isLineBreak(@Nullable Character c) {
        return c != null && (c == '\n' || c == '\r');
    }
}
