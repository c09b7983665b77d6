package io.caravan.csv.record;

import static io.caravan.base.ErrorCode.CSV_ESCAPE;
import static io.caravan.base.ErrorCode.CSV_QUOTE;
import static io.caravan.base.ErrorCode.CSV_RECORD_TOO_LONG;
import static io.caravan.base.ErrorCode.OBJECT_UNCLOSED_QUOTE;
import static io.caravan.csv.record.CharacterKinds.BREAK;
import static io.caravan.csv.record.CharacterKinds.DELIMITER;
import static io.caravan.csv.record.CharacterKinds.ESCAPE;
import static io.caravan.csv.record.CharacterKinds.QUOTE;
import static java.util.Objects.requireNonNull;

import io.caravan.base.RejectedObjectException;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Escapes;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of an object, one at a time. A malformed record is reported and does not stop the ones after it; its
 * rules, and those for every other doubtful case, are in {@code docs/csv.md}.
 *
 * <p>Memory use is bounded by the longest record, up to the limit. Every record is the same view: it is valid until
 * {@link #hasNext} or {@link #next} is called. Not safe for use by several threads. The stream stays the caller's to close.
 *
 * <p>{@link #hasNext} and {@link #next} throw {@link RejectedObjectException} where the text does not say where the next
 * record begins, {@link io.caravan.base.RetryableException} if the stream fails, and whatever
 * {@link io.caravan.base.CaravanException} the stream throws.
 */
public final class CsvReader implements Iterator<CsvRecord> {

    /** How long a record may be unless said otherwise, in UTF-16 units: four times what COPY takes as a row. */
    public static final int DEFAULT_MAX_RECORD_CHARS = 16 * 1024 * 1024;

    private static final int LEAST_MAX_RECORD_CHARS = 16;

    /** Nobody means it at the beginning of a record: it is what is left of objects that were joined. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final RecordBuffer record;
    private final NoRecords noRecords;
    private final CsvFormat format;
    private final int maxRecordChars;
    private final byte[] kinds;
    private final byte[] kindsInQuotes;
    private final @Nullable String writtenNull;

    private int linesToTake;
    private boolean awaitsFirst = true;
    private boolean lineFeedMayFollow;
    private boolean foundNext;
    private boolean previousWasMalformed;
    private long line = 1;

    // The field that is being read.
    private int fieldFrom;
    private byte fieldFlags;
    private boolean escapesUnknown;
    private int strayQuoteField;

    /** Reads records of up to {@link #DEFAULT_MAX_RECORD_CHARS}. */
    public CsvReader(InputStream in, CsvFormat format) {
        this(in, format, DEFAULT_MAX_RECORD_CHARS);
    }

    /**
     * @param maxRecordChars how long a record may be, in UTF-16 units; at least 16
     */
    public CsvReader(InputStream in, CsvFormat format, int maxRecordChars) {
        if (maxRecordChars < LEAST_MAX_RECORD_CHARS) {
            throw new IllegalArgumentException("maxRecordChars is less than " + LEAST_MAX_RECORD_CHARS);
        }
        this.format = format;
        this.maxRecordChars = maxRecordChars;
        this.record =
                new RecordBuffer(new DecodedText(requireNonNull(in, "in"), format.charset()), format, maxRecordChars);
        this.noRecords = new NoRecords(record, format);
        this.linesToTake = format.layout().linesBefore();
        CharacterKinds both = CharacterKinds.of(format);
        this.kinds = both.outside();
        this.kindsInQuotes = both.inQuotes();
        this.writtenNull = format.escapes().haveNames() ? format.escape() + "N" : null;
    }

    @Override
    public boolean hasNext() {
        if (linesToTake > 0) {
            takeLines();
        }
        while (!foundNext) {
            record.begin(line);
            int c = record.peek();
            if (c == RecordBuffer.END) {
                return false;
            }
            if (isBreak(c)) {
                takeBreak(c);
            } else {
                lineFeedMayFollow = false;
                if (c == BYTE_ORDER_MARK) {
                    record.at++;
                } else {
                    foundNext = !noRecords.mayFollow() || !noRecords.take();
                }
            }
        }
        return true;
    }

    /** Takes lines that are none of the records', empty ones too. */
    private void takeLines() {
        while (linesToTake > 0) {
            record.begin(line);
            int c = record.peek();
            if (c == '\n' && lineFeedMayFollow) {
                takeBreak(c);
                continue;
            }
            lineFeedMayFollow = false;
            linesToTake--;
            if (c != RecordBuffer.END) {
                noRecords.countLine();
                c = noRecords.takeLine();
            }
            if (c >= 0) {
                takeBreak(c);
            }
        }
    }

    /** Returns the line at which reading goes on, from 1; at the end of the object how many lines it has, or one more. */
    public long line() {
        return line;
    }

    /** Returns how many lines so far were none of the records', for their place or as one that says the delimiter. */
    public long skippedLines() {
        return noRecords.lines() + record.linesLeftOut();
    }

    /** Returns how many lines so far were comments. */
    public long comments() {
        return noRecords.comments();
    }

    @Override
    public CsvRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        foundNext = false;
        record.begin(line);
        strayQuoteField = 0;
        readFields();
        if (strayQuoteField > 0 && previousWasMalformed) {
            record.refuse(
                    CSV_QUOTE,
                    "a quote inside field " + strayQuoteField
                            + ", right after a malformed record to which this line may belong");
        }
        record.end();
        if (awaitsFirst) {
            judgeFirst();
        }
        previousWasMalformed = record.refusedFor(CSV_QUOTE);
        int c = record.peek();
        if (c >= 0) {
            takeBreak(c);
        }
        return record;
    }

    private void judgeFirst() {
        awaitsFirst = BlankRecord.is(record, format);
        if (!awaitsFirst) {
            noRecords.checkFirst(record);
            linesToTake = format.header() ? format.layout().linesAfterHeader() : 0;
        }
    }

    private void readFields() {
        beginField();
        while (true) {
            switch (record.find(kinds)) {
                case DELIMITER -> {
                    addField(record.distance());
                    record.at++;
                    beginField();
                }
                case QUOTE -> {
                    if (!isBlank(fieldFrom, record.distance())) {
                        noteStrayQuote();
                        record.at++;
                    } else if (!readQuotedField()) {
                        return;
                    }
                }
                case ESCAPE -> takeEscaped();
                case RecordBuffer.FULL -> {
                    record.refuse(CSV_RECORD_TOO_LONG, "longer than the feed's maxRecordChars, " + maxRecordChars);
                    skipToEnd();
                    return;
                }
                default -> {
                    addField(record.distance());
                    return;
                }
            }
        }
    }

    /** Reads from the opening quote to the next field; returns whether there is one. */
    private boolean readQuotedField() {
        long openedAt = line;
        fieldFlags |= RecordBuffer.QUOTED;
        record.at++;
        fieldFrom = record.distance();
        while (true) {
            switch (record.find(kindsInQuotes)) {
                case QUOTE -> {
                    int fieldTo = record.distance();
                    record.at++;
                    if (isQuote(record.peek())) {
                        fieldFlags |= RecordBuffer.ESCAPED;
                        record.at++;
                    } else {
                        return endQuotedField(fieldTo);
                    }
                }
                case ESCAPE -> takeEscaped();
                case BREAK -> countBreakInRecord();
                case RecordBuffer.FULL -> throw quoteTooLong(openedAt);
                default -> throw unclosedQuote(openedAt);
            }
        }
    }

    private boolean endQuotedField(int fieldTo) {
        addField(fieldTo);
        int c = skipBlanks();
        if (c == format.delimiter()) {
            record.at++;
            beginField();
            return true;
        }
        if (c == RecordBuffer.FULL) {
            record.refuse(CSV_RECORD_TOO_LONG, "longer than the feed's maxRecordChars, " + maxRecordChars);
            skipToEnd();
        } else if (c != RecordBuffer.END && !isBreak(c)) {
            record.refuse(CSV_QUOTE, "text after the closing quote of field " + record.size());
            skipToEnd();
        }
        return false;
    }

    /**
     * Goes to the end of a record that cannot load. Its quotes are not to be trusted, so each is judged by its neighbours: one
     * after a delimiter opens a field, one before a delimiter or a line break closes it, any other turns what was.
     */
    private void skipToEnd() {
        boolean atFieldStart = followsDelimiter();
        record.drop();
        long fieldStart = atFieldStart ? positionAfterBlanks() : -1;
        boolean inQuotes = false;
        long openedAt = line;
        long openedAtPosition = 0;
        while (true) {
            switch (record.find(kinds)) {
                case QUOTE -> {
                    boolean opens = record.position() == fieldStart;
                    record.at++;
                    int c = skipBlanks();
                    boolean closes = c < 0 || isBreak(c) || c == format.delimiter();
                    boolean wasInQuotes = inQuotes;
                    inQuotes = opens == closes ? !inQuotes : opens;
                    if (inQuotes && !wasInQuotes) {
                        openedAt = line;
                        openedAtPosition = record.position();
                    }
                }
                case ESCAPE -> takeEscaped();
                case BREAK -> {
                    if (!inQuotes) {
                        return;
                    }
                    countBreakInRecord();
                }
                case DELIMITER -> {
                    record.at++;
                    fieldStart = positionAfterBlanks();
                }
                default -> {
                    if (inQuotes) {
                        throw unclosedQuote(openedAt);
                    }
                    return;
                }
            }
            if (inQuotes && record.position() - openedAtPosition > maxRecordChars) {
                throw quoteTooLong(openedAt);
            }
        }
    }

    private void beginField() {
        fieldFrom = record.distance();
        fieldFlags = 0;
        escapesUnknown = false;
    }

    private void addField(int fieldTo) {
        if ((fieldFlags & RecordBuffer.ESCAPED) != 0) {
            judgeEscapes(fieldTo);
        }
        record.add(fieldFrom, fieldTo, fieldFlags);
    }

    /** What is behind an escape is known; what it means may depend on all of the field. */
    private void judgeEscapes(int fieldTo) {
        boolean isQuoted = (fieldFlags & RecordBuffer.QUOTED) != 0;
        if (!isQuoted && isNull(fieldTo)) {
            fieldFlags = 0;
        } else if (writtenNull != null
                && (!isQuoted || format.escapes() == Escapes.MYSQL)
                && record.holds(fieldFrom, fieldTo, writtenNull)) {
            fieldFlags = RecordBuffer.NULL;
        } else if (escapesUnknown) {
            record.refuse(CSV_ESCAPE, unknownEscape(record.size() + 1));
        }
        escapesUnknown = false;
    }

    private boolean isNull(int fieldTo) {
        return format.nulls().texts().stream().anyMatch(text -> record.holds(fieldFrom, fieldTo, text));
    }

    private String unknownEscape(int field) {
        boolean isBackslash = format.escape() != null && format.escape() == '\\';
        return "the escape before a letter or a digit in field " + field
                + ", which may stand for itself or for something else; "
                + (isBackslash
                        ? "set the feed's escape to postgres or mysql if one of these has written the object, to none if a"
                                + " backslash is text, or the feed's nullString to \\N if that is NULL"
                        : "set the feed's escape to none if the character is text");
    }

    /** Takes the escape and the character after it; a line break of two characters is taken whole. */
    private void takeEscaped() {
        fieldFlags |= RecordBuffer.ESCAPED;
        record.at++;
        int c = record.peek();
        if (c == RecordBuffer.END) {
            record.refuse(CSV_QUOTE, "nothing after the escape character");
        } else if (c >= 0 && isBreak(c)) {
            countBreakInRecord();
            if (c == '\r' && record.peek() == '\n') {
                countBreakInRecord();
            }
        } else if (c >= 0) {
            record.at++;
            noteNamed((char) c);
        }
    }

    private void noteNamed(char c) {
        if (format.escapes() == Escapes.LITERAL) {
            escapesUnknown |= Character.isLetterOrDigit(c) && kinds[c] == 0;
        } else if (EscapedText.mayBeByte(c, format.escapes())) {
            fieldFlags |= RecordBuffer.BYTES;
        }
    }

    /** Takes a line break, or the half of one, that is part of a record. */
    private void countBreakInRecord() {
        int distance = record.distance();
        if (record.charAt(distance) != '\n' || record.charAt(distance - 1) != '\r') {
            line++;
        }
        record.at++;
    }

    /** Takes a line break, or the half of one, that is not part of a record. */
    private void takeBreak(int c) {
        if (c != '\n' || !lineFeedMayFollow) {
            line++;
        }
        lineFeedMayFollow = c == '\r';
        record.at++;
    }

    private int skipBlanks() {
        int c = record.peek();
        while (isBlank(c)) {
            record.at++;
            c = record.peek();
        }
        return c;
    }

    private long positionAfterBlanks() {
        skipBlanks();
        return record.position();
    }

    private boolean followsDelimiter() {
        int before = record.distance() - 1;
        while (before >= 0 && isBlank(record.charAt(before))) {
            before--;
        }
        return before >= 0 && record.charAt(before) == format.delimiter();
    }

    private void noteStrayQuote() {
        if (strayQuoteField == 0) {
            strayQuoteField = record.size() + 1;
        }
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isBlank(record.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isBlank(int c) {
        return (c == ' ' || c == '\t') && kinds[c] == 0;
    }

    private static boolean isBreak(int c) {
        return c == '\n' || c == '\r';
    }

    private boolean isQuote(int c) {
        return c >= 0 && kinds[c] == QUOTE;
    }

    private static RejectedObjectException unclosedQuote(long openedAt) {
        return new RejectedObjectException(
                OBJECT_UNCLOSED_QUOTE,
                "the quoted field that begins at line " + openedAt
                        + " is not closed before the end of the object; where quotes"
                        + " are text, set the feed's quote: none");
    }

    private RejectedObjectException quoteTooLong(long openedAt) {
        return new RejectedObjectException(
                OBJECT_UNCLOSED_QUOTE,
                "the record with the quoted field that begins at line " + openedAt
                        + " is longer than the feed's maxRecordChars, "
                        + maxRecordChars
                        + ", so its closing quote is probably missing; where the next record begins cannot be"
                        + " known");
    }
}
