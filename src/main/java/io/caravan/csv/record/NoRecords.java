package io.caravan.csv.record;

import static io.caravan.base.ErrorCode.OBJECT_HEADER;

import io.caravan.base.RejectedObjectException;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Escapes;
import io.caravan.model.feed.NamedCharacters;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes lines that are no records where a record would begin, up to their line break. Nothing in them means anything: quotes
 * open no field.
 */
final class NoRecords {

    /** Behind it PostgreSQL reads no further. What follows it in joined objects is data. */
    private static final String END_OF_DATA = "\\.";

    /**
     * What spreadsheets read as the delimiter, and write before it; a tab may be written as these two characters.
     *
     * @see <a href="https://support.microsoft.com/en-us/office/import-or-export-text-txt-or-csv-files">Text files in Excel</a>
     */
    private static final Pattern DELIMITER = Pattern.compile("\"?[sS][eE][pP]=(\\\\t|.)\\1*\"?[ \\t]*");

    /** Less than any record may have, so that it can be looked at as one. */
    private static final int MOST_CHARS_OF_DELIMITER = 15;

    private final RecordBuffer record;
    private final CsvFormat format;
    private final @Nullable String comment;
    private final boolean hasEndOfData;
    private boolean awaitsFirst;
    private boolean saysDelimiter;
    private boolean mayFollow;
    private @Nullable String otherDelimiter;
    private long lines;
    private long comments;

    NoRecords(RecordBuffer record, CsvFormat format) {
        this.record = record;
        this.format = format;
        this.comment =
                format.layout().comment().isEmpty() ? null : format.layout().comment();
        this.hasEndOfData = format.escapes() == Escapes.POSTGRES;
        this.awaitsFirst = format.layout().maySayDelimiter();
        this.mayFollow = awaitsFirst || comment != null || hasEndOfData;
    }

    /** Returns whether what follows may be anything but records. */
    boolean mayFollow() {
        return mayFollow;
    }

    /** Takes what begins here and is no record; returns whether it did. */
    boolean take() {
        if (comment != null && takes(comment)) {
            takeLine();
            comments++;
            return true;
        }
        boolean isDelimiter = (awaitsFirst || saysDelimiter) && takesDelimiter();
        if (awaitsFirst) {
            awaitsFirst = false;
            // Objects that were joined say it again.
            saysDelimiter = isDelimiter;
            mayFollow = saysDelimiter || comment != null || hasEndOfData;
        }
        if (isDelimiter) {
            lines++;
            return true;
        }
        return hasEndOfData && takesEndOfData();
    }

    /** Takes all up to the end of the line, and returns what is there: a line break, or {@link RecordBuffer#END}. */
    int takeLine() {
        record.drop();
        record.find(CharacterKinds.lines());
        return record.peek();
    }

    /** Counts a line that was taken for its place. */
    void countLine() {
        lines++;
    }

    /** Returns how many lines have been taken, but for comments. */
    long lines() {
        return lines;
    }

    long comments() {
        return comments;
    }

    /**
     * Looks at the first record, where the object has said how it is written.
     *
     * @throws RejectedObjectException if it is written so, and the feed says something else
     */
    void checkFirst(CsvRecord first) {
        if (otherDelimiter != null && first.size() == 1 && first.raw().contains(otherDelimiter)) {
            char said = otherDelimiter.charAt(0);
            throw new RejectedObjectException(
                    OBJECT_HEADER,
                    "the object's first line says that its delimiter is " + name(said) + ", and the feed's is "
                            + name(format.delimiter()) + "; set delimiter: " + name(said));
        }
    }

    private static String name(char delimiter) {
        return NamedCharacters.nameOf(delimiter).orElseGet(() -> "'" + delimiter + "'");
    }

    private boolean takes(String expected) {
        int taken = 0;
        while (taken < expected.length() && record.peek() == expected.charAt(taken)) {
            record.at++;
            taken++;
        }
        boolean isThere = taken == expected.length();
        if (!isThere) {
            record.at -= taken;
        }
        return isThere;
    }

    private boolean takesEndOfData() {
        if (!takes(END_OF_DATA)) {
            return false;
        }
        boolean isAlone = isEndOfLine(record.peek());
        if (!isAlone) {
            record.at -= END_OF_DATA.length();
        }
        return isAlone;
    }

    private boolean takesDelimiter() {
        StringBuilder line = new StringBuilder();
        int c = record.peek();
        while (!isEndOfLine(c) && line.length() < MOST_CHARS_OF_DELIMITER) {
            line.append((char) c);
            record.at++;
            c = record.peek();
        }
        Matcher said = DELIMITER.matcher(line);
        boolean isThere = isEndOfLine(c) && said.matches();
        if (!isThere) {
            record.at -= line.length();
            return false;
        }
        String delimiter = said.group(1).toLowerCase(Locale.ROOT).equals("\\t") ? "\t" : said.group(1);
        otherDelimiter = delimiter.charAt(0) == format.delimiter() ? null : delimiter;
        return true;
    }

    private static boolean isEndOfLine(int c) {
        return c < 0 || c == '\n' || c == '\r';
    }
}
