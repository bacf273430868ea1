package dev.skein.checks.link;

import dev.skein.harness.Harness;
import dev.skein.testkit.HarnessContract;
import dev.skein.testkit.Leaks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Programs that speak over a link keep the contract, and nothing is left of them. */
@Tag("integration")
class LinkHarnessTest extends HarnessContract {
    private Leaks leaks = Leaks.before();

    @BeforeEach
    void look() {
        leaks = Leaks.before();
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        leaks.after();
    }

    @Override
    protected Harness harness() {
        return PlayedHarness.standard();
    }
}
