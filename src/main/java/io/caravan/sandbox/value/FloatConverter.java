package io.caravan.sandbox.value;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * REAL and DOUBLE PRECISION.
 *
 * @param real whether it is REAL
 */
record FloatConverter(boolean real) implements FieldConverter {

    @Override
    public void convert(byte[] bytes, int start, int end, CopyRows out) throws FieldException {
        int from = Blanks.start(bytes, start, end);
        int to = Blanks.end(bytes, from, end);
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        double value =
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "nan" -> Double.NaN;
                    case "inf", "infinity" -> Double.POSITIVE_INFINITY;
                    case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
                    default -> number(text);
                };
        if (Double.isFinite(value) && real) {
            out.real(real(text));
        } else if (real) {
            out.real((float) value);
        } else {
            out.doublePrecision(value);
        }
    }

    private double number(String text) throws FieldException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                throw new FieldException(1208, "Invalid digit, Value '" + c + "', Pos " + i + ", Type: Double");
            }
        }
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new FieldException(1208, "Invalid float, Type: Double");
        }
        if (Double.isInfinite(value)) {
            throw new FieldException(1208, "Overflow, Type: Double");
        }
        if (!real && value == 0 && !zero(text)) {
            throw outOfRange(text, "double precision");
        }
        return value;
    }

    private static float real(String text) throws FieldException {
        float value = Float.parseFloat(text);
        if (Float.isInfinite(value) || (value == 0 && !zero(text))) {
            throw outOfRange(text, "real");
        }
        return value;
    }

    /** Returns whether all digits before the exponent are zeros. */
    private static boolean zero(String text) {
        for (int i = 0; i < text.length() && text.charAt(i) != 'e' && text.charAt(i) != 'E'; i++) {
            if (text.charAt(i) > '0') {
                return false;
            }
        }
        return true;
    }

    private static FieldException outOfRange(String text, String type) {
        return FieldException.ofPostgres('"' + text + "\" is out of range for type " + type);
    }
}
