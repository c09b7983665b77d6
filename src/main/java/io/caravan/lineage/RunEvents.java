package io.caravan.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.ColumnLineageDatasetFacet;
import io.openlineage.client.OpenLineage.DatasetFacets;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.Job;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.Run;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineage.RunFacet;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Loads as <a href="https://openlineage.io/docs/spec/object-model">OpenLineage</a> has them: a feed is a job, a load is a run of it,
 * the folders of its objects are the inputs, and its target is the output.
 */
final class RunEvents {

    private static final String ENGINE = "Caravan";

    private final OpenLineage lineage;
    private final String version;
    private final String namespace;
    private final WarehouseNames warehouse;
    private final KnownTargets targets;

    /**
     * Makes events of this process's.
     *
     * @param version Caravan's
     * @param namespace of the jobs
     */
    RunEvents(String version, String namespace, WarehouseNames warehouse, KnownTargets targets) {
        lineage = new OpenLineage(URI.create("urn:caravan:" + version.replaceAll("[^A-Za-z0-9.-]", "-")));
        this.version = version;
        this.namespace = namespace;
        this.warehouse = warehouse;
        this.targets = targets;
    }

    /** Returns that a load began, and how it ended; the same run for the same load, whenever it is told. */
    List<RunEvent> of(PastLoad load, List<PastObject> objects) {
        boolean hasFailed = load.outcome() == Outcome.FAILED;
        return List.of(
                event(load, objects, EventType.START, load.started()),
                event(load, objects, hasFailed ? EventType.FAIL : EventType.COMPLETE, load.ended()));
    }

    private RunEvent event(PastLoad load, List<PastObject> objects, EventType type, Instant time) {
        List<ObjectFolder> folders = ObjectFolder.of(objects);
        return lineage.newRunEventBuilder()
                .eventType(type)
                .eventTime(time.atZone(ZoneOffset.UTC))
                .run(run(load))
                .job(job(load))
                .inputs(folders.stream().map(this::input).toList())
                .outputs(List.of(output(load, folders)))
                .build();
    }

    private Run run(PastLoad load) {
        OpenLineage.RunFacetsBuilder facets = lineage.newRunFacetsBuilder()
                .processing_engine(lineage.newProcessingEngineRunFacet(version, ENGINE, version))
                .put("caravan_load", counts(load));
        if (load.error() != null) {
            facets.errorMessage(lineage.newErrorMessageRunFacet(load.error(), "JAVA", null));
        }
        return lineage.newRun(UUID.nameUUIDFromBytes(load.id().getBytes(UTF_8)), facets.build());
    }

    /** What no facet of OpenLineage has. */
    private RunFacet counts(PastLoad load) {
        RunFacet facet = lineage.newRunFacet();
        LoadCounts counts = load.counts();
        facet.getAdditionalProperties()
                .putAll(Map.of(
                        "load", load.id(),
                        "objects", load.objects(),
                        "read", counts.read(),
                        "inserted", counts.inserted(),
                        "updated", counts.updated(),
                        "unchanged", counts.unchanged(),
                        "deleted", counts.deleted(),
                        "stale", counts.stale(),
                        "superseded", counts.superseded(),
                        "rejected", counts.rejected()));
        return facet;
    }

    private Job job(PastLoad load) {
        return lineage.newJob(
                namespace,
                load.feed(),
                lineage.newJobFacetsBuilder()
                        .jobType(lineage.newJobTypeJobFacet("BATCH", "CARAVAN", "LOAD"))
                        .build());
    }

    private InputDataset input(ObjectFolder folder) {
        return lineage.newInputDatasetBuilder()
                .namespace(folder.namespace())
                .name(folder.name())
                .inputFacets(lineage.newInputDatasetInputFacetsBuilder()
                        .inputStatistics(lineage.newInputStatisticsInputDatasetFacetBuilder()
                                .rowCount(folder.rows())
                                .size(folder.bytes())
                                .fileCount(folder.objects())
                                .build())
                        .build())
                .build();
    }

    private OutputDataset output(PastLoad load, List<ObjectFolder> folders) {
        return lineage.newOutputDatasetBuilder()
                .namespace(warehouse.namespace())
                .name(warehouse.name(load.target()))
                .facets(targets.find(load.feed())
                        .map(known -> facets(known, folders))
                        .orElseGet(() -> lineage.newDatasetFacetsBuilder().build()))
                .outputFacets(lineage.newOutputDatasetOutputFacetsBuilder()
                        .outputStatistics(lineage.newOutputStatisticsOutputDatasetFacetBuilder()
                                .rowCount(
                                        load.counts().inserted() + load.counts().updated())
                                .build())
                        .build())
                .build();
    }

    private DatasetFacets facets(KnownTargets.Known known, List<ObjectFolder> folders) {
        return lineage.newDatasetFacetsBuilder()
                .schema(lineage.newSchemaDatasetFacet(known.table().columns().stream()
                        .map(column -> lineage.newSchemaDatasetFacetFieldsBuilder()
                                .name(column.name())
                                .type(column.type().sql())
                                .build())
                        .toList()))
                .columnLineage(columns(ColumnFields.of(known.feed(), known.table()), folders))
                .build();
    }

    private ColumnLineageDatasetFacet columns(Map<String, String> fields, List<ObjectFolder> folders) {
        OpenLineage.ColumnLineageDatasetFacetFieldsBuilder columns =
                lineage.newColumnLineageDatasetFacetFieldsBuilder();
        fields.forEach((column, field) -> columns.put(
                column,
                lineage.newColumnLineageDatasetFacetFieldsAdditionalBuilder()
                        .inputFields(folders.stream()
                                .map(folder -> lineage.newInputFieldBuilder()
                                        .namespace(folder.namespace())
                                        .name(folder.name())
                                        .field(field)
                                        .build())
                                .toList())
                        .build()));
        return lineage.newColumnLineageDatasetFacetBuilder()
                .fields(columns.build())
                .build();
    }
}
