package io.caravan.app.demo;

import io.caravan.app.text.Format;
import io.caravan.app.text.Table;
import io.caravan.app.wiring.Wiring;
import io.caravan.aws.catalog.GlueConnection;
import io.caravan.load.publish.PublishReport;
import io.caravan.model.catalog.CatalogColumn;
import io.caravan.model.catalog.CatalogName;
import io.caravan.model.feed.Feed;
import java.io.PrintWriter;
import java.util.List;

/** The step of the walkthrough that writes a table of the Data Catalog, beside what a crawler would have written. */
final class CatalogStage {

    private static final CatalogName NAME = new CatalogName("shop", "employee");

    private CatalogStage() {}

    /**
     * Crawls a feed.
     *
     * @param all all feeds of its warehouse
     */
    static void play(Wiring wiring, Feed feed, List<Feed> all, Format format, PrintWriter out) {
        try (GlueConnection glue = new GlueConnection()) {
            PublishReport report = wiring.publisher(glue.tables())
                    .publish(feed, all, NAME, true, false)
                    .orElseThrow(() -> new IllegalStateException("nothing is loaded"));
            if (format == Format.TEXT) {
                out.println(
                        "== The Data Catalog, " + NAME + ": what a crawler would have written, and what Caravan wrote");
            }
            out.print(format.render(table(report)));
            out.println();
            out.flush();
        }
    }

    private static Table table(PublishReport report) {
        Table table =
                new Table(Table.Column.text("what"), Table.Column.text("a crawler"), Table.Column.text("Caravan"));
        for (CatalogColumn column : report.table().columns()) {
            table.add("column " + column.name(), crawled(column.type()), column.type());
        }
        // Whatever the objects hold.
        table.add("read by", "LazySimpleSerDe", report.table().serDe().simpleName());
        table.add("rows", "an estimate", report.table().parameters().getOrDefault("recordCount", ""));
        return table;
    }

    /** @see <a href="https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html#classifier-builtin-rules">Built-in classifiers</a> */
    private static String crawled(String type) {
        return switch (type.replaceAll("\\(.*", "")) {
            case "smallint", "int", "bigint" -> "bigint";
            case "decimal", "float", "double" -> "double";
            case "boolean" -> "boolean";
            default -> "string";
        };
    }
}
