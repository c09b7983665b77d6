package io.caravan.bench.pollock;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of a file came through, by the definitions of <a
 * href="https://www.vldb.org/pvldb/vol16/p1870-vitagliano.pdf">Vitagliano et al.: Pollock, a data loading benchmark</a>: shares
 * from 0 to 1, of names, records and cells as multisets.
 *
 * @param success 1 if the file was loaded at all
 */
record Measures(double success, Share header, Share record, Share cell) {

    /** Nothing was loaded. */
    static final Measures NONE = new Measures(0, Share.NONE, Share.NONE, Share.NONE);

    private static final Measures ALL = new Measures(1, Share.ALL, Share.ALL, Share.ALL);

    /**
     * What two multisets share.
     *
     * @param precision of what is in the file, how much was loaded; the benchmark has the two words so
     * @param recall of what was loaded, how much is in the file
     */
    record Share(double precision, double recall) {

        static final Share NONE = new Share(0, 0);
        static final Share ALL = new Share(1, 1);

        private static Share of(Collection<String> source, Collection<String> loaded) {
            if (source.isEmpty()) {
                return ALL;
            }
            Map<String, Integer> left = new HashMap<>();
            source.forEach(one -> left.merge(one, 1, Integer::sum));
            int common = 0;
            for (String one : loaded) {
                if (left.getOrDefault(one, 0) > 0) {
                    left.merge(one, -1, Integer::sum);
                    common++;
                }
            }
            return common == 0 ? NONE : new Share((double) common / source.size(), (double) common / loaded.size());
        }

        double f1() {
            return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        }

        private double sum() {
            return precision + recall + f1();
        }
    }

    /**
     * Compares.
     *
     * @param source all lines of the clean file
     * @param loaded those of the export
     */
    static Measures of(List<List<String>> source, List<List<String>> loaded) {
        if (source.isEmpty()) {
            return ALL;
        }
        return new Measures(
                1,
                Share.of(normal(source.get(0)), loaded.isEmpty() ? List.of() : normal(loaded.get(0))),
                Share.of(records(source), records(loaded)),
                Share.of(cells(source), cells(loaded)));
    }

    private static List<String> normal(List<String> line) {
        return line.stream().map(CellText::normal).toList();
    }

    /** A record is the text of all its cells, one after the other. */
    private static List<String> records(List<List<String>> lines) {
        return lines.stream().skip(1).map(line -> String.join("", normal(line))).toList();
    }

    private static List<String> cells(List<List<String>> lines) {
        List<String> cells = new ArrayList<>();
        lines.forEach(cells::addAll);
        return cells;
    }

    /** Returns the sum of the ten figures. */
    double score() {
        return success + header.sum() + record.sum() + cell.sum();
    }
}
