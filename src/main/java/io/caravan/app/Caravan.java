package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.List;

/** The application. */
public final class Caravan {

    private Caravan() {}

    public static void main(String[] args) {
        // Not System.out, whose encoding is the locale's: object keys are UTF-8.
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8);

        int exitCode = new Shell(new GlobalOptions(), List.of(), out, err).execute(args);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }
}
