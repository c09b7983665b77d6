package io.caravan.csv.value;

import io.caravan.base.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * A text that is read as JSON by the letter of <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>, and within the
 * <a href="https://docs.aws.amazon.com/redshift/latest/dg/limitations-super.html">limits of SUPER</a>. It needs no stack for what
 * stands inside of others.
 */
final class SuperText {

    private static final int MAX_DEPTH = 1_000;

    /** What SUPER holds in all; a row of an object is shorter. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int HEX_DIGITS = 4;

    /** Stands for an array among objects. */
    private static final Set<String> ARRAY = Set.of();

    private final String text;
    private final StringBuilder compact;

    /** Of each object that is open its names, from the innermost. */
    private final Deque<Set<String>> open = new ArrayDeque<>();

    private int at;

    SuperText(String text) {
        this.text = text;
        this.compact = new StringBuilder(text.length());
    }

    /**
     * Returns the text without white space between its parts.
     *
     * @throws RefusedValueException if it is not JSON, or more than SUPER holds
     */
    String compact() throws RefusedValueException {
        if (text.length() > MAX_BYTES || Utf8.bytes(text) > MAX_BYTES) {
            throw new RefusedValueException(ErrorCode.VALUE_TOO_LONG, "more than 16 MB, all that SUPER holds");
        }
        boolean isOpen = value();
        while (isOpen) {
            isOpen = next();
        }
        skipBlanks();
        if (at < text.length()) {
            throw unexpected("nothing follows a value");
        }
        return compact.length() == text.length() ? text : compact.toString();
    }

    /** Reads a value, or the beginning of one with others in it; returns whether one is open behind it. */
    private boolean value() throws RefusedValueException {
        while (true) {
            skipBlanks();
            char c = peek();
            if (c == '{' || c == '[') {
                open(c == '{' ? new HashSet<>() : ARRAY);
                skipBlanks();
                if (peek() == (c == '{' ? '}' : ']')) {
                    take();
                    open.pop();
                    return !open.isEmpty();
                }
                if (c == '{') {
                    name();
                }
                continue;
            }
            if (c == '"') {
                string();
            } else if (c == '-' || Digits.isOne(c)) {
                number();
            } else {
                word();
            }
            return !open.isEmpty();
        }
    }

    /** Reads what follows a value inside of another; returns whether one is still open behind it. */
    private boolean next() throws RefusedValueException {
        skipBlanks();
        boolean isArray = isArray();
        char c = peek();
        if (c == ',') {
            take();
            if (!isArray) {
                skipBlanks();
                name();
            }
            return value();
        }
        if (c != (isArray ? ']' : '}')) {
            throw unexpected("a comma or the end of the " + (isArray ? "array" : "object") + " is expected");
        }
        take();
        open.pop();
        return !open.isEmpty();
    }

    private boolean isArray() {
        return open.peek() == ARRAY;
    }

    private void open(Set<String> names) throws RefusedValueException {
        if (open.size() == MAX_DEPTH) {
            throw RefusedValueException.outOfRange(
                    "arrays and objects in each other more than " + MAX_DEPTH + " deep, all that SUPER holds");
        }
        open.push(names);
        take();
    }

    private void name() throws RefusedValueException {
        if (peek() != '"') {
            throw unexpected("a name in double quotes is expected");
        }
        int from = at;
        string();
        Set<String> names = open.element();
        if (!names.add(text.substring(from, at))) {
            throw RefusedValueException.format("JSON with a name that stands twice in one object");
        }
        skipBlanks();
        if (peek() != ':') {
            throw unexpected("a colon is expected");
        }
        take();
    }

    private void string() throws RefusedValueException {
        take();
        while (true) {
            char c = peek();
            if (c < ' ') {
                throw unexpected("a string has no control characters");
            }
            take();
            if (c == '"') {
                return;
            }
            if (c == '\\') {
                escape();
            }
        }
    }

    private void escape() throws RefusedValueException {
        char c = peek();
        if ("\"\\/bfnrt".indexOf(c) >= 0) {
            take();
            return;
        }
        if (c != 'u') {
            throw unexpected("there is no such escape");
        }
        int unit = unit();
        if (unit == 0) {
            throw new RefusedValueException(
                    ErrorCode.VALUE_CHARACTER, "a string holds NUL, which Redshift does not keep");
        }
        boolean isHigh = Character.isHighSurrogate((char) unit);
        boolean isWhole = isHigh
                ? text.startsWith("\\u", at) && takeBackslash() && Character.isLowSurrogate((char) unit())
                : !Character.isLowSurrogate((char) unit);
        if (!isWhole) {
            throw new RefusedValueException(ErrorCode.VALUE_CHARACTER, "a string holds half of a surrogate pair");
        }
    }

    private boolean takeBackslash() throws RefusedValueException {
        take();
        return true;
    }

    /** Reads {@code uXXXX}. */
    private int unit() throws RefusedValueException {
        take();
        int unit = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw unexpected("four hexadecimal digits are expected");
            }
            unit = unit * 16 + digit;
            take();
        }
        return unit;
    }

    private void number() throws RefusedValueException {
        int from = at;
        if (peek() == '-') {
            take();
        }
        if (peek() == '0') {
            take();
        } else {
            digits();
        }
        if (at < text.length() && text.charAt(at) == '.') {
            take();
            digits();
        }
        if (at < text.length() && DecimalText.isExponentMark(text.charAt(at))) {
            take();
            if (peek() == '-' || peek() == '+') {
                take();
            }
            digits();
        }
        if (Double.isInfinite(Double.parseDouble(text.substring(from, at)))) {
            throw RefusedValueException.outOfRange("a number is too large for SUPER");
        }
    }

    private void digits() throws RefusedValueException {
        if (!Digits.isOne(peek())) {
            throw unexpected("a digit is expected");
        }
        while (at < text.length() && Digits.isOne(text.charAt(at))) {
            take();
        }
    }

    private void word() throws RefusedValueException {
        for (String word : new String[] {"true", "false", "null"}) {
            if (text.startsWith(word, at)) {
                compact.append(word);
                at += word.length();
                return;
            }
        }
        throw unexpected("a value is expected");
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws RefusedValueException {
        if (at == text.length()) {
            throw RefusedValueException.format("not JSON: it ends in the middle");
        }
        return text.charAt(at);
    }

    private void take() throws RefusedValueException {
        compact.append(peek());
        at++;
    }

    private RefusedValueException unexpected(String expected) {
        return RefusedValueException.format("not JSON: at character " + (at + 1) + ", " + expected);
    }
}
