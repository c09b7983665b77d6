package io.caravan.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.airlift.tpch.GenerateUtils;
import io.airlift.tpch.LineItem;
import io.airlift.tpch.LineItemGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.List;

/**
 * TPC-H's table {@code lineitem} as CSV, in two states. Its matching keys are the order and the line's number in it.
 *
 * <p>The first state lacks every hundredth row. The second has them, and every tenth row is another than in the first. In
 * both, every thousandth row comes once more at the end, with other values: there is something to supersede.
 *
 * @see <a href="https://www.tpc.org/tpch/">TPC-H</a>
 */
final class LineItems {

    static final List<String> KEYS = List.of("l_orderkey", "l_linenumber");

    static final List<String> OTHERS = List.of(
            "l_partkey",
            "l_suppkey",
            "l_quantity",
            "l_extendedprice",
            "l_discount",
            "l_tax",
            "l_returnflag",
            "l_linestatus",
            "l_shipdate",
            "l_commitdate",
            "l_receiptdate",
            "l_shipinstruct",
            "l_shipmode",
            "l_comment");

    private static final String HEADER =
            "l_orderkey,l_partkey,l_suppkey,l_linenumber,l_quantity,l_extendedprice,l_discount,l_tax,l_returnflag,"
                    + "l_linestatus,l_shipdate,l_commitdate,l_receiptdate,l_shipinstruct,l_shipmode,l_comment\n";

    private final double scale;

    /** 1 is 6 million rows, about 750 MB. */
    LineItems(double scale) {
        this.scale = scale;
    }

    /** Returns the statement that creates a table for them. */
    static String createTable(String name) {
        return "CREATE TABLE " + name
                + """
                 (
                  l_orderkey BIGINT NOT NULL,
                  l_partkey BIGINT NOT NULL,
                  l_suppkey BIGINT NOT NULL,
                  l_linenumber INTEGER NOT NULL,
                  l_quantity DECIMAL(12,2) NOT NULL,
                  l_extendedprice DECIMAL(12,2) NOT NULL,
                  l_discount DECIMAL(12,2) NOT NULL,
                  l_tax DECIMAL(12,2) NOT NULL,
                  l_returnflag VARCHAR(1) NOT NULL,
                  l_linestatus VARCHAR(1) NOT NULL,
                  l_shipdate DATE NOT NULL,
                  l_commitdate DATE NOT NULL,
                  l_receiptdate DATE NOT NULL,
                  l_shipinstruct VARCHAR(25) NOT NULL,
                  l_shipmode VARCHAR(10) NOT NULL,
                  l_comment VARCHAR(44) NOT NULL
                )""";
    }

    /** Writes the first state; returns how many rows that is. The stream stays open. */
    long writeFirst(OutputStream out) throws IOException {
        return write(out, false);
    }

    /** Writes the second state; returns how many rows that is. The stream stays open. */
    long writeSecond(OutputStream out) throws IOException {
        return write(out, true);
    }

    /** Writes all rows, no key twice, and a thousandth of them with other values if so wanted; returns how many rows that is. */
    long writeSnapshot(OutputStream out, boolean changed) throws IOException {
        Writer csv = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
        csv.write(HEADER);
        long rows = 0;
        for (LineItem item : new LineItemGenerator(scale, 1, 1)) {
            write(csv, item, item.getOrderKey(), changed && rows % 1000 == 0 ? 1 : 0);
            rows++;
        }
        csv.flush();
        return rows;
    }

    /** Writes the table over and over, no key twice, until there are this many bytes; returns how many rows that is. */
    long writeUntil(OutputStream out, long bytes) throws IOException {
        CountedOutput counted = new CountedOutput(out);
        Writer csv = new BufferedWriter(new OutputStreamWriter(counted, UTF_8));
        csv.write(HEADER);
        long rows = 0;
        long lastOrder = 0;
        while (true) {
            long firstOrder = lastOrder;
            for (LineItem item : new LineItemGenerator(scale, 1, 1)) {
                if (counted.bytes() >= bytes) {
                    csv.flush();
                    return rows;
                }
                lastOrder = firstOrder + item.getOrderKey();
                write(csv, item, lastOrder, 0);
                rows++;
            }
        }
    }

    private long write(OutputStream out, boolean second) throws IOException {
        Writer csv = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
        csv.write(HEADER);
        long rows = 0;
        long index = 0;
        for (LineItem item : new LineItemGenerator(scale, 1, 1)) {
            if (second || index % 100 != 99) {
                write(csv, item, item.getOrderKey(), second && index % 10 == 0 ? 1 : 0);
                rows++;
            }
            index++;
        }
        index = 0;
        for (LineItem item : new LineItemGenerator(scale, 1, 1)) {
            if (index % 1000 == 0) {
                write(csv, item, item.getOrderKey(), second ? 3 : 2);
                rows++;
            }
            index++;
        }
        csv.flush();
        return rows;
    }

    private static void write(Writer csv, LineItem item, long order, int more) throws IOException {
        csv.write(order + "," + item.getPartKey() + "," + item.getSupplierKey() + "," + item.getLineNumber() + ","
                + (item.getQuantity() + more) + "," + GenerateUtils.formatMoney(item.getExtendedPriceInCents()) + ","
                + GenerateUtils.formatMoney(item.getDiscountPercent()) + ","
                + GenerateUtils.formatMoney(item.getTaxPercent()) + "," + item.getReturnFlag() + ","
                + item.getStatus() + "," + GenerateUtils.formatDate(item.getShipDate()) + ","
                + GenerateUtils.formatDate(item.getCommitDate()) + ","
                + GenerateUtils.formatDate(item.getReceiptDate()) + "," + item.getShipInstructions() + ","
                + item.getShipMode() + ",\"" + item.getComment().replace("\"", "\"\"") + "\"\n");
    }
}
