package io.caravan.load.remember;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowHashesTest {

    private final Random random = new Random(7);

    @Test
    void theRowPutLastIsTheOneOfItsKey() {
        RowHashes hashes = new RowHashes(1 << 20);
        Map<String, RowHash> expected = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            long key = random.nextInt(2_000) * 0x9e37_79b9_7f4a_7c15L;
            RowHash hash = new RowHash(key, 1, random.nextLong(), random.nextLong());
            hashes.put(hash, 1 + i);
            expected.put(hash.key(), hash);
        }

        Map<String, RowHash> found = new HashMap<>();
        for (RowHashes.Cursor cursor = hashes.cursor(); cursor.next(); ) {
            found.put(cursor.hash().key(), cursor.hash());
        }

        assertThat(found).isEqualTo(expected);
        assertThat(hashes.size()).isEqualTo(expected.size());
        assertThat(expected.values()).allMatch(hashes::hasRow);
    }

    @Test
    void aKeyThatIsNotThereHasNoState() {
        RowHashes hashes = new RowHashes(1 << 20);
        hashes.put(new RowHash(5, 6, 7, 8), RowHashes.STAGED);

        assertThat(hashes.state(new RowHash(5, 6, 0, 0))).isEqualTo(RowHashes.STAGED);
        assertThat(hashes.state(new RowHash(5, 7, 7, 8))).isZero();
        assertThat(hashes.hasRow(new RowHash(5, 6, 7, 9))).isFalse();
        assertThat(hashes.hasRow(new RowHash(-5, 6, 7, 8))).isFalse();
    }

    @Test
    void theKeyOfARejectedRowStaysWithTheRowThatItHas() {
        RowHashes hashes = new RowHashes(1 << 20);
        RowHash row = new RowHash(5, 6, 7, 8);
        hashes.put(row, RowHashes.UNSEEN);

        hashes.keep(new RowHash(5, 6, 0, 0));
        hashes.keep(new RowHash(9, 9, 0, 0));

        assertThat(hashes.state(row)).isEqualTo(RowHashes.KEPT);
        assertThat(hashes.hasRow(row)).isTrue();
        assertThat(hashes.countUnseen()).isZero();
        assertThat(hashes.size()).isOne();
        assertThat(hashes.see(row, 3)).as("a good row of the key follows").isTrue();
        hashes.keep(row);
        assertThat(hashes.state(row)).as("the good row counts").isEqualTo(3);
    }

    @Test
    void aRowIsSeenOnceAndOnlyIfItIsTheVeryOne() {
        RowHashes hashes = new RowHashes(1 << 20);
        hashes.expect(100);
        hashes.put(new RowHash(5, 6, 7, 8), RowHashes.UNSEEN);

        assertThat(hashes.see(new RowHash(5, 6, 7, 9), 3)).isFalse();
        assertThat(hashes.see(new RowHash(-5, 6, 7, 8), 3)).isFalse();
        assertThat(hashes.state(new RowHash(5, 6, 7, 8))).isEqualTo(RowHashes.UNSEEN);
        assertThat(hashes.see(new RowHash(5, 6, 7, 8), 3)).isTrue();
        assertThat(hashes.state(new RowHash(5, 6, 7, 8))).isEqualTo(3);
        assertThat(hashes.see(new RowHash(5, 6, 7, 8), 4)).isFalse();
    }

    @Test
    void moreKeysThanExpectedFindRoom() {
        RowHashes hashes = new RowHashes(1 << 24);
        hashes.expect(10);
        for (int i = 0; i < 10_000; i++) {
            hashes.put(row(random.nextLong()), RowHashes.UNSEEN);
        }

        assertThat(hashes.size()).isEqualTo(10_000);
        assertThat(hashes.covered()).isEqualTo(RowHashes.SEGMENTS);
    }

    @Test
    void memoryThatIsUsedUpLeavesTheLowestKeysAndTakesNoOthers() {
        RowHashes hashes = new RowHashes(1 << 16);
        int most = (1 << 16) / RowHashes.BYTES_PER_PLACE;
        for (int i = 0; i < 50_000; i++) {
            hashes.put(row(random.nextLong()), RowHashes.UNSEEN);
            assertThat(hashes.size()).isLessThanOrEqualTo(most);
        }

        assertThat(hashes.covered()).isBetween(1, 16);
        assertThat(hashes.size()).as("what is left of the memory is used").isGreaterThan(most / 2);
        for (RowHashes.Cursor cursor = hashes.cursor(); cursor.next(); ) {
            assertThat(cursor.hash().keyHigh() >>> 56).isLessThan(hashes.covered());
        }
        RowHash low = row(42);
        hashes.put(low, RowHashes.UNSEEN);
        assertThat(hashes.hasRow(low)).isTrue();
    }

    @Test
    void nothingIsTakenWhereThereIsNoMemory() {
        RowHashes hashes = new RowHashes(1);
        hashes.put(row(1), RowHashes.UNSEEN);

        assertThat(hashes.size()).isZero();
        assertThat(hashes.covered()).isZero();
    }

    @Test
    void unseenKeysAreThoseThatNothingWasDoneWith() {
        RowHashes hashes = new RowHashes(1 << 20);
        for (int i = 0; i < 10; i++) {
            hashes.put(row(i), RowHashes.UNSEEN);
        }
        hashes.put(row(3), 17);
        hashes.put(row(4), RowHashes.STAGED);

        assertThat(hashes.countUnseen()).isEqualTo(8);
    }

    private static RowHash row(long key) {
        return new RowHash(key, key, key, key);
    }
}
