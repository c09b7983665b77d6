package io.caravan.model.key;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A glob without alternatives. A text is matched in time that grows with its length and the number of steps, however they are
 * written: nothing is tried twice.
 *
 * @param steps in their order
 */
record GlobPath(List<GlobStep> steps) {

    GlobPath {
        steps = List.copyOf(steps);
    }

    /**
     * Holds a text against it. What is taken is as short as it can be, from the left.
     *
     * @return what was captured, by name; empty if the text does not match
     */
    Optional<Map<String, String>> match(String text) {
        Match match = new Match(text.codePoints().toArray());
        return match.goesOn(0, 0) ? Optional.of(match.captured) : Optional.empty();
    }

    private final class Match {

        private final int[] text;
        private final Map<String, String> captured = new LinkedHashMap<>();

        /** A bit for each step and place that it does not go on from. */
        private final BitSet failed = new BitSet();

        Match(int[] text) {
            this.text = text;
        }

        /** Returns whether the rest of the text matches the rest of the steps; goes as deep as there are steps that take many. */
        boolean goesOn(int firstStep, int from) {
            int step = firstStep;
            int place = from;
            while (step < steps.size() && steps.get(step) instanceof GlobStep.One one) {
                if (place == text.length || !one.takes().test(text[place])) {
                    return false;
                }
                step++;
                place++;
            }
            return step == steps.size() ? place == text.length : takesMany(step, place);
        }

        private boolean takesMany(int step, int from) {
            GlobStep many = steps.get(step);
            for (int end = from; ; end++) {
                int tried = step * (text.length + 1) + end;
                if (many.mayTake(text, from, end) && !failed.get(tried)) {
                    if (goesOn(step + 1, end)) {
                        if (many instanceof GlobStep.Capture capture) {
                            captured.put(capture.name(), new String(text, from, end - from));
                        }
                        return true;
                    }
                    failed.set(tried);
                }
                if (end == text.length || !many.crosses(text[end])) {
                    return false;
                }
            }
        }
    }
}
