package io.caravan.csv.detect;

import io.caravan.base.RejectedObjectException;
import io.caravan.model.feed.Escapes;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the dialect in which samples make most sense. */
final class PunctuationSearch {

    /** So much of a sample is read in each way. */
    private static final int BYTES = 1 << 18;

    private static final int RECORDS = 300;

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
        return isProse(dialect, read) ? 0 : score.of(read);
    }

    /** A mark with a blank behind it wherever it stands, and that the first line lacks, is one of sentences and names. */
    private static boolean isProse(Punctuation dialect, List<SampleRecords> samples) {
        if ((dialect.delimiter() == ' ' || dialect.delimiter() == ':') && PunctuationScore.isFirstAlone(samples)) {
            return true;
        }
        if (",;:".indexOf(dialect.delimiter()) < 0) {
            return false;
        }
        boolean parts = false;
        for (SampleRecords sample : samples) {
            for (int i = 0; i < sample.records().size(); i++) {
                SampleRecord read = sample.records().get(i);
                if (i == 0 && read.size() > 1) {
                    return false;
                }
                parts |= read.size() > 1;
                for (int field = 1; field < read.size(); field++) {
                    if (!read.field(field).startsWith(" ")) {
                        return false;
                    }
                }
            }
        }
        return parts;
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
