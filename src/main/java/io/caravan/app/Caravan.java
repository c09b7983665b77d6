package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.app.command.GlobalOptions;
import io.caravan.app.command.LogWriter;
import io.caravan.app.settings.SettingsReader;
import io.caravan.app.text.VisibleStream;
import io.caravan.app.wiring.SpiDecorator;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;

/** The application. */
public final class Caravan {

    private Caravan() {}

    public static void main(String[] args) {
        System.exit(execute(SpiDecorator.NONE, args));
    }

    /**
     * Runs a command as the whole of this process, and returns the exit code.
     *
     * @param decorator is put around S3 and the warehouse
     */
    static int execute(SpiDecorator decorator, String... args) {
        // Before anything is logged.
        System.setProperty(GlobalOptions.VERBOSE_PROPERTY, Boolean.toString(GlobalOptions.isVerbose(args)));
        System.setErr(VisibleStream.on(new FileOutputStream(FileDescriptor.err)));
        // Not System.out, whose encoding is the locale's: object keys are UTF-8.
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        PrintWriter err = LogWriter.orElse(
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8), System.getenv());

        Thread.setDefaultUncaughtExceptionHandler(LogWriter::threadDied);
        int exitCode = CommandTree.execute(SettingsReader.ofProcess(), decorator, out, err, args);
        out.flush();
        err.flush();
        return exitCode;
    }
}
