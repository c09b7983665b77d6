package io.caravan.app.demo;

import io.caravan.app.command.FormatOption;
import io.caravan.app.text.Format;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "demo", description = "Starts the sandbox, plays the walkthrough in it and prints what happened.")
public final class DemoCommand implements Callable<Integer> {

    /** The walkthrough. */
    public interface Walkthrough {

        /**
         * Plays it; returns the exit code.
         *
         * @param keep whether to stay up at the end, until the process is told to stop
         */
        int play(boolean keep, Format format) throws Exception;
    }

    private final Walkthrough walkthrough;

    @Option(names = "--keep", description = "Stay up at the end.")
    private boolean keep;

    @Mixin
    private FormatOption format = new FormatOption();

    /**
     * Plays a walkthrough.
     *
     * @param walkthrough one that touches the sandbox only in {@code play}, a lambda for instance
     */
    public DemoCommand(Walkthrough walkthrough) {
        this.walkthrough = walkthrough;
    }

    @Override
    public Integer call() throws Exception {
        return SandboxLibraries.call(() -> walkthrough.play(keep, format.format()));
    }
}
