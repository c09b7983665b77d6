package io.caravan.bench.pollock;

import static io.caravan.app.text.Table.Column.number;
import static io.caravan.app.text.Table.Column.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.app.draft.FeedDraft;
import io.caravan.app.text.Format;
import io.caravan.app.text.Table;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.bench.pollock.FileLoads.Loaded;
import io.caravan.csv.record.CsvReader;
import io.caravan.csv.record.CsvRecord;
import io.caravan.model.feed.ColumnNames;
import io.caravan.model.feed.CsvFormat;
import io.caravan.route.parameter.FeedParameters;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Loads the files of a checkout, with the parameters that it gives and by {@code feed new} alone, and says how much came through. */
public final class Pollock {

    /** How a feed comes to its parameters. */
    private enum Way {
        GIVEN,
        NEW
    }

    private static final List<String> DATASETS = List.of("polluted_files", "survey_sample");

    private static final int RECORDS = 100;

    /** Caravan's names for columns that have none, and the benchmark's. */
    private static final Pattern MADE_UP = Pattern.compile("column_\\d+");

    /** What the names of columns end in that have one name in the object. */
    private static final Pattern REPEATED = Pattern.compile("_\\d+$");

    private final Checkout checkout;
    private final FileLoads loads;
    private final Path results;
    private final PrintStream out;

    Pollock(Checkout checkout, FileLoads loads, Path results, PrintStream out) {
        this.checkout = checkout;
        this.loads = loads;
        this.results = results;
        this.out = out;
    }

    /**
     * Takes the home of Caravan, an empty directory to work in, the checkout, and a directory for the exports and figures of each
     * file, which may be empty.
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        Path results = arguments[3].isEmpty() ? directory.resolve("results") : Path.of(arguments[3]);
        try (FileLoads loads = new FileLoads(directory)) {
            new Pollock(new Checkout(Path.of(arguments[2])), loads, results, System.out).run();
        }
        // Threads of Camel and of the drivers may be left.
        System.exit(0);
    }

    /** Returns the table of scores as it was printed. */
    Map<String, Score> run() throws IOException, SQLException {
        Table table = new Table(
                text("files"),
                text("feed"),
                number("files"),
                number("success"),
                number("header F1"),
                number("record F1"),
                number("cell F1"),
                number("simple"),
                number("weighted"));
        Map<String, Score> scores = new LinkedHashMap<>();
        for (String dataset : DATASETS) {
            for (Way way : checkout.has(dataset) ? Way.values() : new Way[0]) {
                Map<String, Measures> measures = measure(dataset, way);
                Score score =
                        Score.of(measures, dataset.startsWith("polluted") ? checkout.weights() : Optional.empty());
                scores.put(dataset + " " + way, score);
                table.add(
                        dataset,
                        way.name().toLowerCase(Locale.ROOT),
                        measures.size(),
                        figure(score.success()),
                        figure(score.headerF1()),
                        figure(score.recordF1()),
                        figure(score.cellF1()),
                        figure(score.simple()),
                        score.weighted() == null ? "" : figure(score.weighted()));
                write(dataset + "-" + way, measures);
            }
        }
        out.print(Format.TEXT.render(table));
        return scores;
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /**
     * A file's feed.
     *
     * @param names what its columns are called in the export; empty for none
     */
    private record Plan(Map<String, String> parameters, List<String> names) {}

    private Map<String, Measures> measure(String dataset, Way way) throws IOException, SQLException {
        Map<String, Plan> plans = new LinkedHashMap<>();
        Map<String, String> refused = new TreeMap<>();
        List<String> files = checkout.files(dataset);
        for (int i = 0; i < files.size(); i++) {
            String file = files.get(i);
            byte[] content = checkout.content(dataset, file);
            String name = name(dataset, way, i);
            loads.put(name, content);
            try {
                plans.put(name, way == Way.GIVEN ? given(dataset, file, content) : drafted(name, content));
            } catch (CaravanException e) {
                refused.put(file, String.valueOf(e.getMessage()));
            }
        }
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        Map<String, Map<String, String>> parameters = new HashMap<>();
        plans.forEach((name, plan) -> {
            kinds.computeIfAbsent(plan.toString(), kind -> new ArrayList<>()).add(name);
            parameters.put(plan.toString(), plan.parameters());
        });
        Map<String, Loaded> loaded = loads.load(kinds, parameters);
        Map<String, Measures> measures = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            String file = files.get(i);
            Plan plan = plans.get(name(dataset, way, i));
            Loaded one = loaded.get(name(dataset, way, i));
            if (plan == null || one == null || !isDealtWith(one)) {
                refused.putIfAbsent(file, one == null ? "no feed" : String.valueOf(one.problem()));
                measures.put(file, Measures.NONE);
                continue;
            }
            List<List<String>> clean = checkout.clean(dataset, file);
            Exported export = export(plan.names(), clean, one);
            measures.put(file, Measures.of(clean, export.lines()));
            keep(dataset, way, file, export);
        }
        List<String> lines = new ArrayList<>();
        refused.forEach((file, why) -> lines.add(file + "\t" + why.replaceAll("\\s+", " ")));
        Files.createDirectories(results);
        Files.write(results.resolve(dataset + "-" + way + "-refused.tsv"), lines, UTF_8);
        return measures;
    }

    private static String name(String dataset, Way way, int number) {
        return (dataset.charAt(0) + "_" + way + "_" + number).toLowerCase(Locale.ROOT);
    }

    /** An object without rows waits for others that have some, and nothing is wrong with it. */
    private static boolean isDealtWith(Loaded loaded) {
        return loaded.isLoaded() || loaded.problem() == null;
    }

    private Plan given(String dataset, String file, byte[] content) {
        JsonNode said = checkout.parameters(dataset, file);
        Map<String, String> parameters = GivenParameters.of(said, 1, List.of()).parameters();
        List<String> header = GivenParameters.headerLines(said) == 1 ? lineAbove(parameters, content) : List.of();
        GivenParameters given = GivenParameters.of(said, width(content, csv(parameters)), header);
        return new Plan(given.parameters(), given.names());
    }

    /** Returns the fields of the last line that a feed skips. */
    private static List<String> lineAbove(Map<String, String> parameters, byte[] content) {
        int skipped = Integer.parseInt(parameters.getOrDefault("skipLines", "0"));
        if (skipped == 0) {
            return List.of();
        }
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.put("skipLines", Integer.toString(skipped - 1));
        try {
            CsvReader reader = new CsvReader(new ByteArrayInputStream(content), csv(all));
            return reader.hasNext() ? fields(reader.next()) : List.of();
        } catch (RejectedObjectException e) {
            // Its quotes may be no quotes, which is why it is skipped.
            return List.of();
        }
    }

    private static List<String> fields(CsvRecord record) {
        return IntStream.range(0, record.size()).mapToObj(record::field).toList();
    }

    /** Returns how many fields most of the first records have. */
    private static int width(byte[] content, CsvFormat csv) {
        Map<Integer, Integer> widths = new HashMap<>();
        CsvReader reader = new CsvReader(new ByteArrayInputStream(content), csv);
        for (int i = 0; i < RECORDS && reader.hasNext(); i++) {
            widths.merge(reader.next().size(), 1, Integer::sum);
        }
        return widths.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(1);
    }

    private Plan drafted(String name, byte[] content) {
        if (content.length == 0) {
            // There is nothing to find, and nothing to load.
            return new Plan(Map.of("mode", "append", "createTable", "text", "header", "\"column_1\""), List.of());
        }
        FeedDraft draft = loads.draft(name, "", true);
        Map<String, String> parameters = new LinkedHashMap<>(draft.parameters());
        List.of("bucket", "prefix", "table").forEach(parameters::remove);
        if (draft.problem() != null && holdsRow(csv(parameters), content)) {
            throw new RejectedObjectException(ErrorCode.OBJECT_NOT_CSV, draft.problem());
        }
        return new Plan(parameters, header(parameters, content));
    }

    private static boolean holdsRow(CsvFormat csv, byte[] content) {
        CsvReader reader = new CsvReader(new ByteArrayInputStream(content), csv);
        int records = 0;
        while (reader.hasNext() && records < 2) {
            records += fields(reader.next()).stream().allMatch(String::isBlank) ? 0 : 1;
        }
        return records > (csv.header() ? 1 : 0);
    }

    private static CsvFormat csv(Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(Map.of("bucket", "b", "prefix", "p/", "table", "public.t"));
        return new FeedParameters("f", all).feed().csv();
    }

    /** Returns the names as the object has them, or as the feed has put them together; empty if they are made up. */
    private static List<String> header(Map<String, String> parameters, byte[] content) {
        CsvFormat csv = csv(parameters);
        if (csv.header()) {
            return fields(new CsvReader(new ByteArrayInputStream(content), csv).next());
        }
        List<String> names = csv.layout().names();
        if (names.stream().allMatch(name -> MADE_UP.matcher(name).matches())) {
            return List.of();
        }
        List<String> own = lineAbove(parameters, content);
        // Where the first column has no name in the object, those of the others are one field further to the left.
        int left =
                own.size() == names.size() - 1 && MADE_UP.matcher(names.get(0)).matches() ? 1 : 0;
        return IntStream.range(0, names.size())
                .mapToObj(i -> i >= left && i - left < own.size() && isSame(own.get(i - left), names.get(i))
                        ? own.get(i - left)
                        : names.get(i))
                .toList();
    }

    /** A table cannot have a name twice, or one with a line break. */
    private static boolean isSame(String inObject, String inFeed) {
        String name = ColumnNames.fold(ColumnNames.clean(inObject));
        String column = ColumnNames.fold(inFeed);
        return name.equals(column) || name.equals(REPEATED.matcher(column).replaceFirst(""));
    }

    /**
     * Returns what came out. Where columns have no names, the clean file has none either, or the benchmark's own: both are right,
     * as nothing was lost.
     */
    private static Exported export(List<String> names, List<List<String>> clean, Loaded loaded) {
        List<List<String>> rows = new ArrayList<>();
        for (List<@Nullable String> row : loaded.rows()) {
            rows.add(row.stream()
                    .map(value -> value == null ? "" : Checkout.unixBreaks(value))
                    .toList());
        }
        if (names.isEmpty()) {
            boolean hasOwn = !clean.isEmpty()
                    && clean.get(0).stream().allMatch(name -> GivenParameters.NUMBERED
                            .matcher(name.strip())
                            .matches());
            return new Exported(hasOwn ? clean.get(0) : null, rows);
        }
        int columns = loaded.columns().size();
        return new Exported(columns == 0 || names.size() < columns ? names : names.subList(0, columns), rows);
    }

    /** What was exported can be compared by the benchmark's own program, too. */
    private void keep(String dataset, Way way, String file, Exported export) throws IOException {
        Path directory = Files.createDirectories(results.resolve(way.name().toLowerCase(Locale.ROOT))
                .resolve(dataset)
                .resolve("loading"));
        StringBuilder text = new StringBuilder();
        for (List<String> line : export.lines()) {
            for (int i = 0; i < line.size(); i++) {
                text.append(i == 0 ? "" : ",")
                        .append('"')
                        .append(line.get(i).replace("\"", "\"\""))
                        .append('"');
            }
            text.append('\n');
        }
        Files.writeString(directory.resolve(file + "_converted.csv"), text, UTF_8);
    }

    private void write(String name, Map<String, Measures> measures) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("score\tsuccess\theader\trecord\tcell\tfile");
        measures.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparingDouble(Measures::score)))
                .forEach(one -> lines.add(String.join(
                        "\t",
                        figure(one.getValue().score()),
                        figure(one.getValue().success()),
                        figure(one.getValue().header().f1()),
                        figure(one.getValue().record().f1()),
                        figure(one.getValue().cell().f1()),
                        one.getKey())));
        Files.write(results.resolve(name + ".tsv"), lines, UTF_8);
    }
}
