package io.caravan.csv.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines that begin with a hash. Whether they are comments or rows shows when the others are known. */
final class CommentLines {

    private static final byte MARK = '#';

    private CommentLines() {}

    /** Returns the samples with these lines made empty, so that all others keep their numbers. */
    static List<Sample> without(List<Sample> samples) {
        List<Sample> plain = new ArrayList<>();
        for (Sample sample : samples) {
            byte[] content = sample.content().clone();
            int to = 0;
            boolean isComment = false;
            boolean isFirst = true;
            for (byte b : sample.content()) {
                boolean isBreak = b == '\n' || b == '\r';
                isComment = isFirst ? b == MARK : isComment && !isBreak;
                if (!isComment) {
                    content[to++] = b;
                }
                isFirst = isBreak;
            }
            plain.add(new Sample(sample.name(), Arrays.copyOf(content, to), sample.isWhole()));
        }
        return plain;
    }

    static boolean areIn(List<Sample> samples) {
        for (Sample sample : samples) {
            boolean isFirst = true;
            for (byte b : sample.content()) {
                if (isFirst && b == MARK) {
                    return true;
                }
                isFirst = b == '\n' || b == '\r';
            }
        }
        return false;
    }
}
