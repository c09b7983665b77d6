package io.caravan.model.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * A piece of a folder's name as <a
 * href="https://github.com/apache/hive/blob/master/common/src/java/org/apache/hadoop/hive/common/FileUtils.java">Hive</a> escapes it:
 * {@code %3A} is a colon. A plus sign is one, and a per cent sign without two hexadecimal digits behind it is one too.
 */
public final class EscapedName {

    private EscapedName() {}

    /**
     * Returns the piece without escapes.
     *
     * @throws IllegalArgumentException if the escaped bytes are no UTF-8
     */
    public static String decode(String escaped) {
        if (escaped.indexOf('%') < 0) {
            return escaped;
        }
        byte[] bytes = escaped.getBytes(UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? digit(bytes[i + 1]) : -1;
            int low = high < 0 ? -1 : digit(bytes[i + 2]);
            if (low < 0) {
                decoded.write(bytes[i]);
            } else {
                decoded.write((high << 4) | low);
                i += 2;
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(decoded.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("'" + escaped + "' has escapes that are no UTF-8", e);
        }
    }

    private static int digit(byte b) {
        return Character.digit((char) b, 16);
    }
}
