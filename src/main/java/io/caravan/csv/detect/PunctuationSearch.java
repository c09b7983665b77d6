package io.caravan.csv.detect;

import io.caravan.base.RejectedObjectException;
import io.caravan.csv.guess.Confidence;
import io.caravan.model.feed.Escapes;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the dialect in which samples make most sense. */
final class PunctuationSearch {

    /** So much of a sample is read in each way. */
    private static final int BYTES = 1 << 18;

    private static final int RECORDS = 300;

    /** Of ten. */
    private static final int MOST_ALIKE = 4;

    /** One in so many. */
    private static final int LEAST_SPLIT = 5;

    private static final int LEAST_LINES = 5;
    private static final int MOST_PADDED = 3;
    private static final int LEAST_PARTED = 7;

    private static final char[] DELIMITERS = {',', ';', '\t', '|', '\u0001', '^', '~', ':', ' '};

    private static final Pattern WRITTEN_NULL = Pattern.compile("(?m)(^|[,;\\t|\u0001])\\\\N($|[,;\\t|\u0001\\r])");
    private static final Pattern UNKNOWN_ESCAPE = Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\[a-zA-Z89&&[^bfnrtvNxZ]]");

    /**
     * What was found.
     *
     * @param rival how good the best one with another delimiter is, compared with this; at most 1
     */
    record Found(Punctuation dialect, double score, double rival) {

        private static final double CLOSE = 0.9;
        private static final double FAR = 0.6;

        /** Returns how surely this one is meant, and no other. */
        Confidence confidence() {
            return rival > CLOSE ? Confidence.GUESS : rival > FAR ? Confidence.LIKELY : Confidence.SURE;
        }
    }

    private final List<Sample> samples;
    private final Charset charset;
    private final PunctuationScore score = new PunctuationScore();

    PunctuationSearch(List<Sample> samples, Charset charset) {
        this.charset = charset;
        this.samples = samples.stream().map(PunctuationSearch::beginning).toList();
    }

    private static Sample beginning(Sample sample) {
        return sample.content().length <= BYTES
                ? sample
                : new Sample(sample.name(), Arrays.copyOf(sample.content(), BYTES), false);
    }

    /**
     * Returns the best.
     *
     * @throws RejectedObjectException if the samples are no CSV
     */
    Found best() {
        boolean hasWrittenNull = samples.stream().anyMatch(this::hasWrittenNull);
        boolean hasBackslash = samples.stream().anyMatch(sample -> has(sample, '\\'));
        boolean hasQuote = samples.stream().anyMatch(sample -> has(sample, '"'));
        boolean hasApostrophe = samples.stream().anyMatch(sample -> has(sample, '\''));
        @Nullable Found best = null;
        double second = 0;
        boolean hasOneField = samples.stream().noneMatch(sample -> has(sample, ','));
        for (char delimiter : DELIMITERS) {
            if (samples.stream().noneMatch(sample -> has(sample, delimiter))) {
                // One that is nowhere leaves each line whole.
                if (delimiter != ',' && hasOneField) {
                    continue;
                }
                hasOneField = true;
            }
            @Nullable Found own = null;
            for (Punctuation dialect : dialects(delimiter, hasApostrophe, hasBackslash, hasWrittenNull, hasQuote)) {
                Found found = new Found(dialect, score(dialect) * dialect.plausibility(), 0);
                if (own == null || found.score() > own.score()) {
                    own = found;
                }
            }
            if (own == null) {
                continue;
            }
            if (best == null || own.score() > best.score()) {
                second = best == null ? 0 : best.score();
                best = own;
            } else {
                second = Math.max(second, own.score());
            }
        }
        if (best == null) {
            throw new IllegalStateException("no dialect");
        }
        return new Found(best.dialect(), best.score(), best.score() == 0 ? 1 : second / best.score());
    }

    private double score(Punctuation dialect) {
        List<SampleRecords> read = new ArrayList<>();
        for (Sample sample : samples) {
            read.add(SampleRecords.read(sample, dialect.format(charset), RECORDS));
        }
        boolean isWrong = dialect.quote() == null && splitsQuotes(read);
        return isWrong || isProse(dialect, read) ? 0 : score.of(read);
    }

    /** A mark with a blank behind it wherever it stands, and that the first line lacks, is one of sentences and names. */
    private static boolean isProse(Punctuation dialect, List<SampleRecords> read) {
        if ((dialect.delimiter() == ' ' || dialect.delimiter() == ':') && PunctuationScore.isFirstAlone(read)) {
            return true;
        }
        if (dialect.delimiter() == ':' && areAtMostPairs(read)) {
            return true;
        }
        if (dialect.delimiter() == ' ' && (!areAlike(read) || arePadded(read) || areLabelled(read))) {
            return true;
        }
        if (isOnce(read) || (dialect.delimiter() == ',' && isRare(read))) {
            return true;
        }
        if (",;:".indexOf(dialect.delimiter()) < 0) {
            return false;
        }
        boolean parts = false;
        for (SampleRecords sample : read) {
            for (int i = 0; i < sample.records().size(); i++) {
                SampleRecord record = sample.records().get(i);
                if (i == 0 && record.size() > 1) {
                    return false;
                }
                parts |= record.size() > 1;
                for (int field = 1; field < record.size(); field++) {
                    if (!record.field(field).startsWith(" ")) {
                        return false;
                    }
                }
            }
        }
        return parts;
    }

    /** Where a quote begins a field, and another ends a later one, a delimiter was quoted. */
    private static boolean splitsQuotes(List<SampleRecords> read) {
        int records = 0;
        int split = 0;
        for (SampleRecords sample : read) {
            for (SampleRecord record : sample.records()) {
                records++;
                int opened = -1;
                boolean isSplit = false;
                for (int i = 0; i < record.size(); i++) {
                    String text = record.field(i).strip();
                    boolean begins = text.startsWith("\"");
                    boolean ends = text.endsWith("\"");
                    isSplit |= ends && !begins && opened >= 0;
                    opened = begins && !ends ? i : ends ? -1 : opened;
                }
                split += isSplit ? 1 : 0;
            }
        }
        return split * LEAST_SPLIT > records;
    }

    /** A name, a colon and a text are lines of a form, and no rows. */
    private static boolean areAtMostPairs(List<SampleRecords> read) {
        return read.stream()
                .flatMap(sample -> sample.records().stream())
                .allMatch(record -> record.isMalformed() || record.size() <= 2);
    }

    /** A word that ends in a colon says what the rest of its line is. */
    private static boolean areLabelled(List<SampleRecords> read) {
        long records = 0;
        long labelled = 0;
        for (SampleRecords sample : read) {
            for (SampleRecord record : sample.records()) {
                records++;
                labelled += record.text(0).endsWith(":") ? 1 : 0;
            }
        }
        return labelled * 2 > records;
    }

    /** Several blanks one after the other put fields below each other, and part none. */
    private static boolean arePadded(List<SampleRecords> read) {
        long fields = 0;
        long empty = 0;
        for (SampleRecords sample : read) {
            for (SampleRecord record : sample.records()) {
                fields += record.size();
                empty += record.size() - record.filled();
            }
        }
        return empty * 10 > fields * MOST_PADDED;
    }

    /** One line alone, and not the first, has no fields. */
    private static boolean isOnce(List<SampleRecords> read) {
        int records = 0;
        int parted = 0;
        for (SampleRecords sample : read) {
            records += sample.records().size();
            for (SampleRecord record : sample.records()
                    .subList(
                            Math.min(1, sample.records().size()),
                            sample.records().size())) {
                parted += record.size() > 1 ? 1 : 0;
            }
            parted += !sample.records().isEmpty() && sample.records().get(0).size() > 1 ? 2 : 0;
        }
        return parted == 1 && records >= LEAST_LINES;
    }

    /** A comma that many lines lack, and others have once, is one of sentences. */
    private static boolean isRare(List<SampleRecords> read) {
        int records = 0;
        int pairs = 0;
        int others = 0;
        for (SampleRecords sample : read) {
            for (SampleRecord record : sample.records()) {
                records++;
                pairs += record.size() == 2 ? 1 : 0;
                others += record.size() > 2 ? 1 : 0;
            }
        }
        return pairs > others && (pairs + others) * 10 < records * LEAST_PARTED;
    }

    /** Blanks part words as well: in a table, nearly all records have equally many. */
    private static boolean areAlike(List<SampleRecords> read) {
        Map<Integer, Integer> sizes = new HashMap<>();
        int records = 0;
        for (SampleRecords sample : read) {
            for (SampleRecord record : sample.records()) {
                records++;
                if (!record.isMalformed()) {
                    sizes.merge(record.size(), 1, Integer::sum);
                }
            }
        }
        int most = sizes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return most * 10 >= records * MOST_ALIKE;
    }

    /** Returns whether the samples hold the NULL of PostgreSQL and MySQL, and no backslash that these would not write. */
    private boolean hasWrittenNull(Sample sample) {
        String text = new String(sample.content(), charset);
        return WRITTEN_NULL.matcher(text).find()
                && !UNKNOWN_ESCAPE.matcher(text).find();
    }

    private static List<Punctuation> dialects(
            char delimiter, boolean hasApostrophe, boolean hasBackslash, boolean hasWrittenNull, boolean hasQuote) {
        List<Punctuation> all = new ArrayList<>();
        List<@Nullable Character> quotes = new ArrayList<>();
        quotes.add('"');
        quotes.add(null);
        if (hasApostrophe) {
            quotes.add('\'');
        }
        for (Character quote : quotes) {
            all.add(new Punctuation(delimiter, quote, null, Escapes.LITERAL));
            if (hasBackslash) {
                all.add(new Punctuation(delimiter, quote, '\\', Escapes.LITERAL));
                if (quote == null && hasWrittenNull) {
                    all.add(new Punctuation(delimiter, null, '\\', Escapes.POSTGRES));
                } else if (quote != null && quote == '"' && hasWrittenNull && hasQuote) {
                    all.add(new Punctuation(delimiter, quote, '\\', Escapes.MYSQL));
                }
            }
        }
        return all;
    }

    private boolean has(Sample sample, char c) {
        for (byte b : sample.content()) {
            if (b == c) {
                return true;
            }
        }
        return false;
    }
}
