package dev.skein.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LaunchTest {
    private static final String PATH = "/usr/bin:/bin";

    @TempDir private Path folder;

    private String said(Launch launch, Exec exec) throws Exception {
        var env = new HashMap<>(exec.env());
        env.put("PATH", PATH);
        var process = launch.builder(exec, folder, env).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** As where no locale is set, which is so in most containers. */
    @Test
    @Tag("HM-07")
    void wordsStayThoughJavaCannotSpellThem() throws Exception {
        var all = new StringBuilder();
        for (char one = 1; one < 256; one++) all.append(one);
        var words = new ArrayList<>(List.of("printf", "%s|"));
        words.addAll(List.of(all.toString(), "", "-e", "\n\n", "漢字🦢\n", "%s\\n'$x`", "é"));
        var exec = Exec.of(words.toArray(String[]::new));
        for (var launch : launches())
            assertThat(said(launch, exec))
                    .isEqualTo(String.join("|", words.subList(2, words.size())) + "|");
    }

    @Test
    @Tag("HM-08")
    void soDoVariables() throws Exception {
        var exec = Exec.of("env").withEnv(Map.of("A", "é\n", "B", "plain"));
        for (var launch : launches())
            assertThat(said(launch, exec).lines().filter(line -> !line.startsWith("PWD=")))
                    .containsExactlyInAnyOrder("A=é", "", "B=plain", "PATH=" + PATH);
    }

    @Test
    @Tag("HM-13")
    void whatIsNotThereSaysSoWithoutSetsidToo() throws Exception {
        var launch = new Launch(Optional.empty(), StandardCharsets.UTF_8);
        var builder = launch.builder(Exec.of("no-such-program"), folder, Map.of("PATH", PATH));
        var process = builder.redirectErrorStream(true).start();
        assertThat(process.getInputStream().readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .contains("no-such-program");
        assertThat(process.waitFor()).isEqualTo(127);
    }

    private static List<Launch> launches() {
        var without = new Launch(Optional.empty(), StandardCharsets.US_ASCII);
        var with = new Launch(Launch.ofSystem().setsid(), StandardCharsets.US_ASCII);
        var usual = new Launch(Optional.empty(), Launch.ofSystem().charset());
        return List.of(without, with, usual);
    }
}
