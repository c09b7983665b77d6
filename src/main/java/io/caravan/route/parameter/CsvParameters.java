package io.caravan.route.parameter;

import io.caravan.model.feed.ColumnNames;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.CsvLayout;
import io.caravan.model.feed.Escapes;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.NamedCharacters;
import io.caravan.model.feed.NullTexts;
import io.caravan.model.feed.RecordLength;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a feed's parameters say about how its objects are written. */
final class CsvParameters {

    private static final Pattern COMMA = Pattern.compile(",");

    /** That is what stands around rows, and not half of an object. */
    private static final int MOST_LINES = 10_000;

    private static final int MOST_COMMENT_CHARS = 10;

    private final ParameterTexts texts;
    private final MergePolicy merge;

    /**
     * Takes the texts.
     *
     * @param texts is told of all that does not hold
     * @param merge says whether rows are changes
     */
    CsvParameters(ParameterTexts texts, MergePolicy merge) {
        this.texts = texts;
        this.merge = merge;
    }

    CsvFormat format() {
        CsvFormat fallback = CsvFormat.DEFAULT;
        Charset charset = texts.parse("charset", texts.given("charset", "UTF-8"), Charset::forName, fallback.charset());
        Character delimiter = character("delimiter", "comma");
        Escapes escapes = escapes();
        // PostgreSQL's text format knows no quoting, and neither form writes NULL as an empty field.
        Character quote = character("quote", escapes == Escapes.POSTGRES ? "none" : "\"");
        Character escape = escapes == Escapes.LITERAL ? character("escape", "none") : Character.valueOf('\\');
        NullTexts nulls = new NullTexts(
                nullTexts(texts.given("nullString", escapes == Escapes.LITERAL ? "" : "\\N")),
                texts.isTrue("nullQuoted"));
        HeaderParameter header = HeaderParameter.of(texts);
        if (delimiter == null) {
            texts.refuse("'delimiter' cannot be none");
            return fallback;
        }
        try {
            CsvFormat csv = new CsvFormat(
                    charset, delimiter, quote, escape, escapes, header.isInObjects(), nulls, layout(header));
            checkComment(csv);
            return csv;
        } catch (IllegalArgumentException e) {
            texts.refuse(e.getMessage() + ", and they are '" + texts.given("delimiter", "comma") + "', '"
                    + texts.given("quote", "\"") + "' and '" + texts.given("escape", "none") + "'");
            return fallback;
        }
    }

    /** Records may begin so. */
    private void checkComment(CsvFormat csv) {
        String comment = csv.layout().comment();
        Character quote = csv.quote();
        if (comment.indexOf(csv.delimiter()) == 0 || (quote != null && comment.indexOf(quote) == 0)) {
            texts.refuse(
                    "'comment' cannot begin with the delimiter or the quote, as records may, and is '" + comment + "'");
        }
    }

    /** A text with commas is a list, unless nothing is between them. A text without is what it is, its blanks and quotes too. */
    private List<String> nullTexts(String text) {
        if (text.indexOf(',') < 0) {
            return List.of(text);
        }
        try {
            List<String> pieces = QuotedText.split(text, COMMA, 0).stream()
                    .filter(piece -> !piece.isEmpty())
                    .map(QuotedText::unquoted)
                    .distinct()
                    .toList();
            return pieces.isEmpty() ? List.of(text) : pieces;
        } catch (IllegalArgumentException e) {
            texts.refuse("'nullString' is '" + text + "': " + e.getMessage());
            return List.of(text);
        }
    }

    private CsvLayout layout(HeaderParameter header) {
        int linesAfterHeader = lines("skipAfterHeader");
        if (linesAfterHeader > 0 && !header.isInObjects()) {
            texts.refuse("'skipAfterHeader' needs a header; where there is none, 'skipLines' skips what stands first");
        }
        String comment = texts.written("comment");
        comment = comment.equals("hash") ? "#" : comment.equals("none") ? "" : comment;
        if (comment.length() > MOST_COMMENT_CHARS || (comment.isBlank() && !comment.isEmpty())) {
            texts.refuse(
                    "'comment' is a character or a few with which lines begin that are none of the records', and not '"
                            + comment + "'");
        }
        return new CsvLayout(
                lines("skipLines"),
                linesAfterHeader,
                lines("skipLastLines"),
                comment,
                true,
                header.names(),
                changeName(header.names()),
                recordLength());
    }

    private String changeName(List<String> names) {
        String change = ColumnNames.fold(merge.changeColumn());
        return names.stream()
                .filter(name ->
                        merge.mode().hasChangeColumn() && ColumnNames.fold(name).equals(change))
                .findFirst()
                .orElse("");
    }

    private RecordLength recordLength() {
        String written = texts.given("shortRows", RecordLength.EQUAL.text());
        for (RecordLength length : RecordLength.values()) {
            if (length.text().equals(written.strip().toLowerCase(Locale.ROOT))) {
                return length;
            }
        }
        texts.refuse("'shortRows' is reject, null or any, and not '" + written + "'");
        return RecordLength.EQUAL;
    }

    private int lines(String name) {
        return (int) texts.number(name, 0, 0, MOST_LINES);
    }

    private Escapes escapes() {
        return switch (texts.stripped("escape").toLowerCase(Locale.ROOT)) {
            case "postgres" -> Escapes.POSTGRES;
            case "mysql" -> Escapes.MYSQL;
            default -> Escapes.LITERAL;
        };
    }

    private @Nullable Character character(String name, String fallback) {
        String value = texts.given(name, fallback);
        if (value.equals("none")) {
            return null;
        }
        Optional<Character> named = NamedCharacters.of(value);
        if (named.isPresent()) {
            return named.get();
        }
        if (value.length() != 1) {
            texts.refuse("'" + name + "' is one character, one of "
                    + NamedCharacters.all() + ", or none, "
                    + (name.equals("escape") ? "postgres or mysql, " : "") + "and not '" + value + "'");
            return null;
        }
        return value.charAt(0);
    }
}
