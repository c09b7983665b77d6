package io.caravan.csv.detect;

import io.caravan.csv.guess.CellKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much sense the samples make if read in one way: how alike the records are, times how much their fields look like values.
 * Both factors are those of <a href="https://arxiv.org/abs/1811.11242">van den Burg, Nazabal, Sutton: Wrangling Messy CSV Files
 * by Detecting Row and Type Patterns</a>; likeness counts squares of shares here, so that one odd record among many costs little.
 */
final class PunctuationScore {

    /** Of records of one field each, as most wrong ways give them. */
    private static final double ONE_FIELD = 0.05;

    private static final double ALONE = 0.8;

    private static final int MOST_FIELDS = 200;

    /** Kinds of fields by their texts: all ways of reading see many of the same. */
    private final Map<String, CellKind> unquoted = new HashMap<>();

    private final Map<String, CellKind> quoted = new HashMap<>();

    /** Returns the score, from 0 to 1. */
    double of(List<SampleRecords> samples) {
        Map<Integer, Integer> lengths = new HashMap<>();
        int records = 0;
        double sense = 0;
        long fields = 0;
        double lost = 0;
        for (SampleRecords sample : samples) {
            lost = Math.max(lost, sample.lost());
            for (SampleRecord read : sample.records()) {
                records++;
                if (read.isMalformed()) {
                    continue;
                }
                lengths.merge(read.size(), 1, Integer::sum);
                int seen = Math.min(read.size(), MOST_FIELDS);
                for (int i = 0; i < seen; i++) {
                    sense += kind(read, i).weight();
                }
                fields += seen;
            }
        }
        if (records == 0 || fields == 0) {
            return 0;
        }
        double alike = 0;
        for (Map.Entry<Integer, Integer> length : lengths.entrySet()) {
            double share = (double) length.getValue() / records;
            int size = length.getKey();
            alike += share * share * (size == 1 ? ONE_FIELD : (size - 1.0) / size);
        }
        return alike * (sense / fields) * (1 - lost) * (isFirstAlone(samples) ? ALONE : 1);
    }

    /** Returns whether no sample's first line holds the delimiter: a header would. */
    static boolean isFirstAlone(List<SampleRecords> samples) {
        return samples.stream()
                .allMatch(sample ->
                        sample.records().size() > 1 && sample.records().get(0).size() == 1);
    }

    private CellKind kind(SampleRecord read, int index) {
        boolean isQuoted = read.quoted().get(index);
        return (isQuoted ? quoted : unquoted).computeIfAbsent(read.field(index), text -> CellKind.of(text, isQuoted));
    }
}
