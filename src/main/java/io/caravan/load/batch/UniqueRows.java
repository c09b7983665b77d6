package io.caravan.load.batch;

import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.row.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of a batch, one for each key. As long as their keys ascend, nothing has to be looked up. */
final class UniqueRows {

    private static final int FIRST_SLOTS = 1 << 10;

    private final RowKeys keys;
    private final boolean firstWins;
    private final List<@Nullable Row> rows = new ArrayList<>();
    private final AscendingKeys ascending;
    private long superseded;

    /** Where in the list the row of a key is, plus 1, from the slot of its hash on; 0 is free. Empty while keys ascend. */
    private int[] slots = {};

    /** The hashes of the rows' keys, as far as they are in slots; to make one again costs more than to keep it. */
    private int[] hashes = {};

    UniqueRows(RowKeys keys, Duplicates winner) {
        this.keys = keys;
        this.ascending = new AscendingKeys(keys);
        this.firstWins = winner == Duplicates.FIRST;
    }

    void add(Row row) {
        if (keys.areNone() || ascending.add(row)) {
            rows.add(row);
        } else {
            index();
            addIndexed(row);
        }
    }

    /** Returns how many rows were left out because another has their keys. */
    long superseded() {
        return superseded;
    }

    /** Returns the rows that stay, in their order; nothing can be added any more. */
    List<@Nullable Row> list() {
        rows.removeIf(Objects::isNull);
        return rows;
    }

    private void addIndexed(Row row) {
        int hash = keys.hash(row);
        int slot = slot(row, hash);
        boolean isRepeated = slots[slot] != 0;
        if (isRepeated) {
            superseded++;
            if (firstWins) {
                return;
            }
            rows.set(slots[slot] - 1, null);
        }
        hashes[rows.size()] = hash;
        rows.add(row);
        slots[slot] = rows.size();
    }

    /** Makes room for one row more; at most half of the slots are taken. */
    private void index() {
        if (2 * (rows.size() + 1) <= slots.length) {
            return;
        }
        int size = Math.max(FIRST_SLOTS, 2 * slots.length);
        while (size < 2 * (rows.size() + 1)) {
            size *= 2;
        }
        boolean isHashed = slots.length > 0;
        slots = new int[size];
        hashes = Arrays.copyOf(hashes, size / 2);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row != null) {
                if (!isHashed) {
                    hashes[i] = keys.hash(row);
                }
                slots[slot(row, hashes[i])] = i + 1;
            }
        }
    }

    /** Returns the slot of the row's keys: theirs, or the free one that they would take. */
    private int slot(Row row, int hash) {
        int slot = (hash ^ (hash >>> 16)) & (slots.length - 1);
        while (slots[slot] != 0) {
            Row other = rows.get(slots[slot] - 1);
            if (other != null && hashes[slots[slot] - 1] == hash && keys.areEqual(other, row)) {
                return slot;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
