package io.caravan.csv.record;

import io.caravan.model.feed.CsvFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each character means to a format. */
final class CharacterKinds {

    static final byte DELIMITER = 1;
    static final byte BREAK = 2;
    static final byte QUOTE = 3;
    static final byte ESCAPE = 4;

    /** Feeds have few formats, and objects may be many and small. */
    private static final Map<CsvFormat, CharacterKinds> KNOWN = new ConcurrentHashMap<>();

    private static final byte[] LINES = new byte[Character.MAX_VALUE + 1];

    static {
        LINES['\n'] = BREAK;
        LINES['\r'] = BREAK;
    }

    private final byte[] outside;
    private final byte[] inQuotes = LINES.clone();

    private CharacterKinds(CsvFormat format) {
        if (format.quote() != null) {
            inQuotes[format.quote()] = QUOTE;
        }
        if (format.escape() != null) {
            inQuotes[format.escape()] = ESCAPE;
        }
        outside = inQuotes.clone();
        outside[format.delimiter()] = DELIMITER;
    }

    /** Returns those of a format; nobody changes them. */
    static CharacterKinds of(CsvFormat format) {
        return KNOWN.computeIfAbsent(format, CharacterKinds::new);
    }

    /** Returns kinds by character where nothing means anything but the end of a line. */
    static byte[] lines() {
        return LINES;
    }

    /** Returns kinds by character where nothing is quoted; 0 is text. */
    byte[] outside() {
        return outside;
    }

    /** Returns kinds by character between quotes, where a delimiter is text. */
    byte[] inQuotes() {
        return inQuotes;
    }
}
