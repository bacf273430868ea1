package dev.skein.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein send}. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Sends a message to a session of a live run.")
final class SendCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SESSION",
            description = "Its path, or the end of it that no other has.")
    private String session = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "- reads standard input.")
    private String text = "";

    @Option(names = "--follow-up", description = "To be seen when the agent would go idle.")
    private boolean followUp;

    @Option(
            names = "--wait",
            paramLabel = "STATE",
            description = "Wait until it is delivered, or seen by the model.")
    private MessageSending.State wait = MessageSending.State.soon;

    @Mixin private final ControlOptions control = new ControlOptions();

    @Override
    public Integer call() throws Exception {
        var output = control.output();
        return ControlOptions.interruptible(
                output,
                () -> {
                    var run = control.choose().live();
                    try (var client = control.open(run)) {
                        var sending = new MessageSending(run, client, output);
                        var words = new Input(text).text();
                        return sending.send(
                                sending.message(session, words, followUp, wait),
                                control.patience());
                    }
                });
    }
}
