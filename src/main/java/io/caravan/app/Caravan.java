package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** The application. */
public final class Caravan {

    private Caravan() {}

    public static void main(String[] args) {
        // Not System.out, whose encoding is the locale's: object keys are UTF-8.
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8);

        GlobalOptions options = new GlobalOptions();
        SettingsReader reader = SettingsReader.ofProcess();
        Supplier<Settings> settings = () -> options.read(reader);
        Progress progress = Progress.on(System.console(), System.getenv("TERM"), Clock.systemUTC());
        List<Object> commands = List.of(
                new RunCommand(settings, UseCases::run),
                new LoadCommand(settings, UseCases::load, progress, out, err),
                new CheckCommand(settings, UseCases::check, out),
                new DemoCommand((keep, format) -> new Walkthrough(out).play(keep, format)),
                new SandboxCommand(out, err));
        int exitCode = new Shell(options, commands, out, err).execute(args);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }
}
