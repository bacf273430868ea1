package dev.skein.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.SkeinException;
import dev.skein.policy.TransportLimits.Connections;
import dev.skein.policy.TransportLimits.Sizes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportLimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void allBadTimesAreNamedAtOnce() {
        var defaults = TransportLimits.defaults();
        assertThatThrownBy(() ->
                        new TransportLimits(
                                Duration.ZERO,
                                Duration.ofSeconds(-1),
                                Duration.ofDays(1000),
                                defaults.sizes(),
                                defaults.connections(),
                                Reach.OPEN))
                .isInstanceOf(SkeinException.class)
                .hasMessageContainingAll("connect must", "firstByte must", "idle must");
        assertThatThrownBy(() -> new Sizes(0, -1, 0, 0))
                .hasMessageContainingAll("sizes.head", "sizes.body", "sizes.stream", "sizes.event");
        assertThatThrownBy(() -> new Connections(0, -1, Duration.ZERO))
                .hasMessageContainingAll(
                        "connections.open", "connections.resting", "connections.keep");
    }

    @Test
    void aChangeChangesOneThing() {
        var defaults = TransportLimits.defaults();
        assertThat(defaults.withConnect(SECOND).connect()).isEqualTo(SECOND);
        assertThat(defaults.withFirstByte(SECOND).firstByte()).isEqualTo(SECOND);
        assertThat(defaults.withIdle(SECOND).idle()).isEqualTo(SECOND);
        assertThat(defaults.withReach(Reach.NONE).reach()).isEqualTo(Reach.NONE);
        assertThat(defaults.withIdle(SECOND).withIdle(defaults.idle())).isEqualTo(defaults);
        var sizes = Sizes.defaults().withHead(1).withBody(2).withStream(3).withEvent(4);
        assertThat(sizes).isEqualTo(new Sizes(1, 2, 3, 4));
        assertThat(defaults.withSizes(sizes).sizes()).isEqualTo(sizes);
        var connections = Connections.defaults().withOpen(1).withResting(0).withKeep(SECOND);
        assertThat(connections).isEqualTo(new Connections(1, 0, SECOND));
        assertThat(defaults.withConnections(connections).connections()).isEqualTo(connections);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST, true",
        "127.0.0.1, true",
        "127.255.0.9, true",
        "::1, true",
        "[::1], true",
        "128.0.0.1, false",
        "127.0.0.256, false",
        "127.0.0, false",
        "127.0.0.1.example, false",
        "127.0.0.x, false",
        "localhost.example, false",
        "::2, false",
        "provider.example, false",
        "'', false"
    })
    void onlyWhatIsWrittenAsThisComputerIsWithinTheReachOfLoopback(String host, boolean loopback) {
        assertThat(Reach.LOOPBACK.allows(host)).isEqualTo(loopback);
        assertThat(Reach.OPEN.allows(host)).isTrue();
        assertThat(Reach.NONE.allows(host)).isFalse();
    }
}
