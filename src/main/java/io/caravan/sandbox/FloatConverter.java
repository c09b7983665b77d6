package io.caravan.sandbox;

import java.nio.charset.StandardCharsets;

/** REAL and DOUBLE PRECISION. */
record FloatConverter() implements FieldConverter {

    @Override
    public void convert(byte[] bytes, int start, int end, CopyRows out) throws FieldException {
        int from = Blanks.start(bytes, start, end);
        int to = Blanks.end(bytes, from, end);
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        boolean word = text.equalsIgnoreCase("nan")
                || text.equalsIgnoreCase("inf")
                || text.equalsIgnoreCase("infinity")
                || text.equalsIgnoreCase("-inf")
                || text.equalsIgnoreCase("-infinity");
        if (!word) {
            check(text);
        }
        out.put(text);
    }

    private static void check(String text) throws FieldException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                throw new FieldException(1208, "Invalid digit, Value '" + c + "', Pos " + i + ", Type: Double");
            }
        }
        try {
            if (Double.isInfinite(Double.parseDouble(text))) {
                throw new FieldException(1208, "Overflow, Type: Double");
            }
        } catch (NumberFormatException e) {
            throw new FieldException(1208, "Invalid float, Type: Double");
        }
    }
}
