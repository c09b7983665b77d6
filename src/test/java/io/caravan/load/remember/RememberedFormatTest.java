package io.caravan.load.remember;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.model.table.TargetSum;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedFormatTest {

    private final Random random = new Random(11);
    private final RowHashes hashes = new RowHashes(1 << 24);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2_047, 2_048, 2_049, 10_000})
    void whatIsWrittenIsRead(int entries) throws IOException {
        byte[] written = write(entries);

        RowHashes read = new RowHashes(1 << 24);
        RememberedHeader header = read(written, read);

        assertThat(header).isEqualTo(header(entries));
        assertThat(written).hasSize((int) RememberedFormat.sizeBytes(header));
        assertThat(read.size()).isEqualTo(entries);
        for (RowHashes.Cursor cursor = hashes.cursor(); cursor.next(); ) {
            assertThat(read.hasRow(cursor.hash())).isTrue();
            assertThat(read.state(cursor.hash())).isEqualTo(RowHashes.UNSEEN);
        }
    }

    @Test
    void whatIsCutOrDamagedIsRefused() throws IOException {
        byte[] written = write(100);

        for (int length = 0; length < written.length; length += 7) {
            byte[] cut = Arrays.copyOf(written, length);
            assertThatThrownBy(() -> read(cut, new RowHashes(1 << 20))).isInstanceOf(IOException.class);
        }
        for (int i = 0; i < written.length; i += 3) {
            byte[] damaged = written.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> read(damaged, new RowHashes(1 << 20)))
                    .as("byte %d", i)
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(written, written.length + 1), new RowHashes(1 << 20)))
                .isInstanceOf(IOException.class);
    }

    private byte[] write(int entries) throws IOException {
        for (int i = 0; i < entries; i++) {
            hashes.put(
                    new RowHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()),
                    RowHashes.STAGED);
        }
        return RememberedFormat.content(header(entries), hashes, false).readAllBytes();
    }

    private static RememberedHeader header(int entries) {
        return new RememberedHeader(
                "load",
                "public.t",
                List.of("id BIGINT", "name VARCHAR(10)"),
                List.of("id"),
                new TargetSum(entries, BigInteger.TEN),
                entries,
                RowHashes.SEGMENTS);
    }

    private static RememberedHeader read(byte[] bytes, RowHashes into) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        RememberedHeader header = RememberedFormat.readHeader(in);
        RememberedFormat.readEntries(header, in, into);
        return header;
    }
}
