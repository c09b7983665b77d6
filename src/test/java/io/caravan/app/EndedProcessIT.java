package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An object that ends the process is set aside, so that the others load. */
@ExtendWith(SandboxExtension.class)
class EndedProcessIT {

    private static final int LONG = 60_000_000;

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    EndedProcessIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void anObjectThatEndsTheProcessTwiceIsRejectedAndTheOthersLoad() throws Exception {
        sandbox.execute("CREATE TABLE public.ended (id INTEGER NOT NULL, name VARCHAR(10))");
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        routes.ownFeed("ended", sandbox.bucket(), "id", "maxRecordChars", "80000000");
        sandbox.put("ended/a.csv", "id,name\n1,a\n");
        sandbox.put("ended/b.csv.gz", longRecord());
        sandbox.put("ended/c.csv", "id,name\n3,c\n");

        assertThat(load("-Xmx96m")).isEqualTo(ExitCode.FAILED);
        assertThat(entries()).isEmpty();

        assertThat(load("-Xmx96m")).isEqualTo(ExitCode.FAILED);
        assertThat(entries()).containsExactly("ended/a.csv loaded null");

        assertThat(load("-Xmx96m")).isEqualTo(ExitCode.REJECTED);
        assertThat(entries())
                .containsExactly(
                        "ended/a.csv loaded null",
                        "ended/b.csv.gz rejected OBJECT_ENDED_THE_PROCESS",
                        "ended/c.csv loaded null");

        try (CaravanProcess rearm =
                start("-Xmx96m", "objects", "rearm", "--feed", "ended", "--key", "ended/b.csv.gz")) {
            assertThat(rearm.exitCode()).isEqualTo(ExitCode.DONE);
        }
        assertThat(load("-Xmx500m")).isEqualTo(ExitCode.REJECTED);
        assertThat(sandbox.lines("SELECT id FROM public.ended ORDER BY id")).containsExactly("1", "2", "3");
        assertThat(sandbox.lines("SELECT error_code, line_number FROM caravan.dead_letters"))
                .containsExactly("CSV_RECORD_TOO_LONG 3");
        assertThat(directory.resolve("state")).isEmptyDirectory();
    }

    private int load(String heap) {
        try (CaravanProcess load = start(heap, "load")) {
            return load.exitCode();
        }
    }

    private CaravanProcess start(String heap, String... command) {
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.keySet().removeIf(name -> name.startsWith("CARAVAN_STAGING_"));
        List<String> options =
                new ArrayList<>(List.of(heap, "-XX:+CrashOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash"));
        return CaravanProcess.start(directory, environment, options, command);
    }

    private List<String> entries() throws Exception {
        return sandbox.lines("SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = 'caravan'"
                                + " AND table_name = 'objects')")
                        .contains("t")
                ? sandbox.lines("SELECT object_key, outcome, error_code FROM caravan.objects ORDER BY object_key")
                : List.of();
    }

    private static byte[] longRecord() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write("id,name\n2,b\n9,".getBytes(UTF_8));
            byte[] part = "x".repeat(1_000_000).getBytes(UTF_8);
            for (int written = 0; written < LONG; written += part.length) {
                out.write(part);
            }
            out.write('\n');
        }
        return bytes.toByteArray();
    }
}
