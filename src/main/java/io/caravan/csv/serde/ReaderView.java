package io.caravan.csv.serde;

import static java.util.stream.Collectors.joining;

import io.caravan.model.catalog.SerDe;
import io.caravan.model.feed.CsvFormat;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What readers of a table make of all records of a feed's objects that load: with LazySimpleSerDe, which knows types and no quotes,
 * and with OpenCSVSerde, which knows quotes and no types. It says which of the two a table needs, and what neither reads right.
 */
public final class ReaderView {

    /** A character that no text holds stands for no escape: an empty one is refused. */
    private static final char NO_ESCAPE = 1;

    private final CsvFormat format;
    private final List<ViewedColumn> columns = new ArrayList<>();
    private final SerDeView lazy;
    private final SerDeView quoted;
    private final boolean isUtf8;
    private final boolean hasLines;
    private final String nullText;
    private final Set<String> warnings = new LinkedHashSet<>();
    private boolean hasBreaks;
    private boolean needsQuotes;
    private long linesBefore = -1;
    private long otherLines;

    /**
     * Begins with no record.
     *
     * @param needsQuotes whether records that were looked at before need OpenCSVSerde
     */
    public ReaderView(CsvFormat format, boolean needsQuotes) {
        this.format = format;
        this.needsQuotes = needsQuotes;
        this.nullText = format.nullString();
        @Nullable Character escape = format.escape();
        this.lazy = new SerDeView(new LazySimpleLine(format.delimiter(), escape, nullText), true);
        this.quoted = new SerDeView(
                new OpenCsvLine(format.delimiter(), format.quote() == null ? '"' : format.quote(), escapeOf(escape)),
                false);
        Charset charset = format.charset();
        this.isUtf8 = charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
        this.hasLines = charset.canEncode() && "\n".getBytes(charset).length == 1;
    }

    private static char escapeOf(@Nullable Character escape) {
        return escape == null ? NO_ESCAPE : escape;
    }

    /** Returns the columns, to which others may be added at the end. */
    public List<ViewedColumn> columns() {
        return columns;
    }

    /**
     * Says how many lines of an object are no rows, because the table can say so.
     *
     * @param uri names the object
     */
    void begin(long lines, String uri) {
        if (linesBefore < 0) {
            linesBefore = lines;
        } else if (linesBefore != lines) {
            warn(uri + " has its first row at line " + (lines + 1) + ", and others have theirs at line "
                    + (linesBefore + 1) + ": readers take a line for a row, or miss one");
        }
    }

    /** Adds a record that loads. */
    void add(ViewedRecord record) {
        if (!hasLines) {
            lazy.misread(record.where());
            quoted.misread(record.where());
            return;
        }
        if (record.lines() > 1) {
            hasBreaks = true;
            lazy.misread(record.where());
            quoted.misread(record.where());
            return;
        }
        List<@Nullable String> read = lazy.read(record, columns.size());
        if (!isUtf8 && !record.raw().chars().allMatch(c -> c < 128)) {
            quoted.misread(record.where() + ", whose charset only LazySimpleSerDe can be told");
        } else {
            quoted.read(record, columns.size());
        }
        for (int i = 0; i < Math.min(columns.size(), record.fields().size()); i++) {
            String text = record.fields().get(i);
            if (record.isNull(i)) {
                @Nullable String asText = i < read.size() ? read.get(i) : null;
                columns.get(i).addNull(text, asText, record.where());
            } else {
                columns.get(i).addValue(text);
            }
        }
    }

    /** Counts lines that readers take for rows, and that load as none. */
    void addOtherLines(long lines) {
        otherLines += lines;
    }

    /** Says something about an object for people. */
    public void warn(String warning) {
        warnings.add(warning);
    }

    /** Returns whether the table needs a SerDe that knows quotes. */
    public boolean needsQuotes() {
        return needsQuotes || (lazy.misread() > 0 && quoted.misread() <= lazy.misread());
    }

    /** Returns how many lines of each object are no rows; what is known of it without an object if none was read. */
    public long linesBefore() {
        return linesBefore >= 0
                ? linesBefore
                : format.layout().linesBefore()
                        + (format.header() ? 1 + format.layout().linesAfterHeader() : 0);
    }

    /** Returns what the table says of how lines are taken apart. */
    public SerDe serDe() {
        Map<String, String> parameters = new LinkedHashMap<>();
        String delimiter = Character.toString(format.delimiter());
        if (needsQuotes()) {
            parameters.put("separatorChar", delimiter);
            parameters.put("quoteChar", Character.toString(format.quote() == null ? '"' : format.quote()));
            parameters.put("escapeChar", Character.toString(escapeOf(format.escape())));
            if (hasBreaks) {
                // https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_EXTERNAL_TABLE.html
                parameters.put("wholeFile", "true");
            }
            return new SerDe(SerDe.OPEN_CSV, parameters);
        }
        parameters.put("field.delim", delimiter);
        parameters.put("serialization.format", delimiter);
        parameters.put("serialization.null.format", nullText);
        if (format.escape() != null) {
            parameters.put("escape.delim", Character.toString(format.escape()));
        }
        if (!isUtf8) {
            parameters.put("serialization.encoding", format.charset().name());
        }
        return new SerDe(SerDe.LAZY_SIMPLE, parameters);
    }

    /** Returns for people what readers see otherwise than the warehouse has it. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        SerDeView chosen = needsQuotes() ? quoted : lazy;
        if (chosen.misread() > 0) {
            all.add("neither LazySimpleSerDe nor OpenCSVSerde reads " + chosen.misread()
                    + (chosen.misread() == 1 ? " record right, at " : " records right, the first at ") + chosen.first()
                    + (hasBreaks ? "; line breaks in fields are read by Redshift Spectrum alone" : ""));
        }
        if (otherLines > 0) {
            all.add(otherLines + (otherLines == 1 ? " line is" : " lines are")
                    + " a row to readers, and no row that was loaded: rejected rows, blank lines, comments, notes");
        }
        for (ViewedColumn column : columns) {
            boolean isText = needsQuotes() || column.type().equals("string");
            if (isText && column.hasNullsAsText()) {
                all.add(column.nullsAsText());
            }
        }
        String texts = columns.stream()
                .filter(column -> !needsQuotes() && column.isTextInsteadOfValue())
                .map(column -> "'" + column.name() + "'")
                .collect(joining(", "));
        if (!texts.isEmpty()) {
            all.add("values of " + texts + " are text to readers, as they stand in the objects");
        }
        if (needsQuotes()) {
            all.add("OpenCSVSerde gives text only, and does not tell NULL from an empty text");
        }
        if (!hasLines) {
            all.add("readers find no lines in " + format.charset().name());
        }
        return all;
    }
}
