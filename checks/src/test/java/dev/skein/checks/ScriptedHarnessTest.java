package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.harness.Harness;
import dev.skein.testkit.HarnessContract;
import dev.skein.testkit.ScriptedHarness;
import org.junit.jupiter.api.AfterEach;

/** Agents that are played in this process keep the contract. */
class ScriptedHarnessTest extends HarnessContract {
    private final ScriptedHarness harness = ScriptedHarness.standard();

    @Override
    protected Harness harness() {
        return harness;
    }

    @AfterEach
    void noneOfThemIsLeft() {
        assertThat(harness.live()).isZero();
    }
}
