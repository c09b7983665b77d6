package io.caravan.app.draft;

import static java.util.stream.Collectors.joining;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.csv.guess.Confidence;
import io.caravan.csv.guess.Finding;
import io.caravan.model.ObjectVersion;
import io.caravan.model.catalog.CatalogJob;
import io.caravan.model.feed.NamedCharacters;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Drafts a feed for what a job of AWS Glue does, and lists what of it the feed cannot. */
public final class JobDrafting {

    private static final String JOB = "job";

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private JobDrafting() {}

    /**
     * Drafts a feed.
     *
     * @param job as its definition has it
     * @param objects where its script is
     * @throws InvalidConfigurationException if it does not say what it reads, or what it writes
     */
    public static FeedDraft draft(CatalogJob job, ObjectStore objects, DraftRequest request) {
        CatalogJob whole = job.source() != null && job.target() != null
                ? job
                : script(job, objects).map(text -> JobScript.read(job, text)).orElse(job);
        return new JobDrafting().draft(whole, request);
    }

    private static Optional<String> script(CatalogJob job, ObjectStore objects) {
        if (!SourcePlace.isS3(job.script())) {
            return Optional.empty();
        }
        SourcePlace place = SourcePlace.parse(job.script());
        List<ObjectVersion> found = new ArrayList<>();
        objects.list(place.bucket(), place.prefix(), object -> {
            if (object.key().equals(place.prefix())) {
                found.add(object);
            }
        });
        return found.stream().findFirst().flatMap(objects::open).map(JobDrafting::text);
    }

    private static String text(ObjectBody body) {
        try (body) {
            return new String(body.content().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FeedDraft draft(CatalogJob job, DraftRequest request) {
        CatalogJob.@Nullable Source source = job.source();
        CatalogJob.@Nullable Target target = job.target();
        if (source == null || target == null) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID,
                    "The job " + job.name() + " does not say "
                            + (source == null
                                    ? "which table of the Data Catalog, or which objects, it reads"
                                    : "which table it writes")
                            + (job.script().isEmpty() ? "" : ", neither in its definition nor in " + job.script())
                            + "; write the feed by hand, or draft it by its objects");
        }
        addSource(source);
        String table = addTarget(target, request);
        addMappings(job.mappings());
        job.others().forEach(this::cannot);
        parameters.putAll(request.parameters());
        String name = FeedNames.name(table.replaceAll(".*\\.", ""));
        return new FeedDraft(name, "the job " + job.name(), parameters, findings, List.of(), null, null, null);
    }

    private void addSource(CatalogJob.Source source) {
        if (source.table() != null) {
            put("catalogTable", source.table().toString(), "the job reads this table of the Data Catalog");
            return;
        }
        SourcePlace place = SourcePlace.parse(Optional.ofNullable(source.path()).orElse(""));
        put("bucket", place.bucket(), "the job's path");
        put("prefix", place.prefix(), "the job's path");
        if (source.delimiter() != null) {
            String delimiter = source.delimiter();
            put(
                    "delimiter",
                    delimiter.length() == 1
                            ? NamedCharacters.nameOf(delimiter.charAt(0)).orElse(delimiter)
                            : delimiter.equals("ctrla") ? "\u0001" : delimiter,
                    "the job's separator");
        }
        if (source.quote() != null && !source.quote().equals("\"")) {
            put("quote", source.quote().isEmpty() ? "none" : source.quote(), "the job's quote");
        }
        if (Boolean.FALSE.equals(source.header())) {
            put("header", "false", "the job says that there is none");
        }
    }

    /** Returns the table that the feed loads. */
    private String addTarget(CatalogJob.Target target, DraftRequest request) {
        @Nullable MergeText merge = MergeText.parse(target.behind());
        List<String> keys = merge == null ? target.keys() : merge.keys();
        String named = merge == null ? target.table() : merge.table();
        String table = request.table() == null ? named : request.table();
        put("table", table.contains(".") ? table : "public." + table, "the job writes it");
        if (request.keys() != null && !request.keys().isBlank()) {
            put("keys", request.keys(), "as wanted");
        } else if (keys.isEmpty()) {
            put("mode", "append", "the job only adds rows");
        } else {
            put("keys", String.join(",", keys), "the job's rows match by them");
            if (merge != null && merge.mode() == null) {
                cannot("a MERGE that deletes, or does nothing of what a mode does: " + target.behind());
            } else if (merge != null && !"upsert".equals(merge.mode())) {
                put("mode", String.valueOf(merge.mode()), "the job's MERGE");
            }
        }
        if (merge == null && !target.behind().isBlank()) {
            cannot("SQL behind the load, which may become postSql: " + target.behind());
        }
        String before = target.before();
        if (before.toUpperCase(Locale.ROOT).contains("CREATE TABLE IF NOT EXISTS")) {
            put("createTable", "true", "the job makes the table, with VARCHAR(256) for text and DECIMAL(18,0)");
        } else if (!before.isBlank()) {
            cannot("SQL before the load, which may become preSql: " + before);
        }
        if (target.connection() != null) {
            findings.add(new Finding(
                    "caravan.warehouse.glue-connection",
                    target.connection(),
                    Confidence.LIKELY,
                    "the job's connection; a setting, and not the feed's"));
        }
        return table;
    }

    private void addMappings(List<CatalogJob.Mapping> mappings) {
        if (mappings.isEmpty()) {
            return;
        }
        String columns = mappings.stream()
                .filter(mapping -> mapping.to() == null || !mapping.from().equalsIgnoreCase(mapping.to()))
                .map(mapping -> quoted(mapping.from()) + "=" + quoted(mapping.to() == null ? "" : mapping.to()))
                .collect(joining(", "));
        if (!columns.isEmpty()) {
            put("columns", columns, "the job's mapping");
        }
        put("schema", "ignore", "the job leaves out fields that its mapping does not name");
        findings.add(
                new Finding(
                        "types",
                        mappings.stream()
                                .filter(mapping -> mapping.to() != null)
                                .map(mapping -> mapping.to() + " " + mapping.type())
                                .collect(joining(", ")),
                        Confidence.LIKELY,
                        "the table's own types count; a value that they do not take is rejected, where the job makes NULL of it"));
    }

    private static String quoted(String name) {
        return name.matches("[\\w ]+") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private void put(String parameter, String value, String reason) {
        parameters.put(parameter, value);
        findings.add(new Finding(parameter, value, Confidence.SURE, reason));
    }

    private void cannot(String what) {
        findings.add(new Finding(JOB, "not carried over", Confidence.GUESS, what));
    }
}
