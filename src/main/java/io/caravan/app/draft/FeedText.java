package io.caravan.app.draft;

import io.caravan.csv.guess.Confidence;
import io.caravan.csv.value.Names;
import java.util.List;
import java.util.Map;

/** The file of a drafted feed. */
final class FeedText {

    private static final String TEMPLATE = "s3-csv-to-redshift";

    private FeedText() {}

    static String of(FeedDraft draft) {
        StringBuilder text = new StringBuilder("# Drafted from ")
                .append(oneLine(draft.source()))
                .append(" by `caravan feed new`. What it could not be sure of:\n");
        List<String> doubts = draft.findings().stream()
                .filter(finding -> finding.confidence() == Confidence.GUESS)
                .map(finding ->
                        "#   " + oneLine(finding.subject() + " " + finding.value() + ": " + finding.reason()) + "\n")
                .toList();
        text.append(doubts.isEmpty() ? "#   nothing\n" : String.join("", doubts));
        text.append("- templatedRoute:\n    routeId: ")
                .append(draft.name())
                .append("\n    routeTemplateRef: ")
                .append(TEMPLATE)
                .append("\n    parameters:\n");
        for (Map.Entry<String, String> parameter : draft.parameters().entrySet()) {
            text.append("      - { name: ")
                    .append(parameter.getKey())
                    .append(", value: ")
                    .append(quoted(parameter.getValue()))
                    .append(" }\n");
        }
        return text.toString();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    /** Returns a value as YAML has it: as it is in single quotes, or with escapes in double quotes where these cannot show it. */
    static String quoted(String value) {
        if (Names.isVisible(value)) {
            return "'" + value.replace("'", "''") + "'";
        }
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').appendCodePoint(c);
            } else if (!Names.isVisible(c)) {
                text.append(c > 0xFFFF ? String.format("\\U%08X", c) : String.format("\\u%04X", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.append('"').toString();
    }
}
