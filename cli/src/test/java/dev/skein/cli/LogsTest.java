package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import org.junit.jupiter.api.Test;

class LogsTest {
    private final Paper paper = new Paper();

    private System.Logger logger(boolean debug) {
        return new Logs.Lines("name", paper.plain().err(), debug);
    }

    @Test
    void warningsAreLines() {
        logger(false).log(Level.WARNING, "run {0} still runs", "7k");
        logger(false).log(Level.INFO, "not shown");
        assertThat(paper.err()).isEqualTo("skein: run 7k still runs\n");
    }

    @Test
    void stacksAreShownOnlyWhenAskedFor() {
        var thrown = new IllegalStateException("no user");
        logger(false).log(Level.ERROR, "run 7k threw", thrown);
        assertThat(paper.err())
                .isEqualTo(
                        "skein: run 7k threw: java.lang.IllegalStateException: no user"
                                + " (--debug shows the stack)\n");
        logger(true).log(Level.ERROR, "run 7k threw", thrown);
        assertThat(paper.err()).contains("at dev.skein.cli.LogsTest");
    }

    @Test
    void theRuntimesLoggersAreThese() {
        assertThat(System.getLogger("dev.skein.runtime").getName()).isEqualTo("dev.skein.runtime");
        assertThat(System.LoggerFinder.getLoggerFinder()).isInstanceOf(Logs.class);
    }
}
