package io.caravan.aws.catalog;

import io.caravan.model.catalog.CatalogJob;
import io.caravan.model.catalog.CatalogName;
import io.caravan.spi.catalog.CatalogJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AmazonRedshiftNodeData;
import software.amazon.awssdk.services.glue.model.ApplyMapping;
import software.amazon.awssdk.services.glue.model.CodeGenConfigurationNode;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.Option;
import software.amazon.awssdk.services.glue.model.RedshiftTarget;
import software.amazon.awssdk.services.glue.model.S3CsvSource;

/**
 * The jobs of the account and the Region.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-visual-job-api.html">Visual job API</a>
 */
final class GlueJobs implements CatalogJobs {

    private final GlueClient client;

    GlueJobs(GlueClient client) {
        this.client = client;
    }

    @Override
    public CatalogJob find(String name) {
        try {
            return new Reading(client.getJob(get -> get.jobName(name)).job()).job(name);
        } catch (SdkException e) {
            throw new GlueFailure(e, GlueCall.READ_JOB, "job " + name).exception();
        }
    }

    /** What the nodes of one job say. */
    private static final class Reading {

        private final Job job;
        private final List<CatalogJob.Mapping> mappings = new ArrayList<>();
        private final List<String> others = new ArrayList<>();
        private CatalogJob.@Nullable Source source;
        private CatalogJob.@Nullable Target target;

        Reading(Job job) {
            this.job = job;
        }

        CatalogJob job(String name) {
            if (job.hasCodeGenConfigurationNodes()) {
                job.codeGenConfigurationNodes().values().forEach(this::add);
            }
            String script = job.command() == null ? null : job.command().scriptLocation();
            return new CatalogJob(name, Optional.ofNullable(script).orElse(""), source, target, mappings, others);
        }

        private void add(CodeGenConfigurationNode node) {
            if (node.catalogSource() != null) {
                source = table(
                        node.catalogSource().database(), node.catalogSource().table());
            } else if (node.s3CatalogSource() != null) {
                source = table(
                        node.s3CatalogSource().database(),
                        node.s3CatalogSource().table());
            } else if (node.s3CsvSource() != null) {
                source = objects(node.s3CsvSource());
            } else if (node.applyMapping() != null) {
                add(node.applyMapping());
            } else if (node.amazonRedshiftTarget() != null
                    && node.amazonRedshiftTarget().data() != null) {
                target = target(node.amazonRedshiftTarget().data());
            } else if (node.redshiftTarget() != null) {
                target = target(node.redshiftTarget());
            } else {
                node.sdkFields().stream()
                        .filter(field -> isSet(field, node))
                        .map(SdkField::locationName)
                        .forEach(kind -> others.add("a step " + kind));
            }
        }

        private static boolean isSet(SdkField<?> field, CodeGenConfigurationNode node) {
            return field.getValueOrDefault(node) != null;
        }

        private static CatalogJob.Source table(String database, String table) {
            return new CatalogJob.Source(new CatalogName(database, table), null, null, null, null);
        }

        private CatalogJob.Source objects(S3CsvSource csv) {
            if (csv.paths().size() > 1) {
                others.add("other paths than the first: "
                        + csv.paths().subList(1, csv.paths().size()));
            }
            return new CatalogJob.Source(
                    null,
                    csv.paths().get(0),
                    Optional.ofNullable(csv.separatorAsString()).orElse("comma"),
                    switch (Optional.ofNullable(csv.quoteCharAsString()).orElse("quote")) {
                        case "quote" -> "\"";
                        case "quillemet" -> "'";
                        default -> "";
                    },
                    csv.withHeader());
        }

        private void add(ApplyMapping node) {
            node.mapping().forEach(mapping -> {
                String from = String.join(".", mapping.fromPath());
                boolean isDropped = Boolean.TRUE.equals(mapping.dropped());
                mappings.add(new CatalogJob.Mapping(
                        from,
                        isDropped ? null : Optional.ofNullable(mapping.toKey()).orElse(from),
                        Optional.ofNullable(mapping.toType()).orElse("")));
            });
        }

        private static CatalogJob.Target target(AmazonRedshiftNodeData data) {
            List<String> keys = data.hasSelectedColumns() && Boolean.TRUE.equals(data.upsert())
                    ? data.selectedColumns().stream().map(Option::value).toList()
                    : List.of();
            return new CatalogJob.Target(
                    value(data.schema()) + "." + value(data.table()),
                    data.connection() == null ? null : data.connection().value(),
                    Optional.ofNullable(data.preAction()).orElse(""),
                    Optional.ofNullable(data.mergeClause())
                            .or(() -> Optional.ofNullable(data.postAction()))
                            .orElse(""),
                    keys);
        }

        private static CatalogJob.Target target(RedshiftTarget node) {
            boolean isUpsert = node.upsertRedshiftOptions() != null;
            String table = isUpsert ? node.upsertRedshiftOptions().tableLocation() : node.table();
            return new CatalogJob.Target(
                    Optional.ofNullable(table).orElse(""),
                    isUpsert ? node.upsertRedshiftOptions().connectionName() : null,
                    "",
                    "",
                    isUpsert ? node.upsertRedshiftOptions().upsertKeys() : List.of());
        }

        private static String value(@Nullable Option option) {
            return option == null || option.value() == null ? "" : option.value();
        }
    }
}
