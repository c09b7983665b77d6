package io.caravan.csv.record;

import static io.caravan.base.ErrorCode.CSV_CHARSET;
import static io.caravan.base.ErrorCode.CSV_FIELD_COUNT;

import io.caravan.base.ErrorCode;
import io.caravan.csv.value.ValueRule;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.row.ValuePacker;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The characters of the current record and where its fields are. Fields are remembered as distances from the record's
 * start, so that its characters can be moved.
 */
public final class RecordBuffer implements CsvRecord {

    /** Where {@link #peek} and {@link #find} end: no character left in the object. */
    static final int END = -1;

    /** Where {@link #peek} and {@link #find} end: the record is as long as it may be. */
    static final int FULL = -2;

    static final byte QUOTED = 1;
    static final byte ESCAPED = 2;

    /** Escaped, and NULL by that. */
    static final byte NULL = 4 | ESCAPED;

    /** With escapes that may be bytes. */
    static final byte BYTES = 8;

    /** How much of a record that is being dropped stays for {@link #raw}. */
    private static final int MAX_KEPT_CHARS = RawText.MAX_BYTES + 1;

    private static final int FIRST_CHARS = 32 * 1024;
    private static final int FIRST_FIELDS = 32;

    /** Far beyond the 1,600 columns that a table can have; bounds the memory for a record of delimiters. */
    private static final int MAX_FIELDS = 64 * 1024;

    private final DecodedText text;
    private final @Nullable TextWithoutEnd withoutEnd;
    private final CsvFormat format;
    private final EscapedText escapes;
    private final boolean nullsAreEmpty;
    private final int maxChars;
    private char[] chars;
    private int start;
    private int limit;
    private int length;
    private long droppedChars;
    private boolean dropping;
    private int keptChars;

    private int size;
    private int[] from = new int[FIRST_FIELDS];
    private int[] to = new int[FIRST_FIELDS];
    private byte[] flags = new byte[FIRST_FIELDS];
    private long lineNumber;
    private boolean hasBytes;
    private @Nullable Problem problem;

    /** The next character to look at, an index into the buffer that moves with its content. */
    int at;

    RecordBuffer(DecodedText text, CsvFormat format, int maxChars) {
        this.text = text;
        int linesAtEnd = format.layout().linesAtEnd();
        this.withoutEnd = linesAtEnd == 0 ? null : new TextWithoutEnd(text, linesAtEnd, maxChars);
        this.format = format;
        this.escapes = new EscapedText(format);
        this.nullsAreEmpty = format.nulls().areEmpty();
        this.maxChars = maxChars;
        this.chars = new char[(int) Math.min(FIRST_CHARS, capacity())];
    }

    /** Starts a record at the next character; the one before it is gone. */
    void begin(long line) {
        start = at;
        length = 0;
        size = 0;
        lineNumber = line;
        hasBytes = false;
        problem = null;
        dropping = false;
        keptChars = 0;
    }

    /** Ends the record before the next character. */
    void end() {
        length = at - start;
        if (problem == null && size > MAX_FIELDS) {
            refuse(CSV_FIELD_COUNT, "more than " + MAX_FIELDS + " fields");
        }
        if (problem == null && text.mayHoldMarkerFrom(droppedChars + start)) {
            findMarker();
        }
        if (problem == null && hasBytes) {
            findEscapedBytes();
        }
    }

    /** Adds a field. */
    void add(int fieldFrom, int fieldTo, byte fieldFlags) {
        if (size < MAX_FIELDS) {
            if (size == from.length) {
                from = Arrays.copyOf(from, 2 * size);
                to = Arrays.copyOf(to, 2 * size);
                flags = Arrays.copyOf(flags, 2 * size);
            }
            from[size] = fieldFrom;
            to[size] = fieldTo;
            flags[size] = fieldFlags;
            hasBytes |= (fieldFlags & BYTES) != 0;
        }
        size++;
    }

    /** Leaves the fields behind the first so many out; its text is as it was. */
    void cut(int fields) {
        size = fields;
    }

    /** Marks the record as one that can never load; the first problem stays. */
    void refuse(ErrorCode code, String reason) {
        if (problem == null) {
            problem = new Problem(code, reason);
        }
    }

    boolean refusedFor(ErrorCode code) {
        return problem != null && problem.code() == code;
    }

    /** Returns whether the characters between two distances are this text. */
    boolean holds(int fieldFrom, int fieldTo, String expected) {
        return fieldTo - fieldFrom == expected.length()
                && expected.contentEquals(CharBuffer.wrap(chars, start + fieldFrom, fieldTo - fieldFrom));
    }

    /** From here on only the record's end is wanted: its text need not be kept. */
    void drop() {
        dropping = true;
    }

    /** Returns the distance of the next character from the record's start. */
    int distance() {
        return at - start;
    }

    /** Returns the character at a distance from the record's start. */
    char charAt(int distance) {
        return chars[start + distance];
    }

    /** Returns the next character, or {@link #END} or {@link #FULL}. */
    int peek() {
        if (at >= scanEnd()) {
            int state = refill();
            if (state < 0) {
                return state;
            }
        }
        return chars[at];
    }

    /** Moves to the next character whose kind is not 0, and returns its kind, or {@link #END} or {@link #FULL}. */
    int find(byte[] kinds) {
        while (true) {
            char[] c = chars;
            int to = scanEnd();
            for (int i = at; i < to; i++) {
                int kind = kinds[c[i]];
                if (kind != 0) {
                    at = i;
                    return kind;
                }
            }
            at = to;
            int state = refill();
            if (state < 0) {
                return state;
            }
        }
    }

    /** Returns how many lines at the object's end have been left out, once all others are read. */
    long linesLeftOut() {
        return withoutEnd == null ? 0 : withoutEnd.linesLeftOut();
    }

    /** Returns how many characters of the object are before the next one. */
    long position() {
        return droppedChars + at;
    }

    /** Returns where the characters end that may be looked at: those read, or those that a record may have and one more. */
    private int scanEnd() {
        return dropping ? limit : (int) Math.min(limit, start + maxChars + 1L);
    }

    /** Gets more characters without losing the record's own; negative if there are none, or the record may have no more. */
    private int refill() {
        if (!dropping && at - start > maxChars) {
            return FULL;
        }
        if (start > 0) {
            move(start, 0);
            at -= start;
            start = 0;
        }
        if (chars.length - limit < DecodedText.MIN_ROOM) {
            if (chars.length < capacity()) {
                chars = Arrays.copyOf(chars, larger());
            } else {
                dropMiddle();
            }
        }
        int room = chars.length - limit;
        int count = withoutEnd == null ? text.read(chars, limit, room) : withoutEnd.read(chars, limit, room);
        if (count < 0) {
            return END;
        }
        limit += count;
        return count;
    }

    /** Keeps the head of the record for people, and the last character for the CSV rules. */
    private void dropMiddle() {
        keptChars = Math.min(MAX_KEPT_CHARS, chars.length / 2);
        int moved = at - 1 - keptChars;
        move(at - 1, keptChars);
        at -= moved;
    }

    /** Twice the size, and all that may be needed where that is little more: two large buffers live while one is copied. */
    private int larger() {
        long doubled = 2L * chars.length;
        return (int) (2 * doubled > capacity() ? capacity() : doubled);
    }

    private void move(int source, int target) {
        System.arraycopy(chars, source, chars, target, limit - source);
        limit -= source - target;
        droppedChars += source - target;
    }

    private long capacity() {
        return maxChars + 1L + DecodedText.MIN_ROOM;
    }

    private void findMarker() {
        for (int field = 0; field < size; field++) {
            int fieldFrom = start + from[field];
            int fieldTo = start + to[field];
            for (int i = fieldFrom; i < fieldTo; i++) {
                if (DecodedText.isLoneSurrogate(chars, i, fieldFrom, fieldTo)) {
                    refuse(
                            CSV_CHARSET,
                            "field " + (field + 1) + " holds bytes that are not "
                                    + text.charset().name());
                    return;
                }
            }
        }
    }

    private void findEscapedBytes() {
        for (int field = 0; field < size; field++) {
            if ((flags[field] & BYTES) != 0 && !isTooLong(field) && EscapedText.holdsMarker(field(field))) {
                refuse(CSV_CHARSET, "field " + (field + 1) + " holds numbers of bytes that are no characters of UTF-8");
                return;
            }
        }
    }

    @Override
    public long lineNumber() {
        return lineNumber;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String field(int index) {
        Objects.checkIndex(index, Math.min(size, MAX_FIELDS));
        int fieldFrom = start + from[index];
        int length = to[index] - from[index];
        if (length == 0) {
            return "";
        }
        if ((flags[index] & ESCAPED) == 0) {
            return new String(chars, fieldFrom, length);
        }
        return flags[index] == NULL
                ? format.nullString()
                : escapes.read(chars, fieldFrom, start + to[index], (flags[index] & QUOTED) != 0);
    }

    @Override
    public int chars(int index) {
        Objects.checkIndex(index, Math.min(size, MAX_FIELDS));
        return to[index] - from[index];
    }

    @Override
    public boolean holds(int index, String expected) {
        return (flags[index] & ESCAPED) == 0
                ? holds(from[index], to[index], expected)
                : mayBe(index, expected) && field(index).equals(expected);
    }

    @Override
    public boolean holdsIgnoringCase(int index, String expected) {
        if ((flags[index] & ESCAPED) != 0) {
            return mayBe(index, expected) && field(index).equalsIgnoreCase(expected);
        }
        int length = to[index] - from[index];
        if (length != expected.length()) {
            return false;
        }
        int fieldFrom = start + from[index];
        for (int i = 0; i < length; i++) {
            if (!isSameLetter(chars[fieldFrom + i], expected.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** As {@link String#equalsIgnoreCase} has it. */
    private static boolean isSameLetter(char a, char b) {
        char upperA = Character.toUpperCase(a);
        char upperB = Character.toUpperCase(b);
        return a == b || upperA == upperB || Character.toLowerCase(upperA) == Character.toLowerCase(upperB);
    }

    /** A field with escapes is shorter than it is written, but not at will; what it says is a text of its own. */
    private boolean mayBe(int index, String expected) {
        return flags[index] == NULL || chars(index) <= EscapedText.MOST_CHARS_FOR_ONE * (long) expected.length();
    }

    /**
     * Puts a field in its place, if it has the usual value of its column.
     *
     * @return whether it did; never of one with an escape, or that is NULL
     */
    public boolean pack(int index, ValueRule rule, ValuePacker packer, int place) {
        return (flags[index] & ESCAPED) == 0
                && (nullsAreEmpty || !isNull(index, format.nulls()))
                && rule.pack(chars, start + from[index], start + to[index], packer, place);
    }

    @Override
    public boolean quoted(int index) {
        Objects.checkIndex(index, Math.min(size, MAX_FIELDS));
        return flags[index] != 0 && flags[index] != NULL;
    }

    @Override
    public String raw() {
        boolean incomplete = keptChars > 0;
        return RawText.of(chars, start, incomplete ? start + keptChars : start + length, incomplete);
    }

    @Override
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public String toString() {
        return "record at line " + lineNumber;
    }
}
