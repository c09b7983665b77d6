package io.caravan.app.draft;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.catalog.CatalogJob;
import io.caravan.model.catalog.CatalogName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scripts as Glue's visual editor writes them. */
final class JobScriptTest {

    private static final String SCRIPT =
            """
            import sys
            from awsglue.transforms import *
            args = getResolvedOptions(sys.argv, ['JOB_NAME'])
            # Script generated for node AWS Glue Data Catalog
            AWSGlueDataCatalog_node1 = glueContext.create_dynamic_frame.from_catalog(database="shop", table_name="my_second_source", transformation_ctx="AWSGlueDataCatalog_node1")

            # Script generated for node Change Schema
            ChangeSchema_node2 = ApplyMapping.apply(frame=AWSGlueDataCatalog_node1, mappings=[("customer_id", "bigint", "customer_id", "int"), ("first_name", "string", "name", "string")], transformation_ctx="ChangeSchema_node2")
            Filter_node4 = Filter.apply(frame=ChangeSchema_node2, f=lambda row: (row["name"] != ""), transformation_ctx="Filter_node4")

            # Script generated for node Amazon Redshift
            AmazonRedshift_node3 = glueContext.write_dynamic_frame.from_options(frame=ChangeSchema_node2, connection_type="redshift", connection_options={"postactions": "BEGIN; MERGE INTO public.employee USING public.employee_temp_a1 ON employee.customer_id = employee_temp_a1.customer_id AND employee.day = employee_temp_a1.day WHEN MATCHED THEN UPDATE SET customer_id = employee_temp_a1.customer_id WHEN NOT MATCHED THEN INSERT VALUES (employee_temp_a1.customer_id); DROP TABLE public.employee_temp_a1; END;", "redshiftTmpDir": "s3://tmp/", "useConnectionProperties": "true", "dbtable": "public.employee_temp_a1", "connectionName": "my-redshift", "preactions": "CREATE TABLE IF NOT EXISTS public.employee (customer_id INTEGER); DROP TABLE IF EXISTS public.employee_temp_a1; CREATE TABLE public.employee_temp_a1 (customer_id INTEGER);"}, transformation_ctx="AmazonRedshift_node3")
            job.commit()
            """;

    private static CatalogJob read(String script) {
        return JobScript.read(new CatalogJob("job", "s3://scripts/job.py", null, null, List.of(), List.of()), script);
    }

    @Test
    void aScriptSaysSourceTargetMappingAndWhatIsBesides() {
        CatalogJob job = read(SCRIPT);

        assertThat(job.source())
                .isEqualTo(new CatalogJob.Source(new CatalogName("shop", "my_second_source"), null, null, null, null));
        CatalogJob.Target target = requireNonNull(job.target());
        assertThat(target.table()).isEqualTo("public.employee_temp_a1");
        assertThat(target.connection()).isEqualTo("my-redshift");
        assertThat(job.mappings())
                .containsExactly(
                        new CatalogJob.Mapping("customer_id", "customer_id", "int"),
                        new CatalogJob.Mapping("first_name", "name", "string"));
        assertThat(job.others()).containsExactly("a step Filter of the script");
        assertThat(MergeText.parse(job.target().behind()))
                .isEqualTo(new MergeText("public.employee", List.of("customer_id", "day"), "upsert"));
    }

    @Test
    void objectsWithoutATableAreReadAsTheirOptionsSay() {
        CatalogJob job = read(
                """
                S3_node = glueContext.create_dynamic_frame.from_options(format_options={"quoteChar": -1, "withHeader": True, "separator": "\\t"}, connection_type="s3", format="csv", connection_options={"paths": ["s3://bucket/in/"], "recurse": True})
                """);

        assertThat(job.source()).isEqualTo(new CatalogJob.Source(null, "s3://bucket/in/", "\t", "", true));
        assertThat(job.target()).isNull();
    }

    @Test
    void whatAMergeDoesIsAModeIfThereIsOne() {
        String on = "MERGE INTO t USING s ON t.id = s.id ";
        assertThat(MergeText.parse(on + "WHEN MATCHED THEN UPDATE SET a = s.a"))
                .isEqualTo(new MergeText("t", List.of("id"), "update-only"));
        assertThat(MergeText.parse(on + "WHEN NOT MATCHED THEN INSERT VALUES (s.id)"))
                .isEqualTo(new MergeText("t", List.of("id"), "insert-only"));
        assertThat(MergeText.parse(on + "WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.id)"))
                .isEqualTo(new MergeText("t", List.of("id"), null));
        assertThat(MergeText.parse(
                        "BEGIN; DELETE FROM public.t USING public.s WHERE public.s.id = public.t.id; INSERT INTO"
                                + " public.t SELECT * FROM public.s; END;"))
                .isEqualTo(new MergeText("public.t", List.of("id"), "upsert"));
        assertThat(MergeText.parse("ANALYZE public.t")).isNull();
    }
}
