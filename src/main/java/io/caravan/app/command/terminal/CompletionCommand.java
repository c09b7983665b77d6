package io.caravan.app.command.terminal;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Prints what lets a shell complete commands and options: 'source <(caravan completion bash)'.")
public final class CompletionCommand implements Callable<Integer> {

    /** The shells that can. */
    public enum ShellName {
        BASH,
        ZSH,
        FISH
    }

    private final PrintWriter out;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private ShellName shell = ShellName.BASH;

    public CompletionCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        out.print(
                switch (shell) {
                    // Zsh takes that of bash, as the script itself says.
                    case BASH, ZSH -> AutoComplete.bash(root.getCommandName(), root);
                    case FISH -> FishCompletion.of(root.getCommandSpec());
                });
        out.flush();
        return 0;
    }
}
