package io.caravan.load.remember;

import java.util.Arrays;

/**
 * The hashes of rows, one for each key, in bounded memory: when it is used up, the keys in the highest eighth of the range of
 * their hashes are dropped, and from then on taken no more. Beside each stands what a load has done with it so far. Used by one
 * thread.
 *
 * <p>Keys lie in segments by the first bits of their hashes, so that a table that grows does so a piece at a time.
 */
final class RowHashes {

    /** Nothing has been seen of the key in this load. */
    static final int UNSEEN = 1;

    /** A row of the key has been staged in this load. */
    static final int STAGED = -1;

    /** A rejected record of this load has the key: the target's row stays as it is. */
    static final int KEPT = -2;

    /** For each key: two halves of two hashes, and what has been done with it. */
    static final int BYTES_PER_PLACE = 4 * Long.BYTES + Integer.BYTES;

    /** The number of ranges of hashes. */
    static final int SEGMENTS = 256;

    private static final int FIRST_PLACES = 8;

    /** The part of the range that is dropped when memory is used up: with a larger part, more memory would lie idle. */
    private static final int CUT = 8;

    /** Goes through the keys, in the same order each time. */
    final class Cursor {

        private int range;
        private int place = -1;

        /** Moves to the next key; returns whether there is one. */
        boolean next() {
            while (range < covered) {
                place++;
                if (place == segments[range].states.length) {
                    range++;
                    place = -1;
                } else if (segments[range].states[place] != 0) {
                    return true;
                }
            }
            return false;
        }

        /** Returns what has been done with the key: {@link #UNSEEN}, {@link #STAGED}, {@link #KEPT}, or what else was put. */
        int state() {
            return segments[range].states[place];
        }

        RowHash hash() {
            return segments[range].at(place);
        }
    }

    private final long maxBytes;
    private final Segment[] segments = new Segment[SEGMENTS];
    private int covered = SEGMENTS;
    private long places;
    private long size;

    /**
     * Begins with nothing.
     *
     * @param maxBytes most bytes that the hashes take
     */
    RowHashes(long maxBytes) {
        this.maxBytes = maxBytes;
        Arrays.setAll(segments, i -> new Segment());
    }

    /** Returns how many bytes so many keys take, about. */
    static long bytesFor(long keys) {
        return SEGMENTS * Segment.placesFor(keys / SEGMENTS + 1) * BYTES_PER_PLACE;
    }

    /** Returns how many keys there are. */
    long size() {
        return size;
    }

    /** Returns how many of the {@link #SEGMENTS} ranges are covered, the lowest ones. */
    int covered() {
        return covered;
    }

    /** Takes only keys of the lowest ranges, and drops others. */
    void cover(int ranges) {
        for (int i = ranges; i < covered; i++) {
            places -= segments[i].states.length;
            size -= segments[i].size;
            segments[i] = new Segment();
        }
        covered = Math.min(covered, ranges);
    }

    /** Returns what has been done with a key; 0 if it is not there. */
    int state(RowHash hash) {
        Segment segment = segments[range(hash)];
        int place = segment.find(hash);
        return place < 0 ? 0 : segment.states[place];
    }

    /** Returns whether the key is there with this very row. */
    boolean hasRow(RowHash hash) {
        Segment segment = segments[range(hash)];
        int place = segment.find(hash);
        return place >= 0 && segment.states[place] != 0 && segment.hasRow(place, hash);
    }

    /**
     * Notes that a row is there again.
     *
     * @param state what is noted
     * @return whether it did: only for the very row, if no row of its key was seen in this load
     */
    boolean see(RowHash hash, int state) {
        Segment segment = segments[range(hash)];
        int place = segment.find(hash);
        boolean isSame = place >= 0
                && (segment.states[place] == UNSEEN || segment.states[place] == KEPT)
                && segment.hasRow(place, hash);
        if (isSame) {
            segment.states[place] = state;
        }
        return isSame;
    }

    /** Notes that a key is there again, unless a row of it was seen in this load; whatever row it has stays. */
    void keep(RowHash key) {
        Segment segment = segments[range(key)];
        int place = segment.find(key);
        if (place >= 0 && segment.states[place] == UNSEEN) {
            segment.states[place] = KEPT;
        }
    }

    /** Makes room for so many keys, if there is that much, before there are any. */
    void expect(long keys) {
        long each = Segment.placesFor(keys / Math.max(1, covered) + 1);
        if (each * covered * BYTES_PER_PLACE <= maxBytes) {
            for (int i = 0; i < covered; i++) {
                segments[i].allocate((int) each);
            }
            places = each * covered;
        }
    }

    /** Puts a row in place of what is there of its key, unless its range is not covered. */
    void put(RowHash hash, int state) {
        int range = range(hash);
        if (range >= covered) {
            return;
        }
        Segment segment = segments[range];
        if (segment.isFull()) {
            long added = (long) segment.nextLength() - segment.states.length;
            while (covered > 1 && (places + added) * BYTES_PER_PLACE > maxBytes) {
                cover(covered - Math.max(1, covered / CUT));
                if (range >= covered) {
                    return;
                }
            }
            if ((places + added) * BYTES_PER_PLACE > maxBytes) {
                cover(0);
                return;
            }
            places += added;
            segment.grow();
        }
        size += segment.put(hash, state) ? 1 : 0;
    }

    /** Begins before the first key. */
    Cursor cursor() {
        return new Cursor();
    }

    /** Returns how many keys are still unseen. */
    long countUnseen() {
        long unseen = 0;
        for (Cursor cursor = cursor(); cursor.next(); ) {
            unseen += cursor.state() == UNSEEN ? 1 : 0;
        }
        return unseen;
    }

    private static int range(RowHash hash) {
        return (int) (hash.keyHigh() >>> (Long.SIZE - Byte.SIZE));
    }

    /** Keys with the same first bits, in a table with open addresses. */
    private static final class Segment {

        private long[] hashes = new long[0];
        private int[] states = new int[0];
        private int size;

        /** With more, it would be long until a free place is found. */
        boolean isFull() {
            return size >= states.length - (states.length >> 2);
        }

        static long placesFor(long keys) {
            return FIRST_PLACES + keys + (keys >> 1);
        }

        void allocate(int length) {
            hashes = new long[length * 4];
            states = new int[length];
            size = 0;
        }

        int nextLength() {
            return Math.max(FIRST_PLACES, states.length + (states.length >> 2));
        }

        void grow() {
            Segment old = new Segment();
            old.hashes = hashes;
            old.states = states;
            allocate(nextLength());
            for (int i = 0; i < old.states.length; i++) {
                if (old.states[i] != 0) {
                    put(old.at(i), old.states[i]);
                }
            }
        }

        /** Returns whether the key is new. */
        boolean put(RowHash hash, int state) {
            int place = find(hash);
            boolean isNew = states[place] == 0;
            hashes[place * 4] = hash.keyHigh();
            hashes[place * 4 + 1] = hash.keyLow();
            hashes[place * 4 + 2] = hash.rowHigh();
            hashes[place * 4 + 3] = hash.rowLow();
            states[place] = state;
            size += isNew ? 1 : 0;
            return isNew;
        }

        /** Returns where the key is, or is to go; below 0 if there is no place at all. */
        int find(RowHash hash) {
            int length = states.length;
            if (length == 0) {
                return -1;
            }
            // The first bits are the same for all of them.
            int place = (int) (((hash.keyHigh() >>> 24 & 0xffff_ffffL) * length) >>> 32);
            while (states[place] != 0
                    && (hashes[place * 4] != hash.keyHigh() || hashes[place * 4 + 1] != hash.keyLow())) {
                place = place + 1 == length ? 0 : place + 1;
            }
            return place;
        }

        boolean hasRow(int place, RowHash hash) {
            return hashes[place * 4 + 2] == hash.rowHigh() && hashes[place * 4 + 3] == hash.rowLow();
        }

        RowHash at(int place) {
            return new RowHash(hashes[place * 4], hashes[place * 4 + 1], hashes[place * 4 + 2], hashes[place * 4 + 3]);
        }
    }
}
