package dev.skein.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skein completion}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints what teaches a shell to complete this command.",
        footer = {"", "  source <(skein completion bash)", "  source <(skein completion zsh)"})
final class CompletionCommand implements Callable<Integer> {
    /** The shells that there are words for. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell = Shell.bash;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var output = Output.of(Output.Manner.PLAIN);
        // The words for bash find out by themselves that they are read by zsh, and load there what
        // they need; without that zsh has no completion at all in a shell that was not set up.
        if (shell == Shell.zsh) output.line("autoload -Uz compinit && compinit");
        var root = new CommandLine(spec.root().userObject());
        output.line(AutoComplete.bash("skein", root));
        return output.written();
    }
}
