package io.caravan.app;

import io.caravan.app.action.AskService;
import io.caravan.app.action.CheckEverything;
import io.caravan.app.action.CrawlFeeds;
import io.caravan.app.action.DeadLetterActions;
import io.caravan.app.action.DraftFeed;
import io.caravan.app.action.FindGrants;
import io.caravan.app.action.LoadActions;
import io.caravan.app.action.LoadPass;
import io.caravan.app.action.ObjectActions;
import io.caravan.app.action.PreviewLoads;
import io.caravan.app.action.ReplayAction;
import io.caravan.app.action.RunService;
import io.caravan.app.action.RunSql;
import io.caravan.app.action.VerifyTables;
import io.caravan.app.command.CheckCommand;
import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FeedCommand;
import io.caravan.app.command.FeedNewCommand;
import io.caravan.app.command.GlobalOptions;
import io.caravan.app.command.ObjectsCommand;
import io.caravan.app.command.ObjectsListCommand;
import io.caravan.app.command.ObjectsRearmCommand;
import io.caravan.app.command.ObjectsRepairedCommand;
import io.caravan.app.command.ObjectsSkipCommand;
import io.caravan.app.command.RunCommand;
import io.caravan.app.command.Shell;
import io.caravan.app.command.SqlCommand;
import io.caravan.app.command.catalog.CrawlCommand;
import io.caravan.app.command.letter.DeadLettersCommand;
import io.caravan.app.command.letter.DeadLettersDropCommand;
import io.caravan.app.command.letter.DeadLettersListCommand;
import io.caravan.app.command.letter.DeadLettersReplayCommand;
import io.caravan.app.command.letter.DeadLettersShowCommand;
import io.caravan.app.command.pass.LoadCommand;
import io.caravan.app.command.pass.LoadsCommand;
import io.caravan.app.command.pass.LoadsListCommand;
import io.caravan.app.command.pass.LoadsShowCommand;
import io.caravan.app.command.pass.PreviewCommand;
import io.caravan.app.command.pass.StatusCommand;
import io.caravan.app.command.pass.VerifyCommand;
import io.caravan.app.command.rights.GrantsCommand;
import io.caravan.app.command.terminal.CompletionCommand;
import io.caravan.app.command.terminal.ConsoleScreen;
import io.caravan.app.command.terminal.HelpCommand;
import io.caravan.app.command.terminal.ManPagesCommand;
import io.caravan.app.demo.DemoCommand;
import io.caravan.app.demo.SandboxCommand;
import io.caravan.app.demo.SandboxPutCommand;
import io.caravan.app.demo.Walkthrough;
import io.caravan.app.report.Dialogue;
import io.caravan.app.report.Progress;
import io.caravan.app.settings.SettingsReader;
import io.caravan.app.text.VisibleWriter;
import io.caravan.app.wiring.SpiDecorator;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** All commands, each with what does its work: the one place that a new command is put in. */
final class CommandTree {

    private static final String COMPLETION = "completion";
    private static final String MAN_PAGES = "man-pages";
    private static final String HELP = "help";

    /** The commands that need to know all others. */
    private static final Set<String> OF_ALL = Set.of(COMPLETION, MAN_PAGES, HELP);

    private final CommandContext context;
    private final SpiDecorator decorator;

    private CommandTree(CommandContext context, SpiDecorator decorator) {
        this.context = context;
        this.decorator = decorator;
    }

    /**
     * Runs a command and returns the exit code.
     *
     * @param decorator is put around S3 and the warehouse
     * @param stdout gets results; help comes with colours where it is a terminal's
     * @param stderr gets failures
     */
    static int execute(
            SettingsReader reader, SpiDecorator decorator, PrintWriter stdout, PrintWriter stderr, String... args) {
        PrintWriter err = VisibleWriter.on(stderr);
        GlobalOptions options = new GlobalOptions();
        CommandContext context = new CommandContext(
                () -> options.read(reader),
                Progress.on(System.console(), System.getenv("TERM"), Clock.systemUTC()),
                ConsoleScreen.of(System.console(), System.getenv("TERM")),
                VisibleWriter.on(stdout),
                stdout,
                err);
        return new Shell(options, new CommandTree(context, decorator).called(args), stdout, err).execute(args);
    }

    /**
     * Returns the command that is called, if the first argument says which, otherwise all of them: to make them takes longer than
     * many a command does.
     */
    private List<Object> called(String... args) {
        Map<String, Supplier<Object>> commands = commands();
        return args.length > 0 && commands.containsKey(args[0]) && !OF_ALL.contains(args[0])
                ? List.of(commands.get(args[0]).get())
                : commands.values().stream().map(Supplier::get).toList();
    }

    /** In the order in which help lists them. */
    private Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("run", () -> new RunCommand(context, new RunService(decorator)));
        commands.put("load", () -> new LoadCommand(context, new LoadPass(decorator), new PreviewLoads(decorator)));
        commands.put("preview", () -> new PreviewCommand(context, new PreviewLoads(decorator)));
        commands.put("loads", () -> new LoadsCommand(loads()));
        commands.put("status", () -> new StatusCommand(context, new AskService()));
        commands.put("objects", () -> new ObjectsCommand(objects()));
        commands.put("dead-letters", () -> new DeadLettersCommand(deadLetters()));
        commands.put("check", () -> new CheckCommand(context, new CheckEverything()));
        commands.put("grants", () -> new GrantsCommand(context, new FindGrants()));
        commands.put(
                "feed",
                () -> new FeedCommand(new FeedNewCommand(context, new DraftFeed(), Dialogue.on(System.console()))));
        commands.put("crawl", () -> new CrawlCommand(context, new CrawlFeeds()));
        commands.put("verify", () -> new VerifyCommand(context, new VerifyTables(decorator)));
        commands.put("sql", () -> new SqlCommand(context, new RunSql()));
        commands.put(
                "demo", () -> new DemoCommand((keep, format) -> new Walkthrough(context.out()).play(keep, format)));
        commands.put(
                "sandbox",
                () -> new SandboxCommand(
                        context.out(), context.err(), new SandboxPutCommand(System.getenv(), context.out())));
        commands.put(COMPLETION, () -> new CompletionCommand(context.out()));
        commands.put(MAN_PAGES, () -> new ManPagesCommand());
        commands.put(HELP, () -> new HelpCommand());
        return commands;
    }

    private Object[] loads() {
        LoadActions actions = new LoadActions();
        return new Object[] {new LoadsListCommand(context, actions), new LoadsShowCommand(context, actions)};
    }

    private Object[] objects() {
        ObjectActions actions = new ObjectActions();
        return new Object[] {
            new ObjectsListCommand(context, actions),
            new ObjectsRepairedCommand(context, actions),
            new ObjectsRearmCommand(context, actions),
            new ObjectsSkipCommand(context, actions)
        };
    }

    private Object[] deadLetters() {
        DeadLetterActions actions = new DeadLetterActions();
        return new Object[] {
            new DeadLettersListCommand(context, actions),
            new DeadLettersShowCommand(context, actions),
            new DeadLettersReplayCommand(context, new ReplayAction(decorator)),
            new DeadLettersDropCommand(context, actions)
        };
    }
}
