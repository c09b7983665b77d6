package io.caravan.app.report;

import static java.util.stream.Collectors.joining;

import io.caravan.app.text.FigureText;
import io.caravan.app.text.Format;
import io.caravan.app.text.Screen;
import io.caravan.app.text.WrappedText;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.RejectedRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A pass for people: the table, and below it the reasons of what did not load. */
final class PassText {

    private static final int MOST_OBJECTS = 10;
    private static final int MOST_CODES = 5;
    private static final int MOST_FEEDS = 20;

    private final Screen screen;

    private PassText(Screen screen) {
        this.screen = screen;
    }

    static String of(PassReport report, Screen screen) {
        return new PassText(screen).text(report);
    }

    private String text(PassReport report) {
        if (report.isQuiet()) {
            return quiet(report.quiet());
        }
        String reasons = rejectedObjects(report.done().loads())
                + rejectedRows(report)
                + repairedValues(report.done().loads());
        return Format.TEXT.render(LoadTable.of(report.done().lines()), screen)
                + (reasons.isEmpty() ? "" : "\n" + reasons);
    }

    private static String quiet(List<QuietFeed> feeds) {
        return feeds.stream().limit(MOST_FEEDS).map(QuietFeed::text).collect(joining())
                + more(feeds.size() - MOST_FEEDS, "feeds with nothing new");
    }

    private String rejectedObjects(List<LoadRecord> loads) {
        List<LedgerEntry> rejected = loads.stream()
                .flatMap(load -> load.objects().stream())
                .filter(entry -> entry.outcome() == Outcome.REJECTED)
                .toList();
        return rejected.stream()
                        .limit(MOST_OBJECTS)
                        .map(entry -> WrappedText.of(
                                "",
                                "Rejected " + entry.object().uri() + ": " + entry.errorCode() + ": " + entry.error(),
                                screen))
                        .collect(joining())
                + more(
                        rejected.size() - MOST_OBJECTS,
                        "rejected objects: 'caravan objects list --outcome rejected' shows them");
    }

    private static String more(int count, String what) {
        return count <= 0 ? "" : "And " + FigureText.number(count) + " more " + what + "\n";
    }

    private String rejectedRows(PassReport report) {
        Map<String, List<LoadRecord>> loads = new LinkedHashMap<>();
        report.done().loads().forEach(load -> loads.computeIfAbsent(load.feed(), feed -> new ArrayList<>())
                .add(load));
        StringBuilder text = new StringBuilder();
        loads.forEach((feed, ofFeed) -> text.append(rejectedRows(feed, ofFeed, report)));
        return text.toString();
    }

    private String rejectedRows(String feed, List<LoadRecord> loads, PassReport report) {
        List<RejectedRows> rows = loads.stream().flatMap(report::rejectedRowsOf).toList();
        if (rows.isEmpty()) {
            return "";
        }
        Map<String, List<RejectedRows>> codes = new LinkedHashMap<>();
        rows.forEach(each -> codes.computeIfAbsent(each.errorCode(), code -> new ArrayList<>())
                .add(each));
        Set<String> ids = Set.copyOf(rows.stream().map(RejectedRows::load).toList());
        return "Rejected rows of feed " + feed + ":\n"
                + codes.values().stream()
                        .sorted(Comparator.<List<RejectedRows>>comparingLong(PassText::count)
                                .reversed())
                        .limit(MOST_CODES)
                        .map(this::commonest)
                        .collect(joining())
                + more(codes.size() - MOST_CODES, "codes")
                + shown("'caravan dead-letters list "
                        + (ids.size() == 1 ? "--load " + ids.iterator().next() : "--feed " + feed) + "' shows them");
    }

    private String repairedValues(List<LoadRecord> loads) {
        Map<String, Long> values = new LinkedHashMap<>();
        loads.stream()
                .filter(load -> load.repaired() > 0)
                .forEach(load -> values.merge(load.feed(), load.repaired(), Long::sum));
        return values.entrySet().stream()
                .map(feed -> WrappedText.of(
                        "",
                        "Repaired values of feed " + feed.getKey() + ": " + FigureText.number(feed.getValue())
                                + "; 'caravan objects repaired --feed " + feed.getKey() + "' shows them",
                        screen))
                .collect(joining());
    }

    private String commonest(List<RejectedRows> rows) {
        RejectedRows first = rows.get(0);
        return WrappedText.of(
                "  ",
                FigureText.number(count(rows)) + " " + first.errorCode() + ", first at " + first.key() + ":"
                        + first.firstLine() + (first.firstColumn() == null ? "" : ", column " + first.firstColumn()),
                screen);
    }

    /** A command stays on one line where that may be longer than a terminal. */
    private String shown(String command) {
        return screen.isTerminal() ? WrappedText.of("  ", command, screen) : "  " + command + "\n";
    }

    private static long count(List<RejectedRows> rows) {
        return rows.stream().mapToLong(RejectedRows::rows).sum();
    }
}
