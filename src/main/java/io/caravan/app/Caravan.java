package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.app.action.DeadLetterCases;
import io.caravan.app.action.ObjectCases;
import io.caravan.app.action.ReplayCase;
import io.caravan.app.action.UseCases;
import io.caravan.app.command.CheckCommand;
import io.caravan.app.command.DeadLettersCommand;
import io.caravan.app.command.DeadLettersDropCommand;
import io.caravan.app.command.DeadLettersListCommand;
import io.caravan.app.command.DeadLettersReplayCommand;
import io.caravan.app.command.DeadLettersShowCommand;
import io.caravan.app.command.GlobalOptions;
import io.caravan.app.command.LoadCommand;
import io.caravan.app.command.LogWriter;
import io.caravan.app.command.ObjectsCommand;
import io.caravan.app.command.ObjectsListCommand;
import io.caravan.app.command.ObjectsRearmCommand;
import io.caravan.app.command.ObjectsSkipCommand;
import io.caravan.app.command.RunCommand;
import io.caravan.app.command.Shell;
import io.caravan.app.command.VerifyCommand;
import io.caravan.app.demo.DemoCommand;
import io.caravan.app.demo.SandboxCommand;
import io.caravan.app.demo.Walkthrough;
import io.caravan.app.report.Progress;
import io.caravan.app.settings.Settings;
import io.caravan.app.settings.SettingsReader;
import io.caravan.app.text.VisibleStream;
import io.caravan.app.text.VisibleWriter;
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
        // Before anything is logged.
        System.setProperty(GlobalOptions.VERBOSE_PROPERTY, Boolean.toString(GlobalOptions.isVerbose(args)));
        System.setErr(VisibleStream.on(new FileOutputStream(FileDescriptor.err)));
        // Not System.out, whose encoding is the locale's: object keys are UTF-8.
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        PrintWriter err = LogWriter.orElse(
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8), System.getenv());

        Thread.setDefaultUncaughtExceptionHandler(LogWriter::threadDied);
        int exitCode = shell(SettingsReader.ofProcess(), out, err).execute(args);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /**
     * Returns the command line with all commands.
     *
     * @param stdout gets results; help comes with colours where it is a terminal's
     * @param stderr gets failures
     */
    static Shell shell(SettingsReader reader, PrintWriter stdout, PrintWriter stderr) {
        PrintWriter out = VisibleWriter.on(stdout);
        PrintWriter err = VisibleWriter.on(stderr);
        GlobalOptions options = new GlobalOptions();
        Supplier<Settings> settings = () -> options.read(reader);
        Progress progress = Progress.on(System.console(), System.getenv("TERM"), Clock.systemUTC());
        DeadLetterCases deadLetters = new DeadLetterCases();
        ObjectCases objects = new ObjectCases();
        List<Object> commands = List.of(
                new RunCommand(settings, UseCases::run),
                new LoadCommand(settings, UseCases::load, progress, out, err),
                new ObjectsCommand(
                        new ObjectsListCommand(settings, objects, out, err),
                        new ObjectsRearmCommand(settings, objects, out),
                        new ObjectsSkipCommand(settings, objects, out)),
                new DeadLettersCommand(
                        new DeadLettersListCommand(settings, deadLetters, out, err),
                        new DeadLettersShowCommand(settings, deadLetters, out, err),
                        new DeadLettersReplayCommand(settings, new ReplayCase(), progress, out, err),
                        new DeadLettersDropCommand(settings, deadLetters, out)),
                new CheckCommand(settings, UseCases::check, out),
                new VerifyCommand(settings, UseCases::verify, out),
                new DemoCommand((keep, format) -> new Walkthrough(out).play(keep, format)),
                new SandboxCommand(out, err));
        return new Shell(options, commands, stdout, err);
    }
}
