package dev.skein.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WF-28")
class ShortPathTest {
    private static final List<String> PATHS =
            List.of("pool", "pool/t0001", "pool/t0001/worker", "pool/t0002/Worker", "pool/monitor");

    @Test
    void anEndThatOnlyOnePathHasIsThatPath() {
        assertThat(ShortPath.find("monitor", PATHS)).contains("pool/monitor");
        assertThat(ShortPath.find("t0001/WORKER", PATHS)).contains("pool/t0001/worker");
    }

    @Test
    void aWholePathIsItself() {
        assertThat(ShortPath.find("pool", List.of("pool", "a/pool", "b/pool"))).contains("pool");
    }

    @Test
    void partsOfANameFindNothing() {
        assertThat(ShortPath.find("onitor", PATHS)).isEmpty();
        assertThat(ShortPath.find("", PATHS)).isEmpty();
    }

    @Test
    void anEndThatSeveralHaveIsRefusedWithTheCandidates() {
        assertThatThrownBy(() -> ShortPath.find("worker", PATHS))
                .hasMessageContaining("pool/t0001/worker, pool/t0002/Worker");
    }
}
