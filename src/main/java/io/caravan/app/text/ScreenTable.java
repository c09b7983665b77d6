package io.caravan.app.text;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table on a terminal, of which no line wraps: columns that say nothing are left out, keys are shortened in the middle, and
 * what has no room stands on lines of its own below its row.
 */
final class ScreenTable {

    private static final String GAP = "  ";
    private static final String MARGIN = "  ";
    private static final int SHORTEST_KEY = 20;

    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private static final Set<String> VERDICTS = Set.of("outcome", "result", "state", "status");

    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry("rejected", RED),
            Map.entry("failed", RED),
            Map.entry("invalid", RED),
            Map.entry("different", RED),
            Map.entry("failing", RED),
            Map.entry("stopped", RED),
            Map.entry("warning", YELLOW),
            Map.entry("waiting", YELLOW),
            Map.entry("unknown", YELLOW),
            Map.entry("loaded", GREEN),
            Map.entry("loading", GREEN),
            Map.entry("ok", GREEN),
            Map.entry("equal", GREEN));

    private final Screen screen;
    private final List<Table.Column> columns;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> totals;

    /** The columns' widths where nothing is cut. */
    private final int[] widest;

    private final Set<Integer> beside = new TreeSet<>();
    private final List<Integer> below = new ArrayList<>();

    private ScreenTable(Table table, Screen screen) {
        this.screen = screen;
        this.columns = table.columns();
        table.rows().forEach(row -> rows.add(texts(row)));
        this.totals = table.totals().isEmpty() ? List.of() : texts(table.totals());
        this.widest = IntStream.range(0, columns.size()).map(this::widest).toArray();
    }

    /** Returns the table; every line ends in a line feed. */
    static String render(Table table, Screen screen) {
        return new ScreenTable(table, screen).text();
    }

    private String text() {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).fit() == Table.Fit.BELOW) {
                below.add(i);
            } else if (i == 0 || rows.isEmpty() || saysAnything(i)) {
                beside.add(i);
            }
        }
        fold();
        StringBuilder out =
                new StringBuilder(line(columns.stream().map(Table.Column::name).toList(), true));
        for (List<String> row : rows) {
            out.append(withBelow(row));
        }
        return totals.isEmpty()
                ? out.toString()
                : out.append(line(totals, false)).toString();
    }

    private boolean saysAnything(int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .anyMatch(text -> !text.isEmpty() && !(columns.get(column).grouped() && text.equals("0")));
    }

    /** Moves what has no room below the rows, the last column first; but what became of it all stays. */
    private void fold() {
        while (beside.size() > 1 && narrowest() > screen.width()) {
            int last = beside.stream()
                    .filter(i -> i > 0 && !VERDICTS.contains(columns.get(i).name()))
                    .reduce((one, other) -> other)
                    .orElse(0);
            if (last == 0) {
                return;
            }
            beside.remove(last);
            below.add(0, last);
        }
    }

    private int narrowest() {
        return beside.stream()
                        .mapToInt(i ->
                                columns.get(i).fit() == Table.Fit.CUT ? Math.min(widest[i], SHORTEST_KEY) : widest[i])
                        .sum()
                + GAP.length() * (beside.size() - 1);
    }

    private int widest(int column) {
        int widest = TextWidth.of(columns.get(column).name());
        for (List<String> row : rows) {
            widest = Math.max(widest, TextWidth.of(row.get(column)));
        }
        return totals.isEmpty() ? widest : Math.max(widest, TextWidth.of(totals.get(column)));
    }

    /** Returns how wide a column is: those that may be cut share what is left. */
    private int width(int column) {
        if (columns.get(column).fit() != Table.Fit.CUT) {
            return widest[column];
        }
        List<Integer> cut = beside.stream()
                .filter(i -> columns.get(i).fit() == Table.Fit.CUT)
                .toList();
        int others = beside.stream()
                        .filter(i -> !cut.contains(i))
                        .mapToInt(i -> widest[i])
                        .sum()
                + GAP.length() * (beside.size() - 1);
        return Math.min(widest[column], Math.max(3, (screen.width() - others) / cut.size()));
    }

    private String line(List<String> texts, boolean isHeader) {
        return padded(texts, isHeader).stripTrailing() + "\n";
    }

    private String padded(List<String> texts, boolean isHeader) {
        return beside.stream().map(i -> cell(i, texts.get(i), isHeader)).collect(joining(GAP));
    }

    private String cell(int column, String whole, boolean isHeader) {
        String text = ShortText.of(whole, width(column));
        String blanks = " ".repeat(width(column) - TextWidth.of(text));
        String coloured = coloured(column, text, isHeader);
        return columns.get(column).number() ? blanks + coloured : coloured + blanks;
    }

    private String coloured(int column, String text, boolean isHeader) {
        if (!screen.hasColours() || text.isEmpty()) {
            return text;
        }
        String colour =
                isHeader ? BOLD : VERDICTS.contains(columns.get(column).name()) ? COLOURS.getOrDefault(text, "") : "";
        return colour.isEmpty() ? text : colour + text + PLAIN;
    }

    /** A short sentence has room beside its row. */
    private String withBelow(List<String> row) {
        String below = below(row);
        int used = beside.stream().mapToInt(this::width).sum() + GAP.length() * beside.size();
        boolean hasRoom = below.lines().count() == 1 && used + TextWidth.of(below.strip()) <= screen.width();
        return hasRoom ? padded(row, false) + GAP + below.strip() + "\n" : line(row, false) + below;
    }

    private String below(List<String> row) {
        String folded = below.stream()
                .filter(i -> columns.get(i).fit() != Table.Fit.BELOW && says(i, row.get(i)))
                .map(i -> columns.get(i).name() + " " + row.get(i))
                .collect(joining(", "));
        String sentences = below.stream()
                .filter(i -> columns.get(i).fit() == Table.Fit.BELOW)
                .map(row::get)
                .filter(text -> !text.isEmpty())
                .map(text -> wrapped(text))
                .collect(joining());
        return (folded.isEmpty() ? "" : wrapped(folded)) + sentences;
    }

    private boolean says(int column, String text) {
        return !text.isEmpty() && !(columns.get(column).grouped() && text.equals("0"));
    }

    private String wrapped(String text) {
        return WrappedText.of(MARGIN, text, screen);
    }

    private List<String> texts(List<@Nullable Object> row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> TextTable.text(row.get(i), columns.get(i).grouped()))
                .toList();
    }
}
