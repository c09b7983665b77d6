package io.caravan.app.draft;

import io.caravan.model.catalog.CatalogJob;
import io.caravan.model.catalog.CatalogName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the script that Glue's visual editor writes for a job: its calls, one by one, and nothing of what people add. */
final class JobScript {

    private static final String TEXT = "[\"']([^\"'\\n]*)[\"']";
    private static final Pattern CATALOG = Pattern.compile(
            "from_catalog\\(\\s*(?:[^()]*?)database\\s*=\\s*" + TEXT + "\\s*,\\s*table_name\\s*=\\s*" + TEXT,
            Pattern.DOTALL);
    private static final Pattern PATHS = Pattern.compile("\"paths\"\\s*:\\s*\\[\\s*" + TEXT);
    private static final Pattern OPTION =
            Pattern.compile("\"(separator|quoteChar|withHeader)\"\\s*:\\s*(\"(?:\\\\.|[^\"])*\"|True|False|-1)");
    private static final Pattern MAPPING = Pattern.compile(
            "\\(\\s*" + TEXT + "\\s*,\\s*" + TEXT + "\\s*,\\s*" + TEXT + "\\s*,\\s*" + TEXT + "\\s*\\)");
    private static final Pattern TARGET = Pattern.compile(
            "\"(dbtable|connectionName|preactions|postactions)\"\\s*:\\s*\"((?:\\\\.|[^\"\\\\])*)\"", Pattern.DOTALL);
    private static final Pattern STEP =
            Pattern.compile("\\b([A-Z]\\w+)\\.apply\\(|\\b(sparkSqlQuery|DynamicFrameCollection)\\b|\\b(def \\w+)\\(");
    private static final List<String> KNOWN_STEPS = List.of("ApplyMapping");

    private JobScript() {}

    /** Returns the job with what its script says, where its definition did not. */
    static CatalogJob read(CatalogJob job, String script) {
        List<CatalogJob.Mapping> mappings = new ArrayList<>(job.mappings());
        if (mappings.isEmpty() && script.contains("ApplyMapping")) {
            Matcher each = MAPPING.matcher(script);
            while (each.find()) {
                mappings.add(new CatalogJob.Mapping(each.group(1), each.group(3), each.group(4)));
            }
        }
        List<String> others = new ArrayList<>(job.others());
        STEP.matcher(script)
                .results()
                .map(step -> Optional.ofNullable(step.group(1))
                        .or(() -> Optional.ofNullable(step.group(2)))
                        .orElseGet(() -> step.group(3)))
                .filter(step -> !KNOWN_STEPS.contains(step))
                .distinct()
                .forEach(step -> others.add("a step " + step + " of the script"));
        return new CatalogJob(
                job.name(),
                job.script(),
                job.source() == null ? source(script) : job.source(),
                job.target() == null ? target(script) : job.target(),
                mappings,
                others);
    }

    private static CatalogJob.@Nullable Source source(String script) {
        Matcher catalog = CATALOG.matcher(script);
        if (catalog.find()) {
            return new CatalogJob.Source(new CatalogName(catalog.group(1), catalog.group(2)), null, null, null, null);
        }
        Matcher paths = PATHS.matcher(script);
        if (!paths.find()) {
            return null;
        }
        return new CatalogJob.Source(
                null,
                paths.group(1),
                option(script, "separator").map(JobScript::text).orElse(null),
                option(script, "quoteChar")
                        .map(quote -> quote.equals("-1") ? "" : text(quote))
                        .orElse(null),
                option(script, "withHeader").map("True"::equals).orElse(null));
    }

    private static Optional<String> option(String script, String name) {
        return OPTION.matcher(script)
                .results()
                .filter(option -> option.group(1).equals(name))
                .map(option -> option.group(2))
                .findFirst();
    }

    private static String text(String literal) {
        String inner = literal.startsWith("\"") ? literal.substring(1, literal.length() - 1) : literal;
        return inner.replace("\\t", "\t").replace("\\\"", "\"").replace("\\\\", "\\");
    }

    private static CatalogJob.@Nullable Target target(String script) {
        List<MatchResult> options = TARGET.matcher(script).results().toList();
        String table = value(options, "dbtable");
        if (table.isEmpty()) {
            return null;
        }
        String connection = value(options, "connectionName");
        return new CatalogJob.Target(
                table,
                connection.isEmpty() ? null : connection,
                value(options, "preactions"),
                value(options, "postactions"),
                List.of());
    }

    private static String value(List<MatchResult> options, String name) {
        return options.stream()
                .filter(option -> option.group(1).equals(name))
                .map(option -> option.group(2).replace("\\n", " ").replace("\\\"", "\""))
                .findFirst()
                .orElse("");
    }
}
