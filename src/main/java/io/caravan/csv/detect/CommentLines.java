package io.caravan.csv.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines that begin with a mark, one hash or two. Whether they are comments or rows shows when the others are known. */
final class CommentLines {

    private CommentLines() {}

    /**
     * Returns the samples with these lines made empty, so that all others keep their numbers.
     *
     * @param mark of ASCII
     */
    static List<Sample> without(List<Sample> samples, String mark) {
        List<Sample> plain = new ArrayList<>();
        for (Sample sample : samples) {
            byte[] content = sample.content().clone();
            int to = 0;
            boolean isComment = false;
            boolean isFirst = true;
            for (int i = 0; i < sample.content().length; i++) {
                byte b = sample.content()[i];
                boolean isBreak = isBreak(b);
                isComment = isFirst ? begins(sample.content(), i, mark) : isComment && !isBreak;
                if (!isComment) {
                    content[to++] = b;
                }
                isFirst = isBreak;
            }
            plain.add(new Sample(sample.name(), Arrays.copyOf(content, to), sample.isWhole()));
        }
        return plain;
    }

    static boolean areIn(List<Sample> samples, String mark) {
        for (Sample sample : samples) {
            boolean isFirst = true;
            for (int i = 0; i < sample.content().length; i++) {
                if (isFirst && begins(sample.content(), i, mark)) {
                    return true;
                }
                isFirst = isBreak(sample.content()[i]);
            }
        }
        return false;
    }

    private static boolean begins(byte[] content, int at, String mark) {
        for (int i = 0; i < mark.length(); i++) {
            if (at + i >= content.length || content[at + i] != mark.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBreak(byte b) {
        return b == '\n' || b == '\r';
    }
}
