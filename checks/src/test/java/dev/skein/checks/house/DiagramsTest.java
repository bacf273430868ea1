package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.event.RunStatus;
import dev.skein.event.SessionState;
import java.util.Arrays;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The diagrams of states in the guide are those of the code. */
@Tag("static")
class DiagramsTest {
    private static final Repository HERE = Repository.here();

    private static <S> String diagram(S[] states, BiPredicate<S, S> follows) {
        var arrows =
                Arrays.stream(states)
                        .flatMap(from ->
                                Arrays.stream(states)
                                        .filter(to -> follows.test(from, to))
                                        .map(to -> "    " + from + " --> " + to + "\n"))
                        .collect(Collectors.joining());
        return "```mermaid\nstateDiagram-v2\n" + arrows + "```\n";
    }

    private static String guide() {
        return Repository.text(HERE.root().resolve("docs/guide/workflows.md"));
    }

    @Test
    @Tag("WF-33")
    void theStatesOfASessionAreDrawnAsTheyAre() {
        assertThat(guide()).contains(diagram(SessionState.values(), SessionState::mayBecome));
    }

    @Test
    void theStatusesOfARunAreDrawnAsTheyAre() {
        assertThat(guide()).contains(diagram(RunStatus.values(), RunStatus::mayBecome));
    }
}
