package io.caravan.bench;

import com.sun.management.OperatingSystemMXBean;
import io.caravan.aws.S3Connection;
import io.caravan.aws.S3Settings;
import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.route.LedgerRepository;
import io.caravan.route.S3ObjectsComponent;
import io.caravan.route.S3ObjectsConsumer;
import io.caravan.spi.LoadListener;
import io.caravan.testing.TestingLoads;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Passes over objects that are all loaded, with the consumer and the ledger of the service, and bare listings of the same
 * objects, in turn. Tells the heap of an object, then a line for each pass and a line for each listing.
 */
public final class Passes {

    private static final int PASSES = 5;

    private static final String TEMPLATE = "pass";

    private final S3Client s3;
    private final String bucket;
    private final String prefix;

    private Passes(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /**
     * Takes the bucket, the prefix and the target of a feed all of whose objects are in the ledger, and the same of a feed that
     * has no objects.
     */
    public static void main(String[] arguments) throws Exception {
        try (S3Connection connection = new S3Connection(S3Settings.standard(true));
                RedshiftWarehouse warehouse = ChildJvm.warehouse();
                DefaultCamelContext camel = new DefaultCamelContext()) {
            TestingLoads loads = TestingLoads.of(
                    connection.objects(),
                    warehouse,
                    Duration.ofMinutes(5),
                    LoadListener.NONE,
                    Clock.systemUTC(),
                    new SecureRandom());
            camel.getRegistry()
                    .bind("ledger", new LedgerRepository(loads.loads().ledger()));
            camel.addComponent(
                    "s3-objects",
                    new S3ObjectsComponent(
                            feed -> connection.objects(),
                            loads.loads(),
                            loads.feeds(),
                            connection::notifications,
                            false,
                            feed -> true,
                            null));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    routeTemplate(TEMPLATE)
                            .templateParameter("bucket")
                            .from("s3-objects:{{bucket}}?idempotentRepository=#ledger")
                            .to("log:pass");
                }
            });
            camel.start();
            S3ObjectsConsumer full = consumer(camel, "full", arguments[0], arguments[1], arguments[2]);
            S3ObjectsConsumer empty = consumer(camel, "empty", arguments[0], arguments[3], arguments[4]);
            new Passes((S3Client) connection.client(), arguments[0], arguments[1]).run(full, empty);
        }
    }

    private static S3ObjectsConsumer consumer(
            DefaultCamelContext camel, String feed, String bucket, String prefix, String target) {
        TemplatedRouteBuilder.builder(camel, TEMPLATE)
                .routeId(feed)
                .parameter("bucket", bucket)
                .parameter("prefix", prefix)
                .parameter("table", target)
                .parameter("mode", "append")
                .add();
        return (S3ObjectsConsumer) camel.getRoute(feed).getConsumer();
    }

    private void run(S3ObjectsConsumer full, S3ObjectsConsumer empty) {
        // Whatever a first pass needs besides the objects is there before the heap is looked at.
        empty.pass();
        list();
        long before = heapBytes();
        measure(() -> pass(full));
        long after = heapBytes();
        long objects = measure(this::list).rows();
        ChildJvm.tell(Double.toString((after - before) / (double) objects));
        for (int i = 0; i < PASSES; i++) {
            ChildJvm.tell(measure(() -> pass(full)).line());
            ChildJvm.tell(measure(this::list).line());
        }
    }

    private static Pass measure(LongSupplier work) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        long count = work.getAsLong();
        return new Pass(count, System.nanoTime() - wall, system.getProcessCpuTime() - cpu);
    }

    private static long pass(S3ObjectsConsumer consumer) {
        int found = consumer.pass();
        if (found > 0) {
            throw new IllegalStateException(found + " objects are not in the ledger");
        }
        return 0;
    }

    /** Asks for all pages, and looks at nothing in them but how many objects there are. */
    private long list() {
        long objects = 0;
        @Nullable String token = null;
        do {
            @Nullable String from = token;
            ListObjectsV2Response page =
                    s3.listObjectsV2(list -> list.bucket(bucket).prefix(prefix).continuationToken(from));
            objects += page.contents().size();
            token = page.nextContinuationToken();
        } while (token != null);
        return objects;
    }

    private static long heapBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
