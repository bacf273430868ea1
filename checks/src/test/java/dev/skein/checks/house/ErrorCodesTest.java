package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page on errors lists every code, and says of each whether anything raises it. */
@Tag("static")
class ErrorCodesTest {
    private static final Repository REPOSITORY = Repository.here();
    private static final Codes CODES = Codes.of(REPOSITORY);
    private static final Pattern CODE = Pattern.compile("`([a-z]+\\.[a-z_]+)`(?: (\\(?↻\\)?))?");
    private static final String NOTHING_RAISES = "nothing raises them:";

    private final String list =
            Repository.text(REPOSITORY.root().resolve(Path.of("docs", "guide", "errors.md")))
                    .split("## All codes\n", 2)[1];

    @Test
    void thePageHasEveryCodeAndWhetherItMayBeTriedAgain() {
        assertThat(told(list)).containsExactlyInAnyOrderEntriesOf(CODES.retryable());
    }

    @Test
    void whatThePageExplainsIsWhatIsRaised() {
        assertThat(told(list.split(NOTHING_RAISES, 2)[0]).keySet())
                .as("codes in the table, those that nothing raises stand below it")
                .containsExactlyInAnyOrderElementsOf(CODES.raised());
    }

    @Test
    void aMarkBelongsToTheCodeBeforeIt() {
        assertThat(told("`a.b` ↻, `c.d`, `e.f_g` (↻) `none`"))
                .isEqualTo(Map.of("a.b", "↻", "c.d", "", "e.f_g", "(↻)"));
    }

    private static Map<String, String> told(String text) {
        var told = new TreeMap<String, String>();
        CODE.matcher(text)
                .results()
                .forEach(found ->
                        told.put(found.group(1), found.group(2) == null ? "" : found.group(2)));
        return told;
    }
}
