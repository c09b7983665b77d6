package io.caravan.csv.value;

/**
 * REAL and DOUBLE PRECISION: a number as DECIMAL has it. Canonical as Java writes the nearest binary number, so that
 * equal numbers are equal texts; both COPY and INSERT read that back as the same number.
 */
enum FloatingPointRule implements ValueRule {
    REAL {
        @Override
        String write(String text) throws RefusedValueException {
            float number = Float.parseFloat(text);
            check(Float.isInfinite(number), Math.abs(number) < Float.MIN_NORMAL && !isZero(text));
            return Float.toString(number == 0 ? 0 : number);
        }
    },
    DOUBLE {
        @Override
        String write(String text) throws RefusedValueException {
            double number = Double.parseDouble(text);
            check(Double.isInfinite(number), Math.abs(number) < Double.MIN_NORMAL && !isZero(text));
            return Double.toString(number == 0 ? 0 : number);
        }
    };

    /** Longer exponents cost nothing to read, longer mantissas do: more digits than any binary number has. */
    private static final int MAX_CHARS = 2_000;

    abstract String write(String text) throws RefusedValueException;

    @Override
    public String canonical(String value) throws RefusedValueException {
        String text = Blanks.stripNumber(value);
        checkFormat(text);
        String written = write(text);
        return written.equals(text) ? text : written;
    }

    /** Java reads more than Redshift does: hexadecimal numbers, {@code 1d} and {@code 1f}, and white space of its own. */
    private static void checkFormat(String text) throws RefusedValueException {
        if (text.length() > MAX_CHARS) {
            throw RefusedValueException.format("not a number: longer than " + MAX_CHARS + " characters");
        }
        int i = skipSign(text, 0);
        int digitsFrom = i;
        int point = -1;
        while (i < text.length() && (isDigit(text.charAt(i)) || (text.charAt(i) == '.' && point < 0))) {
            point = text.charAt(i) == '.' ? i : point;
            i++;
        }
        boolean hasDigit = i - digitsFrom > (point < 0 ? 0 : 1);
        if (hasDigit && i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            i = skipSign(text, i + 1);
            int exponentFrom = i;
            while (i < text.length() && isDigit(text.charAt(i))) {
                i++;
            }
            hasDigit = i > exponentFrom;
        }
        if (!hasDigit || i < text.length()) {
            throw i < text.length()
                    ? RefusedValueException.unexpected("not a finite number", text, i, "is not expected there")
                    : RefusedValueException.format("not a finite number: a digit is missing");
        }
    }

    private static int skipSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Returns whether no digit before the exponent is other than 0. */
    private static boolean isZero(String text) {
        for (int i = 0; i < text.length() && text.charAt(i) != 'e' && text.charAt(i) != 'E'; i++) {
            if (text.charAt(i) >= '1' && text.charAt(i) <= '9') {
                return false;
            }
        }
        return true;
    }

    void check(boolean tooLarge, boolean tooSmall) throws RefusedValueException {
        if (tooLarge) {
            throw RefusedValueException.outOfRange("too large for " + sqlName());
        }
        // Redshift refuses numbers that it can only keep with fewer digits: "is out of range for type double
        // precision".
        if (tooSmall) {
            throw RefusedValueException.outOfRange("too close to zero for " + sqlName());
        }
    }

    private String sqlName() {
        return this == DOUBLE ? "DOUBLE PRECISION" : "REAL";
    }
}
