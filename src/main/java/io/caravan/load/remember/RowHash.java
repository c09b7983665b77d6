package io.caravan.load.remember;

/**
 * The hashes by which a row is remembered.
 *
 * @param keyHigh first half of the hash of its matching keys
 * @param keyLow second half
 * @param rowHigh first half of the hash of all its loaded columns, the keys too
 * @param rowLow second half
 */
record RowHash(long keyHigh, long keyLow, long rowHigh, long rowLow) {

    /** Returns the hash of the keys as 32 hexadecimal digits, lower case. */
    String key() {
        return hex(keyHigh) + hex(keyLow);
    }

    private static String hex(long half) {
        String digits = Long.toHexString(half);
        return "0".repeat(Long.BYTES * 2 - digits.length()) + digits;
    }
}
