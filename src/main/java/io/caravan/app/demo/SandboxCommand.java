package io.caravan.app.demo;

import io.caravan.app.command.CommandGroup;
import io.caravan.app.report.ExitCode;
import io.caravan.sandbox.Sandbox;
import io.caravan.sandbox.SandboxOptions;
import io.caravan.sandbox.fault.Flavour;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sandbox",
        description =
                "Starts S3, and stand-ins for Redshift and Glue, on this machine, says which environment to export, and stays up.",
        synopsisSubcommandLabel = "[put]")
public final class SandboxCommand extends CommandGroup implements Callable<Integer> {

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

    @Option(
            names = "--env",
            paramLabel = "FILE",
            description = "Writes the environment into a file, for a shell to read. Default: prints it.")
    private @Nullable Path environmentFile;

    /**
     * Makes the command.
     *
     * @param out gets the environment
     * @param err says that the sandbox is up
     * @param put puts objects into a sandbox that is up
     */
    public SandboxCommand(PrintWriter out, PrintWriter err, SandboxPutCommand put) {
        super(put);
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
            tell(ExportLines.render(Walkthrough.environment(sandbox)));
            err.println("caravan: the sandbox is up; Ctrl-C stops it");
            err.flush();
            new CountDownLatch(1).await();
        }
        return ExitCode.DONE;
    }

    private void tell(String environment) throws IOException {
        if (environmentFile == null) {
            out.print(environment);
        } else {
            Files.writeString(environmentFile, environment);
            out.println("In another terminal: . " + environmentFile);
        }
        out.flush();
    }
}
