package io.caravan.app.command;

import io.caravan.app.settings.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "run", description = "The long-running service: all feeds under the routes directory.")
public final class RunCommand implements Callable<Integer> {

    /** The service. */
    public interface Service {

        /** Serves until the process is told to stop; returns the exit code. */
        int run(Settings settings) throws Exception;
    }

    private final CommandContext context;
    private final Service service;

    public RunCommand(CommandContext context, Service service) {
        this.context = context;
        this.service = service;
    }

    @Override
    public Integer call() throws Exception {
        return service.run(context.readSettings());
    }
}
