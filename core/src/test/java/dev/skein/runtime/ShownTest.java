package dev.skein.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.RunResult;
import dev.skein.agent.Work;
import dev.skein.failure.RunFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShownTest {
    private record Point(int x, int y) {}

    private static final Work WORK = Work.none("r");

    private static String shown(@Nullable Object value) {
        return Shown.of(value).canonical();
    }

    @Test
    void whatHasJsonIsShownAsThat() {
        assertThat(shown(null)).isEqualTo("null");
        assertThat(shown(List.of(new Point(1, 2), "a"))).isEqualTo("[{\"x\":1,\"y\":2},\"a\"]");
        assertThat(shown(Map.of())).isEqualTo("{}");
    }

    @Test
    void resultsOfRunsAreShownWithTheirStatus() {
        var results = new LinkedHashMap<String, RunResult<?>>();
        results.put("a", new RunResult.Completed<>(new Point(1, 2), WORK));
        results.put("b", new RunResult.Canceled<>("enough", WORK));
        results.put("c", new RunResult.Completed<>(new Thread(), WORK));
        results.put(
                "d", new RunResult.Failed<>(new RunFailure.Failed("it broke", "", false), WORK));
        var shown = Shown.of(results);
        assertThat(shown.get("a").canonical())
                .isEqualTo("{\"status\":\"completed\",\"output\":{\"x\":1,\"y\":2}}");
        assertThat(shown.get("b").canonical())
                .isEqualTo("{\"status\":\"canceled\",\"reason\":\"enough\"}");
        assertThat(shown.get("c").get("output").text()).isEqualTo("no JSON form: java.lang.Thread");
        assertThat(shown.get("d").get("failure").get("code").text()).isEqualTo("run.failed");
        assertThat(Shown.of(List.copyOf(results.values())).at(1)).isEqualTo(shown.get("b"));
    }

    @Test
    void ofWhatHasNoJsonTheTypeIsSaid() {
        var circle = new ArrayList<>();
        circle.add(circle);
        assertThat(shown(circle)).isEqualTo("\"no JSON form: java.util.ArrayList\"");
        assertThat(shown(Double.NaN)).isEqualTo("\"no JSON form: java.lang.Double\"");
    }
}
