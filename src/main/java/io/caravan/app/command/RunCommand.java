package io.caravan.app.command;

import io.caravan.app.settings.Settings;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

@Command(name = "run", description = "The long-running service: all feeds under the routes directory.")
public final class RunCommand implements Callable<Integer> {

    /** The service. */
    public interface Service {

        /** Serves until the process is told to stop; returns the exit code. */
        int run(Settings settings) throws Exception;
    }

    private final Supplier<Settings> settings;
    private final Service service;

    public RunCommand(Supplier<Settings> settings, Service service) {
        this.settings = settings;
        this.service = service;
    }

    @Override
    public Integer call() throws Exception {
        return service.run(settings.get());
    }
}
