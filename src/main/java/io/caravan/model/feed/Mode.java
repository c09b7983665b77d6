package io.caravan.model.feed;

/**
 * What the target is after a load. A mode is three answers: what an object is, and what becomes of rows that meet a row of the
 * target and of rows that meet none. Whoever wants to know what a mode does asks for a trait, which follows from them.
 */
public enum Mode {
    /** Matching rows are updated, others inserted. */
    UPSERT(Objects.PARTS, Matching.UPDATED, Others.INSERTED),
    /** Matching rows are updated; others are left out. */
    UPDATE_ONLY(Objects.PARTS, Matching.UPDATED, Others.LEFT),
    /** Rows whose key is not there yet are inserted; existing ones stay as they are. */
    INSERT_ONLY(Objects.PARTS, Matching.LEFT, Others.INSERTED),
    /** All rows are inserted, those of an object version once. */
    APPEND(Objects.PARTS, Matching.NOT_LOOKED_FOR, Others.INSERTED),
    /** The target holds exactly the rows of the newest object. */
    REPLACE(Objects.SNAPSHOTS, Matching.REPLACED, Others.INSERTED),
    /** The object is a full snapshot: rows are updated and inserted, and those it lacks are deleted. */
    MIRROR(Objects.SNAPSHOTS, Matching.UPDATED, Others.INSERTED),
    /** A column says of each row whether it is inserted, updated or deleted. */
    CHANGES(Objects.PARTS, Matching.AS_THE_ROW_SAYS, Others.INSERTED),
    /** A slowly changing dimension of type 2: a changed row ends, and a new version of it begins. */
    HISTORY(Objects.PARTS, Matching.ENDED, Others.INSERTED);

    /** What an object has. */
    private enum Objects {
        /** Some of the target's rows. */
        PARTS,
        /** All there is: only the newest object counts. */
        SNAPSHOTS
    }

    /** What becomes of a row of the target whose keys an object's row has. */
    public enum Matching {
        /** Nobody looks for it. */
        NOT_LOOKED_FOR,
        /** It stays as it is. */
        LEFT,
        /** It takes the values of the object's row. */
        UPDATED,
        /** The object's row says whether it is updated or deleted. */
        AS_THE_ROW_SAYS,
        /** It ends, and the object's row is its next version. */
        ENDED,
        /** It goes, with every row of the target. */
        REPLACED
    }

    /** What becomes of a row that has the keys of no row of the target. */
    private enum Others {
        INSERTED,
        /** It is left out, and counted as stale. */
        LEFT
    }

    private final Objects objects;
    private final Matching matching;
    private final Others others;

    Mode(Objects objects, Matching matching, Others others) {
        this.objects = objects;
        this.matching = matching;
        this.others = others;
    }

    /** Returns what becomes of a row of the target whose keys an object's row has. */
    public Matching matching() {
        return matching;
    }

    /** Returns whether each object is all there is, so that only the newest one of a load counts. */
    public boolean isSnapshot() {
        return objects == Objects.SNAPSHOTS;
    }

    /** Returns whether a row is inserted whose keys the target does not have. */
    public boolean insertsOthers() {
        return others == Others.INSERTED;
    }

    /** Returns whether a row of the target never changes once it is there. */
    public boolean onlyInserts() {
        return matching == Matching.NOT_LOOKED_FOR || matching == Matching.LEFT;
    }

    /** Returns whether all rows go into an empty target as they are, with nothing to compare. */
    public boolean insertsAllIntoEmpty() {
        return insertsOthers() && (matching == Matching.UPDATED || matching == Matching.LEFT);
    }

    /** Returns whether it matters that two rows share their matching keys, of an object or of several. */
    public boolean comparesKeys() {
        return matching != Matching.NOT_LOOKED_FOR;
    }

    /** Returns whether rows can be loaded without matching keys. */
    public boolean allowsNoKeys() {
        return matching == Matching.NOT_LOOKED_FOR || replacesAll();
    }

    /** Returns whether every row of the target gives way to those of the object. */
    public boolean replacesAll() {
        return matching == Matching.REPLACED;
    }

    /** Returns whether the target keeps former versions of its rows, with the times from and to which they held. */
    public boolean keepsVersions() {
        return matching == Matching.ENDED;
    }

    /** Returns whether a column of the objects says what a row changes. */
    public boolean hasChangeColumn() {
        return matching == Matching.AS_THE_ROW_SAYS;
    }

    /** Returns whether a row that was loaded stands in the target as it is, so that it can be remembered. */
    public boolean canRemember() {
        return insertsOthers() && matching == Matching.UPDATED;
    }
}
