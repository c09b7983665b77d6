package io.caravan.app.command;

import static java.util.stream.Collectors.joining;

import io.caravan.app.report.ExitCode;
import io.caravan.app.text.StackTraceText;
import io.caravan.base.CaravanException;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.VisibleText;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place that turns a failure of a command into one message on stderr and an exit code. */
final class CommandFailures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final PrintWriter err;
    private final BooleanSupplier verbose;

    /**
     * Reports failures.
     *
     * @param verbose whether stack traces are wanted; asked when there is a failure
     */
    CommandFailures(PrintWriter err, BooleanSupplier verbose) {
        this.err = err;
        this.verbose = verbose;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        return report(e);
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        err.println("caravan: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.INVALID;
    }

    /** Says what failed and returns the exit code. */
    int report(Throwable failure) {
        Optional<CaravanException> known = causes(failure)
                .filter(CaravanException.class::isInstance)
                .map(CaravanException.class::cast)
                .findFirst();
        boolean isInvalid =
                known.filter(InvalidConfigurationException.class::isInstance).isPresent();
        String message = known.map(e -> e.code() + ": " + e.getMessage()).orElseGet(() -> unexpected(failure));
        // What is wrong with a configuration is said a line each; any other line feed is from outside.
        err.println("caravan: "
                + (isInvalid ? message.lines().map(VisibleText::of).collect(joining("\n")) : VisibleText.of(message)));
        if (verbose.getAsBoolean()) {
            err.print(StackTraceText.of(failure));
        }
        err.flush();
        return isInvalid ? ExitCode.INVALID : ExitCode.FAILED;
    }

    private static String unexpected(Throwable failure) {
        // Messages of JDBC drivers may hold the values of a row.
        boolean sql = causes(failure).anyMatch(CommandFailures::isSql);
        return "unexpected " + failure.getClass().getSimpleName()
                + (sql || failure.getMessage() == null ? "" : ": " + failure.getMessage())
                + " (--verbose shows where it comes from)";
    }

    // By name, because java.sql is known to the package redshift alone.
    private static boolean isSql(Throwable failure) {
        return Stream.<Class<?>>iterate(failure.getClass(), c -> c != null, Class::getSuperclass)
                .anyMatch(c -> c.getName().equals("java.sql.SQLException"));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        // A chain of causes may be a ring.
        return Stream.iterate(failure, e -> e != null, Throwable::getCause).limit(100);
    }
}
