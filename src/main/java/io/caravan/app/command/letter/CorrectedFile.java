package io.caravan.app.command.letter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.replay.Correction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Reads a file of corrected dead letters, which a person has edited. */
final class CorrectedFile {

    /** What it holds is in the heap, some times over. */
    static final int MAX_BYTES = 32 << 20;

    private static final char BYTE_ORDER_MARK = 0xFEFF;

    private CorrectedFile() {}

    /**
     * Returns the corrections, in the file's order; at least one, and of each dead letter at most one.
     *
     * @throws InvalidConfigurationException if the file cannot be read or holds anything else; names the line
     */
    static List<Correction> read(Path file) {
        return new CorrectedJson(file, text(file, bytes(file))).read();
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw invalid(
                        file, "is larger than " + (MAX_BYTES >> 20) + " MiB; replay fewer dead letters at a time");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw invalid(file, "there is no such file");
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.CORRECTION_INVALID, file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static CharBuffer text(Path file, byte[] bytes) {
        CharsetDecoder decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        // No character of UTF-8 is shorter than a byte.
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            long line = 1
                    + IntStream.range(0, in.position())
                            .filter(i -> bytes[i] == '\n')
                            .count();
            throw invalid(file, "line " + line + " is not UTF-8");
        }
        out.flip();
        if (out.hasRemaining() && out.get(0) == BYTE_ORDER_MARK) {
            out.get();
        }
        return out;
    }

    private static InvalidConfigurationException invalid(Path file, String problem) {
        return new InvalidConfigurationException(ErrorCode.CORRECTION_INVALID, file + ": " + problem);
    }
}
