package io.caravan.load.replay;

import io.caravan.model.ledger.DeadLetterGroup;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The corrected ones of rejected records, with their corrected text. */
final class CorrectedRecords implements ReplayedRecords {

    private final ReplayedRecords kept;
    private final Corrections corrections;

    CorrectedRecords(ReplayedRecords kept, Corrections corrections) {
        this.kept = kept;
        this.corrections = corrections;
    }

    @Override
    public List<DeadLetterGroup> next(int limit) {
        while (true) {
            List<DeadLetterGroup> page = kept.next(limit);
            List<DeadLetterGroup> corrected = page.stream()
                    .filter(group -> !corrections.of(group).isEmpty())
                    .map(group -> group.withLetters(corrections.of(group).size()))
                    .toList();
            if (page.isEmpty() || !corrected.isEmpty()) {
                return corrected;
            }
        }
    }

    @Override
    public Iterator<ReplayedRecord> open(DeadLetterGroup group) {
        return new Corrected(kept.open(group), corrections.of(group));
    }

    @Override
    public void close() {
        kept.close();
    }

    private static final class Corrected implements Iterator<ReplayedRecord> {

        private final Iterator<ReplayedRecord> records;
        private final Map<Long, Correction> lines;
        private @Nullable ReplayedRecord next;

        Corrected(Iterator<ReplayedRecord> records, Map<Long, Correction> lines) {
            this.records = records;
            this.lines = lines;
        }

        @Override
        public boolean hasNext() {
            while (next == null && records.hasNext()) {
                ReplayedRecord record = records.next();
                Correction correction = lines.get(record.line());
                if (correction != null) {
                    next = record.corrected(correction.text());
                }
            }
            return next != null;
        }

        @Override
        public ReplayedRecord next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            ReplayedRecord corrected = next;
            next = null;
            return corrected;
        }
    }
}
