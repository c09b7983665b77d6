package io.caravan.app.demo;

import io.caravan.app.report.ExitCode;
import io.caravan.sandbox.Sandbox;
import io.caravan.sandbox.SandboxOptions;
import io.caravan.sandbox.fault.Flavour;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sandbox",
        description =
                "Starts S3, and stand-ins for Redshift and Glue, on this machine, prints the environment to export, and stays up.")
public final class SandboxCommand implements Callable<Integer> {

    private final PrintWriter out;
    private final PrintWriter err;

    @Option(names = "--s3-port", paramLabel = "PORT", description = "Port of S3. Default: a free one.")
    private int s3Port;

    @Option(names = "--redshift-port", paramLabel = "PORT", description = "Port of Redshift. Default: a free one.")
    private int redshiftPort;

    @Option(names = "--glue-port", paramLabel = "PORT", description = "Port of Glue. Default: a free one.")
    private int gluePort;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Keeps objects, tables and the Data Catalog. Default: a temporary one.")
    private @Nullable Path directory;

    @Option(names = "--serverless", description = "Behaves like Redshift Serverless. Default: a provisioned cluster.")
    private boolean serverless;

    public SandboxCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        return SandboxLibraries.call(this::serve);
    }

    private int serve() throws Exception {
        Flavour flavour = serverless ? Flavour.SERVERLESS : Flavour.PROVISIONED;
        try (Sandbox sandbox = Sandbox.start(new SandboxOptions(directory, s3Port, redshiftPort, gluePort, flavour))) {
            Walkthrough.prepare(sandbox);
            out.print(ExportLines.render(sandbox.environment()));
            out.flush();
            err.println("caravan: the sandbox is up; Ctrl-C stops it");
            err.flush();
            new CountDownLatch(1).await();
        }
        return ExitCode.DONE;
    }
}
